// How a record and what lies beside it stand in the database: keys, and values with a checksum.
//
//   family "records"   key: position, 8 bytes, the highest first, so that keys sort as numbers
//   family "beside"    key: the same 8 bytes, then the name of the value
//   both values        the bytes as they were given, then 4 bytes: the CRC-32C of key and bytes,
//                      the lowest first
//
// The checksum goes from the writer's hands to the reader's, past every cache and every block, and
// covers the key, so that a value that stands under another's key is noticed as well.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "events/ids.h"

namespace consulta {

constexpr std::string_view records_family = "records";
constexpr std::string_view beside_family = "beside";

constexpr std::size_t position_key_bytes = 8;
constexpr std::size_t checksum_bytes = 4;

/// A key without memory of its own on the heap; `view` lives as long as the key.
class PositionKey {
 public:
  explicit PositionKey(Position position);
  [[nodiscard]] std::string_view view() const { return {bytes_.data(), bytes_.size()}; }

 private:
  std::array<char, position_key_bytes> bytes_{};
};

[[nodiscard]] std::string besideKey(Position position, std::string_view name);
/// None when the key is not one of a record.
[[nodiscard]] std::optional<Position> positionOfKey(std::string_view key);

/// What follows the bytes in a stored value.
[[nodiscard]] std::array<char, checksum_bytes> checksumOf(std::string_view key,
                                                          std::string_view bytes);
/// The given bytes of a stored value, a view into it; none when they are damaged.
[[nodiscard]] std::optional<std::string_view> checkedBytes(std::string_view key,
                                                           std::string_view value);

}  // namespace consulta
