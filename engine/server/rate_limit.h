// How much one peer may ask in a time: so many a second, and a burst of so many at once.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace consulta {

/// Whoever asks more is not read from for a while, and so is slowed by what it has not sent yet; it
/// is refused nothing and needs no code for it. A plain value that knows no clock.
class RateLimit {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// Both more than 0. `pauses` counts them, and must outlive it.
  RateLimit(std::size_t perSecond, std::size_t burst, std::uint64_t& pauses)
      : each_(std::chrono::nanoseconds(std::chrono::seconds(1)) / perSecond),
        whole_(each_ * burst),
        pauses_(pauses) {}

  /// One more was asked.
  void count(Time now) {
    used_ = std::max(used_, now) + each_;
    if (used_ - now < whole_ || now < until_) return;
    // Until a tenth is there again: a pause for each request would cost more than the request.
    until_ = used_ - whole_ + whole_ / 10;
    ++pauses_;
  }
  /// Until when nothing is to be read; a moment that has passed when nothing is in the way.
  [[nodiscard]] Time until() const { return until_; }

 private:
  std::chrono::nanoseconds each_;
  std::chrono::nanoseconds whole_;
  Time used_{};  // when everything that was asked will have been made good for
  Time until_{};
  std::uint64_t& pauses_;
};

}  // namespace consulta
