// Files that are named on the command line: read within bounds, written whole. They lie where the
// command was typed, which is not where it runs when a server runs it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/log/file.h"
#include "engine/server/command_host.h"
#include "engine/store/file_store.h"
#include "events/result.h"

namespace consulta {

/// Adds bytes to a file that is being written. False: errno says why.
using PutBytes = std::function<bool(std::string_view)>;
/// Writes the content. False: errno says why, unless the caller knows better.
using FillFile = std::function<bool(const PutBytes&)>;

/// Threads: one at a time.
class NamedFiles {
 public:
  NamedFiles() = default;
  NamedFiles(const NamedFiles&) = delete;
  NamedFiles& operator=(const NamedFiles&) = delete;
  virtual ~NamedFiles() = default;

  [[nodiscard]] virtual PathFacts look(const std::filesystem::path& path) = 0;
  /// From its beginning on; a pipe too. Null when it cannot be read.
  [[nodiscard]] virtual std::unique_ptr<std::istream> open(const std::filesystem::path& path) = 0;
  /// As openSource() answers. Valid as long as these files.
  [[nodiscard]] virtual Result<SourceFile> source(const std::filesystem::path& path) = 0;
  /// Makes a file of its owner's under another name beside its place and puts it there once it is
  /// whole, so that after a failure what was there still is. Unless it `replaces`, something that
  /// is there stays, and is EEXIST. Returns an errno, 0 when it is done.
  [[nodiscard]] virtual int write(const std::filesystem::path& path, bool replaces,
                                  const FillFile& fill) = 0;
  /// With all that lead to it, where they are not there yet. Returns an errno.
  [[nodiscard]] virtual int makeDirectory(const std::filesystem::path& path) = 0;

  /// All of a file, bounded as below.
  [[nodiscard]] std::optional<std::string> readBounded(const std::filesystem::path& path,
                                                       std::size_t bytes_max);
};

/// Those of this process.
class LocalFiles final : public NamedFiles {
 public:
  PathFacts look(const std::filesystem::path& path) override;
  std::unique_ptr<std::istream> open(const std::filesystem::path& path) override;
  Result<SourceFile> source(const std::filesystem::path& path) override;
  int write(const std::filesystem::path& path, bool replaces, const FillFile& fill) override;
  int makeDirectory(const std::filesystem::path& path) override;
};

/// A file that is being written, in pieces; what NamedFiles::write() says of it holds here.
class FileBeside {
 public:
  FileBeside(std::filesystem::path path, bool replaces);
  /// Unless it was finished, nothing is left of it.
  ~FileBeside();
  FileBeside(const FileBeside&) = delete;
  FileBeside& operator=(const FileBeside&) = delete;

  /// An errno: it cannot be written at all.
  [[nodiscard]] int error() const { return error_; }
  /// False: errno says why.
  [[nodiscard]] bool put(std::string_view bytes);
  /// Puts it in its place. An errno.
  [[nodiscard]] int finish();

 private:
  const std::filesystem::path path_;
  FileHandle taken_;  // its name, unless it replaces something
  std::optional<FreshFile> fresh_;
  std::uint64_t written_ = 0;
  int error_ = 0;
  bool finished_ = false;
};

/// All that comes; of what is longer than `bytes_max` that much and one byte more, which tells.
/// Nothing when it cannot be read. However long it is, no more of it is kept.
[[nodiscard]] std::optional<std::string> readBounded(std::istream& in, std::size_t bytes_max);

}  // namespace consulta
