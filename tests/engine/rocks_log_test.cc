#include "engine/log/rocks_log.h"

#include "tests/engine/log_fixture.h"

namespace consulta::testing {
namespace {

TEST_CASE("the log in RocksDB keeps the contract of a log") {
  logContract([] { return std::make_unique<RocksHarness>(); });
}

TEST_CASE("the log in RocksDB reads the same from tables as from the write-ahead log") {
  RocksHarness harness;
  for (int i = 0; i < 4; ++i) {
    REQUIRE(appendMore(harness.log(), 300).ok());
    REQUIRE(harness.database().flush().ok());
  }
  REQUIRE(appendMore(harness.log(), 10).ok());
  CHECK(readAll(harness.log()) == 1210);
  harness.reopen();
  CHECK(readAll(harness.log()) == 1210);
  REQUIRE(harness.database().compact(harness.database().family("records")).ok());
  harness.reopen();
  CHECK(readAll(harness.log()) == 1210);
}

TEST_CASE("the head file gives the log its identity at every opening") {
  RocksHarness harness;
  harness.reopen();
  CHECK(harness.rocksLog().identity() == RocksHarness::identity());
}

TEST_CASE("a log that goes beyond its head is whole, and the head is brought forward") {
  RocksHarness harness;
  REQUIRE(appendMore(harness.log(), 5).ok());
  REQUIRE(harness.rocksLog().syncHead().ok());
  const std::string behind = readFile(harness.headPath());
  REQUIRE(appendMore(harness.log(), 3).ok());
  harness.close();
  writeFile(harness.headPath(), behind);
  REQUIRE(harness.open().ok());
  CHECK(harness.log().last() == Position(8));
  harness.close();
  auto head = HeadFile::open(harness.headPath());
  REQUIRE(head.ok());
  CHECK((*head)->head().position == Position(8));
  CHECK((*head)->head().hash == recordHash(bytesOf(8)));
}

TEST_CASE("a log of another register under this head is damage at the head's position") {
  RocksHarness one;
  RocksHarness other;
  REQUIRE(appendMore(one.log(), 5).ok());
  REQUIRE(other.log().append(Position(1), std::vector<NewRecord>(5, NewRecord{"x", {}})).ok());
  one.close();
  other.close();
  writeFile(one.headPath(), readFile(other.headPath()));
  const Status opened = one.open();
  CHECK(faultOf(opened) == Fault::damaged);
  CHECK(inEnglish(opened.failures().front().text).find("position 5 ") != std::string::npos);
}

TEST_CASE("a new head for a restored older log opens a new epoch on what is there") {
  RocksHarness harness;
  REQUIRE(appendMore(harness.log(), 5).ok());
  harness.close();
  LogIdentity next = RocksHarness::identity();
  ++next.epoch;
  REQUIRE(harness.openDatabase(false).ok());
  REQUIRE(RocksLog::createHead(harness.database(), harness.headPath(), next).ok());
  harness.reopen();
  CHECK(harness.rocksLog().identity() == next);
  CHECK(readAll(harness.log()) == 5);
}

}  // namespace
}  // namespace consulta::testing
