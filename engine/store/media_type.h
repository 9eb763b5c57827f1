// What kind of file it is, told from how its bytes begin and from its name.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace consulta {

/// How much of the beginning is looked at.
constexpr std::size_t media_type_bytes_seen = 4096;

/// A media type as application/pdf. What the bytes say counts before the name, which only tells
/// apart what begins alike (office documents in a ZIP archive, kinds of text). What nobody knows is
/// application/octet-stream.
[[nodiscard]] std::string mediaTypeOf(std::string_view beginning, std::string_view fileName);

}  // namespace consulta
