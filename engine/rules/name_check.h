// What an entry may be called and what its codes may be, for all aggregates alike. Pure.
#pragma once

#include "engine/rules/guard.h"
#include "events/catalogue.h"
#include "events/envelope.capnp.h"
#include "events/ids.h"
#include "projections/row.h"
#include "projections/state.h"

namespace consulta {

/// Every code in `entry`, which is one of `act`, stands in its reference list, is written as it
/// stands there, and was in use when the entry occurred: of one that is corrected, when that one
/// did.
void checkCodes(const State& state, const EventInfo& act, const FoldStep& entry, Refusals& no);

/// Every symbol that `event` gives to `entity` is that of no other entity of the aggregate.
void checkSymbols(const State& state, const EventInfo& act, schema::Event::Reader event,
                  EntityId entity, Refusals& no);

}  // namespace consulta
