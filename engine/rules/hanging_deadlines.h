// Deadlines that hang on a session or on a calendar move with it: each by an entry of the engine
// that says from when to when and because of what.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "engine/rules/decide.h"
#include "events/values/edtf.h"
#include "projections/row_due.h"
#include "projections/state.h"

namespace consulta {

/// As they stood before an entry on a session or calendar. Of any other entity there are none.
///
/// A deadline that was past when the change came about stays where it is, and so does one whose
/// passing is noted; a fixed date hangs on nothing.
class HangingDeadlines {
 public:
  /// `cause` is decided and not in `state` yet.
  HangingDeadlines(const State& state, const RecordPtr& cause);

  /// What is to be entered of those that the cause, which `state` now holds, has moved.
  [[nodiscard]] std::vector<Following> moved(const State& state) const;

 private:
  /// The running step of a consultation, or what is due before the session.
  struct Hanging {
    EntityId entity;
    RowDue due;
    DateBounds bounds;            // the days it can mean; of a step only the last moment counts
    boost::json::object times{};  // of a step, as its entry states them
  };

  void add(const State& state, const Row& row);
  [[nodiscard]] boost::json::object stepMoved(const State& state, const Hanging& one) const;
  [[nodiscard]] boost::json::object deadlineMoved(const State& state, const Hanging& one) const;

  RecordPtr cause_;
  EntityId on_;
  RowDate session_;  // when it begins, where it is one
  std::vector<Hanging> all_;
};

}  // namespace consulta
