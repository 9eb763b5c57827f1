#include "projections/waiting.h"

#include <algorithm>
#include <string>

#include "projections/rows/consultation_asked.h"
#include "projections/rows/correspondence.h"
#include "projections/rows/liaison.h"
#include "projections/rows/mandate.h"
#include "projections/rows/mechanism.h"
#include "projections/rows/meeting.h"
#include "projections/rows/mou.h"
#include "projections/rows/programme.h"
#include "projections/rows/project.h"
#include "projections/rows/recommendation.h"

namespace consulta {

namespace {

using Ids = std::vector<EntityId>;

// --- consultations ---

Awaited silenceAwaits(const Consultation& row, const ConsultationSilence& silence) {
  Awaited out{silence.eligible, true};
  for (const auto* objection : standingObjections(row, silence.revision)) {
    std::erase(out.whom, objection->party);
  }
  return out;
}

Ids objectors(const Consultation& row) {
  Ids out;
  for (const auto* one : standingObjections(row, revisionUnderDiscussion(row))) {
    if (std::ranges::find(out, one->party) == out.end()) out.push_back(one->party);
  }
  return out;
}

/// Those whom the step names; that everybody takes part in a meeting makes it wait for nobody.
Ids namedIn(const Consultation& row, const ConsultationStep& run) {
  if (run.roles.empty() && run.asked.empty()) return run.offices;
  auto out = askedParties(row, run);
  out.insert(out.end(), run.offices.begin(), run.offices.end());
  return out;
}

Awaited consultationAwaits(const Consultation& row, const RowDue& due) {
  if (due.kind == DueKind::reply) return {{due.of}, false};
  if (due.kind == DueKind::vote) {
    const auto* vote = openVote(row);
    return {vote == nullptr ? Ids{} : notVoted(*vote), false};
  }
  if (due.kind == DueKind::silence) {
    const auto* silence = runningSilence(row);
    return silence == nullptr ? Awaited{} : silenceAwaits(row, *silence);
  }
  if (due.kind == DueKind::escalation || due.number.empty()) return {};
  const auto* run = lastRunOf(row, due.number);
  return run == nullptr || due.kind == DueKind::join ? Awaited{} : awaitedOf(row, *run);
}

/// While a step is under way it is that of whom it was passed on to, else of whom it names.
Ids consultationOffices(const Consultation& row, const RowDue& due) {
  const bool isStep =
      due.kind == DueKind::step || due.kind == DueKind::reminder || due.kind == DueKind::escalation;
  const auto* run = isStep ? lastRunOf(row, due.number) : nullptr;
  if (run != nullptr && run->escalated && run->escalatedTo) return {run->escalatedTo};
  if (run != nullptr && !run->offices.empty()) return run->offices;
  return row.office ? Ids{row.office} : Ids{};
}

// --- what else waits ---

const MandateRequest* requestOf(const Mandate& mandate, const RowDue& due) {
  const auto found = std::ranges::find(mandate.requests, due.number, &MandateRequest::number);
  return found == mandate.requests.end() ? nullptr : &*found;
}

Ids requestOffices(const Mandate& mandate, const RowDue& due) {
  const auto* request = requestOf(mandate, due);
  if (request == nullptr) return {};
  if (request->assignments.empty()) return request->addressed;
  return {request->assignments.back().office};
}

/// Signatories without a signature, and those whose signature is not confirmed yet.
Ids notSigned(const Mou& mou) {
  Ids out;
  for (const auto& one : mou.parties) {
    if (one.role != schema::MouPartyRole::SIGNATORY) continue;
    const bool hasSigned = std::ranges::any_of(mou.signatures, [&](const MouSignature& signature) {
      return signature.party == one.party && signature.isFinal();
    });
    if (!hasSigned) out.push_back(one.party);
  }
  return out;
}

/// A letter of ours waits for those it went to, any other for the office that is to reply.
Ids letterAwaits(const Correspondence& letter) {
  if (letter.replyOffice) return {letter.replyOffice};
  return letter.direction == schema::Direction::INCOMING ? Ids{} : letter.addressees;
}

Ids organizingOffices(const Meeting& meeting) {
  Ids out;
  for (const auto& one : meeting.organizers) out.push_back(one.organizer);
  return out;
}

Ids listed(EntityId office) {
  return office ? Ids{office} : Ids{};
}

}  // namespace

Awaited awaitedOf(const Consultation& row, const ConsultationStep& run) {
  if (run.kind == "invitation") return {};  // it is for the secretariat to send them
  if (run.kind == "contributions") {
    auto out = notContributed(row, run);
    out.insert(out.end(), run.offices.begin(), run.offices.end());
    return {out, false};
  }
  if (run.kind == "vote") {
    const auto* vote = openVote(row);
    return {vote == nullptr ? Ids{} : notVoted(*vote), false};
  }
  if (run.kind == "silence") {
    const auto* silence = runningSilence(row);
    return silence == nullptr ? Awaited{} : silenceAwaits(row, *silence);
  }
  if (run.kind == "consensus") return {objectors(row), false};
  return {namedIn(row, run), false};
}

Awaited awaitedOf(const Row& row, const RowDue& due) {
  if (const auto* fields = tryAs<Consultation>(&row)) return consultationAwaits(*fields, due);
  if (const auto* mou = tryAs<Mou>(&row); mou != nullptr && due.kind == DueKind::signature) {
    return {notSigned(*mou), false};
  }
  if (const auto* letter = tryAs<Correspondence>(&row)) return {letterAwaits(*letter), false};
  if (due.of) return {{due.of}, false};
  return {};
}

std::vector<EntityId> officesOf(const Row& row, const RowDue& due) {
  switch (static_cast<schema::Event::Which>(row.aggregate())) {
    case schema::Event::CONSULTATION:
      return consultationOffices(as<Consultation>(row), due);
    case schema::Event::MANDATE:
      return requestOffices(as<Mandate>(row), due);
    case schema::Event::RECOMMENDATION:
      return listed(as<Recommendation>(row).office);
    case schema::Event::PROJECT:
      return listed(as<Project>(row).office);
    case schema::Event::PROGRAMME:
      return listed(as<Programme>(row).office);
    case schema::Event::MECHANISM:
      return listed(as<Mechanism>(row).office);
    case schema::Event::CORRESPONDENCE:
      return listed(as<Correspondence>(row).replyOffice);
    case schema::Event::MEETING:
      return organizingOffices(as<Meeting>(row));
    case schema::Event::LIAISON: {
      const auto& contact = as<Liaison>(row);
      return contact.followUpOffice ? Ids{contact.followUpOffice} : contact.offices;
    }
    default:
      return {};
  }
}

}  // namespace consulta
