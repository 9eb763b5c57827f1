// Every input that the fuzzer has found worth keeping, as it is and a little spoilt, in the
// ordinary tests.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/events/random_text.h"
#include "tests/fuzz/targets.h"
#include "tests/support/seed.h"

namespace consulta::test {
namespace {

std::vector<std::filesystem::path> corpusOf(const FuzzTarget& target) {
  const auto folder =
      std::filesystem::path(CONSULTA_SOURCE_DIR) / "tests/fuzz/corpus" / target.name;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

std::string contentOf(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void run(const FuzzTarget& target, const std::string& input) {
  CAPTURE(input);
  try {
    target.run(std::as_bytes(std::span(input.data(), input.size())));
  } catch (const std::exception& error) {
    FAIL_CHECK(std::string(error.what()));
  }
}

}  // namespace

TEST_CASE("whatever a reader is given, it keeps its promises") {
  constexpr int variants = 60;
  const auto seed = seedOr(20060406);
  CAPTURE(seed);
  for (const auto& target : fuzzTargets()) {
    const std::string name(target.name);
    CAPTURE(name);
    const auto files = corpusOf(target);
    CHECK_FALSE(files.empty());
    RandomText random(seed);
    run(target, {});
    for (const auto& file : files) {
      CAPTURE(file);
      const std::string input = contentOf(file);
      run(target, input);
      for (int i = 0; i < variants; ++i) run(target, random.spoiled(input));
    }
  }
}

}  // namespace consulta::test
