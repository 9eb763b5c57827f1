// Whether those who stand behind an entry may enter it: today, whatever the day of the act. Pure.
#pragma once

#include <string>

#include "engine/rules/guard.h"
#include "engine/rules/scope.h"
#include "projections/rows/register.h"
#include "projections/state.h"

namespace consulta {

/// An entry under examination, and who stands behind it. References live as long as the call.
struct Acting {
  const State& state;
  schema::Record::Reader record;
  const RegisterRow* reg = nullptr;  // null before the register is opened
  std::string actor;                 // as rows name them
  std::string onBehalfOf;            // empty: in their own name
  Concerned on;
};

/// Refuses what the delegation (delegation.h) or the role (roles.h) of its actor does not let them
/// enter. The engine itself needs neither. `act` is that of the record itself, `row` the entity
/// before it; null where the act opens it.
void checkActing(const State& state, schema::Record::Reader record, const EventInfo& act,
                 const Row* row, Refusals& no);

}  // namespace consulta
