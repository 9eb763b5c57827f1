// Drawing graphs.
#pragma once

#include <string>

#include "events/result.h"

namespace consulta {

/// Lays a graph in the DOT language out and draws it as SVG. For one thread at a time: Graphviz
/// keeps state of its own.
[[nodiscard]] Result<std::string> drawSvg(const std::string& dot);

}  // namespace consulta
