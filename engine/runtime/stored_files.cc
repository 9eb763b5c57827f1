#include "engine/runtime/stored_files.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace consulta {

StoredFiles::StoredFiles(std::filesystem::path directory, const Secrets& secrets, const Log& log,
                         FileGuard guard)
    : secrets_(secrets), log_(log), store_(std::move(directory), std::move(guard)) {}

Status StoredFiles::keep(const SourceFile& source, const FileFacts& facts) {
  return store_.keep(secrets_.keys(), source, facts);
}

Result<bool> StoredFiles::isStored(Position entry, const FileFacts& facts) const {
  const auto beside = log_.beside(entry, stored_bytes_beside);
  if (!beside) return beside.failures();
  // A corrigendum may have given another hash, of bytes that nobody has stored.
  return beside->has_value() && **beside == facts.sha256;
}

Result<FileRead> StoredFiles::read(Position entry, const FileFacts& facts,
                                   const ClearSink& sink) const {
  const auto stored = isStored(entry, facts);
  if (!stored) return stored.failures();
  if (!*stored) return FileRead::elsewhere;
  const auto found = store_.read(secrets_.keysIfThere(), entry, facts, sink);
  if (!found) return found.failures();
  switch (*found) {
    case StoredBytes::whole:
      return FileRead::whole;
    case StoredBytes::stopped:
      return FileRead::stopped;
    case StoredBytes::closed:
      break;
  }
  return FileRead::closed;
}

Result<std::vector<std::string>> StoredFiles::unnamed(const std::vector<std::string>& named) const {
  auto kept = store_.kept();
  if (!kept) return kept;
  auto sorted = named;
  std::ranges::sort(sorted);
  std::vector<std::string> out;
  std::ranges::set_difference(*kept, sorted, std::back_inserter(out));
  return out;
}

Status StoredFiles::remove(const std::string& sha256) {
  return store_.remove(sha256);
}

}  // namespace consulta
