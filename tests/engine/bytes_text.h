// Bytes as hexadecimal digits, for tests that quote published answers.
#pragma once

#include <string>
#include <string_view>

#include "engine/store/crypto.h"

namespace consulta::testing {

/// `digits` is the test's own, of even length.
inline std::string unhex(std::string_view digits) {
  std::string out;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
    out += static_cast<char>(std::stoi(std::string(digits.substr(i, 2)), nullptr, 16));
  }
  return out;
}

inline std::string hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += digits[byte >> 4U];
    out += digits[byte & 15U];
  }
  return out;
}

inline std::string hex(const Digest& digest) {
  return hex(bytesOf(digest));
}

}  // namespace consulta::testing
