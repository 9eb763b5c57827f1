// How RocksDB is set up. Private to the database; this header needs RocksDB's own.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/options.h>

#include <memory>
#include <vector>

#include "engine/log/database.h"

namespace consulta::rocks {

/// A closing turns a write-ahead log into tables when it holds more than this, or is spread over
/// more files than this: the next opening has to read all of it again, at about a millisecond for
/// every 500 kB.
constexpr std::uint64_t wal_bytes_kept_at_close = 128U << 10U;
constexpr std::size_t wal_files_kept_at_close = 16;

[[nodiscard]] ::rocksdb::DBOptions databaseOptions(const Database::Options& options);
[[nodiscard]] ::rocksdb::ColumnFamilyOptions familyOptions(
    FamilyUse use, const std::shared_ptr<::rocksdb::Cache>& cache);
[[nodiscard]] std::shared_ptr<::rocksdb::Cache> blockCache();
/// All that RocksDB is to open.
[[nodiscard]] std::vector<::rocksdb::ColumnFamilyDescriptor> familiesOf(
    const Database::Options& options);

}  // namespace consulta::rocks
