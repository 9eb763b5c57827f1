#include "engine/rules/other_entity.h"

#include <algorithm>

#include "events/values/edtf.h"

namespace consulta {

RowPtr otherByThen(const Case& on, EntityId id) {
  if (!id) return nullptr;
  auto latest = on.orderNs;
  if (!on.occurred.empty()) latest = std::max(latest, orBroken(dateBounds(on.occurred)).latestNs);
  auto row = on.state.rowAt(id, latest);
  return row ? row : on.state.row(id);
}

}  // namespace consulta
