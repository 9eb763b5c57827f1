// What reads bytes from outside, each as one function that takes any bytes: for the fuzzer, and for
// the ordinary tests over the inputs that the fuzzer has found worth keeping.
//
// To add a reader: a function below, its line in fuzzTargets(), and one input or more in
// tests/fuzz/corpus/NAME/.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace consulta::test {

/// Returns when all that must be true of any input is true of this one; else it throws
/// BrokenPromise (or the sanitizers end the process).
using FuzzFunction = void (*)(std::span<const std::byte> input);

struct FuzzTarget {
  std::string_view name;  // of its corpus too
  FuzzFunction run;
};

/// All of them; they live as long as the program.
[[nodiscard]] std::span<const FuzzTarget> fuzzTargets();

void fuzzEdtf(std::span<const std::byte> input);
void fuzzHumanDate(std::span<const std::byte> input);
void fuzzDeadline(std::span<const std::byte> input);
void fuzzZonedTime(std::span<const std::byte> input);
void fuzzMoney(std::span<const std::byte> input);
void fuzzDecimal(std::span<const std::byte> input);
void fuzzSymbol(std::span<const std::byte> input);
void fuzzTexts(std::span<const std::byte> input);
void fuzzDuration(std::span<const std::byte> input);
void fuzzCsv(std::span<const std::byte> input);
void fuzzProcedure(std::span<const std::byte> input);
void fuzzLetterTemplate(std::span<const std::byte> input);
void fuzzFilter(std::span<const std::byte> input);
void fuzzEntry(std::span<const std::byte> input);
void fuzzRecord(std::span<const std::byte> input);
void fuzzFrame(std::span<const std::byte> input);
void fuzzHttp(std::span<const std::byte> input);
void fuzzSubmission(std::span<const std::byte> input);

}  // namespace consulta::test
