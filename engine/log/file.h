// Small files of a register, by the operating system's own calls: opened, written whole, synced.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "events/result.h"

namespace consulta {

/// Owns an open file. A resource: it moves, but does not copy.
class FileHandle {
 public:
  FileHandle() = default;
  explicit FileHandle(int descriptor) : descriptor_(descriptor) {}
  FileHandle(FileHandle&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  FileHandle& operator=(FileHandle&& other) noexcept;
  ~FileHandle();

  /// `flags` as for open(2); never passed on to another program. Check isOpen(); errno says why.
  [[nodiscard]] static FileHandle open(const std::filesystem::path& path, int flags);
  [[nodiscard]] bool isOpen() const { return descriptor_ >= 0; }
  [[nodiscard]] int descriptor() const { return descriptor_; }

  /// Whole or not at all, as far as the caller can tell. False: errno says why.
  [[nodiscard]] bool writeAt(std::string_view bytes, std::int64_t offset) const;
  /// What is there of `bytes` bytes at the offset; fewer at the end of the file or after a failure.
  [[nodiscard]] std::string readAt(std::size_t bytes, std::int64_t offset) const;
  /// Content and length on the disk. False: errno says why; never call it again then.
  [[nodiscard]] bool sync() const;

 private:
  int descriptor_ = -1;
};

/// Makes what was created, renamed or removed in a directory durable.
[[nodiscard]] Status syncDirectory(const std::filesystem::path& directory);

/// Writes a file so that after a crash there is the old one or the new one, whole.
[[nodiscard]] Status replaceFile(const std::filesystem::path& path, std::string_view bytes);

/// The failure for an errno, with the file named.
[[nodiscard]] Failure fileFailure(const std::filesystem::path& path, int error);

}  // namespace consulta
