// Numbers in keys: the highest byte first, so that keys sort as the numbers do.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace consulta {

/// Appends the lowest `bytes` bytes of `number`, at most 8.
inline void putBig(std::string& out, std::uint64_t number, std::size_t bytes) {
  std::array<char, 8> all{};
  for (std::size_t i = all.size(); i-- > 0; number >>= 8U) {
    all[i] = static_cast<char>(number & 0xFFU);
  }
  out.append(all.data() + all.size() - bytes, bytes);
}

[[nodiscard]] inline std::uint64_t readBig(std::string_view bytes) {
  std::uint64_t out = 0;
  for (const char c : bytes) out = (out << 8U) | static_cast<unsigned char>(c);
  return out;
}

}  // namespace consulta
