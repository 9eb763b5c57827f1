// Damage to the files of a log is reported with the positions it touches, and never skipped.
#include <algorithm>
#include <vector>

#include "engine/log/stored_form.h"
#include "tests/engine/log_fixture.h"

namespace consulta::testing {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> filesOf(const RocksHarness& harness, std::string_view extension) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(harness.databasePath())) {
    if (entry.path().extension() == extension && entry.file_size() > 0) {
      files.push_back(entry.path());
    }
  }
  std::ranges::sort(files);
  REQUIRE_FALSE(files.empty());
  return files;
}

bool names(const Failures& failures, std::string_view words) {
  return inEnglish(failures.front().text).find(words) != std::string::npos;
}

/// Opens and reads all that can be read. Every record seen must be the right one.
Status openAndRead(RocksHarness& harness, std::uint64_t& seen) {
  seen = 0;
  Status opened = harness.open();
  if (!opened) return opened;
  return harness.log().read(Position(1), to_the_end, [&](const StoredRecord& record) {
    ++seen;
    CHECK(record.position == Position(seen));
    CHECK(record.bytes == bytesOf(seen));
    return true;
  });
}

TEST_CASE("a flipped byte anywhere in a table is damage, or in nothing that a record needs") {
  RocksHarness harness;
  REQUIRE(appendMore(harness.log(), 60).ok());
  REQUIRE(harness.database().flush().ok());
  harness.close();
  const fs::path table = filesOf(harness, ".sst").front();
  const std::string whole = readFile(table);
  int found = 0;
  int tried = 0;
  for (std::size_t at = 0; at < whole.size(); at += 31, ++tried) {
    CAPTURE(at);
    std::string flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x20);
    writeFile(table, flipped);
    std::uint64_t seen = 0;
    const Status read = openAndRead(harness, seen);
    if (read.ok()) CHECK(seen == 60);
    if (!read.ok()) {
      CHECK(faultOf(read) == Fault::damaged);
      ++found;
    }
    harness.close();
    writeFile(table, whole);
  }
  CHECK(found > tried / 3);
  std::uint64_t seen = 0;
  CHECK(openAndRead(harness, seen).ok());
}

TEST_CASE("damage in a table is reported with the position of the first record it hits") {
  RocksHarness harness;
  REQUIRE(appendMore(harness.log(), 10).ok());
  REQUIRE(harness.database().flush().ok());
  REQUIRE(appendMore(harness.log(), 10).ok());
  harness.close();
  const fs::path table = filesOf(harness, ".sst").front();
  std::string bytes = readFile(table);
  bytes[20] = static_cast<char>(bytes[20] ^ 1);
  writeFile(table, bytes);
  REQUIRE(harness.open().ok());
  const auto one = harness.log().at(Position(7));
  CHECK(faultOf(one) == Fault::damaged);
  CHECK(names(one.failures(), "position 7 "));
  const Status read = harness.log().read(Position(3), to_the_end, [](const auto&) { return true; });
  CHECK(faultOf(read) == Fault::damaged);
  CHECK(names(read.failures(), "position 3 "));
  CHECK(readAll(harness.log(), Position(11)) == 10);
}

TEST_CASE("a missing table is damage at the opening") {
  RocksHarness harness;
  REQUIRE(appendMore(harness.log(), 10).ok());
  REQUIRE(harness.database().flush().ok());
  harness.close();
  fs::remove(filesOf(harness, ".sst").front());
  CHECK(faultOf(harness.open()) == Fault::damaged);
}

TEST_CASE("a flipped byte anywhere in the write-ahead log is damage, or in no record") {
  RocksHarness harness;
  REQUIRE(appendMore(harness.log(), 12).ok());
  REQUIRE(appendMore(harness.log(), 12).ok());
  harness.close();
  const fs::path wal = filesOf(harness, ".log").front();
  const std::string whole = readFile(wal);
  const std::string head = readFile(harness.headPath());
  for (std::size_t at = 0; at < whole.size(); at += 61) {
    CAPTURE(at);
    std::string flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x04);
    writeFile(wal, flipped);
    std::uint64_t seen = 0;
    const Status read = openAndRead(harness, seen);
    CHECK_FALSE(read.ok());
    if (!read.ok()) CHECK(faultOf(read) == Fault::damaged);
    harness.close();
    writeFile(wal, whole);
    CHECK(readFile(harness.headPath()) == head);
  }
}

TEST_CASE("acknowledged records cut from the end of the write-ahead log are named as lost") {
  RocksHarness harness;
  for (int i = 0; i < 8; ++i) REQUIRE(appendMore(harness.log(), 1).ok());
  harness.close();
  const fs::path wal = filesOf(harness, ".log").front();
  SUBCASE("the last one") {
    fs::resize_file(wal, fs::file_size(wal) - 1);
    const Status opened = harness.open();
    CHECK(ruleOf(opened) == "log.lost");
    CHECK(names(opened.failures(), "positions 8 to 8 "));
  }
  SUBCASE("all of them") {
    fs::resize_file(wal, 0);
    const Status opened = harness.open();
    CHECK(ruleOf(opened) == "log.lost");
    CHECK(names(opened.failures(), "positions 1 to 8 "));
  }
}

TEST_CASE("writes missing between two write-ahead logs are found at the opening, and where") {
  RocksHarness harness;
  for (int i = 0; i < 3; ++i) {
    REQUIRE(appendMore(harness.log(), 4).ok());
    harness.reopen();
  }
  harness.close();
  const auto wals = filesOf(harness, ".log");
  REQUIRE(wals.size() == 3);
  SUBCASE("cut") {
    fs::resize_file(wals[1], fs::file_size(wals[1]) / 2);
  }
  SUBCASE("taken away") {
    fs::remove(wals[1]);
  }
  const Status opened = harness.open();
  CHECK(ruleOf(opened) == "database.gap");
  CHECK(names(opened.failures(), wals[0].filename().string()));
  CHECK(names(opened.failures(), wals[2].filename().string()));
}

TEST_CASE("an older copy of the database under a newer head is named as lost") {
  RocksHarness harness;
  REQUIRE(appendMore(harness.log(), 4).ok());
  harness.close();
  const fs::path copy = harness.databasePath().string() + ".copy";
  fs::copy(harness.databasePath(), copy);
  REQUIRE(harness.open().ok());
  REQUIRE(appendMore(harness.log(), 5).ok());
  harness.close();
  fs::remove_all(harness.databasePath());
  fs::rename(copy, harness.databasePath());
  const Status opened = harness.open();
  CHECK(ruleOf(opened) == "log.lost");
  CHECK(names(opened.failures(), "positions 5 to 9 "));
}

TEST_CASE("a record that was changed or erased past all checksums of the database is still found") {
  RocksHarness harness;
  REQUIRE(appendMore(harness.log(), 9).ok());
  Database& database = harness.database();
  const Family records = database.family(records_family);
  const PositionKey four(Position(4));
  Batch batch;
  std::string_view words;
  SUBCASE("changed") {
    batch.put(records, four.view(), "something else");
    words = "position 4 ";
  }
  SUBCASE("under another's key") {
    batch.put(records, four.view(), **database.get(records, PositionKey(Position(5)).view()));
    words = "position 4 ";
  }
  SUBCASE("shorter than a checksum") {
    batch.put(records, four.view(), "abc");
    words = "position 4 ";
  }
  SUBCASE("erased") {
    batch.erase(records, four.view());
    batch.erase(records, PositionKey(Position(5)).view());
    words = "positions 4 to 5 ";
  }
  REQUIRE(database.write(batch, Durability::synced).ok());
  std::uint64_t seen = 0;
  const Status read = harness.log().read(Position(1), to_the_end, [&](const auto&) {
    ++seen;
    return true;
  });
  CHECK(faultOf(read) == Fault::damaged);
  CHECK(names(read.failures(), words));
  CHECK(seen == 3);
  CHECK(faultOf(harness.log().at(Position(4))) == Fault::damaged);
}

TEST_CASE("a value beside a record that was changed is damage of that record") {
  RocksHarness harness;
  REQUIRE(harness.log().append(Position(1), std::vector<NewRecord>{{"x", {{"name", "y"}}}}).ok());
  Batch batch;
  batch.put(harness.database().family(beside_family), besideKey(Position(1), "name"), "other");
  REQUIRE(harness.database().write(batch, Durability::synced).ok());
  const auto value = harness.log().beside(Position(1), "name");
  CHECK(faultOf(value) == Fault::damaged);
  CHECK(names(value.failures(), "position 1 "));
}

}  // namespace
}  // namespace consulta::testing
