// What an opening does about a write-ahead log beyond RocksDB's own recovery. Private to the
// databases; this header needs RocksDB's own.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/wal_filter.h>

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "events/result.h"

namespace consulta::rocks {

/// RocksDB's own log, of which nothing is kept but up to which write the list of tables reached
/// when it was recovered: no call of RocksDB 7.8 tells that.
class TablesReach : public ::rocksdb::Logger {
 public:
  using ::rocksdb::Logger::Logv;
  void Logv(const char* format, va_list arguments) override;

  /// None before the list was recovered, and for a database that was made just now.
  [[nodiscard]] std::optional<std::uint64_t> lastWrite() const;

 private:
  std::atomic<std::uint64_t> next_ = 0;  // 0: not known
};

/// Sees that no write is missing between two others. Writes are numbered without a gap, from the
/// tables into the write-ahead log and on over its files, also over several openings. The recovery
/// takes the end of each file that it cannot read for one that was never wholly written: of the
/// last file that may be so, of one before it later writes show that it was not. The end of the
/// list of tables likewise: when it is lost although the tables had been put in it, the writes in
/// them are gone from the log.
class WalContinuity : public ::rocksdb::WalFilter {
 public:
  /// `tables` must be the log of the same database.
  explicit WalContinuity(std::shared_ptr<const TablesReach> tables) : tables_(std::move(tables)) {}

  [[nodiscard]] const char* Name() const override { return "consulta.continuity"; }
  WalProcessingOption LogRecordFound(unsigned long long number, const std::string& file,
                                     const ::rocksdb::WriteBatch& batch,
                                     ::rocksdb::WriteBatch* changed, bool* isChanged) override;

  /// The damage found; none when all writes follow one another.
  [[nodiscard]] const std::optional<Failure>& gap() const { return gap_; }

 private:
  void missing(const std::string& before, const std::string& after);

  const std::shared_ptr<const TablesReach> tables_;
  std::uint64_t next_ = 0;  // 0: none seen yet
  std::string last_;
  std::optional<Failure> gap_;
};

/// What a crashed process wrote and did not sync is found again and will be read, but a power
/// failure could still take it away; RocksDB does not sync again what it recovers.
[[nodiscard]] Status syncRecovered(::rocksdb::DB& db, const std::filesystem::path& path);

/// The write-ahead log of the database in `path`, by names and sizes alone: RocksDB's own list
/// opens and reads each file, which a short command cannot afford.
[[nodiscard]] ::rocksdb::Status walFilesOf(::rocksdb::DB& db, const std::filesystem::path& path,
                                           std::vector<::rocksdb::Env::FileAttributes>& files);

}  // namespace consulta::rocks
