// What an office is responsible for, and by which act another one becomes so. Pure.
#pragma once

#include <string>
#include <vector>

#include "events/ids.h"
#include "projections/state.h"

namespace consulta {

struct OfficeTask {
  EntityId id;
  std::string act;      // the type of the entry that makes an office responsible
  std::string request;  // of a mandate: which of its requests
};

/// Of the row all for which the office is responsible, as far as it is not done; whether the act is
/// lawful on it is for the lifecycle to say.
[[nodiscard]] std::vector<OfficeTask> tasksOf(const Row& row, EntityId office);
/// Of all entities, oldest first.
[[nodiscard]] std::vector<OfficeTask> tasksOf(const State& state, EntityId office);

}  // namespace consulta
