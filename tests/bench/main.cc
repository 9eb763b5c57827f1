// Measures each goal beside its limit in the same run. tests/README.md says what the rows mean.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "events/catalogue.h"
#include "tests/bench/benches.h"
#include "tests/bench/measure.h"
#include "tests/support/temp_dir.h"

namespace consulta::bench {

void printHead() {
  fmt::print("{:<46} {:>12} {:>12} {:>8} {:>7} {:>7}\n", "what", "reached", "limit", "figure",
             "must", "aim");
}

void print(const Figure& figure) {
  const auto holds = [&](double goal) {
    return figure.lessIsBetter ? figure.reached <= goal : figure.reached >= goal;
  };
  fmt::print("{:<46} {:>12} {:>12} {:>8.2f} {:>7g} {:>7g}  {}\n", figure.what, figure.ours,
             figure.limit, figure.reached, figure.must, figure.aim,
             holds(figure.aim)    ? "aim reached"
             : holds(figure.must) ? "good enough"
                                  : "NOT REACHED");
  std::fflush(stdout);
}

namespace {

struct Bench {
  std::string_view name;
  void (*run)(const Setting&);
};
constexpr std::array benches{Bench{"submissions", &benchSubmissions},
                             Bench{"rebuild", &benchRebuild},
                             Bench{"command", &benchCommand},
                             Bench{"past", &benchPast},
                             Bench{"disk", &benchDisk},
                             Bench{"deadlines", &benchDeadlines},
                             Bench{"serving", &benchServing},
                             Bench{"catching-up", &benchCatchingUp},
                             Bench{"following", &benchFollowing},
                             Bench{"memory", &benchMemory}};

int usage() {
  fmt::print(
      stderr,
      "consulta_bench [DIRECTORY] [--seed N] [--large N] [--huge N] [--submissions N]"
      " [BENCH ...]\n"
      "  BENCH: submissions rebuild command past disk deadlines serving catching-up following\n"
      "  memory; without any, all\n"
      "  registers are made in DIRECTORY and used again by the next run; without one, in\n"
      "  a directory that is removed at the end\n");
  return 2;
}

}  // namespace

int benchMain(int argc, char** argv) {
  const Catalogue catalogue;
  Setting setting{.catalogue = catalogue, .base = {}};
  std::vector<std::string_view> wanted;
  const std::array numbers{std::pair{"--seed", &setting.seed}, std::pair{"--large", &setting.large},
                           std::pair{"--huge", &setting.huge},
                           std::pair{"--submissions", &setting.submissions}};
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    const auto number = std::ranges::find(
        numbers, word, [](const auto& one) { return std::string_view(one.first); });
    if (number != numbers.end()) {
      if (++i == argc) return usage();
      *number->second = std::strtoull(argv[i], nullptr, 10);
    } else if (std::ranges::find(benches, word, &Bench::name) != benches.end()) {
      wanted.push_back(word);
    } else if (setting.base.empty() && !word.starts_with('-')) {
      setting.base = word;
    } else {
      return usage();
    }
  }
  std::optional<testing::TempDir> ownDirectory;
  if (setting.base.empty()) setting.base = ownDirectory.emplace().path();
  std::filesystem::create_directories(setting.base);
  fmt::print("seed {}, median of {}\n", setting.seed, rounds);
  printHead();
  for (const auto& one : benches) {
    if (wanted.empty() || std::ranges::find(wanted, one.name) != wanted.end()) one.run(setting);
  }
  return 0;
}

}  // namespace consulta::bench

int main(int argc, char** argv) {
  try {
    return consulta::bench::benchMain(argc, argv);
  } catch (const std::exception& failure) {
    fmt::print(stderr, "{}\n", failure.what());
    return 1;
  }
}
