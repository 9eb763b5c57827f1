// Random lives of all aggregates: whatever is entered in whatever order, what stands is what a fold
// from the beginning gives.
#include <doctest/doctest.h>

#include <map>
#include <random>

#include "projections/dues.h"
#include "projections/rows.h"
#include "tests/support/random_entries.h"
#include "tests/support/replay.h"
#include "tests/support/seed.h"
#include "tests/support/story.h"

namespace consulta::test {

namespace {

/// Every row of `story` against a fold of its entity from its first entry, and what is kept across
/// entities against the keys of all those rows.
void checkAgainstReplay(const Story& story) {
  std::set<std::string> keys;
  for (const auto& aggregate : Story::catalogue().aggregates()) {
    story.state().each(aggregate.tag, [&](const RowPtr& row) {
      const auto again = story.state().timeline(row->head.id).fold(Story::catalogue());
      REQUIRE(again != nullptr);
      REQUIRE(row->equals(*again));
      for (auto& key : indexKeys(*again)) keys.insert(std::move(key));
      for (auto& key : dueKeys(story.state(), *again)) keys.insert(std::move(key));
      return true;
    });
  }
  std::vector<std::string> kept;
  for (auto& key : keysOf(story.state())) {
    const bool former = key.starts_with('f') || key.starts_with('g');
    if (!former) kept.push_back(std::move(key));
  }
  REQUIRE(kept == std::vector<std::string>(keys.begin(), keys.end()));
}

void references(Story& story) {
  story.on("XXXX");
  const std::pair<const char*, const char*> items[] = {
      {"country", "UY"},  {"country", "AT"}, {"currency", "EUR"}, {"currency", "USD"},
      {"area", "energy"}, {"goal", "MDG7"},  {"language", "es"},  {"region", "419"},
      {"body", "IDB"},    {"role", "chair"}, {"sector", "21210"},
  };
  for (const auto& [list, code] : items) {
    story.when("reference.listed", std::string(list) + "/" + code,
               {{"list", list}, {"code", code}, {"names", {{"en", code}}}});
  }
}

}  // namespace

TEST_CASE("after every entry of random lives the rows equal a fold from the beginning") {
  for (std::uint64_t round = 0; round < 3; ++round) {
    const auto seed = seedOr(20060406 + round);
    CAPTURE(seed);
    Story story;
    references(story);
    RandomEntries random(seed);
    std::map<std::string, int> accepted;
    for (int i = 0; i < 900; ++i) {
      story.by(1 + random.below(3));
      story.submit(random.next(story.state()));
      if (!story.accepted()) continue;
      for (const auto& type : story.enteredTypes()) {
        ++accepted[type.substr(0, type.find('.'))];
        ++accepted[type];
      }
      checkAgainstReplay(story);
    }
    // A check that lets nothing through would prove nothing.
    for (const auto& aggregate : Story::catalogue().aggregates()) {
      INFO(aggregate.name);
      CHECK(accepted[aggregate.name] > 0);
    }
    CHECK(accepted["common"] > 0);
    CHECK(accepted["common.retraction"] > 0);
  }
}

/// A request with a deadline in the weeks to come, or before a session that moves now and then.
void asksForSomething(Story& story, RandomEntries& random, int number, std::size_t day) {
  const auto ahead = [&](std::size_t days) {
    return Edtf::day(dayFromNumber(dayNumber({2005, 1, 1}) + static_cast<std::int64_t>(day + days)))
        .text();
  };
  story.on("2004-12-01");
  if (random.below(4) == 0) {
    story.when("session.dated", "IDB.99", {{"dates", ahead(random.below(60))}});
    return;
  }
  boost::json::object data{
      {"number", std::to_string(number)}, {"text", "en:T"}, {"addressee", "en:A"}};
  if (random.below(3) == 0) {
    data["deadline"] = boost::json::object{{"beforeSession", "IDB.99"}};
  } else {
    data["deadline"] = ahead(random.below(40));
  }
  story.when("mandate.requestMade", "MAN-99", std::move(data));
}

TEST_CASE(
    "after every day of lives as they happen the rows and keys equal a fold, and all falls due "
    "once") {
  for (std::uint64_t round = 0; round < 2; ++round) {
    const auto seed = seedOr(20060714 + round);
    CAPTURE(seed);
    Story story;
    story.recordedAt("2005-01-01");
    references(story);
    RandomEntries random(seed);
    story.on("2004-12-01");
    story.given("session.listed", "IDB.99", {{"body", "IDB"}, {"number", 99}});
    story.given("mandate.adopted", "MAN-99", {{"title", "en:M"}, {"body", "IDB"}});
    std::size_t fell = 0;
    std::size_t day = 0;
    for (int i = 0; i < 250; ++i) {
      const auto days = 1 + random.below(2);
      day += days;
      story.later(std::chrono::hours(24 * days));
      if (random.below(4) == 0) asksForSomething(story, random, i, day);
      story.fallDue();
      fell += story.entered().size();
      if (!story.entered().empty()) checkAgainstReplay(story);
      story.fallDue();
      REQUIRE(story.entered().empty());
      story.submit(random.next(story.state()));
      if (story.accepted()) checkAgainstReplay(story);
    }
    CHECK(fell > 0);
  }
}

TEST_CASE("a row's stored form reads back as the same row") {
  const auto seed = seedOr(7);
  CAPTURE(seed);
  Story story;
  references(story);
  RandomEntries random(seed);
  for (int i = 0; i < 800; ++i) story.submit(random.next(story.state()));
  for (const auto& [id, row] : story.state().rows()) {
    if (!row) continue;  // withdrawn
    const auto bytes = row->encode();
    const auto again = decodeRow(bytes);
    REQUIRE(again != nullptr);
    CHECK(again->equals(*row));
    for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
      CHECK(decodeRow(std::string_view(bytes).substr(0, cut)) == nullptr);
    }
  }
}

TEST_CASE("what was known before a correction is still shown as known then") {
  Story story;
  story.on("2006-05-01")
      .given("meeting.scheduled", "MTG-1",
             {{"title", {{"en", "Expert meeting"}}}, {"kind", "expert-group"}, {"place", "Viena"}});
  const auto known = Position(story.state().records().size());
  story.given("common.corrigendum", "MTG-1",
              {{"corrects", known.value}, {"right", {{"place", "Vienna"}}}, {"reason", "a slip"}});
  const auto now = story.row("MTG-1");
  CHECK(now->fields().member("place")->value == Node{std::string("Vienna")}.value);
  CHECK(now->head.corrected);
  const PastState then(story.state(), Moment{Timeline::the_end, known});
  const auto before = then.row(now->head.id);
  CHECK(before->fields().member("place")->value == Node{std::string("Viena")}.value);
  CHECK_FALSE(before->head.corrected);
}

TEST_CASE("as of a day before an entity was opened there is none") {
  Story story;
  story.on("2006-05-01")
      .given("meeting.scheduled", "MTG-1",
             {{"title", {{"en", "Expert meeting"}}}, {"kind", "expert-group"}});
  const auto day = [](const char* edtf) { return dateBounds(edtf).value().latestNs; };
  const PastState before(story.state(), Moment{day("2006-04-30"), std::nullopt});
  const PastState after(story.state(), Moment{day("2006-05-01"), std::nullopt});
  const auto id = story.row("MTG-1")->head.id;
  CHECK(before.row(id) == nullptr);
  CHECK(before.named("MTG-1", std::nullopt).empty());
  CHECK(after.row(id) != nullptr);
  CHECK(after.named("mtg-1", std::nullopt).size() == 1);
}

}  // namespace consulta::test
