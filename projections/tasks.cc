#include "projections/tasks.h"

#include <algorithm>

#include "projections/due.h"
#include "projections/dues.h"
#include "projections/rows.h"

namespace consulta {

namespace {

TaskStanding standingOf(const State& state, const RowDue& due, std::int64_t nowNs) {
  if (due.noted || lastMomentBefore(state, due) >= nowNs) return TaskStanding::waits;
  if (firesByClock(state, due)) return TaskStanding::comesFirst;
  return takesEffect(due.kind) ? TaskStanding::toBeEntered : TaskStanding::waits;
}

}  // namespace

void eachTask(const State& state, std::int64_t nowNs, std::int64_t untilNs,
              const std::function<bool(const Task&)>& visit) {
  state.scan(due_keys, [&](std::string_view key) {
    const auto earliest = keyedMoment(key);
    if (earliest > untilNs) return false;
    const auto row = state.row(keyedId(key));
    return std::ranges::all_of(row->head.dues, [&](const auto& due) {
      const auto bounds = dueBounds(state, due.due);
      if (bounds.earliestNs != earliest) return true;
      return visit({row->head.id, due, overdue(bounds, nowNs), standingOf(state, due, nowNs)});
    });
  });
}

}  // namespace consulta
