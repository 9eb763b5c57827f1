#include "engine/rules/other_entity.h"

#include <algorithm>

#include "events/values/calendar.h"
#include "projections/due.h"

namespace consulta {

DateBounds momentsOf(const Case& on) {
  if (on.occurred.empty()) return {on.orderNs, on.orderNs};
  auto bounds = orBroken(dateBounds(on.occurred));
  bounds.latestNs = std::max(bounds.latestNs, on.orderNs);
  return bounds;
}

RowPtr otherByThen(const Case& on, EntityId id) {
  if (!id) return nullptr;
  auto row = on.state.rowAt(id, momentsOf(on).latestNs);
  return row ? row : on.state.row(id);
}

RowPtr otherBeforehand(const Case& on, EntityId id) {
  const auto moments = momentsOf(on);
  if (!id || moments == wholeTime()) return nullptr;
  return on.state.rowAt(id, moments.earliestNs - 1);
}

bool canStillBeKept(const Case& on, const RowDeadline& deadline) {
  auto bounds = dueBounds(on.state, deadline);
  if (deadline.date.edtf.empty() && deadline.beforeSession) {
    const auto then = boundsBefore(otherByThen(on, deadline.beforeSession).get());
    if (then.latestNs < wholeTime().latestNs) bounds = then;
  }
  const bool isKnown = bounds.latestNs < wholeTime().latestNs;
  return isKnown && momentsOf(on).earliestNs < bounds.latestNs;
}

Message stateName(const Case& on, const Row& row) {
  const auto& axis = on.state.catalogue().aggregate(row.aggregate()).axes[0];
  return inWords(axis.states.at(row.head.states[0]).name);
}

}  // namespace consulta
