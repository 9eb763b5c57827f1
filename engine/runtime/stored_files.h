// The files of one register: the bytes that its entries attached, read only against what the entry
// says of them.
//
// Beside the entry that attached a file lies, under "bytes", the hash of what was stored with it,
// written in the same batch as the entry. So a stored file that vanished is damage, and a file that
// was only ever known by its hash (entered so, or imported) is not.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/log/log.h"
#include "engine/runtime/secrets.h"
#include "engine/store/file_store.h"
#include "events/ids.h"
#include "events/result.h"

namespace consulta {

/// What became of reading a file of the register.
enum class FileRead {
  whole,      // given to the sink, and they are what the entry says
  stopped,    // the sink wanted no more
  closed,     // the key is not in the key store: erased, or the keys were not restored
  elsewhere,  // the entry gives the hash only; the bytes were never stored here
};

/// Threads: any. Failures of reading are `damaged` (the entry is named) or `unavailable`.
class StoredFiles {
 public:
  /// Both must outlive it.
  StoredFiles(std::filesystem::path directory, const Secrets& secrets, const Log& log,
              FileGuard guard = {});

  /// Keeps the bytes of `source`, durably on return. Then submit the entry, with the hash in
  /// Submission::keptFiles. Bytes that no entry names do no harm: see unnamed().
  [[nodiscard]] Status keep(const SourceFile& source, const FileFacts& facts);

  /// Whether the bytes that the entry at `entry` states were stored with it. Reads none of them.
  [[nodiscard]] Result<bool> isStored(Position entry, const FileFacts& facts) const;

  /// Reads what the entry at `entry` attached, in pieces; `facts` are those that it states now.
  [[nodiscard]] Result<FileRead> read(Position entry, const FileFacts& facts,
                                      const ClearSink& sink) const;

  /// What is stored and not among `named` (hashes): left by an attaching that was not finished.
  [[nodiscard]] Result<std::vector<std::string>> unnamed(
      const std::vector<std::string>& named) const;
  /// Removes one of them. Not while somebody attaches.
  [[nodiscard]] Status remove(const std::string& sha256);

  [[nodiscard]] const std::filesystem::path& directory() const { return store_.directory(); }

 private:
  const Secrets& secrets_;
  const Log& log_;
  FileStore store_;
};

}  // namespace consulta
