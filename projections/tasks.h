// The worklist: all that waits for a day, in the order of the days. Pure.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <functional>

#include "events/values/deadline.h"
#include "projections/row_due.h"
#include "projections/state.h"

namespace consulta {

/// How it stands beside being overdue or not. `toBeEntered`: the day was past already when it was
/// entered, so what became of it is for somebody to say. `comesFirst`: the day has come, and the
/// engine enters it before the next entry.
enum class TaskStanding : std::uint8_t { waits, toBeEntered, comesFirst };
BOOST_DESCRIBE_ENUM(TaskStanding, waits, toBeEntered, comesFirst)

struct Task {
  EntityId id;
  RowDue due;
  Overdue overdue = Overdue::no;
  TaskStanding standing = TaskStanding::waits;
};

/// Visits what can be due by `untilNs`, by the earliest day it can mean, until `visit` returns
/// false. What is due before a session whose dates are not known can be due at any time.
void eachTask(const State& state, std::int64_t nowNs, std::int64_t untilNs,
              const std::function<bool(const Task&)>& visit);

}  // namespace consulta
