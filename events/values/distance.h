// The nearest real name to a mistyped one. Pure functions, safe from any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace consulta {

/// How many letters must be put in, taken out, replaced or swapped with their neighbour to turn one
/// word into the other (optimal string alignment). Case and accents of Latin letters do not count.
/// Words longer than limits::symbol_bytes_max bytes are as far apart as the longer one is long.
[[nodiscard]] std::size_t editDistance(std::string_view a, std::string_view b);

/// The name nearest to `word`, the first of equals. Nothing when none is near: up to one letter in
/// a short word, up to a third of a long one. A word of three letters or more that only one name
/// begins with means that one.
[[nodiscard]] std::optional<std::string> nearest(std::string_view word,
                                                 std::span<const std::string> names);

}  // namespace consulta
