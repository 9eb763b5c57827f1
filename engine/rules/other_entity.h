// How a rule looks at another entity than the one acted on.
#pragma once

#include <string>

#include "engine/rules/guard.h"
#include "events/values/edtf.h"
#include "projections/row_values.h"

namespace consulta {

/// The moments that the act's date can mean; under `next`, where there is no date yet, its instant.
[[nodiscard]] DateBounds momentsOf(const Case& on);

/// The other entity as of the latest moment that the entry's date can mean, so that what happened
/// on the same day, or within the same imprecise date, is not held against the entry. When it was
/// not yet in the register then, as it stands now; null when there is none.
[[nodiscard]] RowPtr otherByThen(const Case& on, EntityId id);

/// The other entity as it was before the earliest of these moments: so for certain by the act, and
/// whatever ended it on the same day is not held against the act. Null when it was not in the
/// register then, and for an act of an unknown date, which nothing certainly precedes.
[[nodiscard]] RowPtr otherBeforehand(const Case& on, EntityId id);

/// Whether the act's date lies where a deadline can still be kept, by what was known then of the
/// session that it hangs on.
[[nodiscard]] bool canStillBeKept(const Case& on, const RowDeadline& deadline);

/// The state that the row is in, on its first axis, in words.
[[nodiscard]] Message stateName(const Case& on, const Row& row);

}  // namespace consulta
