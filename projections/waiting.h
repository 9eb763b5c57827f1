// Whom a task waits for, and which office is responsible for it now. Pure.
#pragma once

#include <vector>

#include "events/ids.h"
#include "projections/row.h"
#include "projections/rows/consultation.h"

namespace consulta {

/// Parties, offices and persons, in the order in which they stand in the row; empty where nobody
/// can be named.
struct Awaited {
  std::vector<EntityId> whom;
  bool mayOnlyObject = false;  // of a silence: nobody has to act, each of them may object
};

/// Of one due of the row.
[[nodiscard]] Awaited awaitedOf(const Row& row, const RowDue& due);
/// Of a step that is under way.
[[nodiscard]] Awaited awaitedOf(const Consultation& row, const ConsultationStep& run);

/// The offices responsible for it now: of a step the one that it has been passed on to, else those
/// that the procedure names; of anything else those that are responsible for the entity, or for the
/// request. Empty where none is.
[[nodiscard]] std::vector<EntityId> officesOf(const Row& row, const RowDue& due);

}  // namespace consulta
