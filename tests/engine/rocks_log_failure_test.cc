// What becomes of the log when the disk fails.
#include <atomic>
#include <cerrno>

#include "tests/engine/guarded_file_system.h"
#include "tests/engine/log_fixture.h"

namespace consulta::testing {
namespace {

/// Lets the n-th sync or write of a write-ahead log from now on fail (1 is the next), once.
class FailingWal {
 public:
  [[nodiscard]] std::shared_ptr<rocksdb::FileSystem> fileSystem() {
    return std::make_shared<GuardedFileSystem>([this](const FileCall& call) {
      const bool due = call.path.ends_with(".log") &&
                       ((call.kind == FileCall::Kind::sync && counts(untilSyncFails)) ||
                        (call.kind == FileCall::Kind::write && counts(untilWriteFails)));
      if (call.kind == FileCall::Kind::sync) ++syncs;
      return due ? std::optional<int>(EIO) : std::nullopt;
    });
  }

  std::atomic<std::uint64_t> untilSyncFails = 0;
  std::atomic<std::uint64_t> untilWriteFails = 0;
  std::atomic<std::uint64_t> syncs = 0;

 private:
  static bool counts(std::atomic<std::uint64_t>& until) { return until != 0 && --until == 0; }
};

TEST_CASE("a failed sync or write breaks the log for good, and reading goes on") {
  FailingWal disk;
  RocksHarness harness(disk.fileSystem());
  REQUIRE(appendMore(harness.log(), 3).ok());
  SUBCASE("sync") {
    disk.untilSyncFails = 2;
  }
  SUBCASE("write") {
    disk.untilWriteFails = 2;
  }
  REQUIRE(appendMore(harness.log(), 1).ok());
  CHECK(faultOf(appendMore(harness.log(), 1)) == Fault::unavailable);
  const std::uint64_t syncs = disk.syncs;
  CHECK(harness.log().broken());
  CHECK(harness.log().last() == Position(4));
  CHECK(readAll(harness.log()) == 4);
  CHECK(ruleOf(appendMore(harness.log(), 1)) == "log.broken");
  Batch rows;
  rows.put(harness.database().family("beside"), "key", "value");
  CHECK(faultOf(harness.database().write(rows, Durability::unsynced)) == Fault::unavailable);
  CHECK(harness.log().wait(Position(4), 60'000) == Position(4));
  CHECK(disk.syncs.load() == syncs);
  harness.reopen();
  CHECK_FALSE(harness.log().broken());
  CHECK(harness.log().last() >= Position(4));
  CHECK(readAll(harness.log()) == harness.log().last().value);
  CHECK(appendMore(harness.log(), 1).ok());
}

TEST_CASE("an incomplete last write of the log that was never acknowledged is forgotten") {
  RocksHarness harness;
  REQUIRE(appendMore(harness.log(), 5).ok());
  REQUIRE(harness.rocksLog().syncHead().ok());
  const std::string acknowledged = readFile(harness.headPath());
  REQUIRE(appendMore(harness.log(), 2).ok());
  harness.close();
  writeFile(harness.headPath(), acknowledged);
  for (const auto& file : std::filesystem::directory_iterator(harness.databasePath())) {
    if (file.path().extension() == ".log") {
      std::filesystem::resize_file(file.path(), file.file_size() - 3);
    }
  }
  REQUIRE(harness.open().ok());
  CHECK(readAll(harness.log()) == 5);
  CHECK(appendMore(harness.log(), 1).ok());
  harness.reopen();
  CHECK(readAll(harness.log()) == 6);
}

}  // namespace
}  // namespace consulta::testing
