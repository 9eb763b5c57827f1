#include "engine/runtime/desk.h"

#include <doctest/doctest.h>

#include <future>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "engine/log/rocks_log.h"
#include "projections/rows/meeting.h"
#include "tests/support/seed.h"
#include "tests/support/story.h"
#include "tests/support/temp_dir.h"

namespace consulta::test {

namespace {

/// A desk over a database of its own, which is told what a story has decided.
struct Shared {
  explicit Shared(std::size_t tail_records_max) {
    Database::Options options;
    options.path = directory.path() / "log";
    options.create = true;
    options.families = RocksLog::families();
    for (auto& family : RowStore::families()) options.families.push_back(std::move(family));
    database = orBroken(Database::open(options));
    REQUIRE(RocksLog::createHead(*database, directory.path() / "head", LogIdentity{}).ok());
    log = orBroken(RocksLog::open(*database, directory.path() / "head"));
    rows = orBroken(RowStore::open(*database, *log, Story::catalogue()));
    desk = std::make_unique<Desk>(*log, *rows, tail_records_max);
  }

  /// Acknowledges and publishes what the story has decided and this has not seen.
  void follow(const Story& story) {
    const auto& records = story.state().records();
    Overlay queued(desk->state());
    std::vector<NewRecord> batch;
    const auto from = seen;
    for (; seen < records.size(); ++seen) {
      queued.add(records[seen]);
      batch.push_back({encode(records[seen]->get()), {}});
    }
    if (batch.empty()) return;
    REQUIRE(log->append(Position(from + 1), batch).ok());
    desk->publish(queued);
    REQUIRE(desk->letRowsFollow().ok());
  }

  testing::TempDir directory;
  std::unique_ptr<Database> database;
  std::unique_ptr<RocksLog> log;
  std::unique_ptr<RowStore> rows;
  std::unique_ptr<Desk> desk;
  std::size_t seen = 0;
};

void meeting(Story& story, const std::string& id) {
  story.given("meeting.scheduled", id, {{"kind", "expert-group"}, {"title", "en:Expert meeting"}});
}

/// Looks, in a thread of its own, until it is told to go on; then looks again at the same state.
class LongLook {
 public:
  using Look = std::function<void(const State&)>;
  LongLook(const Desk& desk, Look first, Look again)
      : thread_([&desk, this, first = std::move(first), again = std::move(again)] {
          desk.read([&](const State& state) {
            first(state);
            begun_.set_value();
            goOn_.get_future().wait();
            again(state);
          });
        }) {
    begun_.get_future().wait();
  }
  ~LongLook() {
    goOn_.set_value();
    thread_.join();
  }
  LongLook(const LongLook&) = delete;
  LongLook& operator=(const LongLook&) = delete;

 private:
  std::promise<void> begun_;
  std::promise<void> goOn_;
  std::thread thread_;
};

std::size_t keyCountOf(const State& state) {
  std::size_t out = 0;
  state.scan("", [&](std::string_view) { return ++out, true; });
  return out;
}

}  // namespace

TEST_CASE("who looks sees what was there when it began, and the writer goes on") {
  for (const std::size_t tail_records_max : {1'000U, 2U}) {
    CAPTURE(tail_records_max);
    Shared shared(tail_records_max);
    Story story;
    meeting(story, "MTG-1");
    shared.follow(story);
    std::size_t keys = 0;
    {
      const LongLook look(
          *shared.desk, [&](const State& state) { keys = keyCountOf(state); },
          [&](const State& state) {
            CHECK(state.named("MTG-1", std::nullopt).size() == 1);
            CHECK(state.named("MTG-2", std::nullopt).empty());
            CHECK(state.named("MTG-9", std::nullopt).empty());
            CHECK(keyCountOf(state) == keys);
            CHECK(state.timeline(story.id("MTG-1")).records().size() == 1);
            CHECK_FALSE(
                state.submitted(submissionOf(story.state().records().back()->get())).has_value());
          });
      for (int i = 2; i < 10; ++i) {
        meeting(story, "MTG-" + std::to_string(i));
        shared.follow(story);
      }
      story.given("meeting.relocated", "MTG-1", {{"place", "Vienna"}});
      shared.follow(story);
      // The writer and whoever looks now see all of it, while the other still looks.
      shared.desk->read([&](const State& state) {
        CHECK(state.named("MTG-9", std::nullopt).size() == 1);
        CHECK(state.timeline(story.id("MTG-1")).records().size() == 2);
      });
    }
    CHECK(keyCountOf(shared.desk->state()) > keys);
  }
}

TEST_CASE("looks of many ages see each its own time") {
  const auto seed = seedOr(20261130);
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  Shared shared(7);
  Story story;
  std::vector<std::unique_ptr<LongLook>> looks;
  for (int i = 0; i < 60; ++i) {
    meeting(story, "MTG-" + std::to_string(i));
    shared.follow(story);
    if (random() % 3 == 0) {
      const auto there = static_cast<std::size_t>(i) + 1;
      const auto count = [there](const State& state) {
        std::size_t meetings = 0;
        state.each(Meeting::aggregate, [&](const RowPtr&) { return ++meetings, true; });
        CHECK(meetings == there);
      };
      looks.push_back(std::make_unique<LongLook>(*shared.desk, count, count));
    }
    if (!looks.empty() && random() % 4 == 0) looks.erase(looks.begin());
  }
  looks.clear();
  CHECK(shared.desk->flush().ok());
  CHECK(shared.desk->rebuild([](Position, Position) {}).ok());
  CHECK(shared.desk->state().named("MTG-59", std::nullopt).size() == 1);
}

}  // namespace consulta::test
