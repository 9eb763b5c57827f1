// The past: one entity, and the whole programme, as of any day; and what the history takes on disk.
#include <fmt/format.h>

#include <random>

#include "tests/bench/benches.h"
#include "tests/bench/made_register.h"
#include "tests/bench/measure.h"

namespace consulta::bench {

namespace {

constexpr int questions = 500;

struct Question {
  EntityId id;
  Moment moment;  // in the midst of its life, so that something has to be folded
};

/// About entities all over the register.
std::vector<Question> someQuestions(const Register& reg, std::mt19937_64& random) {
  std::vector<Question> out;
  reg.read([&](const State& state) {
    while (out.size() < questions) {
      const auto row = state.row(EntityId(1 + random() % reg.last().value));
      if (!row || row->head.firstOrderNs == row->head.lastOrderNs) continue;
      const auto life = row->head.lastOrderNs - row->head.firstOrderNs;
      const auto asOfNs = row->head.firstOrderNs +
                          static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(life));
      out.push_back({row->head.id, Moment{asOfNs, std::nullopt}});
    }
  });
  return out;
}

std::uint64_t sizeOf(const std::filesystem::path& directory) {
  std::uint64_t bytes = 0;
  for (const auto& one : std::filesystem::recursive_directory_iterator(directory)) {
    if (one.is_regular_file()) bytes += one.file_size();
  }
  return bytes;
}

}  // namespace

void benchPast(const Setting& setting) {
  const auto directory = madeRegister(setting.catalogue, setting.base, setting.seed, setting.large);
  const auto reg = orBroken(Register::open(setting.catalogue, optionsOf(directory)));
  std::mt19937_64 random(setting.seed);
  constexpr std::int64_t years_ns = std::int64_t{9} * 365 * nsPerDay;
  const auto anyMoment = [&] {
    return Moment{reg->now() - static_cast<std::int64_t>(random() % years_ns), std::nullopt};
  };
  std::vector<double> one;
  for (const auto& question : someQuestions(*reg, random)) {
    one.push_back(seconds([&] {
      reg->read(question.moment,
                [&](const State& then) { static_cast<void>(then.row(question.id)); });
    }));
  }
  print({.what = "one entity as of a past day",
         .ours = fmt::format("{:.3f} ms", median(one) * 1'000),
         .reached = median(one) * 1'000,
         .must = 2,
         .aim = 0.5,
         .lessIsBetter = true});
  std::vector<double> whole;
  for (int i = 0; i < rounds; ++i) {
    const auto moment = anyMoment();
    whole.push_back(seconds([&] {
      reg->read(moment, [&](const State& then) {
        for (const auto& aggregate : setting.catalogue.aggregates()) {
          then.each(aggregate.tag, [](const RowPtr&) { return true; });
        }
      });
    }));
  }
  print({.what = "the whole programme as of a past day",
         .ours = fmt::format("{:.0f} ms", median(whole) * 1'000),
         .reached = median(whole) * 1'000,
         .must = 400,
         .aim = 100,
         .lessIsBetter = true});
}

void benchDisk(const Setting& setting) {
  const auto directory = madeRegister(setting.catalogue, setting.base, setting.seed, setting.large);
  const auto last = orBroken(Register::open(setting.catalogue, optionsOf(directory)))->last();
  const auto perEvent = [&](const std::filesystem::path& path) {
    return static_cast<double>(sizeOf(path)) / static_cast<double>(last.value);
  };
  print({.what = "disk of an event: log, indexes, rows, sealed",
         .ours = fmt::format("{:.0f} bytes", perEvent(directory / "log")),
         .reached = perEvent(directory / "log"),
         .must = 300,
         .aim = 220,
         .lessIsBetter = true});
}

}  // namespace consulta::bench
