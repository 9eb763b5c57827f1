// A project as it stands: what it is for and where, who takes part, its budget and its course.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "events/programme.capnp.h"
#include "events/project.capnp.h"
#include "projections/row.h"

namespace consulta {

/// A country or a sector, with its share in per cent when that is stated.
struct ProjectShare {
  std::string code;
  RowDecimal share;
  bool operator==(const ProjectShare&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProjectShare, (), (code, share))

struct ProjectMarker {
  std::string marker;
  schema::Significance significance = schema::Significance::NOT_STATED;
  bool operator==(const ProjectMarker&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProjectMarker, (), (marker, significance))

struct ProjectParty {
  EntityId party;
  schema::ProjectRole role = schema::ProjectRole::IMPLEMENTING;
  RowDate since;
  bool operator==(const ProjectParty&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProjectParty, (), (party, role, since))

/// The budget of a period, or of the whole project when no period is stated.
struct ProjectBudget {
  RowMoney amount;
  RowDate period;
  bool indicative = false;
  RowDate set;
  bool operator==(const ProjectBudget&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProjectBudget, (), (amount, period, indicative, set))

struct ProjectExpenditure {
  RowMoney amount;
  RowTexts purpose;
  EntityId party;
  RowDate date;
  bool operator==(const ProjectExpenditure&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProjectExpenditure, (), (amount, purpose, party, date))

struct Project {
  static constexpr auto aggregate = schema::Event::PROJECT;

  RowTexts title;
  schema::ProjectScope scope = schema::ProjectScope::NATIONAL;
  std::vector<ProjectShare> countries;
  std::string region;
  std::vector<std::string> areas;
  EntityId programme;
  std::vector<EntityId> origins;
  RowTexts objective;
  RowDate period;
  EntityId office;
  std::vector<ProjectShare> sectors;
  std::vector<ProjectMarker> markers;
  std::vector<std::string> goals;
  std::vector<ProjectParty> parties;
  std::vector<ProjectBudget> budgets;
  EntityId formulation;
  RowDate formulatedOn;
  EntityId appraisedBy;
  SealedRef appraisal;
  EntityId appraisalDocument;
  RowDate appraisedOn;
  RowDecimal securedShare;
  std::vector<EntityId> funds;
  EntityId approvedBy;
  RowDate approvedOn;
  RowDate startedOn;
  SealedRef summary;
  std::vector<ProjectExpenditure> expenditures;
  std::uint32_t revisions = 0;
  EntityId revision;  // the document of the last one
  EntityId report;
  RowDate completedOn;
  RowMoney balance;
  RowDate closedOn;
  RowDate endedOn;  // rejected or cancelled
  RowDate suspendedUntil;
  SealedRef reason;  // of the last revision, suspension, resumption, rejection or cancellation
  bool operator==(const Project&) const = default;
};
BOOST_DESCRIBE_STRUCT(Project, (),
                      (title, scope, countries, region, areas, programme, origins, objective,
                       period, office, sectors, markers, goals, parties, budgets, formulation,
                       formulatedOn, appraisedBy, appraisal, appraisalDocument, appraisedOn,
                       securedShare, funds, approvedBy, approvedOn, startedOn, summary,
                       expenditures, revisions, revision, report, completedOn, balance, closedOn,
                       endedOn, suspendedUntil, reason))

void fold(Project& row, RowHead& head, schema::ProjectEvent::Reader event, const FoldStep& step);

}  // namespace consulta
