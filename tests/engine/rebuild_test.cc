#include "engine/store/rebuild.h"

#include <capnp/message.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "engine/runtime/desk.h"
#include "engine/store/row_store.h"
#include "projections/rows.h"
#include "tests/engine/log_fixture.h"
#include "tests/support/random_entries.h"
#include "tests/support/seed.h"
#include "tests/support/story.h"

namespace consulta::test {

namespace {

/// Everything that the tables of one generation hold, keys without the generation.
std::map<std::string, std::string> contents(const Database& database, const RowTables& tables) {
  std::map<std::string, std::string> out;
  for (const auto& [name, family] :
       {std::pair{"rows ", tables.rows}, std::pair{"index ", tables.index},
        std::pair{"submissions ", tables.submissions}}) {
    auto cursor = database.cursor(family);
    const auto from = tables.indexKey("");
    for (cursor.seek(from); cursor.valid() && cursor.key().starts_with(from); cursor.next()) {
      out[name + std::string(cursor.key().substr(from.size()))] = cursor.value();
    }
  }
  return out;
}

/// A log on disk, with its rows.
struct Kept {
  Kept() {
    openDatabase(true);
    REQUIRE(RocksLog::createHead(*database, directory / "head", LogIdentity{}).ok());
    openStores();
  }

  void reopen() {
    rows.reset();
    log.reset();
    database.reset();
    openDatabase(false);
    openStores();
  }

  /// The story's entries, written in pieces of all sizes as a busy register does.
  void follow(const std::vector<RecordPtr>& records, std::mt19937_64& random) {
    auto below = rows->state();
    std::optional<Overlay> tail(std::in_place, *below);
    for (const auto& record : records) {
      REQUIRE(
          log->append(record->position(), std::vector{NewRecord{encode(record->get()), {}}}).ok());
      tail->add(record);
      const bool ends = &record == &records.back() ||
                        submissionOf((&record)[1]->get()) != submissionOf(record->get());
      if (!ends || random() % 20 != 0) continue;
      REQUIRE(rows->write(*tail, record->position()).ok());
      below = rows->state();
      tail.emplace(*below);
    }
    REQUIRE(rows->write(*tail, log->last()).ok());
  }

  testing::TempDir directory;
  std::unique_ptr<Database> database;
  std::unique_ptr<RocksLog> log;
  std::unique_ptr<RowStore> rows;

 private:
  void openDatabase(bool create) {
    Database::Options options;
    options.path = directory / "log";
    options.families = RocksLog::families();
    for (auto& one : RowTables::families()) options.families.push_back(std::move(one));
    options.create = create;
    database = orBroken(Database::open(options));
  }
  void openStores() {
    log = orBroken(RocksLog::open(*database, directory / "head"));
    rows = orBroken(RowStore::open(*database, *log, Story::catalogue()));
  }
};

std::vector<RecordPtr> randomHistory(std::uint64_t seed, int entries) {
  Story story;
  story.on("XXXX");
  for (const auto* code : {"UY", "AT"}) {
    story.when("reference.listed", std::string("country/") + code,
               {{"list", "country"}, {"code", code}, {"names", {{"en", code}}}});
  }
  RandomEntries random(seed);
  for (int i = 0; i < entries; ++i) {
    story.by(1 + random.below(3));
    story.submit(random.next(story.state()));
  }
  return story.state().records();
}

}  // namespace

TEST_CASE("a rebuild makes the very tables that grew entry by entry") {
  for (const std::uint64_t seed : {seedOr(20060406U), std::uint64_t{17}}) {
    CAPTURE(seed);
    std::mt19937_64 random(seed);
    const auto history = randomHistory(seed, 1'500);
    REQUIRE(history.size() > 300);
    Kept kept;
    auto& database = *kept.database;
    kept.follow(history, random);
    std::uint64_t generation = 1;
    const auto grown = contents(database, RowTables(database, generation));
    REQUIRE(grown.size() > history.size());

    // The small ones write rows and read them back all the time.
    for (const auto& bounds :
         {RebuildBounds{2'000, 10}, RebuildBounds{40'000, 100}, RebuildBounds{}}) {
      CAPTURE(bounds.bytes_of_a_while);
      REQUIRE(kept.rows->rebuild([](Position, Position) {}, bounds).ok());
      CHECK(contents(database, RowTables(database, ++generation)) == grown);
    }
    const RowTables tables(database, generation);
    std::map<EntityId, std::vector<Position>> entries;
    for (const auto& record : history) entries[record->entity()].push_back(record->position());
    for (const auto& [id, positions] : entries) {
      CHECK(positionsOf(database, tables, id) == positions);
    }
  }
}

TEST_CASE("rows that another edition wrote are made anew before anybody looks, and it is told") {
  std::mt19937_64 random(20060406U);
  Kept kept;
  kept.follow(randomHistory(20060406U, 300), random);
  const auto grown = contents(*kept.database, RowTables(*kept.database, 1));
  Batch batch;
  const RowsMeta other{RowsMeta::currentVersion() + 1, 1, kept.log->last()};
  batch.put(kept.database->family("meta"), "rows", other.encode());
  REQUIRE(kept.database->write(batch, Durability::synced).ok());
  kept.reopen();
  CHECK(kept.rows->outdated());
  Position toldAt;
  Position toldAll;
  Desk desk(*kept.log, *kept.rows);
  REQUIRE(desk.catchUp([&](Position at, Position all) {
                CHECK(at >= toldAt);
                toldAt = at;
                toldAll = all;
              })
              .ok());
  CHECK(toldAt == kept.log->last());
  CHECK(toldAll == kept.log->last());
  CHECK_FALSE(kept.rows->outdated());
  CHECK(contents(*kept.database, RowTables(*kept.database, 2)) == grown);
}

TEST_CASE("a rebuild that broke off is begun again under a number that none had") {
  std::mt19937_64 random(20060406U);
  const auto history = randomHistory(20060406U, 1'500);
  Kept kept;
  kept.follow(history, random);
  const auto grown = contents(*kept.database, RowTables(*kept.database, 1));
  const RebuildBounds small{2'000, 10};
  for (const std::uint64_t generation : {2U, 3U}) {
    const auto enough = [](Position at, Position all) {
      if (at.value > all.value / 2) throw Broken(unavailable("test.enough", msg("enough")));
    };
    REQUIRE_FALSE(kept.rows->rebuild(enough, small).ok());
    kept.reopen();
    CHECK(contents(*kept.database, RowTables(*kept.database, 1)) == grown);
    CHECK_FALSE(contents(*kept.database, RowTables(*kept.database, generation)).empty());
  }
  REQUIRE(kept.rows->rebuild([](Position, Position) {}, small).ok());
  kept.reopen();
  CHECK(contents(*kept.database, RowTables(*kept.database, 4)) == grown);
  for (const auto& record : history) {
    for (const std::uint64_t gone : {1U, 2U, 3U}) {
      const RowTables tables(*kept.database, gone);
      CHECK_FALSE(kept.database->get(tables.rows, tables.rowKey(record->entity())).value());
    }
  }
}

TEST_CASE("a record that is no message stops a rebuild with its position") {
  Kept kept;
  REQUIRE(kept.log->append(Position(1), std::vector{NewRecord{"nothing of ours ", {}}}).ok());
  const auto done = kept.rows->rebuild([](Position, Position) {});
  REQUIRE_FALSE(done.ok());
  CHECK(done.failures().front().rule == "record.readable");
}

TEST_CASE("a revision that an entity lacks is found by whatever folds it") {
  const auto history = randomHistory(seedOr(std::random_device()()), 300);
  for (const bool newest : {true, false}) {
    CAPTURE(newest);
    const auto isLater = [](const RecordPtr& one) { return one->get().getRevision() > 1; };
    const auto altered =
        newest ? std::prev(std::find_if(history.rbegin(), history.rend(), isLater).base())
               : std::ranges::find_if(history, isLater);
    REQUIRE(altered != history.end());
    capnp::MallocMessageBuilder other;
    other.setRoot((*altered)->get());
    auto record = other.getRoot<schema::Record>();
    record.setRevision(record.getRevision() + 1);
    const auto named = "position " + std::to_string((*altered)->position().value) + " holds";
    Kept kept;
    Timeline timeline;
    for (const auto& one : history) {
      const auto now = one == *altered ? Record::of(record.asReader()) : one;
      REQUIRE(
          kept.log->append(now->position(), std::vector{NewRecord{encode(now->get()), {}}}).ok());
      if (now->entity() != (*altered)->entity() || now->position() > (*altered)->position()) {
        continue;
      }
      if (one == *altered) {
        CHECK_THROWS_AS(timeline.add(now), Broken);
      } else {
        timeline.add(now);
      }
    }
    const auto done = kept.rows->rebuild([](Position, Position) {});
    REQUIRE_FALSE(done.ok());
    CHECK(done.failures().front().rule == "record.revision");
    CHECK(inEnglish(done.failures().front().text).find(named) != std::string::npos);
  }
}

TEST_CASE("damage further down in a record is found when it is folded, with its position") {
  Kept kept;
  auto bytes = encode(randomHistory(17U, 10).front()->get());
  // The first word says how many words of data (from bit 32) and pointers (from bit 48) follow.
  const auto countAt = [&](std::size_t byte) {
    return std::size_t{static_cast<unsigned char>(bytes[byte])};
  };
  const std::size_t pointers = 8 * (1 + countAt(4));
  REQUIRE(pointers + 8 * countAt(6) <= bytes.size());
  for (std::size_t i = 0; i < 8 * countAt(6); ++i) bytes[pointers + i] = '\x7c';
  REQUIRE(kept.log->append(Position(1), std::vector{NewRecord{bytes, {}}}).ok());
  const auto done = kept.rows->rebuild([](Position, Position) {});
  REQUIRE_FALSE(done.ok());
  CHECK(done.failures().front().rule == "record.readable");
  CHECK(inEnglish(done.failures().front().text).starts_with("the record at position 1 "));
}

}  // namespace consulta::test
