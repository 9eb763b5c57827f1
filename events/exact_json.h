// JSON that means one thing: what a parser would silently drop is refused.
#pragma once

#include <boost/json/value.hpp>
#include <string>

#include "events/result.h"

namespace consulta {

/// One value. A key that stands twice in an object is refused with its name, for one of the two
/// would be lost; so is what is nested deeper than limits::json_depth_max.
[[nodiscard]] Result<boost::json::value> readExactJson(const std::string& text);

}  // namespace consulta
