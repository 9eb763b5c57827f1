// A mechanism of periodic consultation as it stands: what for, with whom, how often.
#pragma once

#include <boost/describe.hpp>
#include <string>
#include <vector>

#include "events/mechanism.capnp.h"
#include "projections/row.h"

namespace consulta {

/// One of the things that are consulted on.
struct MechanismPurpose {
  schema::StrategyFunction function = schema::StrategyFunction::DEFINITION;
  RowTexts text;
  std::vector<std::string> areas;
  bool operator==(const MechanismPurpose&) const = default;
};
BOOST_DESCRIBE_STRUCT(MechanismPurpose, (), (function, text, areas))

struct CircleMember {
  EntityId party;
  RowDate since;
  bool operator==(const CircleMember&) const = default;
};
BOOST_DESCRIBE_STRUCT(CircleMember, (), (party, since))

/// Who takes part, and how. A party of one circle is not thereby a party of another.
struct MechanismCircle {
  schema::Circle circle = schema::Circle::MEMBER_STATES;
  EntityId group;
  std::string region;
  RowTexts involvement;
  std::vector<CircleMember> members;  // those named one by one, beside group and region
  bool operator==(const MechanismCircle&) const = default;
};
BOOST_DESCRIBE_STRUCT(MechanismCircle, (), (circle, group, region, involvement, members))

/// Meetings provided for: "annual expert meetings, the first in June or July".
struct MechanismSeries {
  RowTexts title;
  schema::MeetingKind kind = schema::MeetingKind::EXPERT_GROUP;
  schema::Frequency frequency = schema::Frequency::NOT_STATED;
  RowDate first;
  bool operator==(const MechanismSeries&) const = default;
};
BOOST_DESCRIBE_STRUCT(MechanismSeries, (), (title, kind, frequency, first))

/// Working relations provided for.
struct MechanismRelations {
  std::vector<schema::RelationSide> between;
  schema::Frequency frequency = schema::Frequency::NOT_STATED;
  RowTexts purpose;
  bool operator==(const MechanismRelations&) const = default;
};
BOOST_DESCRIBE_STRUCT(MechanismRelations, (), (between, frequency, purpose))

struct MechanismFoundation {
  schema::Foundation foundation = schema::Foundation::CORE_COMPETENCIES;
  RowTexts text;
  bool operator==(const MechanismFoundation&) const = default;
};
BOOST_DESCRIBE_STRUCT(MechanismFoundation, (), (foundation, text))

struct MechanismRevision {
  RowDate date;
  EntityId document;
  bool operator==(const MechanismRevision&) const = default;
};
BOOST_DESCRIBE_STRUCT(MechanismRevision, (), (date, document))

struct Mechanism {
  static constexpr auto aggregate = schema::Event::MECHANISM;

  RowTexts title;
  RowTexts purpose;
  std::string region;
  EntityId mandate;
  std::vector<EntityId> programmes;
  schema::Frequency frequency = schema::Frequency::NOT_STATED;
  EntityId office;
  RowDate operatingSince;
  RowTexts strategy;
  std::vector<schema::StrategyQuality> qualities;
  std::vector<schema::StrategyFunction> functions;
  std::vector<MechanismPurpose> purposes;
  std::vector<MechanismCircle> circles;
  std::vector<MechanismSeries> series;
  std::vector<MechanismRelations> relations;
  std::vector<MechanismFoundation> foundations;
  EntityId document;  // the newest that describes it
  std::vector<MechanismRevision> revisions;
  RowDate endedOn;
  EntityId replacement;
  SealedRef reason;  // of its end, or of the last release of a party from a circle
  bool operator==(const Mechanism&) const = default;
};
BOOST_DESCRIBE_STRUCT(Mechanism, (),
                      (title, purpose, region, mandate, programmes, frequency, office,
                       operatingSince, strategy, qualities, functions, purposes, circles, series,
                       relations, foundations, document, revisions, endedOn, replacement, reason))

/// A circle, or null when nobody has said anything of it. Valid until the mechanism changes.
[[nodiscard]] const MechanismCircle* circleOf(const Mechanism& mechanism, schema::Circle circle);
/// Whether the party was named as belonging to the circle, by itself.
[[nodiscard]] bool isMember(const MechanismCircle& circle, EntityId party);

void fold(Mechanism& row, RowHead& head, schema::MechanismEvent::Reader event,
          const FoldStep& step);

}  // namespace consulta
