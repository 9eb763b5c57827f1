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
  /// Before the calls on all other files that the program writes for a register: the head, the
  /// owner, the format and the key files, stored files, backups. Copies of keys and what a restore
  /// unpacks are written by calls that pass no guard; they have tests of their own.
  FileGuard files;
};

}  // namespace consulta
