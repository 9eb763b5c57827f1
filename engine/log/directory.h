// The data directory of a register and its owner.
//
//   FORMAT    "consulta register format 1": that this is a register, and how it is laid out
//   owner     locked by the process that has the register open; says who it is
//   log/      the database: records, what lies beside them, rows and indexes
//   head      how far the log was acknowledged (engine/log/head_file.h)
//   clock     a clock that was confirmed though behind the newest entry (confirmed_clock.h)
//   files/    the bytes of attached files, sealed (engine/store/file_store.h); made when needed
//   copy/     the log as it was at one moment, while a backup is made of it
//   keys/     what unseals personal values and signs; for the owner's eyes only
//
// FORMAT is written last, so a directory in which the making of a register was interrupted is not
// taken for one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "engine/log/owner_lock.h"
#include "events/limits.h"
#include "events/result.h"

namespace consulta {

/// The newest format that this program reads, and the one that it writes.
constexpr std::uint64_t directory_format = 1;

/// An owned data directory: as long as this lives no other process opens it. A value that moves.
class Directory {
 public:
  /// Makes the directories of a new register and owns them. `path` must not exist or be empty, its
  /// parent must exist. What is to stand in it is made next; complete() is the last step.
  [[nodiscard]] static Result<Directory> create(const std::filesystem::path& path,
                                                const Owner& owner, const FileGuard& guard = {});
  /// Makes a created directory a register, durably.
  [[nodiscard]] Status complete() const;

  /// Owns the directory of a register that is there, waiting for another owner at most `wait_ms`.
  [[nodiscard]] static Result<Directory> open(const std::filesystem::path& path, const Owner& owner,
                                              std::uint32_t wait_ms = limits::owner_wait_ms,
                                              FileGuard guard = {});

  /// Ok when `path` holds a register that this program can read. It takes no lock: for asking
  /// before a server's socket is looked for.
  [[nodiscard]] static Status check(const std::filesystem::path& path);

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path database() const { return path_ / "log"; }
  [[nodiscard]] std::filesystem::path files() const { return path_ / "files"; }
  [[nodiscard]] std::filesystem::path head() const { return path_ / "head"; }
  [[nodiscard]] std::filesystem::path clock() const { return path_ / "clock"; }
  [[nodiscard]] std::filesystem::path keys() const { return path_ / "keys"; }

 private:
  Directory(std::filesystem::path path, OwnerLock lock, FileGuard guard)
      : path_(std::move(path)), lock_(std::move(lock)), guard_(std::move(guard)) {}

  std::filesystem::path path_;
  OwnerLock lock_;
  FileGuard guard_;
};

}  // namespace consulta
