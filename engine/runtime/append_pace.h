// How appends follow one another.
#pragma once

#include <chrono>
#include <cstddef>

namespace consulta {

/// An append takes much the same time for one entry as for many: so for half as long as the last
/// one took it is worth waiting for as many more as it was for, since whoever was answered comes
/// back in a moment. For one thread at a time.
class AppendPace {
 public:
  using Time = std::chrono::steady_clock;

  /// One for so many submissions, which began then, has ended.
  void note(std::size_t submissions, Time::time_point began) {
    ended_ = Time::now();
    took_ = ended_ - began;
    submissions_ = submissions;
  }
  /// Until when to wait for another one, while there are so many.
  [[nodiscard]] Time::time_point waitsUntil(std::size_t submissions) const {
    return submissions < submissions_ ? ended_ + took_ / 2 : Time::time_point();
  }

 private:
  Time::time_point ended_;
  Time::duration took_{};
  std::size_t submissions_ = 0;
};

}  // namespace consulta
