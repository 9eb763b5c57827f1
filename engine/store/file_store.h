// The bytes of attached files, sealed beside the log. The record holds their SHA-256, size and
// type; here they lie under that hash, so the same bytes are stored once however often they are
// attached.
//
//   files/ab/cdef...   the SHA-256 of the clear bytes, in hexadecimal, the first two digits a
//   folder
//     "consulta file 1\n" || subject (16 bytes) || CRC-32C of these 32 bytes, the lowest first
//     || the bytes, sealed as sealed_stream.h says with the subject's key and the label "file"
//   files/new-...      on the way; left behind by a crash, and removed when the next file is kept
//
// The subject is made for this file alone and its key lies in the key store. So erasing a file is
// destroying a key, whoever else holds a copy of the sealed bytes; and as no entity's key seals it,
// two entities may share it and be erased one by one.
//
// Threads: all of it may be called from any thread. The key store is passed in, for it may not be
// there: a restored register without its keys has files that are closed, not damaged.
#pragma once

#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "engine/store/keys.h"
#include "engine/store/sealed_stream.h"
#include "events/ids.h"
#include "events/result.h"

namespace consulta {

/// What an entry says of the bytes.
struct FileFacts {
  std::string sha256;  // 64 hexadecimal digits in lower case
  std::uint64_t size = 0;
  std::string mediaType;

  bool operator==(const FileFacts&) const = default;
};

/// A file of the user's, wherever it lies.
struct SourceFile {
  std::filesystem::path path;  // as they call it
  /// What is there of so many bytes at the offset; fewer only at the end, or after a failure, which
  /// leaves its errno.
  std::function<std::string(std::size_t bytes, std::uint64_t offset)> read;
};

/// One of this machine, opened. Unavailable when there is no such file, it cannot be read or is
/// none (a directory, a pipe); refused beyond limits::file_bytes_max.
[[nodiscard]] Result<SourceFile> openSource(const std::filesystem::path& path);
/// The same answers for one that lies elsewhere.
[[nodiscard]] Failure unreadableSource(const std::filesystem::path& path, int error);
[[nodiscard]] Failure noSource(const std::filesystem::path& path);

/// Reads it once. Refused when it is empty or beyond limits::file_bytes_max, unavailable when it
/// cannot be read. `mediaType` empty: told from the content and the name (media_type.h).
[[nodiscard]] Result<FileFacts> factsOfFile(const SourceFile& source, std::string mediaType);
/// Of a file of this machine.
[[nodiscard]] Result<FileFacts> factsOfFile(const std::filesystem::path& path,
                                            std::string mediaType);

/// What became of a reading.
enum class StoredBytes {
  whole,    // given to the sink, and they are what the entry says
  stopped,  // the sink wanted no more
  closed,   // the key is not there
};

class FileStore {
 public:
  /// The directory is made when the first file is kept.
  explicit FileStore(std::filesystem::path directory, FileGuard guard = {})
      : directory_(std::move(directory)), guard_(std::move(guard)) {}

  /// Keeps the bytes of `source`, durably on return; its key before them. What is stored already,
  /// whole and open, is not stored again. Refused when the file is no longer what `facts` say.
  [[nodiscard]] Status keep(KeyStore& keys, const SourceFile& source, const FileFacts& facts);

  /// Reads the bytes that the entry at `entry` says are kept, in pieces, and checks hash and size.
  /// `damaged` names the entry; only `whole` means that what the sink got is right. `keys` null:
  /// there is no key store.
  [[nodiscard]] Result<StoredBytes> read(const KeyStore* keys, Position entry,
                                         const FileFacts& facts, const ClearSink& sink) const;

  /// The hashes of all files that are kept, in order.
  [[nodiscard]] Result<std::vector<std::string>> kept() const;
  /// Removes a file that no entry names. Its key stays, and opens nothing.
  [[nodiscard]] Status remove(const std::string& sha256);

  [[nodiscard]] const std::filesystem::path& directory() const { return directory_; }
  /// Where it lies, below directory().
  [[nodiscard]] static std::filesystem::path placeOf(const std::string& sha256);

 private:
  [[nodiscard]] bool isWhole(const KeyStore& keys, const FileFacts& facts) const;
  [[nodiscard]] Status prepare();

  const std::filesystem::path directory_;
  const FileGuard guard_;
  std::mutex preparing_;
  bool prepared_ = false;  // the directory is there and holds no leftovers
};

/// The name of what lies beside an entry that attached a file: the hash of what was stored with it.
constexpr std::string_view stored_bytes_beside = "bytes";

/// How many bytes stand before the sealed ones.
constexpr std::size_t stored_file_header_bytes = 36;

}  // namespace consulta
