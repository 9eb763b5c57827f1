// Deadlines that were past when they were entered, and are released by an administrator.
#include <doctest/doctest.h>

#include <string>

#include "tests/engine/consultation_story.h"
#include "tests/engine/running_procedure.h"
#include "tests/support/story_steps.h"

using namespace consulta;  // NOLINT
using test::Story;
using test::Types;

namespace {

void release(Story& story, const std::string& until = {}) {
  boost::json::object data;
  if (!until.empty()) data["until"] = until;
  story.when("common.deadlinesReleased", "consultation:CON-1", data);
}

}  // namespace

TEST_CASE("a past deadline that is released takes effect on its day, because of the release") {
  test::UnderSilence story;  // recorded in 2010
  story.on("2006-08-01");
  release(story);
  REQUIRE(story.enteredTypes() ==
          Types{"common.deadlinesReleased", "consultation.silenceObserved"});
  const auto record = story.entered().back()->get();
  CHECK(Position(record.getCause()) == story.entered().front()->position());
  CHECK(record.getOccurred().getEdtf() == "2006-07-14T16:00:00Z");
  CHECK(story.as<Consultation>("CON-1").adoptedRevision == 1);
  release(story);
  CHECK(story.refusedBy("common.deadlinesReleased.some"));
}

TEST_CASE("only what had come by the day that is named is released") {
  test::UnderSilence story;
  release(story, "2006-07-13");
  CHECK(story.refusedBy("common.deadlinesReleased.some"));
  release(story, "2006-07-14T15:59:59Z");
  CHECK(story.refusedBy("common.deadlinesReleased.some"));
  release(story, "2006-07-14T16:00:00Z");
  CHECK(story.accepted());
}

TEST_CASE("what is ahead is never released") {
  test::UnderSilence story;
  story.recordedAt("2006-07-12");
  release(story, "2006-07-20");
  CHECK(story.refusedBy("common.deadlinesReleased.some"));
}

TEST_CASE("no deadline comes while the silence stands still with the consultation") {
  test::UnderSilence story;
  story.on("2006-07-14").given("consultation.suspended", "CON-1", {{"reason", "Redrafting"}});
  release(story, "2006-08-01");
  CHECK(story.refusedBy("common.deadlinesReleased.some"));
}

TEST_CASE("a silence that stood still has its outcome at the deadline that it moved to") {
  test::UnderSilence story;
  story.on("2006-07-14").given("consultation.suspended", "CON-1", {{"reason", "Redrafting"}});
  story.on("2006-07-20").given("consultation.resumed", "CON-1");
  CHECK(story.enteredTypes() == Types{"consultation.resumed", "consultation.silenceExtended"});
  release(story, "2006-07-20");
  CHECK(story.refusedBy("common.deadlinesReleased.some"));
  release(story, "2006-08-01");
  REQUIRE(story.enteredTypes() ==
          Types{"common.deadlinesReleased", "consultation.silenceObserved"});
  CHECK(story.entered().back()->get().getOccurred().getEdtf() == "2006-07-21T16:00:00Z");
}

TEST_CASE("a silence whose deadline had passed before the suspension has its outcome before it") {
  test::UnderSilence story;
  story.on("2006-07-17").given("consultation.suspended", "CON-1", {{"reason", "Redrafting"}});
  story.on("2006-07-20").given("consultation.resumed", "CON-1");
  CHECK(story.enteredTypes() == Types{"consultation.resumed"});
  release(story, "2006-08-01");
  INFO(story.why());
  REQUIRE(story.accepted());
  CHECK(story.entered().back()->get().getOccurred().getEdtf() == "2006-07-14T16:00:00Z");
}

TEST_CASE("a vote whose hour came during a suspension is counted on the resumption") {
  test::UnderVote story;
  story.on("2006-07-18").given("consultation.suspended", "CON-1", {{"reason", "Redrafting"}});
  story.on("2006-07-25").given("consultation.resumed", "CON-1");
  release(story, "2006-08-01");
  INFO(story.why());
  REQUIRE(story.enteredTypes() == Types{"common.deadlinesReleased", "consultation.voteClosed"});
  CHECK(story.entered().back()->get().getOccurred().getEdtf() == "2006-07-25");
}

TEST_CASE("what a step was to be reminded of during a suspension holds back no other deadline") {
  test::PastRevision story;
  story.on("2006-05-22").given("consultation.suspended", "CON-1", {{"reason", "Elections"}});
  story.on("2006-05-24").given("consultation.resumed", "CON-1");
  story.on("2006-06-30");
  release(story);
  INFO(story.why());
  CHECK(story.enteredTypes() == Types{"common.deadlinesReleased", "consultation.stepOverdue",
                                      "consultation.stepCompleted", "consultation.concluded"});
}

TEST_CASE("released deadlines come in their order, with all that follows from each") {
  test::PastRevision story;
  story.fallDue();
  CHECK(story.entered().empty());
  story.on("2006-05-23");
  release(story);
  CHECK(story.enteredTypes() == Types{"common.deadlinesReleased", "consultation.reminderDue"});
  story.on("2006-06-30");
  release(story);
  CHECK(story.enteredTypes() == Types{"common.deadlinesReleased", "consultation.stepOverdue",
                                      "consultation.stepCompleted", "consultation.concluded"});
  CHECK(story.stateOf("CON-1") == "concluded");
}

TEST_CASE("an administrator releases, and nobody else where there is one") {
  test::UnderSilence story;
  const std::string one = "00000000-0000-0000-0000-000000000001";
  test::listItem(story, "language", "en");
  story.given("register.opened", "REG",
              {{"organization", "en:Test"},
               {"timeZone", "UTC"},
               {"languages", {"en"}},
               {"registerId", "0190a5e2-7c41-7d0e-9b1f-3a5c8e2f6d47"}});
  story.given("register.actorEnrolled", "REG", {{"actor", one}, {"name", "Somebody"}});
  story.given("register.roleGranted", "REG", {{"actor", one}, {"role", "administrator"}});
  story.by(2);
  release(story, "2006-08-01");
  CHECK(story.refusedBy("common.deadlinesReleased.administrator"));
  story.by(1);
  release(story, "2006-08-01");
  CHECK(story.accepted());
}
