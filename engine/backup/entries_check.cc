#include "engine/backup/entries_check.h"

#include <optional>
#include <system_error>
#include <utility>

#include "engine/log/file.h"
#include "engine/store/file_store.h"
#include "events/record.h"

namespace consulta {

namespace {

namespace fs = std::filesystem;

/// None when the file is there.
std::optional<Failure> checkFile(Position entry, const fs::path& file, const MissingFile& missing) {
  std::error_code error;
  const auto kind = fs::status(file, error).type();
  if (kind == fs::file_type::not_found) return missing(entry, file);
  if (kind == fs::file_type::none) return fileFailure(file, error.value());
  return std::nullopt;
}

}  // namespace

Status checkEntries(const Log& log, const fs::path& files, const MissingFile& missing) {
  Failures failures;
  auto read = log.read(Position(1), log.last(), [&](const StoredRecord& stored) {
    const auto record = Record::read(stored.position, stored.bytes);
    if (!record) {
      failures = record.failures();
      return false;
    }
    if (!(*record)->get().getEvent().isFile()) return true;
    const auto kept = log.beside(stored.position, stored_bytes_beside);
    if (!kept) {
      failures = kept.failures();
      return false;
    }
    if (!*kept) return true;  // known by its hash only
    auto wrong = checkFile(stored.position, files / FileStore::placeOf(**kept), missing);
    if (wrong) failures.push_back(std::move(*wrong));
    return failures.empty();
  });
  if (!failures.empty()) return failures;
  return read;
}

}  // namespace consulta
