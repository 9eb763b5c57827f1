#include "engine/log/wal_recovery.h"

#include <rocksdb/env.h>
#include <rocksdb/write_batch.h>

#include <memory>
#include <string_view>

#include "engine/log/database_failure.h"

namespace consulta::rocks {
namespace {

/// The number of a batch's first write, from its stored form: eight bytes, the lowest first.
std::uint64_t sequenceOf(const ::rocksdb::WriteBatch& batch) {
  constexpr std::size_t sequence_bytes = 8;
  const std::string_view bytes = std::string_view(batch.Data()).substr(0, sequence_bytes);
  std::uint64_t number = 0;
  for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte) {
    number = number << 8U | static_cast<unsigned char>(*byte);
  }
  return number;
}

}  // namespace

::rocksdb::WalFilter::WalProcessingOption WalContinuity::LogRecordFound(
    unsigned long long /*number*/, const std::string& file, const ::rocksdb::WriteBatch& batch,
    ::rocksdb::WriteBatch* /*changed*/, bool* /*isChanged*/) {
  const std::uint64_t sequence = sequenceOf(batch);
  if (next_ != 0 && sequence != next_ && !gap_) {
    gap_ = damaged("database.gap",
                   msg("The register's database is damaged: writes are missing between {last} and "
                       "{file}. Stop using this directory, keep it as it is, and restore the "
                       "register from a backup.",
                       arg("last", last_), arg("file", file)));
  }
  if (gap_) return WalProcessingOption::kCorruptedRecord;
  next_ = sequence + batch.Count();
  last_ = file;
  return WalProcessingOption::kContinueProcessing;
}

Status syncRecovered(::rocksdb::DB& db, const std::filesystem::path& path) {
  ::rocksdb::VectorLogPtr files;
  ::rocksdb::Status status = db.GetSortedWalFiles(files);
  if (!status.ok()) return failureOf(status, "opening " + path.string());
  for (const auto& entry : files) {
    const std::filesystem::path name = path / std::filesystem::path(entry->PathName()).filename();
    std::unique_ptr<::rocksdb::RandomRWFile> file;
    status = db.GetEnv()->NewRandomRWFile(name.string(), &file, ::rocksdb::EnvOptions());
    if (status.ok()) status = file->Sync();
    if (!status.ok()) return failureOf(status, "opening " + name.string());
  }
  return Done{};
}

}  // namespace consulta::rocks
