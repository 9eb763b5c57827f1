#include "engine/backup/entries_check.h"

#include <system_error>
#include <utility>

#include "engine/log/file.h"
#include "events/record.h"

namespace consulta {

namespace {

/// What the entry says of the file, if its bytes are stored and not known by their hash only.
Result<std::optional<FileFacts>> storedFileOf(const Log& log, const Record& record) {
  const auto event = record.get().getEvent();
  if (!event.isFile() || !event.getFile().isAttached()) return std::optional<FileFacts>();
  auto kept = log.beside(record.position(), stored_bytes_beside);
  if (!kept) return std::move(kept).failures();
  if (!*kept) return std::optional<FileFacts>();
  const auto attached = event.getFile().getAttached();
  return std::optional(
      FileFacts{std::move(**kept), attached.getSize(), attached.getMediaType().cStr()});
}

}  // namespace

Status checkEntries(const Log& log, const FileCheck& check) {
  Failures failures;
  auto read = log.read(Position(1), log.last(), [&](const StoredRecord& stored) {
    const auto record = Record::read(stored.position, stored.bytes);
    if (!record) {
      failures = record.failures();
      return false;
    }
    const auto facts = storedFileOf(log, **record);
    if (!facts) {
      failures = facts.failures();
    } else if (*facts) {
      auto checked = check(stored.position, **facts);
      if (!checked) failures = std::move(checked).failures();
    }
    return failures.empty();
  });
  if (!failures.empty()) return failures;
  return read;
}

Status checkIsThere(Position entry, const FileFacts& facts, const std::filesystem::path& files,
                    const MissingFile& missing) {
  const auto file = files / FileStore::placeOf(facts.sha256);
  std::error_code error;
  const auto kind = std::filesystem::status(file, error).type();
  if (kind == std::filesystem::file_type::not_found) return missing(entry, file);
  if (kind == std::filesystem::file_type::none) return fileFailure(file, error.value());
  return Done{};
}

}  // namespace consulta
