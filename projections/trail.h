// What an entity came of, and what came of it: from a consultation over its recommendations to
// projects, results and decisions, and back. Pure.
//
// The links stand in the rows and are read in both directions. They can form circles (a decision
// founds a mandate that a recommendation rests on ...): each entity is followed once.
#pragma once

#include <boost/describe.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "events/ids.h"
#include "projections/row_values.h"
#include "projections/state.h"

namespace consulta {

/// `from` came first, `to` came of it.
enum class TrailRelation : std::uint8_t {
  heldFor,        // a consultation, and a meeting held for it
  recommended,    // a meeting or consultation, and its recommendation
  ledTo,          // a recommendation, meeting or consultation, and what came of it
  replacedBy,     // a recommendation or mandate, and what holds in its place
  resultOf,       // a project or programme, and a result of it
  contributesTo,  // a result, and the one above it
  reportedIn,     // what was done, and the document that reports on it
  evidencedBy,    // what was done, and the document that shows it
  answeredBy,     // a mandate or document, and what answers it
  founded,        // the document of a decision, and the mandate it founds
  adopted,        // a consultation or decision, and the programme that rests on it
};
BOOST_DESCRIBE_ENUM(TrailRelation, heldFor, recommended, ledTo, replacedBy, resultOf, contributesTo,
                    reportedIn, evidencedBy, answeredBy, founded, adopted)

struct TrailLink {
  EntityId from;
  EntityId to;
  TrailRelation relation = TrailRelation::ledTo;
  RowDate date;  // as of when it is stated; empty: nowhere
  bool operator==(const TrailLink&) const = default;
};

/// The links that a row states, in the order of its fields.
[[nodiscard]] std::vector<TrailLink> linksOf(const Row& row);

enum class TrailWay : std::uint8_t { back, forward };

/// One entity on the trail, by the link that led to it.
struct TrailNode {
  EntityId id;
  TrailLink link;
  bool again = false;  // it is on the trail already, and followed there
  std::vector<TrailNode> next;
};

struct Trail {
  std::vector<TrailNode> nodes;
  bool cut = false;  // there is more than limits::trail_entities_max
};
/// One way from an entity, the nearest first; siblings by the dates of their links.
[[nodiscard]] Trail trailOf(const State& state, EntityId id, TrailWay way);

/// An entry by which an entity came where it stands: it moved a state, made an office responsible,
/// or recorded a decision.
struct TrailMilestone {
  RowDate date;
  Position at;
  std::vector<std::pair<std::string, std::string>> states;  // axis and the state on it, by name
  EntityId office;                                          // made responsible by it
  std::string decision;  // what was decided, as its kind and symbol are written
  bool operator==(const TrailMilestone&) const = default;
};
/// In the order they take effect, up to an instant, which is included.
[[nodiscard]] std::vector<TrailMilestone> milestonesOf(const State& state, EntityId id,
                                                       std::int64_t uptoNs);

}  // namespace consulta
