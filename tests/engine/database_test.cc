#include "engine/log/database.h"

#include <doctest/doctest.h>
#include <rocksdb/db.h>
#include <rocksdb/file_system.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/engine/guarded_file_system.h"
#include "tests/engine/log_fixture.h"

namespace consulta::testing {
namespace {

Database::Options optionsIn(const TempDir& directory, bool create) {
  Database::Options options;
  options.path = directory / "log";
  options.families = {{"rows", FamilyUse::keyed}, {"tiles", FamilyUse::sequential}};
  options.create = create;
  return options;
}

std::unique_ptr<Database> opened(const Database::Options& options) {
  auto database = Database::open(options);
  REQUIRE(database.ok());
  return std::move(database).value();
}

std::vector<std::string> keys(Cursor& cursor) {
  std::vector<std::string> found;
  for (; cursor.valid(); cursor.next()) found.emplace_back(cursor.key());
  CHECK(cursor.status().ok());
  return found;
}

/// Lists a file of the write-ahead log that is gone by the time it is opened.
class ListsWhatGoes final : public rocksdb::FileSystemWrapper {
 public:
  ListsWhatGoes() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}
  [[nodiscard]] const char* Name() const override { return "ListsWhatGoes"; }
  rocksdb::IOStatus GetChildrenFileAttributes(const std::string& directory,
                                              const rocksdb::IOOptions& options,
                                              std::vector<rocksdb::FileAttributes>* out,
                                              rocksdb::IODebugContext* debug) override {
    auto status = FileSystemWrapper::GetChildrenFileAttributes(directory, options, out, debug);
    out->push_back({.name = "999999.log", .size_bytes = 1});
    ++asked;
    return status;
  }
  int asked = 0;
};

TEST_CASE("a file of the write-ahead log that is removed while it is listed hinders no opening") {
  const TempDir directory;
  auto options = optionsIn(directory, true);
  Batch batch;
  {
    auto database = opened(options);
    batch.put(database->family("rows"), "a", "1");
    CHECK(database->write(batch, Durability::unsynced).ok());
  }
  options.create = false;
  const auto lists = std::make_shared<ListsWhatGoes>();
  options.fileSystem = lists;
  const auto database = opened(options);
  CHECK(lists->asked > 0);
  CHECK(*database->get(database->family("rows"), "a") == "1");
}

TEST_CASE("a batch is found again, in its families, also after an opening") {
  const TempDir directory;
  auto database = opened(optionsIn(directory, true));
  Batch batch;
  CHECK(batch.empty());
  batch.put(database->family("rows"), "a", "1");
  batch.put(database->family("rows"), "b", std::array<std::string_view, 2>{"2", "two"});
  batch.put(database->family("tiles"), "a", "3");
  CHECK_FALSE(batch.empty());
  SUBCASE("synced") {
    CHECK(database->write(batch, Durability::synced).ok());
  }
  SUBCASE("unsynced") {
    CHECK(database->write(batch, Durability::unsynced).ok());
  }
  SUBCASE("in tables") {
    CHECK(database->write(batch, Durability::unsynced).ok());
    CHECK(database->flush().ok());
  }
  for (int round = 0; round < 2; ++round) {
    CHECK(*database->get(database->family("rows"), "a") == "1");
    CHECK(*database->get(database->family("tiles"), "a") == "3");
    CHECK(*database->get(database->family("tiles"), "b") == std::nullopt);
    const std::array<std::string_view, 3> asked{"b", "none", "a"};
    std::map<std::size_t, std::string> answers;
    const auto read = database->multiGet(
        database->family("rows"), asked,
        [&](std::size_t place, std::string_view value) { answers[place] = value; });
    REQUIRE(read.ok());
    CHECK(answers == std::map<std::size_t, std::string>{{0, "2two"}, {2, "1"}});
    database.reset();
    database = opened(optionsIn(directory, false));
  }
}

TEST_CASE("a cursor goes through its range in order, over what was there when it was made") {
  const TempDir directory;
  const auto database = opened(optionsIn(directory, true));
  const Family rows = database->family("rows");
  Batch batch;
  for (const char* key : {"c", "a", "b", "d"}) batch.put(rows, key, "x");
  REQUIRE(database->write(batch, Durability::unsynced).ok());
  Cursor all = database->cursor(rows);
  Cursor some = database->cursor(rows, "d");
  batch.clear();
  batch.put(rows, "bb", "x");
  for (const char* key : {"a", "b", "c"}) batch.erase(rows, key);
  REQUIRE(database->write(batch, Durability::unsynced).ok());
  all.seek("");
  CHECK(keys(all) == std::vector<std::string>{"a", "b", "c", "d"});
  some.seek("aa");
  CHECK(keys(some) == std::vector<std::string>{"b", "c"});
  some.seekToLast();
  CHECK(some.key() == "c");
  Cursor now = database->cursor(rows);
  now.seek("");
  CHECK(keys(now) == std::vector<std::string>{"bb", "d"});
}

TEST_CASE("what was dropped is not found by its key") {
  const TempDir directory;
  const auto database = opened(optionsIn(directory, true));
  const Family rows = database->family("rows");
  Batch batch;
  for (const char* key : {"a", "b", "c"}) batch.put(rows, key, "x");
  REQUIRE(database->write(batch, Durability::unsynced).ok());
  REQUIRE(database->drop(rows, "b", "c").ok());
  CHECK(database->get(rows, "a")->has_value());
  CHECK_FALSE(database->get(rows, "b")->has_value());
  CHECK(database->get(rows, "c")->has_value());
}

TEST_CASE("to drop an empty range is no write") {
  const TempDir directory;
  {
    const auto database = opened(optionsIn(directory, true));
    const Family rows = database->family("rows");
    Batch batch;
    batch.put(rows, "a", "x");
    REQUIRE(database->write(batch, Durability::unsynced).ok());
    REQUIRE(database->drop(rows, "b", "b").ok());
    REQUIRE(database->flush().ok());
    batch.clear();
    batch.put(rows, "c", "x");
    REQUIRE(database->write(batch, Durability::synced).ok());
  }
  const auto database = opened(optionsIn(directory, false));
  CHECK(database->get(database->family("rows"), "c")->has_value());
}

TEST_CASE("on a disk that is full, to compact what was dropped fails or need not write") {
  const TempDir directory;
  std::atomic<bool> full = false;
  auto options = optionsIn(directory, true);
  options.fileSystem = guardedBy([&full](const FileCall& call) -> std::optional<int> {
                         const bool needsSpace = call.kind == FileCall::Kind::write;
                         return full && needsSpace ? std::optional(ENOSPC) : std::nullopt;
                       }).databases;
  const auto database = opened(options);
  const Family rows = database->family("rows");
  Batch batch;
  for (const char* key : {"a", "b", "c"}) batch.put(rows, key, "x");
  REQUIRE(database->write(batch, Durability::unsynced).ok());
  REQUIRE(database->flush().ok());
  REQUIRE(database->drop(rows, "a", "d").ok());
  REQUIRE(database->flush().ok());
  full = true;
  const auto compacted = database->compact(rows);
  CHECK((compacted.ok() || compacted.failures().front().fault == Fault::unavailable));
}

TEST_CASE("tables say which keys they cover") {
  const TempDir directory;
  const auto database = opened(optionsIn(directory, true));
  const Family tiles = database->family("tiles");
  CHECK(database->tables(tiles).empty());
  for (const char* first : {"1", "3"}) {
    Batch batch;
    batch.put(tiles, first, "x");
    batch.put(tiles, std::string(first) + "z", "x");
    REQUIRE(database->write(batch, Durability::unsynced).ok());
    REQUIRE(database->flush().ok());
  }
  const auto ranges = database->tables(tiles);
  REQUIRE(ranges.size() == 2);
  CHECK(ranges[0].first == "1");
  CHECK(ranges[0].last == "1z");
  CHECK(ranges[1].first == "3");
  CHECK(ranges[1].last == "3z");
}

TEST_CASE("a database is made only when asked, and never over another") {
  const TempDir directory;
  const auto before = Database::open(optionsIn(directory, false));
  CHECK(ruleOf(before) == "database.missing");
  CHECK(faultOf(before) == Fault::damaged);
  opened(optionsIn(directory, true)).reset();
  CHECK(ruleOf(Database::open(optionsIn(directory, true))) == "database.exists");
}

TEST_CASE("a family that is new to a database is made, one that is unknown is a newer program's") {
  const TempDir directory;
  opened(optionsIn(directory, true)).reset();
  Database::Options options = optionsIn(directory, false);
  options.families.push_back({"meta", FamilyUse::keyed});
  opened(options).reset();
  CHECK(ruleOf(Database::open(optionsIn(directory, false))) == "database.newer");
}

TEST_CASE("many short openings leave few files behind") {
  const TempDir directory;
  opened(optionsIn(directory, true)).reset();
  for (int i = 0; i < 60; ++i) {
    const auto database = opened(optionsIn(directory, false));
    Batch batch;
    batch.put(database->family("rows"), "key", std::to_string(i));
    REQUIRE(database->write(batch, Durability::synced).ok());
  }
  const std::filesystem::directory_iterator files(directory / "log");
  CHECK(std::distance(begin(files), end(files)) < 40);
  const auto database = opened(optionsIn(directory, false));
  CHECK(*database->get(database->family("rows"), "key") == "59");
}

TEST_CASE("a damaged block of rows is a failure that names the table and the key") {
  const TempDir directory;
  {
    const auto database = opened(optionsIn(directory, true));
    Batch batch;
    batch.put(database->family("rows"), "key", "value");
    REQUIRE(database->write(batch, Durability::synced).ok());
    REQUIRE(database->flush().ok());
  }
  for (const auto& file : std::filesystem::directory_iterator(directory / "log")) {
    if (file.path().extension() != ".sst") continue;
    std::string bytes = readFile(file.path());
    bytes[3] = static_cast<char>(bytes[3] ^ 1);
    writeFile(file.path(), bytes);
  }
  const auto database = opened(optionsIn(directory, false));
  const auto value = database->get(database->family("rows"), "key");
  CHECK(faultOf(value) == Fault::damaged);
  const std::string text = inEnglish(value.failures().front().text);
  CHECK(text.find("table rows, key 6b6579") != std::string::npos);
}

/// Rewrites the tables of a family as many small ones, side by side in one level.
void splitTables(const TempDir& directory, const std::string& family) {
  const std::string path = (directory / "log").string();
  std::vector<std::string> names;
  REQUIRE(rocksdb::DB::ListColumnFamilies(rocksdb::DBOptions(), path, &names).ok());
  rocksdb::ColumnFamilyOptions small;
  small.target_file_size_base = 1;
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  families.reserve(names.size());
  for (const auto& name : names) families.emplace_back(name, small);
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* raw = nullptr;
  REQUIRE(rocksdb::DB::Open(rocksdb::DBOptions(), path, families, &handles, &raw).ok());
  const std::unique_ptr<rocksdb::DB> database(raw);
  rocksdb::CompactRangeOptions options;
  options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  for (auto* handle : handles) {
    if (handle->GetName() == family) {
      REQUIRE(database->CompactRange(options, handle, nullptr, nullptr).ok());
    }
    REQUIRE(database->DestroyColumnFamilyHandle(handle).ok());
  }
}

TEST_CASE("a cursor stops at a damaged table in the midst of a level, and tells it") {
  const TempDir directory;
  const std::string value(5000, 'x');
  {
    const auto database = opened(optionsIn(directory, true));
    Batch batch;
    for (const char key : std::string_view("12345678")) {
      batch.put(database->family("rows"), std::string_view(&key, 1), value);
    }
    REQUIRE(database->write(batch, Durability::unsynced).ok());
    REQUIRE(database->flush().ok());
  }
  splitTables(directory, "rows");
  {
    const auto database = opened(optionsIn(directory, false));
    const auto tables = database->tables(database->family("rows"));
    REQUIRE(tables.size() > 2);
    const auto inTheMidst = directory / "log" / tables[1].file.substr(1);
    std::string bytes = readFile(inTheMidst);
    bytes[3] = static_cast<char>(bytes[3] ^ 1);
    writeFile(inTheMidst, bytes);
  }
  const auto database = opened(optionsIn(directory, false));
  Cursor cursor = database->cursor(database->family("rows"));
  for (cursor.seek("1"); cursor.valid(); cursor.next()) CHECK(cursor.value() == value);
  CHECK(faultOf(cursor.status()) == Fault::damaged);
}

TEST_CASE("tables that dropped out of the list of tables are missed, wherever the list is cut") {
  const TempDir directory;
  {
    const auto database = opened(optionsIn(directory, true));
    Batch batch;
    batch.put(database->family("rows"), "in a table", "x");
    REQUIRE(database->write(batch, Durability::synced).ok());
    REQUIRE(database->flush().ok());
    batch.clear();
    batch.put(database->family("rows"), "in the write-ahead log", "x");
    REQUIRE(database->write(batch, Durability::synced).ok());
  }
  int missed = 0;
  for (std::uintmax_t cut = 1; cut < 200; ++cut) {
    CAPTURE(cut);
    const TempDir other;
    std::filesystem::copy(directory / "log", other / "log");
    for (const auto& file : std::filesystem::directory_iterator(other / "log")) {
      if (!file.path().filename().string().starts_with("MANIFEST")) continue;
      std::filesystem::resize_file(file.path(), file.file_size() - cut);
    }
    const auto database = Database::open(optionsIn(other, false));
    if (database) {
      CHECK((*database)->get((*database)->family("rows"), "in a table")->has_value());
    } else if (ruleOf(database) == "database.gap") {
      ++missed;
    }
  }
  CHECK(missed > 0);
}

TEST_CASE("tables put in as a whole are newer than what was there, and the next write follows") {
  const TempDir directory;
  {
    const auto database = opened(optionsIn(directory, true));
    const auto rows = database->family("rows");
    Batch batch;
    batch.put(rows, "before", "x");
    batch.put(rows, "twice", "old");
    REQUIRE(database->write(batch, Durability::synced).ok());
    REQUIRE(database->flush().ok());
    for (const auto* value : {"new", "newest"}) {
      std::vector<std::unique_ptr<NewTable>> tables;
      tables.push_back(database->newTable(rows).value());
      REQUIRE(tables.back()->put("twice", value).ok());
      tables.push_back(database->newTable(database->family("tiles")).value());  // empty: no table
      REQUIRE(database->ingest(std::move(tables)).ok());
    }
    static_cast<void>(database->newTable(rows));  // never put in
    for (const auto& file : std::filesystem::directory_iterator(directory / "log")) {
      CHECK_FALSE(file.path().filename().string().starts_with("new-"));
    }
    batch.clear();
    batch.put(rows, "after", "x");
    REQUIRE(database->write(batch, Durability::synced).ok());
  }
  const auto database = opened(optionsIn(directory, false));
  const auto rows = database->family("rows");
  CHECK(*database->get(rows, "before") == "x");
  CHECK(*database->get(rows, "twice") == "newest");
  CHECK(*database->get(rows, "after") == "x");
}

TEST_CASE("a table that a crash has left with two names is not written over by the next one") {
  const TempDir directory;
  {
    const auto database = opened(optionsIn(directory, true));
    const auto rows = database->family("rows");
    const auto add = [&](const char* key) {
      std::vector<std::unique_ptr<NewTable>> tables;
      tables.push_back(database->newTable(rows).value());
      REQUIRE(tables.back()->put(key, std::string(10'000, 'x')).ok());
      REQUIRE(database->ingest(std::move(tables)).ok());
    };
    add("first");
    std::filesystem::path table;
    for (const auto& file : std::filesystem::directory_iterator(directory / "log")) {
      if (file.path().extension() == ".sst") table = file.path();
    }
    REQUIRE_FALSE(table.empty());
    std::filesystem::create_hard_link(table, directory / "log" / "new-rows-0");
    add("second");
  }
  const auto database = opened(optionsIn(directory, false));
  const auto rows = database->family("rows");
  CHECK((*database->get(rows, "first")).has_value());
  CHECK((*database->get(rows, "second")).has_value());
}

}  // namespace
}  // namespace consulta::testing
