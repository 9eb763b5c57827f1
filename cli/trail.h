// The trail of an entity as people and programs read it: where it comes from, and what came of it.
#pragma once

#include <boost/json/object.hpp>

#include "cli/looking.h"

namespace consulta {

/// Prints both ways, each entity with the link to it and how it came where it stands.
void printTrail(const Looking& at, EntityId id);
/// {"id", <states>, "course": [...], "origins": [...], "consequences": [...]}.
[[nodiscard]] boost::json::object trailJson(const Looking& at, EntityId id);

}  // namespace consulta
