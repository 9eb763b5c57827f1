// Numbers that the environment gives to a test: above all the seed that a failure has printed.
#pragma once

#include <cstdint>
#include <cstdlib>

namespace consulta::test {

inline std::uint64_t numberGiven(const char* variable, std::uint64_t otherwise) {
  const char* given = std::getenv(variable);
  return given == nullptr ? otherwise : std::strtoull(given, nullptr, 10);
}

/// The seed that CONSULTA_TEST_SEED gives back, else the test's own.
inline std::uint64_t seedOr(std::uint64_t otherwise) {
  return numberGiven("CONSULTA_TEST_SEED", otherwise);
}

}  // namespace consulta::test
