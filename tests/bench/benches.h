// The rows of the table, each beside its limit in the same run. tests/README.md says what each
// means.
#pragma once

#include <cstdint>
#include <filesystem>

#include "events/catalogue.h"

namespace consulta::bench {

struct Setting {
  const Catalogue& catalogue;
  std::filesystem::path base;  // registers and raw databases are made in it
  std::uint64_t seed = 1;
  std::uint64_t large =
      1'000'000;                   // entries, of the register that is rebuilt and asked of the past
  std::uint64_t huge = 3'000'000;  // of the one that a command is run on, beside one of a thousand
  std::uint64_t submissions = 32'000;  // per measurement with many under way
};

void benchSubmissions(const Setting& setting);
void benchRebuild(const Setting& setting);
void benchCommand(const Setting& setting);
void benchPast(const Setting& setting);
void benchDisk(const Setting& setting);
void benchDeadlines(const Setting& setting);
void benchServing(const Setting& setting);
void benchCatchingUp(const Setting& setting);
void benchFollowing(const Setting& setting);
void benchMemory(const Setting& setting);

}  // namespace consulta::bench
