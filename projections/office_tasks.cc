#include "projections/office_tasks.h"

#include <algorithm>
#include <iterator>

#include "projections/rows/consultation.h"
#include "projections/rows/correspondence.h"
#include "projections/rows/liaison.h"
#include "projections/rows/mandate.h"
#include "projections/rows/mechanism.h"
#include "projections/rows/programme.h"
#include "projections/rows/project.h"
#include "projections/rows/recommendation.h"

namespace consulta {

namespace {

/// Those of which one office is responsible for the whole.
template <typename Fields>
bool isResponsible(const Row& row, EntityId office) {
  const auto* fields = tryAs<Fields>(&row);
  return fields != nullptr && fields->office == office;
}

/// The office that was named; without one those that keep the contact.
bool seesToFollowUp(const Row& row, EntityId office) {
  const auto* contact = tryAs<Liaison>(&row);
  if (contact == nullptr) return false;
  if (contact->followUpOffice) return contact->followUpOffice == office;
  return std::ranges::find(contact->offices, office) != contact->offices.end();
}

bool hasToReply(const Row& row, EntityId office) {
  const auto* letter = tryAs<Correspondence>(&row);
  return letter != nullptr && letter->replyOffice == office &&
         stateOf<schema::CorrespondenceState>(row.head) ==
             schema::CorrespondenceState::AWAITING_REPLY;
}

}  // namespace

std::vector<OfficeTask> tasksOf(const Row& row, EntityId office) {
  std::vector<OfficeTask> out;
  const auto add = [&](const char* act, const std::string& request = {}) {
    out.push_back(OfficeTask{row.head.id, act, request});
  };
  if (isResponsible<Recommendation>(row, office)) add("recommendation.assigned");
  if (isResponsible<Project>(row, office)) add("project.officeAssigned");
  if (isResponsible<Programme>(row, office)) add("programme.officeAssigned");
  if (isResponsible<Mechanism>(row, office)) add("mechanism.officeAssigned");
  if (isResponsible<Consultation>(row, office)) add("consultation.assigned");
  if (seesToFollowUp(row, office)) add("liaison.followUpAssigned");
  if (hasToReply(row, office)) add("correspondence.replyAsked");
  if (const auto* mandate = tryAs<Mandate>(&row)) {
    for (const auto& one : mandate->requests) {
      const bool open = !one.fulfilled && !one.assignments.empty();
      if (open && one.assignments.back().office == office) {
        add("mandate.requestAssigned", one.number);
      }
    }
  }
  return out;
}

std::vector<OfficeTask> tasksOf(const State& state, EntityId office) {
  std::vector<OfficeTask> out;
  for (const auto id : state.linkedTo(office)) {
    const auto row = state.row(id);
    if (row) std::ranges::move(tasksOf(*row, office), std::back_inserter(out));
  }
  return out;
}

}  // namespace consulta
