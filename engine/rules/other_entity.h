// How a rule looks at another entity than the one acted on.
#pragma once

#include "engine/rules/guard.h"

namespace consulta {

/// The other entity as of the latest moment that the entry's date can mean, so that what happened
/// on the same day, or within the same imprecise date, is not held against the entry. When it was
/// not yet in the register then, as it stands now; null when there is none.
[[nodiscard]] RowPtr otherByThen(const Case& on, EntityId id);

}  // namespace consulta
