// A programme as it stands: what it covers, by what it was approved, how far it has come.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "events/programme.capnp.h"
#include "projections/row.h"

namespace consulta {

struct ProgrammeArea {
  std::string area;
  RowTexts framework;
  bool operator==(const ProgrammeArea&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProgrammeArea, (), (area, framework))

struct ProgrammeGoal {
  std::string goal;
  RowTexts attention;
  bool operator==(const ProgrammeGoal&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProgrammeGoal, (), (goal, attention))

/// What programmes and projects have in common; of all areas when none is named.
struct ProgrammeApproach {
  RowTexts text;
  std::vector<std::string> areas;
  RowTexts framework;
  bool operator==(const ProgrammeApproach&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProgrammeApproach, (), (text, areas, framework))

struct AdoptedPrinciple {
  schema::Principle principle = schema::Principle::RESULTS_BASED_MANAGEMENT;
  RowTexts text;
  bool operator==(const AdoptedPrinciple&) const = default;
};
BOOST_DESCRIBE_STRUCT(AdoptedPrinciple, (), (principle, text))

/// A step towards execution, in the order of its number.
struct ProgrammeStep {
  std::uint32_t number = 0;
  RowTexts text;
  EntityId step;
  bool operator==(const ProgrammeStep&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProgrammeStep, (), (number, text, step))

/// `share` is in per cent.
struct ProgrammeCountry {
  std::string country;
  RowDecimal share;
  bool operator==(const ProgrammeCountry&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProgrammeCountry, (), (country, share))

struct ProgrammePartner {
  EntityId party;
  RowTexts role;
  bool operator==(const ProgrammePartner&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProgrammePartner, (), (party, role))

/// `share` is in per cent.
struct ProgrammeSector {
  std::string sector;
  RowDecimal share;
  bool operator==(const ProgrammeSector&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProgrammeSector, (), (sector, share))

struct ProgrammeMarker {
  std::string marker;
  schema::Significance significance = schema::Significance::NOT_STATED;
  bool operator==(const ProgrammeMarker&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProgrammeMarker, (), (marker, significance))

/// A change of an approved programme, and what it rests on.
struct ProgrammeRevision {
  RowDate date;
  EntityId document;
  EntityId decision;
  SealedRef reason;
  bool operator==(const ProgrammeRevision&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProgrammeRevision, (), (date, document, decision, reason))

struct Programme {
  static constexpr auto aggregate = schema::Event::PROGRAMME;

  RowTexts title;
  std::string region;
  std::vector<ProgrammeCountry> countries;
  RowDate period;
  EntityId mandate;
  RowTexts objective;
  EntityId office;
  EntityId predecessor;
  std::vector<ProgrammeArea> areas;
  std::vector<ProgrammeGoal> goals;
  std::vector<ProgrammeApproach> approaches;
  std::vector<AdoptedPrinciple> principles;
  std::vector<ProgrammeStep> steps;
  std::vector<ProgrammePartner> partners;
  std::vector<ProgrammeSector> sectors;
  std::vector<ProgrammeMarker> markers;
  EntityId document;  // the newest that describes it
  RowDate formulatedOn;
  std::vector<EntityId> consultations;
  RowDate approvedOn;
  EntityId approvedBy;  // the consultation that adopted it
  EntityId decision;    // the decision that approved it
  RowDate startedOn;
  SealedRef startSummary;
  std::vector<ProgrammeRevision> revisions;
  RowDate suspendedUntil;
  RowDate completedOn;
  EntityId report;
  SealedRef
      reason;  // of the last reformulation, dropped area, suspension, resumption, cancellation
  bool operator==(const Programme&) const = default;
};
BOOST_DESCRIBE_STRUCT(Programme, (),
                      (title, region, countries, period, mandate, objective, office, predecessor,
                       areas, goals, approaches, principles, steps, partners, sectors, markers,
                       document, formulatedOn, consultations, approvedOn, approvedBy, decision,
                       startedOn, startSummary, revisions, suspendedUntil, completedOn, report,
                       reason))

void fold(Programme& row, RowHead& head, schema::ProgrammeEvent::Reader event,
          const FoldStep& step);

}  // namespace consulta
