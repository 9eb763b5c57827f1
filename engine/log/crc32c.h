// The CRC-32C checksum (Castagnoli), as the processor computes it. It guards single records and
// slots against damage; against intent stands the Merkle tree.
#pragma once

#include <cstdint>
#include <string_view>

namespace consulta {

/// The checksum of `bytes`. To go on over several pieces, pass the checksum of the former pieces
/// as `before`. Any thread.
[[nodiscard]] std::uint32_t crc32c(std::string_view bytes, std::uint32_t before = 0);

/// The same in plain C++, for processors without the instruction and for the test of the other.
[[nodiscard]] std::uint32_t crc32cPortable(std::string_view bytes, std::uint32_t before = 0);

}  // namespace consulta
