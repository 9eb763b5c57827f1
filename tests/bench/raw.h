// The limit beside which we measure: RocksDB alone, with its own defaults, on the same disk.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "events/ids.h"

namespace rocksdb {
class DB;
}

namespace consulta::bench {

/// Keys and values as the register's database holds them.
using KeyValues = std::vector<std::pair<std::string, std::string>>;

/// A database that is written only. Each write returns after its sync.
class RawDatabase {
 public:
  /// Makes it in a new directory.
  explicit RawDatabase(const std::filesystem::path& directory);
  ~RawDatabase();
  RawDatabase(const RawDatabase&) = delete;
  RawDatabase& operator=(const RawDatabase&) = delete;

  /// One put and one sync each, shared between so many threads; seconds.
  double putEach(const KeyValues& all, std::size_t threads);
  /// One write and one sync a batch, by one thread; seconds.
  double writeEach(const std::vector<KeyValues>& batches);

 private:
  std::unique_ptr<rocksdb::DB> db_;
};

/// Reads all records of a closed register by one thread, checksums on, and adds up their bytes;
/// seconds.
double scanRecords(const std::filesystem::path& registerDirectory);

/// What the log of a closed register holds behind a position, record by record with all that lies
/// beside it, grouped as it was written: `ends` has the last positions of all batches.
std::vector<KeyValues> batchesOf(const std::filesystem::path& registerDirectory, Position behind,
                                 const std::vector<Position>& ends);

/// All of them in one list.
KeyValues joined(const std::vector<KeyValues>& batches);
/// The records alone, without what lies beside them.
KeyValues recordsOf(const std::vector<KeyValues>& batches);

}  // namespace consulta::bench
