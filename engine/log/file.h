// Small files of a register, by the operating system's own calls: opened, written whole, synced.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "events/result.h"

namespace consulta {

/// A call that changes a file or a directory, or makes a change durable. Views that are valid
/// during the call.
struct FileCall {
  enum class Kind {
    create,         // an empty file, where there is none yet
    resize,         // to `offset` bytes
    write,          // `bytes` at `offset`
    sync,           // what is in the file
    rename,         // to `target`, in the place of what is there
    link,           // `target` becomes another name of the same file
    remove,         // a file
    makeDirectory,  // where there is none yet
    syncDirectory,  // what was created, renamed, linked or removed in it
  };
  Kind kind = Kind::write;
  std::string_view path;
  std::string_view target = {};
  std::uint64_t offset = 0;
  std::string_view bytes = {};
};

/// Stands before every such call, for tests of disks that fail; the program has none. No value
/// lets the call pass. Otherwise it is not made, and the value is its outcome: 0, or an errno.
using FileGuard = std::function<std::optional<int>(const FileCall&)>;

/// Owns an open file. A resource: it moves, but does not copy.
class FileHandle {
 public:
  static constexpr mode_t for_the_office = 0640;
  static constexpr mode_t for_the_owner = 0600;

  FileHandle() = default;
  /// Takes over what was opened elsewhere, as a file with a name of its own; -1: none.
  explicit FileHandle(int descriptor) : descriptor_(descriptor) {}
  FileHandle(FileHandle&& other) noexcept { swap(other); }
  FileHandle& operator=(FileHandle&& other) noexcept;
  ~FileHandle();

  /// `flags` as for open(2); never passed on to another program. Check isOpen(); errno says why.
  [[nodiscard]] static FileHandle open(const std::filesystem::path& path, int flags,
                                       FileGuard guard = {}, mode_t rights = for_the_office);
  [[nodiscard]] bool isOpen() const { return descriptor_ >= 0; }
  [[nodiscard]] int descriptor() const { return descriptor_; }

  /// Whole or not at all, as far as the caller can tell. False: errno says why.
  [[nodiscard]] bool writeAt(std::string_view bytes, std::uint64_t offset) const;
  /// What is there of `bytes` bytes at the offset; fewer at the end of the file or after a failure.
  [[nodiscard]] std::string readAt(std::size_t bytes, std::uint64_t offset) const;
  /// False: errno says why.
  [[nodiscard]] bool resize(std::uint64_t bytes) const;
  /// Content and length on the disk. False: errno says why; never call it again then.
  [[nodiscard]] bool sync() const;

 private:
  void swap(FileHandle& other) noexcept;

  int descriptor_ = -1;
  std::string path_;
  FileGuard guard_;
};

/// A file that is made beside its place under a name of its own. Until it is put there nobody takes
/// it for what it is to be, and if it never is, it goes with this object; a crash leaves it behind.
class FreshFile {
 public:
  /// Its name is `start` and some random digits; for its owner only. Check handle().isOpen(); errno
  /// says why.
  explicit FreshFile(const std::filesystem::path& start, FileGuard guard = {});
  ~FreshFile();
  FreshFile(const FreshFile&) = delete;
  FreshFile& operator=(const FreshFile&) = delete;

  [[nodiscard]] const FileHandle& handle() const { return file_; }
  /// Syncs it and puts it in the place of what is there; durable once that directory is synced.
  /// False: errno says why.
  [[nodiscard]] bool putAt(const std::filesystem::path& path);

 private:
  std::string name_;
  FileGuard guard_;
  FileHandle file_;
  bool isBeside_ = false;
};

/// Makes what was created, renamed or removed in a directory durable.
[[nodiscard]] Status syncDirectory(const std::filesystem::path& directory,
                                   const FileGuard& guard = {});

/// A directory that may be there already. False: errno says why.
[[nodiscard]] bool makeDirectory(const std::filesystem::path& path, mode_t rights,
                                 const FileGuard& guard = {});

/// A file that need not be there. False: errno says why.
[[nodiscard]] bool removeFile(const std::filesystem::path& path, const FileGuard& guard = {});

/// Whether `path` is the directory or something in it, once links are followed; what is not there
/// yet included.
[[nodiscard]] bool liesWithin(const std::filesystem::path& path,
                              const std::filesystem::path& directory);

/// What is in a directory, in order. A failure also when only some of it could be read.
[[nodiscard]] Result<std::vector<std::filesystem::path>> listDirectory(
    const std::filesystem::path& directory);

/// Writes a file so that after a crash there is the old one or the new one, whole.
[[nodiscard]] Status replaceFile(const std::filesystem::path& path, std::string_view bytes,
                                 const FileGuard& guard = {});

/// The failure for an errno, with the file named.
[[nodiscard]] Failure fileFailure(const std::filesystem::path& path, int error);

}  // namespace consulta
