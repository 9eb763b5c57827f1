// The clock that somebody has confirmed although the newest entry is ahead of it. Recording times
// never decrease: after one entry that was made while the clock was wrong, the right clock is
// behind for as long as that was ahead. It is asked about once then, not for each entry.
//
// It is the file `clock` in the data directory: "consulta clock 1\n", then in nanoseconds since
// 1970 UTC when the newest entry was recorded and what the clock said. A file that is missing or
// says anything else confirms nothing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "engine/log/file.h"
#include "events/result.h"

namespace consulta {

class ConfirmedClock {
 public:
  explicit ConfirmedClock(std::filesystem::path file, FileGuard guard = {})
      : file_(std::move(file)), guard_(std::move(guard)) {}

  /// Whether a clock that says `nowNs` goes on from the one that was confirmed, and the newest
  /// entry is still one of `newestNs`.
  [[nodiscard]] bool isConfirmed(std::int64_t nowNs, std::int64_t newestNs) const;
  /// Durable on return.
  [[nodiscard]] Status confirm(std::int64_t nowNs, std::int64_t newestNs) const;

 private:
  const std::filesystem::path file_;
  const FileGuard guard_;
};

}  // namespace consulta
