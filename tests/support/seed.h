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

/// How often something is tried that is tried at many places: all times, or where a sanitizer makes
/// each of them ten times as slow, a fifth of them. Which ones is a matter of the seed.
constexpr std::uint64_t times(std::uint64_t all) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return (all + 4) / 5;
#else
  return all;
#endif
}

}  // namespace consulta::test
