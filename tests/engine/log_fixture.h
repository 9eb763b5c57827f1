// A log on disk for tests: its directory, its database and the log itself, to open and close.
#pragma once

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "engine/log/database.h"
#include "engine/log/rocks_log.h"
#include "tests/engine/log_contract.h"
#include "tests/support/temp_dir.h"

namespace consulta::testing {

class RocksHarness : public LogHarness {
 public:
  explicit RocksHarness(std::shared_ptr<rocksdb::FileSystem> fileSystem = nullptr)
      : fileSystem_(std::move(fileSystem)) {
    REQUIRE(openDatabase(true).ok());
    REQUIRE(RocksLog::createHead(*database_, headPath(), identity()).ok());
    REQUIRE(openLog().ok());
  }
  ~RocksHarness() override { close(); }

  [[nodiscard]] static LogIdentity identity() {
    LogIdentity identity;
    identity.registerId.high = 17;
    identity.registerId.low = 4;
    identity.epoch = 3;
    return identity;
  }
  [[nodiscard]] std::filesystem::path databasePath() const { return directory_ / "log"; }
  [[nodiscard]] std::filesystem::path headPath() const { return directory_ / "head"; }

  Log& log() override { return *log_; }
  RocksLog& rocksLog() { return *log_; }
  Database& database() { return *database_; }

  void close() {
    log_.reset();
    database_.reset();
  }
  void reopen() override {
    close();
    const Status opened = open();
    REQUIRE(opened.ok());
  }
  /// Opens what was closed; a failure of the database or of the log comes back.
  [[nodiscard]] Status open() {
    Status opened = openDatabase(false);
    if (!opened) return opened;
    return openLog();
  }

  /// The two steps of open().
  [[nodiscard]] Status openDatabase(bool create) {
    Database::Options options;
    options.path = databasePath();
    options.families = RocksLog::families();
    options.create = create;
    options.fileSystem = fileSystem_;
    auto opened = Database::open(options);
    if (!opened) return std::move(opened).failures();
    database_ = std::move(opened).value();
    return Done{};
  }
  [[nodiscard]] Status openLog() {
    auto opened = RocksLog::open(*database_, headPath());
    if (!opened) return std::move(opened).failures();
    log_ = std::move(opened).value();
    return Done{};
  }

 private:
  TempDir directory_;
  std::shared_ptr<rocksdb::FileSystem> fileSystem_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<RocksLog> log_;
};

inline std::string readFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}
inline void writeFile(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

}  // namespace consulta::testing
