// How far a log is acknowledged, and the bell that tells the waiting readers.
//
// Threads: every function may be called from any thread at any time.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "events/ids.h"

namespace consulta {

class Acknowledged {
 public:
  explicit Acknowledged(Position last) : last_(last.value) {}
  Acknowledged(const Acknowledged&) = delete;
  Acknowledged& operator=(const Acknowledged&) = delete;

  [[nodiscard]] Position last() const { return Position(last_.load(std::memory_order_acquire)); }
  [[nodiscard]] bool broken() const { return broken_.load(std::memory_order_acquire); }

  /// Only what is durable may be announced, and only forward.
  void advance(Position last);
  /// For good: there is no way back.
  void breakForGood();

  /// Blocks until last() > `after`, or `timeout_ms` has passed, or the log broke; returns last().
  [[nodiscard]] Position wait(Position after, std::uint32_t timeout_ms) const;

 private:
  std::atomic<std::uint64_t> last_;
  std::atomic<bool> broken_ = false;
  // Both atomics change under the mutex only, so that no waiter misses the bell.
  mutable std::mutex mutex_;
  mutable std::condition_variable bell_;
};

}  // namespace consulta
