// A bar on the terminal for what takes longer than a second.
#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>

namespace consulta {

/// One piece of work. For one thread. Whatever it drew is wiped away when it ends.
class Progress {
 public:
  /// `shown` false: nothing is ever drawn. `clock` is nanoseconds, of any beginning; the stream
  /// must outlive it.
  Progress(std::ostream& talk, bool shown, std::string what, std::function<std::int64_t()> clock);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// So much is done; a total of 0 is one that is not known.
  void at(std::uint64_t done, std::uint64_t total);

 private:
  std::ostream& talk_;
  const bool shown_;
  const std::string what_;
  const std::function<std::int64_t()> clock_;
  const std::int64_t began_;
  std::int64_t drawn_ = 0;  // when; 0: nothing stands on the screen
};

}  // namespace consulta
