// What one backup holds: the state of the log, and every file with the object that its bytes are
// in. It stands sealed in the backup as lines of JSON, the first one about the whole.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/log/head_file.h"
#include "events/ids.h"
#include "events/result.h"

namespace consulta {

struct BackedUpFile {
  std::string path;  // below the data directory: "log/000123.sst", "files/ab/cdef..."
  std::uint64_t size = 0;
  std::string sha256;  // of the bytes as they stand there
  std::string object;  // 64 hexadecimal digits: where they are in the backup
};

struct BackupList {
  LogIdentity identity;
  Position last;         // the newest entry it holds
  std::string lastHash;  // SHA-256 of its record, in hexadecimal
  std::int64_t madeAtNs = 0;
  std::vector<BackedUpFile> files;
};

/// Gives the lines, each with its line end, to `take` until that returns false; false then.
[[nodiscard]] bool writeBackupList(const BackupList& list,
                                   const std::function<bool(std::string_view)>& take);

/// Puts a list together from pieces of its text. For one thread.
class BackupListReader {
 public:
  /// False when it is not a list of this program's; then take no more.
  [[nodiscard]] bool add(std::string_view piece);
  /// The whole list, or a failure that says what is wrong: of a newer format, or not a list.
  [[nodiscard]] Result<BackupList> finish();

 private:
  [[nodiscard]] bool line(std::string_view line);

  BackupList list_;
  std::string rest_;  // of a line whose end has not come
  std::size_t bytes_ = 0;
  std::uint64_t expected_ = 0;  // how many files the first line promises
  bool begun_ = false;
  bool newer_ = false;
  bool wrong_ = false;
};

/// Whether a path is one that a data directory has: nothing that would lead out of it.
[[nodiscard]] bool isBackedUpPath(std::string_view path);

}  // namespace consulta
