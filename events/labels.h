// Names of the schema as people read them.
#pragma once

#include <string>
#include <string_view>

namespace consulta {

/// "heldFrom" and "in-force" are "held from" and "in force"; the few that would not read well so
/// have words of their own. English: the id under which a translation is looked up.
[[nodiscard]] std::string labelOf(std::string_view name);

}  // namespace consulta
