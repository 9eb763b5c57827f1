// Releasing deadlines that were past when they were entered: the clock never lets them take effect,
// an administrator may.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "engine/rules/decide.h"
#include "projections/state.h"

namespace consulta {

/// Who may release: an administrator of the register.
[[nodiscard]] Failures checkRelease(const State& state, ActorId actor);

/// The earliest deadline that `release`, which `state` holds, lets take effect and that is not
/// among `tried`, to which it is added.
[[nodiscard]] std::optional<Following> nextReleased(const State& state, const RecordPtr& release,
                                                    std::int64_t nowNs,
                                                    std::set<std::string>& tried);

[[nodiscard]] Failures nothingToRelease(const State& state, const RecordPtr& release);

/// What has come of an entity by its day and waits, of all that takes effect by itself, by name.
[[nodiscard]] std::set<std::string> comeAndWaiting(const State& state, EntityId id,
                                                   std::int64_t nowNs);
/// The earliest of these that is not among `known`, to which it is added: what an entry has brought
/// about that was not so before.
[[nodiscard]] std::optional<Following> nextCome(const State& state, EntityId id, std::int64_t nowNs,
                                                std::set<std::string>& known);

/// Whether a deadline of the entity waits to be released.
[[nodiscard]] bool hasToRelease(const State& state, const Row& row, std::int64_t nowNs);

}  // namespace consulta
