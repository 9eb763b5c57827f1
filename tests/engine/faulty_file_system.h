// A file system for RocksDB that fails on demand and forgets what was not synced, as a disk does
// when the power fails.
#pragma once

#include <rocksdb/file_system.h>

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace consulta::testing {

/// Counts what is written to write-ahead logs (*.log); everything else passes. Any thread.
class FaultyFileSystem : public rocksdb::FileSystemWrapper {
 public:
  FaultyFileSystem() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}

  const char* Name() const override { return "FaultyFileSystem"; }

  /// The n-th sync or write of a write-ahead log from now on fails (1 is the next), once.
  void failSync(std::uint64_t nth) { untilSyncFails_ = nth; }
  void failWrite(std::uint64_t nth) { untilWriteFails_ = nth; }

  [[nodiscard]] std::uint64_t syncs() const { return syncs_; }

  /// Cuts every write-ahead log back to what was synced. Only while the database is closed.
  void losePower() {
    const std::lock_guard lock(mutex_);
    for (const auto& [path, bytes] : syncedBytes_) {
      if (std::filesystem::exists(path)) std::filesystem::resize_file(path, bytes);
    }
  }

  rocksdb::IOStatus NewWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* result,
                                    rocksdb::IODebugContext* debug) override {
    auto status = FileSystemWrapper::NewWritableFile(path, options, result, debug);
    if (status.ok() && path.ends_with(".log")) {
      synced(path, 0);
      *result = std::make_unique<File>(std::move(*result), *this, path);
    }
    return status;
  }

 private:
  class File : public rocksdb::FSWritableFileOwnerWrapper {
   public:
    File(std::unique_ptr<rocksdb::FSWritableFile>&& file, FaultyFileSystem& system,
         std::string path)
        : FSWritableFileOwnerWrapper(std::move(file)), system_(system), path_(std::move(path)) {}

    rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                             rocksdb::IODebugContext* debug) override {
      if (system_.due(system_.untilWriteFails_)) return rocksdb::IOStatus::IOError("write failed");
      return counted(data, FSWritableFileOwnerWrapper::Append(data, options, debug));
    }
    rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                             const rocksdb::DataVerificationInfo& info,
                             rocksdb::IODebugContext* debug) override {
      if (system_.due(system_.untilWriteFails_)) return rocksdb::IOStatus::IOError("write failed");
      return counted(data, FSWritableFileOwnerWrapper::Append(data, options, info, debug));
    }
    rocksdb::IOStatus Sync(const rocksdb::IOOptions& options,
                           rocksdb::IODebugContext* debug) override {
      if (system_.due(system_.untilSyncFails_)) return rocksdb::IOStatus::IOError("sync failed");
      ++system_.syncs_;
      auto status = FSWritableFileOwnerWrapper::Sync(options, debug);
      if (status.ok()) system_.synced(path_, written_);
      return status;
    }

   private:
    rocksdb::IOStatus counted(const rocksdb::Slice& data, rocksdb::IOStatus status) {
      if (status.ok()) written_ += data.size();
      return status;
    }

    FaultyFileSystem& system_;
    std::string path_;
    std::uint64_t written_ = 0;
  };

  static bool due(std::atomic<std::uint64_t>& until) { return until != 0 && --until == 0; }
  void synced(const std::string& path, std::uint64_t bytes) {
    const std::lock_guard lock(mutex_);
    syncedBytes_[path] = bytes;
  }

  std::atomic<std::uint64_t> untilSyncFails_ = 0;
  std::atomic<std::uint64_t> untilWriteFails_ = 0;
  std::atomic<std::uint64_t> syncs_ = 0;
  std::mutex mutex_;
  std::map<std::string, std::uint64_t> syncedBytes_;
};

}  // namespace consulta::testing
