// Deadlines that hang on a session or on a calendar move with it: each by an entry of the engine
// that says from when to when and because of what.
#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/rules/decide.h"
#include "events/values/edtf.h"
#include "projections/row_due.h"
#include "projections/state.h"

namespace consulta {

/// As they stood before an entry on a session or calendar. Of any other entity there are none.
///
/// A deadline that was past when the change came about stays where it is: what has passed does not
/// revive, unless somebody with authority orders that a step which is late gets more time. A change
/// that came about before, and is entered or put right only afterwards, moves the limit of a step
/// at its place in the order, so that what the engine has noted meanwhile stands in its way like
/// anything else (replay_check.h). A fixed date hangs on nothing.
class HangingDeadlines {
 public:
  /// `cause` is decided and not in `state` yet.
  HangingDeadlines(const State& state, const RecordPtr& cause);

  /// The next entry that is to be made of those that the cause, which `state` now holds, has moved;
  /// nothing when all are told. One at a time, with the ones before entered: what such an entry
  /// undoes takes others away, which moved as well.
  [[nodiscard]] std::optional<Following> nextMoved(const State& state);

 private:
  /// What is due before the session.
  struct Hanging {
    EntityId entity;
    RowDue due;
    DateBounds bounds;  // the days it can mean
  };
  /// A run of a step whose times were counted by it.
  struct HangingRun {
    EntityId entity;
    std::string step;
    std::uint64_t startedBy = 0;  // which run of it
    boost::json::object times;
  };

  void add(const State& state, const Row& row);
  void addRuns(const State& state, const Row& row);
  [[nodiscard]] std::optional<Following> runMoved(const State& state, const HangingRun& one) const;
  [[nodiscard]] std::optional<Following> deadlineMoved(const State& state,
                                                       const Hanging& one) const;

  RecordPtr cause_;
  std::int64_t ownNs_ = 0;    // the instant of the entry
  std::int64_t sinceNs_ = 0;  // that at which the change came about
  std::string since_;         // and its date
  EntityId on_;
  RowDate session_;  // when it begins, where it is one
  std::vector<Hanging> all_;
  std::vector<HangingRun> runs_;
  std::size_t runsDone_ = 0;
  std::size_t done_ = 0;
  std::set<std::pair<EntityId, std::string>> told_;  // of these runs an entry says all
};

}  // namespace consulta
