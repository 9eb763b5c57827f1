#include "engine/log/database_options.h"

#include <rocksdb/cache.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

namespace consulta::rocks {
namespace {

constexpr std::size_t kibibyte = std::size_t{1} << 10U;
constexpr std::size_t mebibyte = std::size_t{1} << 20U;

void boundMemoryAndThreads(::rocksdb::DBOptions& options) {
  options.db_write_buffer_size = 48 * mebibyte;
  options.max_total_wal_size = 32 * mebibyte;
  options.max_open_files = 256;
  options.max_background_jobs = 2;
  options.max_subcompactions = 1;
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
}

void openFast(::rocksdb::DBOptions& options) {
  options.skip_stats_update_on_db_open = true;
  options.skip_checking_sst_file_sizes_on_db_open = true;
  options.max_file_opening_threads = 1;
  // A short command neither begins nor ends with building tables: it leaves what it wrote in the
  // write-ahead log, which the database bounds when it closes.
  options.avoid_flush_during_recovery = true;
  options.avoid_flush_during_shutdown = true;
}

}  // namespace

::rocksdb::DBOptions databaseOptions(const Database::Options& options) {
  ::rocksdb::DBOptions result;
  result.create_if_missing = options.create;
  result.error_if_exists = options.create;
  result.create_missing_column_families = true;
  result.paranoid_checks = true;
  // Point-in-time recovery, the default, would take damage in the middle for the end. This mode
  // takes only an incomplete last write for it, and the head file tells whether that was
  // acknowledged.
  result.wal_recovery_mode = ::rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  result.manual_wal_flush = false;
  // Tables of all families become the current ones together. Else damage to the list of tables
  // could take one family back in time and leave another, and rows would not be what they say.
  result.atomic_flush = true;
  // A failed write is final: RocksDB must not go on by itself when the disk seems well again.
  result.max_bgerror_resume_count = 0;
  result.bytes_per_sync = mebibyte;
  boundMemoryAndThreads(result);
  openFast(result);
  return result;
}

::rocksdb::ColumnFamilyOptions familyOptions(FamilyUse use,
                                             const std::shared_ptr<::rocksdb::Cache>& cache) {
  ::rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.checksum = ::rocksdb::kXXH3;
  table.format_version = 5;
  ::rocksdb::ColumnFamilyOptions result;
  result.compression = ::rocksdb::kLZ4Compression;
  result.max_write_buffer_number = 3;
  if (use == FamilyUse::sequential) {
    table.block_size = 64 * kibibyte;
    result.write_buffer_size = 16 * mebibyte;
  } else {
    table.block_size = 16 * kibibyte;
    // A filter answers whether one key is there, which nobody asks of an index.
    if (use != FamilyUse::prefixed) table.filter_policy.reset(::rocksdb::NewBloomFilterPolicy(10));
    result.write_buffer_size = 8 * mebibyte;
  }
  // What is random cannot be made smaller, and trying takes as long as all the rest of writing it.
  if (use == FamilyUse::random) {
    result.compression = ::rocksdb::kNoCompression;
    // Nearly all that are asked for are not there, which a filter says faster than a search.
    result.memtable_whole_key_filtering = true;
    result.memtable_prefix_bloom_size_ratio = 0.1;
  }
  result.table_factory.reset(::rocksdb::NewBlockBasedTableFactory(table));
  return result;
}

std::shared_ptr<::rocksdb::Cache> blockCache() {
  return ::rocksdb::NewLRUCache(32 * mebibyte);
}

/// RocksDB always has a family named "default"; nothing is stored in it.
std::vector<::rocksdb::ColumnFamilyDescriptor> familiesOf(const Database::Options& options) {
  const auto cache = blockCache();
  std::vector<::rocksdb::ColumnFamilyDescriptor> result;
  result.emplace_back(::rocksdb::kDefaultColumnFamilyName, familyOptions(FamilyUse::keyed, cache));
  for (const FamilySpec& family : options.families) {
    result.emplace_back(family.name, familyOptions(family.use, cache));
  }
  return result;
}

}  // namespace consulta::rocks
