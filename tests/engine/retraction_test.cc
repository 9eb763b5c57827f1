// Withdrawing an entry: whose, until when, and what may not be taken from under others.
#include <doctest/doctest.h>

#include <chrono>

#include "projections/rows/meeting.h"
#include "tests/support/story.h"

namespace consulta::test {

namespace {

/// Everything in a story is entered at one moment, so a slip is fresh.
struct Slips {
  Story story;

  Slips() {
    story.given("reference.listed", "country/UY",
                {{"list", "country"}, {"code", "UY"}, {"names", "en:Uruguay"}});
    story.on("2006-01-10").by(7);
    story.given("party.found", "UNIDO",
                {{"kind", "institution"}, {"name", "en:UNIDO"}, {"state", "active"}});
    story.given("meeting.scheduled", "MTG-1", {{"kind", "expert-group"}, {"title", "en:Energy"}});
  }

  Position at(std::size_t back = 0) const {
    return Position(story.state().records().size() - back);
  }
  void retract(const std::string& entity, Position position, boost::json::object more = {}) {
    more["retracts"] = position.value;
    story.when("common.retraction", entity, std::move(more));
  }
};

}  // namespace

TEST_CASE("a withdrawn entry takes no effect and is still seen as known before") {
  Slips all;
  all.story.on("2006-02-01").given("meeting.retitled", "MTG-1", {{"title", "en:Water"}});
  const auto slip = all.at();
  all.retract("MTG-1", slip);
  REQUIRE(all.story.accepted());
  CHECK(all.story.as<Meeting>("MTG-1").title.phrases.front().text == "Energy");
  CHECK(all.story.state().row(all.story.id("MTG-1"))->head.revision == 3);
  const PastState known(all.story.state(), Moment{Timeline::the_end, slip});
  CHECK(as<Meeting>(*known.row(all.story.id("MTG-1"))).title.phrases.front().text == "Water");
}

TEST_CASE("an entity that is withdrawn as a whole frees its symbol and is found in the past") {
  Slips all;
  const auto id = all.story.id("MTG-1");
  const auto opening = all.at();
  all.retract("MTG-1", opening);
  REQUIRE(all.story.accepted());
  CHECK(all.story.state().row(id) == nullptr);
  CHECK(all.story.state().named("MTG-1", std::nullopt).empty());
  CHECK(all.story.state().nameOf(id) == "meeting:MTG-1");
  all.story.when("meeting.retitled", "MTG-1", {{"title", "en:Water"}});
  CHECK(all.story.refusedBy("reference.withdrawn"));
  const PastState known(all.story.state(), Moment{Timeline::the_end, opening});
  CHECK(known.named("MTG-1", std::nullopt) == std::vector<EntityId>{id});
  int meetings = 0;
  known.each(Meeting::aggregate, [&](const RowPtr&) { return ++meetings, true; });
  CHECK(meetings == 1);
  all.story.given("meeting.scheduled", "MTG-1", {{"kind", "expert-group"}, {"title", "en:Water"}});
  CHECK(all.story.id("MTG-1") != id);
  known.each(Meeting::aggregate, [&](const RowPtr&) { return ++meetings, true; });
  CHECK(meetings == 2);
}

TEST_CASE("what others name is not withdrawn from under them") {
  Slips all;
  const auto opening = all.at(1);
  all.story.on("2006-02-01").given("meeting.invited", "MTG-1", {{"party", "UNIDO"}});
  all.retract("UNIDO", opening);
  CHECK(all.story.refusedBy("retraction.named"));
  all.retract("MTG-1", all.at());
  REQUIRE(all.story.accepted());
  all.retract("UNIDO", opening);
  CHECK(all.story.accepted());
}

TEST_CASE("an entry that later ones rest on is not withdrawn before them") {
  Slips all;
  const auto opening = all.at();
  all.story.on("2006-02-01").given("meeting.retitled", "MTG-1", {{"title", "en:Water"}});
  all.retract("MTG-1", opening);
  CHECK(all.story.refusedBy("order.entry.before-opening"));
  CHECK(all.story.why().find("without it the entry") != std::string::npos);
}

TEST_CASE("only who entered it withdraws an entry, and no entry is withdrawn twice") {
  Slips all;
  all.story.on("2006-02-01").given("meeting.retitled", "MTG-1", {{"title", "en:Water"}});
  const auto slip = all.at();
  all.story.by(8);
  all.retract("MTG-1", slip);
  CHECK(all.story.refusedBy("retraction.own"));
  all.story.by(7);
  all.retract("MTG-1", slip);
  REQUIRE(all.story.accepted());
  all.retract("MTG-1", slip);
  CHECK(all.story.refusedBy("retraction.once"));
  all.retract("MTG-1", all.at());
  CHECK(all.story.refusedBy("retraction.target"));
  all.retract("UNIDO", slip);
  CHECK(all.story.refusedBy("retraction.target"));
}

TEST_CASE("after a day an entry is corrected and not withdrawn") {
  Slips all;
  const auto opening = all.at();
  all.story.later(std::chrono::hours(24));
  all.retract("MTG-1", opening);
  REQUIRE(all.story.accepted());
  all.story.given("meeting.scheduled", "MTG-2", {{"kind", "expert-group"}, {"title", "en:Water"}});
  const auto second = all.at();
  all.story.later(std::chrono::hours(24) + std::chrono::nanoseconds(1));
  all.retract("MTG-2", second);
  CHECK(all.story.refusedBy("retraction.time"));
}

TEST_CASE("a corrigendum is withdrawn unless a later one builds on it") {
  Slips all;
  const auto opening = all.at();
  const auto correct = [&](const char* title) {
    all.story.given(
        "common.corrigendum", "MTG-1",
        {{"corrects", opening.value}, {"reason", "slip"}, {"right", {{"title", title}}}});
    return all.at();
  };
  const auto first = correct("en:Water");
  const auto second = correct("en:Wind");
  all.retract("MTG-1", first);
  CHECK(all.story.refusedBy("retraction.corrected-again"));
  all.retract("MTG-1", second);
  REQUIRE(all.story.accepted());
  CHECK(all.story.as<Meeting>("MTG-1").title.phrases.front().text == "Water");
  all.retract("MTG-1", first);
  REQUIRE(all.story.accepted());
  CHECK(all.story.as<Meeting>("MTG-1").title.phrases.front().text == "Energy");
}

TEST_CASE("the founding entries of a register stay") {
  Slips all;
  const auto last = all.at();
  all.story.given("reference.listed", "language/en",
                  {{"list", "language"}, {"code", "en"}, {"names", "en:English"}});
  all.story.given("register.opened", "REG",
                  {{"organization", "en:UNIDO"},
                   {"registerId", "00000000-0000-4000-8000-000000000001"},
                   {"timeZone", "Europe/Vienna"},
                   {"languages", {"en"}}});
  all.retract("MTG-1", last);
  CHECK(all.story.refusedBy("retraction.founding"));
  all.story.given("meeting.scheduled", "MTG-2", {{"kind", "expert-group"}, {"title", "en:Water"}});
  all.retract("MTG-2", all.at());
  CHECK(all.story.accepted());
}

TEST_CASE("refiling without entering the same anew is refused") {
  Slips all;
  all.story.given("meeting.scheduled", "MTG-2", {{"kind", "expert-group"}, {"title", "en:Wind"}});
  all.story.on("2006-02-01").given("meeting.invited", "MTG-1", {{"party", "UNIDO"}});
  const auto slip = all.at();
  all.retract("MTG-1", slip, {{"refiledTo", "MTG-2"}, {"reason", "wrong meeting"}});
  CHECK(all.story.refusedBy("retraction.refiled"));
  all.retract("MTG-1", slip, {{"refiledTo", "MTG-2"}});
  CHECK(all.story.refusedBy("retraction.reason"));
  all.retract("MTG-1", slip, {{"refiledTo", "UNIDO"}, {"reason", "wrong meeting"}});
  CHECK(all.story.refusedBy("retraction.refiled-kind"));
  all.retract("MTG-1", slip, {{"refiledTo", "MTG-1"}, {"reason", "wrong meeting"}});
  CHECK(all.story.refusedBy("retraction.refiled-elsewhere"));
}

}  // namespace consulta::test
