// One process owns a data directory. The lock is the operating system's (flock) and goes with the
// process, however it ends; the content of the file only tells others who holds it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "engine/log/file.h"
#include "events/limits.h"
#include "events/result.h"

namespace consulta {

/// Who this process is, for those who wait for it.
struct Owner {
  std::string command;            // "serve", "import"
  std::int64_t startedAt_ns = 0;  // since 1970, UTC
};

/// Holds the lock as long as it lives.
class OwnerLock {
 public:
  /// Takes the lock on `path`, a file that is made when it is missing. Tries for `wait_ms`, then
  /// the failure (unavailable) says who holds it. Two locks of one process exclude each other too.
  [[nodiscard]] static Result<OwnerLock> take(const std::filesystem::path& path, const Owner& owner,
                                              std::uint32_t wait_ms = limits::owner_wait_ms,
                                              const FileGuard& guard = {});

 private:
  explicit OwnerLock(FileHandle file) : file_(std::move(file)) {}
  FileHandle file_;
};

}  // namespace consulta
