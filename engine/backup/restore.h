// Taking a backup back: all of it is read and checked, and an epoch is chosen. A register that fell
// back behind what it had acknowledged gives positions out a second time; so that nobody takes the
// new entry at a position for the old one, it goes on in a new epoch.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

#include "engine/backup/backup.h"
#include "engine/backup/backup_directory.h"
#include "engine/log/head_file.h"
#include "engine/log/log.h"
#include "events/result.h"

namespace consulta {

/// The newest entry that is known to have been acknowledged before: from a head file, or from what
/// a backup or a subscriber said.
struct KnownHead {
  std::optional<LogIdentity> identity;  // a head file says it
  Position position;
  RecordHash hash{};
};

/// Reads "POSITION:HASH", or a head file, or the data directory that it lies in.
[[nodiscard]] Result<KnownHead> readKnownHead(const std::string& written);

/// Gives every byte of the backup that the list names, checked. Ok: all of it is whole.
[[nodiscard]] Status checkBackup(const BackupDirectory& from, const BackupList& list,
                                 const BackupProgress& progress);

/// Writes the files below `directory`, durably.
[[nodiscard]] Status unpackBackup(const BackupDirectory& from, const BackupList& list,
                                  const std::filesystem::path& directory,
                                  const BackupProgress& progress);

/// How a restored register goes on.
struct EpochChoice {
  std::uint64_t epoch = 0;
  bool isNew = false;
  std::uint64_t lostFrom = 0;  // of a new one: the first position given out a second time
  std::uint64_t lostTo = 0;    // the last one that is known; 0: not known
};

/// Goes on in the old epoch only when `known` proves that nothing is lost: the log reaches its
/// position and holds its record there. Without `known`, entries after the backup may be lost. The
/// number of a new epoch is the time of the restore, in seconds since 1970, for a second restore of
/// the same backup must not have it again. Refused when `known` is of another register, or of a
/// history that is not this one's.
[[nodiscard]] Result<EpochChoice> chooseEpoch(const Log& log, const LogIdentity& identity,
                                              const std::optional<KnownHead>& known,
                                              std::int64_t nowNs);

}  // namespace consulta
