// How appends follow one another.
#pragma once

#include <chrono>
#include <cstddef>
#include <utility>

namespace consulta {

/// An append takes much the same time for one entry as for many: so for half as long as the last
/// one took it is worth waiting for as many more as it was for, since whoever was answered comes
/// back in a moment. For one thread at a time.
class AppendPace {
 public:
  using Time = std::chrono::steady_clock;

  void begin(std::size_t submissions) {
    turn_ = Time::now();
    submissions_ = submissions;
  }
  /// So many are decided already of the next one.
  void end(std::size_t decided) {
    const auto now = Time::now();
    took_ = now - std::exchange(turn_, now);
    wanted_ = decided + submissions_;
  }
  /// Until when to wait for another one, while there are so many.
  [[nodiscard]] Time::time_point waitsUntil(std::size_t submissions) const {
    return submissions < wanted_ ? turn_ + took_ / 2 : Time::time_point();
  }

 private:
  Time::time_point turn_;  // when the last one began, or ended
  Time::duration took_{};
  std::size_t submissions_ = 0;  // it was for
  std::size_t wanted_ = 0;       // of the next one
};

}  // namespace consulta
