#include "engine/log/wal_recovery.h"

#include <rocksdb/env.h>
#include <rocksdb/write_batch.h>

#include <array>
#include <charconv>
#include <cstdarg>
#include <cstdio>
#include <memory>
#include <string_view>
#include <system_error>

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

void TablesReach::Logv(const char* format, va_list arguments) {
  // The one line of RocksDB's log that says it; it goes on with other numbers.
  constexpr std::string_view name = "last_sequence is ";
  if (std::string_view(format).find(name) == std::string_view::npos) return;
  std::array<char, 4096> line{};
  const int written = std::vsnprintf(line.data(), line.size(), format, arguments);
  if (written < 0) return;
  const std::string_view text(line.data());
  const std::size_t at = text.find(name);
  if (at == std::string_view::npos) return;
  std::uint64_t last = 0;
  const auto digits = text.substr(at + name.size());
  if (std::from_chars(digits.data(), digits.data() + digits.size(), last).ec == std::errc()) {
    next_ = last + 1;
  }
}

std::optional<std::uint64_t> TablesReach::lastWrite() const {
  const std::uint64_t next = next_;
  if (next == 0) return std::nullopt;
  return next - 1;
}

void WalContinuity::missing(const std::string& before, const std::string& after) {
  gap_ = damaged("database.gap",
                 msg("The register's database is damaged: writes are missing between {last} and "
                     "{file}. Stop using this directory, keep it as it is, and restore the "
                     "register from a backup.",
                     arg("last", before), arg("file", after)));
}

::rocksdb::WalFilter::WalProcessingOption WalContinuity::LogRecordFound(
    unsigned long long /*number*/, const std::string& file, const ::rocksdb::WriteBatch& batch,
    ::rocksdb::WriteBatch* /*changed*/, bool* /*isChanged*/) {
  const std::uint64_t sequence = sequenceOf(batch);
  const auto inTables = tables_->lastWrite();
  if (next_ == 0 && inTables && sequence > *inTables + 1) missing("MANIFEST", file);
  if (next_ != 0 && sequence != next_ && !gap_) missing(last_, file);
  if (gap_) return WalProcessingOption::kCorruptedRecord;
  next_ = sequence + batch.Count();
  last_ = file;
  return WalProcessingOption::kContinueProcessing;
}

::rocksdb::Status walFilesOf(::rocksdb::DB& db, const std::filesystem::path& path,
                             std::vector<::rocksdb::Env::FileAttributes>& files) {
  auto status = db.GetEnv()->GetChildrenFileAttributes(path.string(), &files);
  std::erase_if(files, [](const auto& file) { return !file.name.ends_with(".log"); });
  return status;
}

Status syncRecovered(::rocksdb::DB& db, const std::filesystem::path& path) {
  std::vector<::rocksdb::Env::FileAttributes> files;
  ::rocksdb::Status status = walFilesOf(db, path, files);
  if (!status.ok()) return failureOf(status, msg("opening {path}", arg("path", path.string())));
  for (const auto& entry : files) {
    const std::filesystem::path name = path / entry.name;
    std::unique_ptr<::rocksdb::RandomRWFile> file;
    status = db.GetEnv()->NewRandomRWFile(name.string(), &file, ::rocksdb::EnvOptions());
    if (status.IsPathNotFound()) continue;  // it is no longer needed, and removed by now
    if (status.ok()) status = file->Sync();
    if (!status.ok()) return failureOf(status, msg("opening {path}", arg("path", name.string())));
  }
  return Done{};
}

}  // namespace consulta::rocks
