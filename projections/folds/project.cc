#include "projections/rows/project.h"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "projections/row_of.h"

namespace consulta {

namespace {

/// Opening and found entries describe a project by the same fields.
template <typename Opening>
void describe(Project& row, Opening e) {
  take(row.title, e.getTitle());
  row.scope = e.getScope();
  for (auto country : e.getCountries()) take(row.countries.emplace_back().code, country);
  take(row.region, e.getRegion());
  take(row.areas, e.getAreas());
  take(row.programme, e.getProgramme());
  take(row.origins, e.getOrigins());
  take(row.objective, e.getObjective());
  take(row.period, e.getPeriod());
  take(row.office, e.getOffice());
}

void foldFound(Project& row, schema::ProjectFound::Reader e) {
  describe(row, e);
  for (auto party : e.getParties()) row.parties.emplace_back().party = EntityId(party);
  if (e.getBudget().getCurrency().size() != 0) {
    take(row.budgets.emplace_back().amount, e.getBudget());
  }
  take(row.approvedOn, e.getApprovedOn());
}

ProjectShare& shareOf(std::vector<ProjectShare>& list, capnp::Text::Reader code) {
  const auto found = std::ranges::find(list, code.cStr(), &ProjectShare::code);
  if (found != list.end()) return *found;
  take(list.emplace_back().code, code);
  return list.back();
}

void foldMarker(Project& row, schema::ProjectMarkerAssigned::Reader e) {
  std::erase_if(row.markers,
                [&](const ProjectMarker& one) { return one.marker == e.getMarker().cStr(); });
  auto& one = row.markers.emplace_back();
  take(one.marker, e.getMarker());
  one.significance = e.getSignificance();
}

void foldGoal(Project& row, capnp::Text::Reader goal) {
  if (std::ranges::count(row.goals, goal.cStr()) == 0) take(row.goals.emplace_back(), goal);
}

void foldOrigin(Project& row, std::uint64_t origin) {
  if (std::ranges::count(row.origins, EntityId(origin)) == 0) row.origins.emplace_back(origin);
}

void foldPartyAdded(Project& row, schema::ProjectPartyAdded::Reader e, const FoldStep& step) {
  row.parties.push_back(ProjectParty{EntityId(e.getParty()), e.getRole(), step.date()});
}

void foldPartyReleased(Project& row, schema::ProjectPartyReleased::Reader e) {
  std::erase_if(row.parties, [&](const ProjectParty& one) {
    return one.party == EntityId(e.getParty()) && one.role == e.getRole();
  });
}

/// A later budget of the same period takes the place of the earlier one.
void foldBudget(Project& row, schema::ProjectBudgeted::Reader e, const FoldStep& step) {
  ProjectBudget budget;
  take(budget.amount, e.getAmount());
  take(budget.period, e.getPeriod());
  budget.indicative = e.getIndicative();
  budget.set = step.date();
  std::erase_if(row.budgets,
                [&](const ProjectBudget& one) { return one.period.edtf == budget.period.edtf; });
  row.budgets.push_back(std::move(budget));
}

void foldFormulated(Project& row, schema::ProjectFormulated::Reader e, const FoldStep& step) {
  take(row.formulation, e.getDocument());
  take(row.title, e.getTitle());
  take(row.objective, e.getObjective());
  take(row.period, e.getPeriod());
  row.formulatedOn = step.date();
}

void foldAppraised(Project& row, schema::ProjectAppraised::Reader e, const FoldStep& step) {
  take(row.appraisedBy, e.getOffice());
  take(row.appraisal, e.getAppraisal(), step.valuesAt, "appraisal");
  take(row.appraisalDocument, e.getDocument());
  row.appraisedOn = step.date();
}

void foldApproved(Project& row, schema::ProjectApproved::Reader e, const FoldStep& step) {
  take(row.securedShare, e.hasSecuredShare(), e.getSecuredShare());
  take(row.funds, e.getFunds());
  take(row.approvedBy, e.getBy());
  row.approvedOn = step.date();
}

void foldStarted(Project& row, schema::ProjectExecutionStarted::Reader e, const FoldStep& step) {
  row.startedOn = step.date();
  take(row.summary, e.getSummary(), step.valuesAt, "summary");
}

void foldSpent(Project& row, schema::ProjectSpent::Reader e, const FoldStep& step) {
  auto& one = row.expenditures.emplace_back();
  take(one.amount, e.getAmount());
  take(one.purpose, e.getPurpose());
  take(one.party, e.getParty());
  one.date = step.date();
}

void foldRevised(Project& row, schema::ProjectRevised::Reader e, const FoldStep& step) {
  row.revisions += 1;
  take(row.title, e.getTitle());
  take(row.objective, e.getObjective());
  take(row.period, e.getPeriod());
  take(row.region, e.getRegion());
  take(row.areas, e.getAreas());
  take(row.revision, e.getDocument());
  take(row.reason, e.getReason(), step.valuesAt, "reason");
}

void foldSuspended(Project& row, schema::ProjectSuspended::Reader e, const FoldStep& step) {
  row.suspendedUntil = RowDate{};
  take(row.suspendedUntil, e.getUntil());
  take(row.reason, e.getReason(), step.valuesAt, "reason");
}

}  // namespace

void fold(Project& row, RowHead&, schema::ProjectEvent::Reader event, const FoldStep& step) {
  using E = schema::ProjectEvent;
  switch (event.which()) {
    case E::CONCEIVED:
      return describe(row, event.getConceived());
    case E::FOUND:
      return foldFound(row, event.getFound());
    case E::ORIGIN_STATED:
      return foldOrigin(row, event.getOriginStated().getOrigin());
    case E::COUNTRY_COVERED: {
      const auto e = event.getCountryCovered();
      return take(shareOf(row.countries, e.getCountry()).share, e.hasShare(), e.getShare());
    }
    case E::SECTOR_ASSIGNED: {
      const auto e = event.getSectorAssigned();
      return take(shareOf(row.sectors, e.getSector()).share, e.hasShare(), e.getShare());
    }
    case E::MARKER_ASSIGNED:
      return foldMarker(row, event.getMarkerAssigned());
    case E::GOAL_ADDED:
      return foldGoal(row, event.getGoalAdded().getGoal());
    case E::PARTY_ADDED:
      return foldPartyAdded(row, event.getPartyAdded(), step);
    case E::PARTY_RELEASED:
      return foldPartyReleased(row, event.getPartyReleased());
    case E::OFFICE_ASSIGNED:
      return take(row.office, event.getOfficeAssigned().getOffice());
    case E::BUDGETED:
      return foldBudget(row, event.getBudgeted(), step);
    case E::FORMULATED:
      return foldFormulated(row, event.getFormulated(), step);
    case E::APPRAISED:
      return foldAppraised(row, event.getAppraised(), step);
    case E::APPROVED:
      return foldApproved(row, event.getApproved(), step);
    case E::EXECUTION_STARTED:
      return foldStarted(row, event.getExecutionStarted(), step);
    case E::SPENT:
      return foldSpent(row, event.getSpent(), step);
    case E::REVISED:
      return foldRevised(row, event.getRevised(), step);
    case E::OPERATIONALLY_COMPLETED:
      row.completedOn = step.date();
      return take(row.report, event.getOperationallyCompleted().getReport());
    case E::FINANCIALLY_CLOSED:
      row.closedOn = step.date();
      return take(row.balance, event.getFinanciallyClosed().getBalance());
    case E::REJECTED:
      row.endedOn = step.date();
      return take(row.reason, event.getRejected().getReason(), step.valuesAt, "reason");
    case E::SUSPENDED:
      return foldSuspended(row, event.getSuspended(), step);
    case E::RESUMED:
      row.suspendedUntil = RowDate{};
      return take(row.reason, event.getResumed().getReason(), step.valuesAt, "reason");
    case E::CANCELLED:
      row.endedOn = step.date();
      return take(row.reason, event.getCancelled().getReason(), step.valuesAt, "reason");
  }
  throw std::logic_error("a project's event without a fold");
}

std::unique_ptr<Row> newProjectRow() {
  return std::make_unique<RowOf<Project, &schema::Event::Reader::getProject>>();
}

}  // namespace consulta
