// What belongs to a programme.
#pragma once

#include <cstdint>
#include <set>
#include <span>

#include "events/ids.h"
#include "projections/state.h"

namespace consulta {

/// Whether an entity is part of a programme: it is the programme, or names it, or the programme
/// names it (its mandate), or it names something of its own kind of life that names the programme
/// (a recommendation its meeting). Parties, persons, offices, sessions and lists exist beside any
/// programme and belong to none, and neither does another programme.
[[nodiscard]] bool belongsTo(const State& state, EntityId entity, EntityId programme);

/// Whether an entity of that aggregate that names these, and no more, is part of the programme.
[[nodiscard]] bool belongsBy(const State& state, std::uint16_t aggregate,
                             std::span<const EntityId> named, EntityId programme);

/// All that belongs to it, the programme itself among them.
[[nodiscard]] std::set<EntityId> membersOf(const State& state, EntityId programme);

}  // namespace consulta
