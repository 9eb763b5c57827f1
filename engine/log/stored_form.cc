#include "engine/log/stored_form.h"

#include <cstdint>

#include "engine/log/crc32c.h"

namespace consulta {

PositionKey::PositionKey(Position position) {
  std::uint64_t rest = position.value;
  for (std::size_t i = bytes_.size(); i > 0; --i) {
    bytes_[i - 1] = static_cast<char>(rest & 0xFFU);
    rest >>= 8U;
  }
}

std::string besideKey(Position position, std::string_view name) {
  std::string key(PositionKey(position).view());
  key += name;
  return key;
}

std::optional<Position> positionOfKey(std::string_view key) {
  if (key.size() != position_key_bytes) return std::nullopt;
  std::uint64_t number = 0;
  for (const char c : key) number = number << 8U | static_cast<unsigned char>(c);
  return Position(number);
}

std::array<char, checksum_bytes> checksumOf(std::string_view key, std::string_view bytes) {
  std::uint32_t sum = crc32c(bytes, crc32c(key));
  std::array<char, checksum_bytes> stored{};
  for (char& byte : stored) {
    byte = static_cast<char>(sum & 0xFFU);
    sum >>= 8U;
  }
  return stored;
}

std::optional<std::string_view> checkedBytes(std::string_view key, std::string_view value) {
  if (value.size() < checksum_bytes) return std::nullopt;
  const std::string_view bytes = value.substr(0, value.size() - checksum_bytes);
  const auto expected = checksumOf(key, bytes);
  if (value.substr(bytes.size()) != std::string_view(expected.data(), expected.size())) {
    return std::nullopt;
  }
  return bytes;
}

}  // namespace consulta
