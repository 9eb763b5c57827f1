// What stands between a register and the disk: nothing in the program, what fails on demand in
// tests.
#pragma once

#include <memory>

#include "engine/log/file.h"

namespace rocksdb {
class FileSystem;
}

namespace consulta {

struct DiskLayer {
  /// Below the databases of the log and of the key store; none: the operating system.
  std::shared_ptr<rocksdb::FileSystem> databases;
  /// Before the calls on the other files that entries need: the head, the owner, the format and the
  /// key files. Stored files, backups and copies of keys are written beside all that, by calls that
  /// pass no guard; they have tests of their own.
  FileGuard files;
};

}  // namespace consulta
