// What an opening does about a write-ahead log beyond RocksDB's own recovery. Private to the
// databases; this header needs RocksDB's own.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/wal_filter.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "events/result.h"

namespace consulta::rocks {

/// Sees that no write is missing between two others. Writes are numbered without a gap, also over
/// several files and openings. The recovery takes the end of each file that it cannot read for one
/// that was never wholly written: of the last file that may be so, of one before it later writes
/// show that it was not.
class WalContinuity : public ::rocksdb::WalFilter {
 public:
  [[nodiscard]] const char* Name() const override { return "consulta.continuity"; }
  WalProcessingOption LogRecordFound(unsigned long long number, const std::string& file,
                                     const ::rocksdb::WriteBatch& batch,
                                     ::rocksdb::WriteBatch* changed, bool* isChanged) override;

  /// The damage found; none when all writes follow one another.
  [[nodiscard]] const std::optional<Failure>& gap() const { return gap_; }

 private:
  std::uint64_t next_ = 0;  // 0: none seen yet
  std::string last_;
  std::optional<Failure> gap_;
};

/// What a crashed process wrote and did not sync is found again and will be read, but a power
/// failure could still take it away; RocksDB does not sync again what it recovers.
[[nodiscard]] Status syncRecovered(::rocksdb::DB& db, const std::filesystem::path& path);

}  // namespace consulta::rocks
