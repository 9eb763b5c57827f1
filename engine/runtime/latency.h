// How long something took that is done again and again, by classes of duration.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace consulta {

/// Threads: any; what is read while others note may lack the newest of them.
class LatencyHistogram {
 public:
  /// The upper bounds of the classes; what took longer has one of its own behind them.
  static constexpr std::array<std::int64_t, 12> bounds_us{
      100, 250, 500, 1'000, 2'500, 5'000, 10'000, 25'000, 50'000, 100'000, 250'000, 1'000'000};

  void note(std::chrono::steady_clock::duration took) {
    const auto us = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
    std::size_t at = 0;
    while (at < bounds_us.size() && us > bounds_us[at]) ++at;
    counts_[at].fetch_add(1, std::memory_order_relaxed);
    sum_us_.fetch_add(us, std::memory_order_relaxed);
  }

  [[nodiscard]] std::uint64_t count(std::size_t at) const {
    return counts_.at(at).load(std::memory_order_relaxed);
  }
  /// In microseconds.
  [[nodiscard]] std::int64_t sum() const { return sum_us_.load(std::memory_order_relaxed); }

 private:
  std::array<std::atomic<std::uint64_t>, bounds_us.size() + 1> counts_{};
  std::atomic<std::int64_t> sum_us_ = 0;
};

/// What the writer of a register has done since it was opened.
struct WriterFigures {
  LatencyHistogram commits;  // from the first decision of a batch until all of it is durable
  LatencyHistogram syncs;    // of these: writing and syncing the records
  std::atomic<std::uint64_t> entries = 0;
};

}  // namespace consulta
