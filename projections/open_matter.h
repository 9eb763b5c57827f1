// What is still to be done about something: decided on, or carried out. Pure.
#pragma once

#include <cstdint>
#include <vector>

#include "events/ids.h"
#include "projections/state.h"

namespace consulta {

enum class OpenMatter : std::uint8_t {
  none,      // done, rejected, replaced, or nothing that waits for anybody
  pending,   // a recommendation that nobody has decided on yet
  followUp,  // accepted or asked for, and not done yet
};

/// Of a recommendation or a contact; anything else is none.
[[nodiscard]] OpenMatter openMatterOf(const Row& row);

/// Those that still are one of the two, in the order given.
[[nodiscard]] std::vector<EntityId> stillOpen(const State& state, const std::vector<EntityId>& ids);

}  // namespace consulta
