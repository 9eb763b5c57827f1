// RocksDB's calls on its files, before the same guard as the calls on a register's small files. So
// one function sees all that a register does to its disk, and may fail any of it.
#pragma once

#include <rocksdb/file_system.h>

#include <cerrno>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "engine/log/disk_layer.h"

namespace consulta::testing {

/// Any thread, as long as the guard is for any thread.
class GuardedFileSystem : public rocksdb::FileSystemWrapper {
 public:
  explicit GuardedFileSystem(FileGuard guard)
      : FileSystemWrapper(rocksdb::FileSystem::Default()), guard_(std::move(guard)) {}

  const char* Name() const override { return "GuardedFileSystem"; }

  rocksdb::IOStatus NewWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* result,
                                    rocksdb::IODebugContext* debug) override {
    if (auto failed = asked({.kind = FileCall::Kind::create, .path = path})) return *failed;
    if (auto failed = asked({.kind = FileCall::Kind::resize, .path = path})) return *failed;
    auto status = FileSystemWrapper::NewWritableFile(path, options, result, debug);
    if (status.ok()) *result = std::make_unique<File>(std::move(*result), *this, path, 0);
    return status;
  }
  rocksdb::IOStatus ReopenWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                       std::unique_ptr<rocksdb::FSWritableFile>* result,
                                       rocksdb::IODebugContext* debug) override {
    std::uint64_t bytes = 0;
    auto status = GetFileSize(path, options.io_options, &bytes, debug);
    if (status.ok()) status = FileSystemWrapper::ReopenWritableFile(path, options, result, debug);
    if (status.ok()) *result = std::make_unique<File>(std::move(*result), *this, path, bytes);
    return status;
  }
  rocksdb::IOStatus NewRandomRWFile(const std::string& path, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSRandomRWFile>* result,
                                    rocksdb::IODebugContext* debug) override {
    auto status = FileSystemWrapper::NewRandomRWFile(path, options, result, debug);
    if (status.ok()) *result = std::make_unique<PlacedFile>(std::move(*result), *this, path);
    return status;
  }
  rocksdb::IOStatus NewDirectory(const std::string& path, const rocksdb::IOOptions& options,
                                 std::unique_ptr<rocksdb::FSDirectory>* result,
                                 rocksdb::IODebugContext* debug) override {
    auto status = FileSystemWrapper::NewDirectory(path, options, result, debug);
    if (status.ok()) *result = std::make_unique<Directory>(std::move(*result), *this, path);
    return status;
  }
  rocksdb::IOStatus CreateDir(const std::string& path, const rocksdb::IOOptions& options,
                              rocksdb::IODebugContext* debug) override {
    if (auto failed = asked({.kind = FileCall::Kind::makeDirectory, .path = path})) return *failed;
    return FileSystemWrapper::CreateDir(path, options, debug);
  }
  rocksdb::IOStatus CreateDirIfMissing(const std::string& path, const rocksdb::IOOptions& options,
                                       rocksdb::IODebugContext* debug) override {
    if (auto failed = asked({.kind = FileCall::Kind::makeDirectory, .path = path})) return *failed;
    return FileSystemWrapper::CreateDirIfMissing(path, options, debug);
  }
  rocksdb::IOStatus DeleteFile(const std::string& path, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override {
    if (auto failed = asked({.kind = FileCall::Kind::remove, .path = path})) return *failed;
    return FileSystemWrapper::DeleteFile(path, options, debug);
  }
  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to,
                               const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override {
    if (auto failed = asked({.kind = FileCall::Kind::rename, .path = from, .target = to})) {
      return *failed;
    }
    return FileSystemWrapper::RenameFile(from, to, options, debug);
  }
  rocksdb::IOStatus LinkFile(const std::string& from, const std::string& to,
                             const rocksdb::IOOptions& options,
                             rocksdb::IODebugContext* debug) override {
    if (auto failed = asked({.kind = FileCall::Kind::link, .path = from, .target = to})) {
      return *failed;
    }
    return FileSystemWrapper::LinkFile(from, to, options, debug);
  }
  rocksdb::IOStatus LockFile(const std::string& path, const rocksdb::IOOptions& options,
                             rocksdb::FileLock** lock, rocksdb::IODebugContext* debug) override {
    if (auto failed = asked({.kind = FileCall::Kind::create, .path = path})) return *failed;
    return FileSystemWrapper::LockFile(path, options, lock, debug);
  }

 private:
  /// The outcome that the guard states; none when the call is to be made.
  std::optional<rocksdb::IOStatus> asked(const FileCall& call) const {
    const auto stated = guard_(call);
    if (!stated) return std::nullopt;
    if (*stated == 0) return rocksdb::IOStatus::OK();
    if (*stated == ENOSPC) return rocksdb::IOStatus::NoSpace("no space left");
    return rocksdb::IOStatus::IOError("input/output error");
  }

  class File : public rocksdb::FSWritableFileOwnerWrapper {
   public:
    File(std::unique_ptr<rocksdb::FSWritableFile>&& file, GuardedFileSystem& system,
         std::string path, std::uint64_t bytes)
        : FSWritableFileOwnerWrapper(std::move(file)),
          system_(system),
          path_(std::move(path)),
          bytes_(bytes) {}

    rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                             rocksdb::IODebugContext* debug) override {
      return appended(data,
                      [&] { return FSWritableFileOwnerWrapper::Append(data, options, debug); });
    }
    rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                             const rocksdb::DataVerificationInfo& info,
                             rocksdb::IODebugContext* debug) override {
      return appended(
          data, [&] { return FSWritableFileOwnerWrapper::Append(data, options, info, debug); });
    }
    rocksdb::IOStatus Sync(const rocksdb::IOOptions& options,
                           rocksdb::IODebugContext* debug) override {
      if (auto stated = system_.asked({.kind = FileCall::Kind::sync, .path = path_}))
        return *stated;
      return FSWritableFileOwnerWrapper::Sync(options, debug);
    }
    rocksdb::IOStatus Fsync(const rocksdb::IOOptions& options,
                            rocksdb::IODebugContext* debug) override {
      if (auto stated = system_.asked({.kind = FileCall::Kind::sync, .path = path_}))
        return *stated;
      return FSWritableFileOwnerWrapper::Fsync(options, debug);
    }
    /// Room for what may come costs more than all that a test writes.
    void PrepareWrite(std::size_t /*offset*/, std::size_t /*bytes*/,
                      const rocksdb::IOOptions& /*options*/,
                      rocksdb::IODebugContext* /*debug*/) override {}
    /// Says nothing about what is durable.
    rocksdb::IOStatus RangeSync(std::uint64_t /*offset*/, std::uint64_t /*bytes*/,
                                const rocksdb::IOOptions& /*options*/,
                                rocksdb::IODebugContext* /*debug*/) override {
      return rocksdb::IOStatus::OK();
    }

   private:
    template <typename Call>
    rocksdb::IOStatus appended(const rocksdb::Slice& data, Call call) {
      const FileCall what{.kind = FileCall::Kind::write,
                          .path = path_,
                          .offset = bytes_,
                          .bytes = {data.data(), data.size()}};
      if (auto stated = system_.asked(what)) return *stated;
      auto status = call();
      if (status.ok()) bytes_ += data.size();
      return status;
    }

    GuardedFileSystem& system_;
    const std::string path_;
    std::uint64_t bytes_;
  };

  /// The register only syncs such a file.
  class PlacedFile : public rocksdb::FSRandomRWFileOwnerWrapper {
   public:
    PlacedFile(std::unique_ptr<rocksdb::FSRandomRWFile>&& file, GuardedFileSystem& system,
               std::string path)
        : FSRandomRWFileOwnerWrapper(std::move(file)), system_(system), path_(std::move(path)) {}

    rocksdb::IOStatus Sync(const rocksdb::IOOptions& options,
                           rocksdb::IODebugContext* debug) override {
      if (auto stated = system_.asked({.kind = FileCall::Kind::sync, .path = path_}))
        return *stated;
      return FSRandomRWFileOwnerWrapper::Sync(options, debug);
    }

   private:
    GuardedFileSystem& system_;
    const std::string path_;
  };

  class Directory : public rocksdb::FSDirectoryWrapper {
   public:
    Directory(std::unique_ptr<rocksdb::FSDirectory>&& directory, GuardedFileSystem& system,
              std::string path)
        : FSDirectoryWrapper(std::move(directory)), system_(system), path_(std::move(path)) {}

    rocksdb::IOStatus Fsync(const rocksdb::IOOptions& options,
                            rocksdb::IODebugContext* debug) override {
      if (auto stated = system_.asked(sync())) return *stated;
      return FSDirectoryWrapper::Fsync(options, debug);
    }
    rocksdb::IOStatus FsyncWithDirOptions(const rocksdb::IOOptions& options,
                                          rocksdb::IODebugContext* debug,
                                          const rocksdb::DirFsyncOptions& how) override {
      if (auto stated = system_.asked(sync())) return *stated;
      return FSDirectoryWrapper::FsyncWithDirOptions(options, debug, how);
    }

   private:
    [[nodiscard]] FileCall sync() const {
      return {.kind = FileCall::Kind::syncDirectory, .path = path_};
    }

    GuardedFileSystem& system_;
    const std::string path_;
  };

  const FileGuard guard_;
};

/// Everything a register does to its disk comes before `guard`.
inline DiskLayer guardedBy(const FileGuard& guard) {
  return {std::make_shared<GuardedFileSystem>(guard), guard};
}

inline bool isSync(const FileCall& call) {
  return call.kind == FileCall::Kind::sync || call.kind == FileCall::Kind::syncDirectory;
}

/// A disk on which syncs cost nothing: for tests that do not care about durability.
inline DiskLayer quickDisk() {
  return guardedBy(
      [](const FileCall& call) { return isSync(call) ? std::optional<int>(0) : std::nullopt; });
}

}  // namespace consulta::testing
