#include "projections/rows/programme.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <stdexcept>

#include "projections/row_of.h"

namespace consulta {

namespace {

using E = schema::ProgrammeEvent;

/// The item that carries this key, added at the end when there is none.
template <typename Item, typename Key>
Item& itemOf(std::vector<Item>& items, Key Item::*key, const Key& wanted) {
  const auto found = std::ranges::find_if(
      items, [&](const Item& item) { return std::invoke(key, item) == wanted; });
  if (found != items.end()) return *found;
  auto& added = items.emplace_back();
  std::invoke(key, added) = wanted;
  return added;
}

/// Opening and found entries describe a programme by the same fields.
template <typename Opening>
void describe(Programme& row, Opening e) {
  take(row.title, e.getTitle());
  take(row.region, e.getRegion());
  take(row.period, e.getPeriod());
  take(row.mandate, e.getMandate());
  take(row.objective, e.getObjective());
  take(row.office, e.getOffice());
  take(row.predecessor, e.getPredecessor());
  for (auto one : e.getCountries()) {
    itemOf(row.countries, &ProgrammeCountry::country, std::string(one.cStr()));
  }
  for (auto one : e.getAreas()) itemOf(row.areas, &ProgrammeArea::area, std::string(one.cStr()));
  for (auto one : e.getGoals()) itemOf(row.goals, &ProgrammeGoal::goal, std::string(one.cStr()));
}

void foldFound(Programme& row, schema::ProgrammeFound::Reader e) {
  describe(row, e);
  take(row.document, e.getDocument());
  take(row.approvedOn, e.getApprovedOn());
}

void foldArea(Programme& row, schema::ProgrammeAreaAdded::Reader e) {
  auto& one = itemOf(row.areas, &ProgrammeArea::area, std::string(e.getArea().cStr()));
  take(one.framework, e.getFramework());
}

void foldAreaDropped(Programme& row, schema::ProgrammeAreaDropped::Reader e, const FoldStep& step) {
  std::erase_if(row.areas,
                [&](const ProgrammeArea& one) { return one.area == e.getArea().cStr(); });
  take(row.reason, e.getReason(), step.valuesAt, "reason");
}

void foldApproach(Programme& row, schema::ProgrammeApproachStated::Reader e) {
  auto& one = row.approaches.emplace_back();
  take(one.text, e.getText());
  take(one.areas, e.getAreas());
  take(one.framework, e.getFramework());
}

void foldGoal(Programme& row, schema::ProgrammeGoalAdded::Reader e) {
  auto& one = itemOf(row.goals, &ProgrammeGoal::goal, std::string(e.getGoal().cStr()));
  take(one.attention, e.getAttention());
}

void foldStep(Programme& row, schema::ProgrammeStepPlanned::Reader e) {
  auto& one = itemOf(row.steps, &ProgrammeStep::number, e.getNumber());
  take(one.text, e.getText());
  take(one.step, e.getStep());
  std::ranges::stable_sort(row.steps, {}, &ProgrammeStep::number);
}

void foldCountry(Programme& row, schema::ProgrammeCountryCovered::Reader e) {
  auto& one = itemOf(row.countries, &ProgrammeCountry::country, std::string(e.getCountry().cStr()));
  take(one.share, e.hasShare(), e.getShare());
}

void foldSector(Programme& row, schema::ProgrammeSectorAssigned::Reader e) {
  auto& one = itemOf(row.sectors, &ProgrammeSector::sector, std::string(e.getSector().cStr()));
  take(one.share, e.hasShare(), e.getShare());
}

void foldMarker(Programme& row, schema::ProgrammeMarkerAssigned::Reader e) {
  itemOf(row.markers, &ProgrammeMarker::marker, std::string(e.getMarker().cStr())).significance =
      e.getSignificance();
}

void foldFormulated(Programme& row, schema::ProgrammeFormulated::Reader e, const FoldStep& step) {
  row.formulatedOn = step.date();
  take(row.document, e.getDocument());
  take(row.title, e.getTitle());
  take(row.objective, e.getObjective());
  take(row.period, e.getPeriod());
}

void foldReformulated(Programme& row, schema::ProgrammeReformulated::Reader e,
                      const FoldStep& step) {
  take(row.document, e.getDocument());
  take(row.title, e.getTitle());
  take(row.objective, e.getObjective());
  take(row.period, e.getPeriod());
  take(row.region, e.getRegion());
  take(row.reason, e.getReason(), step.valuesAt, "reason");
}

void foldConsulted(Programme& row, EntityId consultation) {
  if (std::ranges::find(row.consultations, consultation) == row.consultations.end()) {
    row.consultations.push_back(consultation);
  }
}

void foldApproved(Programme& row, schema::ProgrammeApproved::Reader e, const FoldStep& step) {
  row.approvedOn = step.date();
  take(row.approvedBy, e.getConsultation());
  take(row.decision, e.getDecision());
}

void foldRevised(Programme& row, schema::ProgrammeRevised::Reader e, const FoldStep& step) {
  take(row.title, e.getTitle());
  take(row.objective, e.getObjective());
  take(row.period, e.getPeriod());
  take(row.region, e.getRegion());
  take(row.document, e.getDocument());
  auto& one = row.revisions.emplace_back();
  one.date = step.date();
  take(one.document, e.getDocument());
  take(one.decision, e.getDecision());
  take(one.reason, e.getReason(), step.valuesAt, "reason");
}

void foldSuspended(Programme& row, schema::ProgrammeSuspended::Reader e, const FoldStep& step) {
  row.suspendedUntil = RowDate{};
  take(row.suspendedUntil, e.getUntil());
  take(row.reason, e.getReason(), step.valuesAt, "reason");
}

void foldResumed(Programme& row, schema::ProgrammeResumed::Reader e, const FoldStep& step) {
  row.suspendedUntil = RowDate{};
  take(row.reason, e.getReason(), step.valuesAt, "reason");
}

}  // namespace

void fold(Programme& row, RowHead&, E::Reader event, const FoldStep& step) {
  switch (event.which()) {
    case E::IDENTIFIED:
      return describe(row, event.getIdentified());
    case E::FOUND:
      return foldFound(row, event.getFound());
    case E::AREA_ADDED:
      return foldArea(row, event.getAreaAdded());
    case E::AREA_DROPPED:
      return foldAreaDropped(row, event.getAreaDropped(), step);
    case E::APPROACH_STATED:
      return foldApproach(row, event.getApproachStated());
    case E::GOAL_ADDED:
      return foldGoal(row, event.getGoalAdded());
    case E::PRINCIPLE_ADOPTED:
      return take(itemOf(row.principles, &AdoptedPrinciple::principle,
                         event.getPrincipleAdopted().getPrinciple())
                      .text,
                  event.getPrincipleAdopted().getText());
    case E::STEP_PLANNED:
      return foldStep(row, event.getStepPlanned());
    case E::COUNTRY_COVERED:
      return foldCountry(row, event.getCountryCovered());
    case E::PARTNER_ADDED:
      return take(itemOf(row.partners, &ProgrammePartner::party,
                         EntityId(event.getPartnerAdded().getParty()))
                      .role,
                  event.getPartnerAdded().getRole());
    case E::SECTOR_ASSIGNED:
      return foldSector(row, event.getSectorAssigned());
    case E::MARKER_ASSIGNED:
      return foldMarker(row, event.getMarkerAssigned());
    case E::OFFICE_ASSIGNED:
      return take(row.office, event.getOfficeAssigned().getOffice());
    case E::FORMULATED:
      return foldFormulated(row, event.getFormulated(), step);
    case E::REFORMULATED:
      return foldReformulated(row, event.getReformulated(), step);
    case E::CONSULTED:
      return foldConsulted(row, EntityId(event.getConsulted().getConsultation()));
    case E::APPROVED:
      return foldApproved(row, event.getApproved(), step);
    case E::EXECUTION_STARTED:
      row.startedOn = step.date();
      return take(row.startSummary, event.getExecutionStarted().getSummary(), step.valuesAt,
                  "summary");
    case E::REVISED:
      return foldRevised(row, event.getRevised(), step);
    case E::SUSPENDED:
      return foldSuspended(row, event.getSuspended(), step);
    case E::RESUMED:
      return foldResumed(row, event.getResumed(), step);
    case E::COMPLETED:
      row.completedOn = step.date();
      return take(row.report, event.getCompleted().getReport());
    case E::CANCELLED:
      row.suspendedUntil = RowDate{};
      return take(row.reason, event.getCancelled().getReason(), step.valuesAt, "reason");
  }
  throw std::logic_error("a programme's event without a fold");
}

std::unique_ptr<Row> newProgrammeRow() {
  return std::make_unique<RowOf<Programme, &schema::Event::Reader::getProgramme>>();
}

}  // namespace consulta
