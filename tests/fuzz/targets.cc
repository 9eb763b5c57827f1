#include "tests/fuzz/targets.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace consulta::test {

std::span<const FuzzTarget> fuzzTargets() {
  static constexpr std::array targets{
      FuzzTarget{"edtf", fuzzEdtf},           FuzzTarget{"human-date", fuzzHumanDate},
      FuzzTarget{"deadline", fuzzDeadline},   FuzzTarget{"zoned-time", fuzzZonedTime},
      FuzzTarget{"money", fuzzMoney},         FuzzTarget{"decimal", fuzzDecimal},
      FuzzTarget{"symbol", fuzzSymbol},       FuzzTarget{"texts", fuzzTexts},
      FuzzTarget{"duration", fuzzDuration},   FuzzTarget{"csv", fuzzCsv},
      FuzzTarget{"filter", fuzzFilter},       FuzzTarget{"entry", fuzzEntry},
      FuzzTarget{"record", fuzzRecord},       FuzzTarget{"frame", fuzzFrame},
      FuzzTarget{"http", fuzzHttp},           FuzzTarget{"submission", fuzzSubmission},
      FuzzTarget{"procedure", fuzzProcedure}, FuzzTarget{"letter-template", fuzzLetterTemplate},
  };
  return targets;
}

}  // namespace consulta::test

/// Called by libFuzzer for each input; the environment says which target it is for.
// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer names it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using consulta::test::FuzzTarget;
  static const FuzzTarget* const chosen = [] {
    const char* name = std::getenv("CONSULTA_FUZZ");
    const auto all = consulta::test::fuzzTargets();
    const auto found = std::ranges::find(all, name == nullptr ? "" : name, &FuzzTarget::name);
    if (found != all.end()) return &*found;
    std::fputs("CONSULTA_FUZZ names no target of tests/fuzz/targets.cc\n", stderr);
    std::exit(2);
  }();
  chosen->run(std::as_bytes(std::span(data, size)));
  return 0;
}
