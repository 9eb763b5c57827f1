// Yearly cycles: what comes over to a consultation from the one before it.
#include "engine/rules/consultation_cycle.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "events/limits.h"
#include "tests/engine/consultation_story.h"

using namespace consulta;  // NOLINT
using test::Story;

namespace {

/// CON-1 of 2006 with five recommendations in all standings, three of its own and two of its
/// meeting, and two contacts about its mechanism, one of them with a follow-up; concluded. CON-2 is
/// planned.
struct LastYear : test::Planned {
  LastYear() {
    on("2006-05-01");
    given("mechanism.found", "MEC-1", {{"title", "en:Periodic"}, {"state", "in-operation"}});
    given("office.established", "LAC", {{"name", "en:LAC"}, {"kind", "headquarters-unit"}});
    given("common.corrigendum", "CON-1",
          {{"corrects", row("CON-1")->head.id.value},
           {"right", {{"mechanism", "MEC-1"}, {"cycle", "2006"}}},
           {"reason", "Left out"}});
    on("2006-06-01").given("consultation.opened", "CON-1");
    given("meeting.found", "MTG-1",
          {{"title", "en:Experts"},
           {"kind", "expert-group"},
           {"state", "convened"},
           {"consultation", "CON-1"}});
    on("2006-06-20");
    record("REC-1", "CON-1");
    record("REC-2", "CON-1");
    record("REC-3", "CON-1");
    record("REC-4", "MTG-1");
    record("REC-5", "MTG-1");
    for (const std::string one : {"REC-2", "REC-3", "REC-5"}) {
      given("recommendation.considered", one);
      given("recommendation.accepted", one);
    }
    given("recommendation.started", "REC-3");
    given("recommendation.implemented", "REC-3");
    for (const std::string one : {"LIA-1", "LIA-2"}) {
      given("liaison.found", one, {{"state", "logged"}, {"mechanism", "MEC-1"}});
    }
    given("liaison.followUpAsked", "LIA-1", {{"what", "Send the agenda"}, {"due", "2007-01-15"}});
    on("2006-12-15").given("consultation.concluded", "CON-1", {{"outcome", "not-adopted"}});
    on("2007-01-10")
        .given("consultation.planned", "CON-2",
               {{"title", "en:Next"}, {"previous", "CON-1"}, {"cycle", "2007"}});
  }

  void record(const std::string& name, const std::string& origin) {
    given("recommendation.recorded", name, {{"text", "en:Meet"}, {"origin", origin}});
  }
  void openAfter(const std::string& previous = "CON-1") {
    when("consultation.opened", "CON-2", {{"after", previous}});
  }
  [[nodiscard]] std::string names(const std::vector<EntityId>& ids) const {
    std::vector<std::string> all;
    for (const auto id : ids) all.push_back(row(state().nameOf(id))->head.name());
    std::ranges::sort(all);
    std::string out;
    for (const auto& one : all) out += (out.empty() ? "" : " ") + one;
    return out;
  }
};

}  // namespace

TEST_CASE("the roll, what waits for a decision and what is not done come over by reference") {
  LastYear story;
  const auto entities = story.state().rows().size();
  story.on("2007-02-01");
  story.openAfter();
  INFO(story.why());
  REQUIRE(story.accepted());
  CHECK(story.enteredTypes() == test::Types{"consultation.opened", "consultation.carriedOver"});
  const auto& row = story.as<Consultation>("CON-2");
  CHECK(row.previous == story.id("CON-1"));
  CHECK(eligibleParties(row).size() == 3);
  REQUIRE(seatOf(row, story.id("MX")) != nullptr);
  CHECK(seatOf(row, story.id("MX"))->standing == schema::Standing::OBSERVER);
  CHECK(story.names(row.pendingRecommendations) == "REC-1 REC-4");
  CHECK(story.names(row.openFollowUps) == "LIA-1 REC-2 REC-5");
  CHECK(story.state().rows().size() == entities);
}

TEST_CASE("what comes over is what stood open on the day of the opening, entered whenever") {
  LastYear story;
  story.on("2007-03-01").given("recommendation.considered", "REC-1");
  story.given("recommendation.rejected", "REC-1", {{"reason", "Not ours"}});
  story.on("2007-02-01");
  story.openAfter();
  INFO(story.why());
  REQUIRE(story.accepted());
  CHECK(story.names(story.as<Consultation>("CON-2").pendingRecommendations) == "REC-1 REC-4");
}

TEST_CASE("what came over once and is still open comes over again the year after") {
  LastYear story;
  story.on("2007-02-01");
  story.openAfter();
  story.on("2007-12-01").given("recommendation.started", "REC-2");
  story.given("recommendation.implemented", "REC-2");
  story.given("consultation.concluded", "CON-2", {{"outcome", "not-adopted"}});
  story.on("2008-01-10").given("consultation.planned", "CON-3", {{"title", "en:Third"}});
  story.given("consultation.opened", "CON-3", {{"after", "CON-2"}});
  const auto& row = story.as<Consultation>("CON-3");
  CHECK(story.names(row.pendingRecommendations) == "REC-1 REC-4");
  CHECK(story.names(row.openFollowUps) == "LIA-1 REC-5");
}

TEST_CASE("a party that was dissolved stays behind, and one that was invited keeps its standing") {
  LastYear story;
  story.on("2007-01-15").given("party.dissolved", "BR");
  story.given("consultation.invited", "CON-2", {{"party", "AR"}, {"standing", "observer"}});
  story.on("2007-02-01");
  story.openAfter();
  INFO(story.why());
  REQUIRE(story.accepted());
  const auto& row = story.as<Consultation>("CON-2");
  CHECK(seatOf(row, story.id("BR")) == nullptr);
  CHECK(seatOf(row, story.id("AR"))->standing == schema::Standing::OBSERVER);
}

TEST_CASE("the next cycle begins after the last one has ended, once, and after the planned one") {
  LastYear story;
  story.on("2006-12-01");
  story.given("consultation.planned", "CON-9", {{"title", "en:Another"}});
  story.when("consultation.opened", "CON-9", {{"after", "CON-1"}});
  CHECK(story.refusedBy("consultation.opened.after-concluded"));
  story.when("consultation.opened", "CON-9", {{"after", "CON-9"}});
  CHECK(story.refusedBy("consultation.opened.after-itself"));
  story.on("2007-02-01");
  story.openAfter("CON-9");
  CHECK(story.refusedBy("consultation.opened.after-planned"));
  story.openAfter();
  REQUIRE(story.accepted());
  story.when("consultation.opened", "CON-9", {{"after", "CON-1"}});
  CHECK(story.refusedBy("consultation.opened.after-once"));
}

TEST_CASE("what is more than one entry holds comes over in several") {
  LastYear story;
  story.on("2006-12-01");
  for (std::size_t i = 0; i < limits::list_items_max; ++i) {
    story.record("MORE-" + std::to_string(i), "CON-1");
  }
  story.on("2007-02-01");
  story.openAfter();
  INFO(story.why());
  REQUIRE(story.accepted());
  CHECK(story.enteredTypes().size() == 3);
  const auto& row = story.as<Consultation>("CON-2");
  CHECK(row.pendingRecommendations.size() == limits::list_items_max + 2);
}
