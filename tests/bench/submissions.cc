// Submissions in process, against RocksDB alone with the same bytes.
#include <fmt/format.h>

#include <atomic>
#include <condition_variable>
#include <future>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "tests/bench/benches.h"
#include "tests/bench/made_register.h"
#include "tests/bench/measure.h"
#include "tests/bench/raw.h"

namespace consulta::bench {

namespace {

using Pieces = std::vector<MadeRegister::Piece>;

struct Outcome {
  double ours = 0;   // seconds
  double limit = 0;  // likewise
  std::size_t entries = 0;
};

void check(const Result<Receipt>& receipt) {
  if (!receipt) throw std::runtime_error(inEnglish(receipt.failures().front().text));
}

/// So many threads, each with one submission under way. Lives go on in order only when submitted in
/// order, so each piece waits until the pieces before it are under way; pieces of one life that
/// follow closely may still be decided together, as in a busy office.
double submitByThreads(MadeRegister& made, Pieces& all, std::size_t threads) {
  std::mutex mutex;
  std::size_t next = 0;
  return seconds([&] {
    std::vector<std::jthread> running;
    for (std::size_t i = 0; i < threads; ++i) {
      running.emplace_back([&] {
        for (;;) {
          const auto promise = std::make_shared<std::promise<Result<Receipt>>>();
          auto answer = promise->get_future();
          {
            const std::lock_guard lock(mutex);
            if (next == all.size()) return;
            made.reg().submit(
                made.reach(std::move(all[next++])),
                [promise](Result<Receipt> receipt) { promise->set_value(std::move(receipt)); });
          }
          check(answer.get());
        }
      });
    }
  });
}

double submitAlone(MadeRegister& made, Pieces& all) {
  return seconds([&] {
    for (auto& one : all) check(made.reg().submit(made.reach(std::move(one))));
  });
}

/// How many submissions are under way; their answers share it.
struct UnderWay {
  std::atomic<std::size_t> count = 0;
  std::mutex mutex;
  std::condition_variable fewer;
  Failures failures;  // under the mutex

  void waitFor(std::size_t most) {
    if (count <= most) return;
    std::unique_lock lock(mutex);
    fewer.wait(lock, [&] { return count <= most; });
  }
};

/// By one thread that lets so many be under way.
double submitUnderWay(MadeRegister& made, Pieces& all, std::size_t most) {
  const auto state = std::make_shared<UnderWay>();
  const auto took = seconds([&] {
    for (auto& one : all) {
      state->waitFor(most - 1);
      ++state->count;
      made.reg().submit(made.reach(std::move(one)), [state, most](const Result<Receipt>& receipt) {
        if (!receipt) {
          const std::lock_guard lock(state->mutex);
          if (state->failures.empty()) state->failures = receipt.failures();
        }
        const auto left = --state->count;
        if (left != most - most / 8 && left != 0) return;
        const std::lock_guard lock(state->mutex);
        state->fewer.notify_one();
      });
    }
    state->waitFor(0);
  });
  const std::lock_guard lock(state->mutex);
  if (!state->failures.empty()) {
    throw std::runtime_error(inEnglish(state->failures.front().text));
  }
  return took;
}

/// One round: pieces are made ready, submitted by `submit`, and the same bytes written by `limit`.
template <typename Submit, typename Limit>
Outcome round(const Setting& setting, std::uint64_t count, const Submit& submit,
              const Limit& limit) {
  const auto directory = setting.base / "submissions";
  const auto raw = setting.base / "raw";
  std::filesystem::remove_all(directory);
  std::filesystem::remove_all(raw);
  Outcome out;
  Position before;
  std::vector<Position> ends;
  {
    MadeRegister made(setting.catalogue, directory, setting.seed, count + 1'000);
    made.fill(1'000, [](std::uint64_t) {});
    before = made.reg().last();
    Pieces all;
    for (std::uint64_t i = 0; i < count; ++i) all.push_back(made.next());
    out.ours = submit(made, all);
    out.entries = made.reg().last().value - before.value;
    ends = made.ends();
  }
  const auto batches = batchesOf(directory, before, ends);
  RawDatabase database(raw);
  out.limit = limit(database, batches);
  return out;
}

template <typename Submit, typename Limit>
void bench(const Setting& setting, Figure figure, std::uint64_t count, const Submit& submit,
           const Limit& limit) {
  std::vector<double> ratios;
  std::vector<double> rates;
  std::vector<double> limits;
  for (int i = 0; i < rounds; ++i) {
    const auto one = round(setting, count, submit, limit);
    const auto entries = static_cast<double>(one.entries);
    rates.push_back(entries / one.ours);
    limits.push_back(entries / one.limit);
    ratios.push_back(one.limit / one.ours);
  }
  figure.ours = fmt::format("{:.0f}/s", median(rates));
  figure.limit = fmt::format("{:.0f}/s", median(limits));
  figure.reached = median(ratios);
  print(figure);
}

}  // namespace

void benchSubmissions(const Setting& setting) {
  const auto byThreads = [](std::size_t threads) {
    return
        [threads](MadeRegister& made, Pieces& all) { return submitByThreads(made, all, threads); };
  };
  const auto puts = [](std::size_t threads) {
    return [threads](RawDatabase& raw, const std::vector<KeyValues>& batches) {
      return raw.putEach(joined(batches), threads);
    };
  };
  const auto replay = [](RawDatabase& raw, const std::vector<KeyValues>& batches) {
    return raw.writeEach(batches);
  };
  bench(setting, {.what = "one at a time / sync Put", .must = 0.85, .aim = 0.95},
        setting.submissions / 8, &submitAlone, replay);
  bench(setting, {.what = "64 threads / 64 threads of sync Put", .must = 1.2, .aim = 2},
        setting.submissions, byThreads(64), puts(64));
  bench(
      setting, {.what = "256 under way / same batches replayed", .must = 0.5, .aim = 0.8},
      setting.submissions,
      [](MadeRegister& made, Pieces& all) { return submitUnderWay(made, all, 256); }, replay);
}

}  // namespace consulta::bench
