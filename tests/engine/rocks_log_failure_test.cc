// What becomes of the log when the disk fails.
#include <random>

#include "tests/engine/faulty_file_system.h"
#include "tests/engine/log_fixture.h"

namespace consulta::testing {
namespace {

TEST_CASE("a failed sync or write breaks the log for good, and reading goes on") {
  const auto disk = std::make_shared<FaultyFileSystem>();
  RocksHarness harness(disk);
  REQUIRE(appendMore(harness.log(), 3).ok());
  SUBCASE("sync") {
    disk->failSync(2);
  }
  SUBCASE("write") {
    disk->failWrite(2);
  }
  REQUIRE(appendMore(harness.log(), 1).ok());
  CHECK(faultOf(appendMore(harness.log(), 1)) == Fault::unavailable);
  const std::uint64_t syncs = disk->syncs();
  CHECK(harness.log().broken());
  CHECK(harness.log().last() == Position(4));
  CHECK(readAll(harness.log()) == 4);
  CHECK(ruleOf(appendMore(harness.log(), 1)) == "log.broken");
  Batch rows;
  rows.put(harness.database().family("beside"), "key", "value");
  CHECK(faultOf(harness.database().write(rows, Durability::unsynced)) == Fault::unavailable);
  CHECK(harness.log().wait(Position(4), 60'000) == Position(4));
  CHECK(disk->syncs() == syncs);
  harness.reopen();
  CHECK_FALSE(harness.log().broken());
  CHECK(harness.log().last() >= Position(4));
  CHECK(readAll(harness.log()) == harness.log().last().value);
  CHECK(appendMore(harness.log(), 1).ok());
}

TEST_CASE("whatever is lost with the power, every acknowledged record is there, and no row ahead") {
  const std::uint64_t seed = std::random_device()();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  const auto disk = std::make_shared<FaultyFileSystem>();
  RocksHarness harness(disk);
  // Rows stand in the other family here, under a key that no record has: how far they follow.
  const auto rowsAt = [&]() -> std::uint64_t {
    const auto row = harness.database().get(harness.database().family("beside"), "rows");
    REQUIRE(row.ok());
    return row->has_value() ? std::stoull(**row) : 0;
  };
  for (int round = 0; round < 30; ++round) {
    const std::uint64_t before = harness.log().last().value;
    for (auto left = random() % 6; left > 0; --left) {
      REQUIRE(appendMore(harness.log(), 1 + random() % 40).ok());
      if (random() % 2 == 0) continue;
      Batch rows;
      rows.put(harness.database().family("beside"), "rows",
               std::to_string(harness.log().last().value));
      REQUIRE(harness.database().write(rows, Durability::unsynced).ok());
    }
    if (random() % 8 == 0) REQUIRE(harness.database().flush().ok());
    const std::uint64_t acknowledged = harness.log().last().value;
    harness.close();
    disk->losePower();
    REQUIRE(harness.open().ok());
    CHECK(harness.log().last().value == acknowledged);
    CHECK(acknowledged >= before);
    CHECK(readAll(harness.log()) == acknowledged);
    CHECK(rowsAt() <= acknowledged);
  }
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
