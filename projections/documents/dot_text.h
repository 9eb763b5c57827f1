// Texts within a graph in the DOT language.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace consulta {

/// The text quoted for a label, broken at blanks into lines of about `width` characters.
[[nodiscard]] std::string dotText(std::string_view text, std::size_t width);

}  // namespace consulta
