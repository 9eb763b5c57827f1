#include "engine/log/crc32c.h"

#include <doctest/doctest.h>

#include <string>

namespace consulta::testing {
namespace {

TEST_CASE("the checksum is the one of the published examples") {
  CHECK(crc32c("") == 0U);
  CHECK(crc32c("123456789") == 0xE3069283U);
  CHECK(crc32c(std::string(32, '\0')) == 0x8A9136AAU);
  CHECK(crc32c(std::string(32, '\xFF')) == 0x62A8AB43U);
}

TEST_CASE("the checksum is the same by instruction, in plain C++ and in pieces") {
  std::string bytes;
  for (int i = 0; i < 100; ++i) {
    CHECK(crc32c(bytes) == crc32cPortable(bytes));
    const std::string_view whole = bytes;
    const std::size_t half = bytes.size() / 3;
    CHECK(crc32c(whole.substr(half), crc32c(whole.substr(0, half))) == crc32c(whole));
    bytes.push_back(static_cast<char>(i * 37));
  }
}

}  // namespace
}  // namespace consulta::testing
