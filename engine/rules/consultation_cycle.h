// Yearly cycles: what comes over to a consultation from that of the cycle before it.
//
// By reference: the recommendations and follow-ups stay what they are, and are named.
#pragma once

#include <vector>

#include "engine/rules/guard.h"
#include "projections/rows/consultation.h"

namespace consulta {

/// A cycle begins after another one that has ended, and is the only one to do so. `previous` may be
/// none.
void checkAfter(const Case& on, const Consultation& row, EntityId previous, Refusals& no);

/// After the opening that names the previous one: its roll, what nobody has decided on yet, and
/// what is not done yet, as of that opening; in several entries when it is much.
[[nodiscard]] std::vector<Consequence> followCycle(const State& state, const Row& after,
                                                   const FoldStep& entry);

}  // namespace consulta
