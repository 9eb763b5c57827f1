// Corrections and late entries that undo, or bring about, what the register enters by itself: only
// on somebody's authority.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "projections/rows/mou.h"
#include "tests/engine/consultation_story.h"
#include "tests/engine/running_procedure.h"
#include "tests/support/story_steps.h"

using namespace consulta;  // NOLINT
using test::newest;
using test::Story;
using test::Types;

namespace {

Story& ordered(Story& story) {
  return story.with("authority", "en:Presiding officer");
}

void objectOn(Story& story, const std::string& day) {
  story.on(day).when("consultation.objected", "CON-1", test::objection("AR"));
}

void checkReplay(const Story& story, const std::string& name) {
  const auto row = story.row(name);
  CHECK(row->equals(*story.state().timeline(row->head.id).fold(Story::catalogue())));
}

/// Revision 1 adopted by silence, by the clock.
struct ObservedByClock : test::UnderSilence {
  ObservedByClock() {
    on("2006-08-01").given("common.deadlinesReleased", "consultation:CON-1");
    REQUIRE(as<Consultation>("CON-1").adoptedRevision == 1);
  }
};

/// A vote that was carried by two votes, one of which was entered wrongly.
struct Counted : test::UnderVote {
  Counted() { count(); }
  void count() {
    on("2006-07-11").given("consultation.voteCast", "CON-1", test::ballot("AR", "in-favour"));
    wrong = newest(*this);
    on("2006-07-11").given("consultation.voteCast", "CON-1", test::ballot("UY", "in-favour"));
    on("2006-07-21").given("common.deadlinesReleased", "consultation:CON-1");
    REQUIRE(as<Consultation>("CON-1").votes.back().carried == true);
  }
  std::uint64_t wrong = 0;
};

/// In force for two years from March 2006, expired by the clock.
struct Expired : Story {
  Expired() { live(); }
  void live() {
    recordedAt("2006-04-01").on("2006-03-01");
    for (const std::string party : {"UNIDO", "SEGIB"}) {
      given("party.registered", party,
            {{"name", "en:" + party}, {"kind", "international-organization"}});
    }
    given("mou.proposed", "MOU-1", {{"title", "en:M"}, {"parties", {"UNIDO", "SEGIB"}}});
    given("mou.drafted", "MOU-1");
    given("mou.entryIntoForceSet", "MOU-1", {{"entry", "on-last-signature"}});
    given("mou.termSet", "MOU-1", {{"endsOn", "2008-02-29"}});
    term = newest(*this);
    given("mou.cleared", "MOU-1");
    given("mou.agreed", "MOU-1");
    given("mou.signed", "MOU-1", {{"party", "UNIDO"}});
    given("mou.signed", "MOU-1", {{"party", "SEGIB"}});
    REQUIRE(stateOf("MOU-1") == "in-force");
  }
  void expire() {
    recordedAt("2008-03-01").fallDue();
    REQUIRE(stateOf("MOU-1") == "expired");
    on("2008-03-01");
  }
  std::uint64_t term = 0;
};

}  // namespace

TEST_CASE("a late entry that undoes an adoption is refused with what would be withdrawn") {
  ObservedByClock story;
  objectOn(story, "2006-07-12");
  CHECK(story.refusedBy("consultation.silenceObserved.objections"));
  CHECK(story.refusedBy("consequence.undone"));
  CHECK(story.why().find("--authority") != std::string::npos);
  CHECK(story.as<Consultation>("CON-1").adoptedRevision == 1);
}

TEST_CASE("authority reaches to what follows from its own entry, and not to the next one") {
  ObservedByClock story;
  story.submitTogether({{{"type", "party.registered"},
                         {"entity", "ACME"},
                         {"occurred", "2006-07-12"},
                         {"authority", "en:Presiding officer"},
                         {"data", {{"name", "en:Acme"}, {"kind", "company"}}}},
                        {{"type", "consultation.objected"},
                         {"entity", "CON-1"},
                         {"occurred", "2006-07-12"},
                         {"data", {{"party", "AR"}, {"reason", "Too far"}}}}});
  CHECK(story.refusedBy("consequence.undone"));
  CHECK(story.as<Consultation>("CON-1").adoptedRevision == 1);
}

TEST_CASE("on authority the adoption is withdrawn, and what now follows is entered") {
  ObservedByClock story;
  ordered(story);
  objectOn(story, "2006-07-12");
  REQUIRE(story.enteredTypes() ==
          Types{"consultation.objected", "common.retraction", "consultation.silenceBroken"});
  for (const auto& record : story.entered()) {
    if (record == story.entered().front()) continue;
    CHECK(Position(record->get().getCause()) == story.entered().front()->position());
    CHECK(record->get().getActorLow() == 0);
  }
  const auto& row = story.as<Consultation>("CON-1");
  CHECK(row.adoptedRevision == 0);
  CHECK(row.silences.back().state == SilenceState::broken);
  checkReplay(story, "CON-1");
  story.recordedAt("2006-09-01").fallDue();
  CHECK(story.entered().empty());
}

TEST_CASE("on authority a procedure that had ended goes on where it now stands") {
  test::Silence72 story;
  story.table(1);
  story.recordedAt("2006-05-10").on("2006-05-10");
  story.silence(1, "2006-05-15");
  story.recordedAt("2006-05-16").fallDue();
  REQUIRE(story.stateOf("CON-1") == "concluded");
  objectOn(story, "2006-05-12");
  REQUIRE_FALSE(story.accepted());
  CHECK(std::ranges::count(story.failures(), "consequence.undone", &Failure::rule) == 3);
  ordered(story);
  objectOn(story, "2006-05-12");
  CHECK(story.enteredTypes() == Types{"consultation.objected", "common.retraction",
                                      "consultation.silenceBroken", "consultation.stepCompleted",
                                      "consultation.stepStarted"});
  CHECK(story.stateOf("CON-1") == "open");
  CHECK(story.row().outcome == schema::ConsultationOutcome::NOT_STATED);
  CHECK(story.run("revision").state == StepState::started);
  checkReplay(story, "CON-1");
}

TEST_CASE("what others have entered since stands in the way of authority too, and is named") {
  ObservedByClock story;
  story.given("office.established", "LAC", {{"name", "en:Bureau"}, {"kind", "headquarters-unit"}});
  story.given("correspondence.registered", "COR-1",
              {{"kind", "letter"},
               {"direction", "outgoing"},
               {"sender", "LAC"},
               {"addressees", {"UY"}},
               {"written", "2006-07-20"}});
  story.given("consultation.adoptionConfirmed", "CON-1", {{"letter", "COR-1"}});
  ordered(story);
  objectOn(story, "2006-07-12");
  CHECK(story.refusedBy("consultation.adoptionConfirmed.adopted"));
}

TEST_CASE("a corrected vote is counted again on authority") {
  Counted story;
  const boost::json::object right{{"vote", "against"}};
  test::correctEntry(story, "CON-1", story.wrong, right);
  CHECK(story.refusedBy("consequence.undone"));
  ordered(story);
  test::correctEntry(story, "CON-1", story.wrong, right);
  REQUIRE(story.enteredTypes() ==
          Types{"common.corrigendum", "common.retraction", "consultation.voteClosed"});
  const auto& vote = story.as<Consultation>("CON-1").votes.back();
  CHECK(vote.against == 1);
  CHECK(vote.carried == false);
  checkReplay(story, "CON-1");
}

TEST_CASE("a correction on authority that was a slip is undone with all that it changed") {
  Counted story;
  const auto before = story.as<Consultation>("CON-1");
  ordered(story);
  test::correctEntry(story, "CON-1", story.wrong, {{"vote", "against"}});
  REQUIRE(story.accepted());
  const auto correction = story.entered().front()->position().value;
  story.when("common.retraction", "CON-1", {{"retracts", correction}});
  INFO(story.why());
  REQUIRE(story.accepted());
  CHECK(story.as<Consultation>("CON-1") == before);
  checkReplay(story, "CON-1");
}

TEST_CASE("a correction is corrected by its own position") {
  Counted story;
  ordered(story);
  test::correctEntry(story, "CON-1", story.wrong, {{"vote", "against"}});
  const auto correction = story.entered().front()->position().value;
  ordered(story);
  test::correctEntry(story, "CON-1", correction, {{"vote", "abstains"}});
  INFO(story.why());
  REQUIRE(story.accepted());
  const auto& vote = story.as<Consultation>("CON-1").votes.back();
  CHECK(vote.abstained == 1);
  CHECK(vote.carried == true);
  checkReplay(story, "CON-1");
}

TEST_CASE("a silence whose deadline was later is observed at that one") {
  test::UnderSilence story;
  const auto wrong = newest(story);
  story.recordedAt("2006-07-15").on("2006-07-15");
  story.given("common.deadlinesReleased", "consultation:CON-1");
  REQUIRE(story.as<Consultation>("CON-1").adoptedRevision == 1);
  ordered(story);
  test::correctEntry(story, "CON-1", wrong, {{"deadline", "2006-07-21T18:00 Europe/Vienna"}});
  CHECK(story.enteredTypes() == Types{"common.corrigendum", "common.retraction"});
  CHECK(story.as<Consultation>("CON-1").adoptedRevision == 0);
  story.recordedAt("2006-07-22").fallDue();
  CHECK(story.enteredTypes() == Types{"consultation.silenceObserved"});
}

TEST_CASE("an extension that is entered after the adoption undoes it by the authority it states") {
  test::UnderSilence story;
  story.recordedAt("2006-07-15").on("2006-07-15");
  story.given("common.deadlinesReleased", "consultation:CON-1");
  REQUIRE(story.as<Consultation>("CON-1").adoptedRevision == 1);
  story.on("2006-07-13")
      .when("consultation.silenceExtended", "CON-1",
            {{"deadline", "2006-07-21T18:00 Europe/Vienna"},
             {"reason", "The text came late"},
             {"authority", "en:Presiding officer"}});
  INFO(story.why());
  CHECK(story.enteredTypes() == Types{"consultation.silenceExtended", "common.retraction"});
  const auto extension = story.entered().front()->position().value;
  CHECK(story.as<Consultation>("CON-1").adoptedRevision == 0);
  story.recordedAt("2006-07-22").fallDue();
  CHECK(story.enteredTypes() == Types{"consultation.silenceObserved"});
  // And where the extension itself was entered wrongly.
  story.on("2006-07-22");
  const boost::json::object right{{"deadline", "2006-07-28T18:00 Europe/Vienna"}};
  test::correctEntry(story, "CON-1", extension, right);
  CHECK(story.refusedBy("consequence.undone"));
  ordered(story);
  test::correctEntry(story, "CON-1", extension, right);
  CHECK(story.as<Consultation>("CON-1").adoptedRevision == 0);
  story.recordedAt("2006-07-29").fallDue();
  CHECK(story.as<Consultation>("CON-1").adoptedRevision == 1);
}

TEST_CASE("a correction that breaks a silence needs authority, and breaks it on the day it came") {
  test::UnderSilence story;
  story.on("2006-07-16")
      .given("consultation.objected", "CON-1", test::received("AR", "2006-07-14T18:20"));
  REQUIRE(story.entered().size() == 2);  // recorded as late
  const auto wrong = story.entered().front()->position().value;
  const boost::json::object right{{"receivedAt", "2006-07-14T17:20 Europe/Vienna"}};
  test::correctEntry(story, "CON-1", wrong, right);
  CHECK(story.refusedBy("consequence.undone"));
  ordered(story);
  test::correctEntry(story, "CON-1", wrong, right);
  INFO(story.why());
  CHECK(story.enteredTypes() ==
        Types{"common.corrigendum", "common.retraction", "consultation.silenceBroken"});
  checkReplay(story, "CON-1");
}

TEST_CASE("a memorandum whose term was longer has not expired") {
  Expired story;
  story.expire();
  const boost::json::object right{{"endsOn", "2010-02-28"}};
  test::correctEntry(story, "MOU-1", story.term, right);
  CHECK(story.refusedBy("consequence.undone"));
  ordered(story);
  test::correctEntry(story, "MOU-1", story.term, right);
  CHECK(story.enteredTypes() == Types{"common.corrigendum", "common.retraction"});
  CHECK(story.stateOf("MOU-1") == "in-force");
  story.recordedAt("2010-03-01").fallDue();
  CHECK(story.stateOf("MOU-1") == "expired");
}

TEST_CASE("a memorandum whose term was shorter expires by the correction, on authority") {
  Expired story;
  story.recordedAt("2007-06-01").on("2007-06-01");
  const boost::json::object right{{"endsOn", "2007-02-28"}};
  test::correctEntry(story, "MOU-1", story.term, right);
  CHECK(story.refusedBy("consequence.caused"));
  ordered(story);
  test::correctEntry(story, "MOU-1", story.term, right);
  REQUIRE(story.enteredTypes() == Types{"common.corrigendum", "mou.expired"});
  CHECK(story.entered().back()->get().getCause() == story.entered().front()->position().value);
  CHECK(story.stateOf("MOU-1") == "expired");
  checkReplay(story, "MOU-1");
}

TEST_CASE("a correction that changes nothing the register has entered needs no authority") {
  Expired story;
  story.expire();
  test::correctEntry(story, "MOU-1", story.row("MOU-1")->head.id.value, {{"title", "en:Accord"}});
  CHECK(story.enteredTypes() == Types{"common.corrigendum"});
  test::UnderSilence past;  // recorded in 2010: its outcome waits to be entered
  test::correctEntry(past, "CON-1", newest(past), {{"deadline", "2006-07-16T18:00 Europe/Vienna"}});
  CHECK(past.enteredTypes() == Types{"common.corrigendum"});
}
