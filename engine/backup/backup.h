// Making a backup of a register that is in use: nothing waits for it, and nothing in it can be
// half of something.
//
// The database gives a copy of itself as it is at one moment, mostly links to tables that never
// change (Database::checkpoint). That copy is opened by itself and every entry in it is read, so
// that a damaged log is never taken for a backup of it. Then its files and the sealed files of the
// register go into the backup directory, each object only once, and the list comes last. A stored
// file that is new there is opened first, so that a damaged one never takes the place of a whole
// one in an older backup. Keys are no part of it: personal values stay closed without the key
// store, which is kept apart, so that an erasure reaches every backup.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <utility>
#include <vector>

#include "engine/backup/backup_directory.h"
#include "engine/log/database.h"
#include "engine/log/head_file.h"
#include "engine/store/keys.h"
#include "events/result.h"

namespace consulta {

struct BackupMade {
  std::uint64_t number = 0;
  Position last;
  std::string lastHash;  // of the record there, in hexadecimal
  std::uint64_t files = 0;
  std::uint64_t filesNew = 0;
  std::uint64_t bytes = 0;
  std::uint64_t bytesNew = 0;
  /// The lists of those before it that are damaged, by number, newest first down to one that is
  /// whole. They cannot be restored; this one does not rest on them.
  std::vector<std::pair<std::uint64_t, std::filesystem::path>> damaged;
};

/// What is backed up. All of it must outlive the call; the database may be written meanwhile.
struct BackupSource {
  const Database& database;
  LogIdentity identity;
  std::filesystem::path files;     // the directory of stored files
  const KeyStore* keys = nullptr;  // null: stored files are closed, and taken as they are
  std::filesystem::path scratch;   // made and removed; on the same file system as the database
  std::int64_t nowNs = 0;
};

/// Called with the bytes that are done and all there are.
using BackupProgress = std::function<void(std::uint64_t, std::uint64_t)>;

/// Adds one backup to the directory; what the newest whole one there holds is not copied again.
/// When it fails, those that were there are as they were.
[[nodiscard]] Result<BackupMade> makeBackup(const BackupSource& source, BackupDirectory& to,
                                            const BackupProgress& progress);

}  // namespace consulta
