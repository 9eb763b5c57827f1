// What a procedure has against acts that belong to another step, and what becomes of it when its
// consultation is suspended or reopened.
#include <doctest/doctest.h>

#include <chrono>
#include <string>

#include "engine/rules/decide.h"
#include "tests/engine/running_procedure.h"

using namespace consulta;  // NOLINT
using test::PlannedProcedure;
using test::shipped;
using test::Silence72;

namespace {

using namespace std::chrono_literals;
using Types = std::vector<std::string>;

constexpr auto bypass = "consultation.procedure.step";
constexpr auto officer = "en:Presiding officer";

/// A written consultation whose contributions are awaited, with a text tabled already.
struct Contributing : PlannedProcedure {
  Contributing() : PlannedProcedure(shipped("written-consultation"), "WRITTEN-CONSULTATION") {
    given("consultation.opened", "CON-1");
    given("consultation.stepReported", "CON-1", {{"step", "invitation"}, {"outcome", "sent"}});
    table(1);
    REQUIRE(accepted());
  }
  void conclude(const std::string& outcome) {
    when("consultation.concluded", "CON-1", {{"outcome", outcome}});
  }
  void consensus() { when("consultation.consensusDeclared", "CON-1", {{"revision", 1}}); }
  void vote() {
    when("consultation.voteOpened", "CON-1",
         {{"round", 1},
          {"majority", "simple"},
          {"quorum", 1},
          {"closes", "2006-05-20T18:00 Europe/Vienna"}});
  }
};

/// The silence on revision 1 observed, and the consultation concluded by that.
struct Adopted : Silence72 {
  Adopted() {
    table(1);
    recordedAt("2006-05-10").on("2006-05-10");
    silence(1, "2006-05-15");
    recordedAt("2006-05-16").fallDue();
    REQUIRE(stateOf("CON-1") == "concluded");
    on("2006-05-16");
  }
  void object() {
    when("consultation.objected", "CON-1",
         {{"party", "AR"},
          {"reason", "Too far"},
          {"revision", 1},
          {"receivedAt", "2006-05-14T12:00 Europe/Vienna"}});
  }
  void reopen() {
    when("consultation.reopened", "CON-1",
         {{"authority", officer},
          {"reason", "An objection was overlooked"},
          {"party", "AR"},
          {"receivedAt", "2006-05-14T12:00 Europe/Vienna"}});
  }
};

std::string inTheWayOf(const test::Story& story, const std::string& verb) {
  std::string out;
  for (const auto& one : possibleActs(story.state(), *story.row("CON-1"), 0)) {
    if (one.act->verb != verb) continue;
    for (const auto& failure : one.inTheWay) out += inEnglish(failure.text) + "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("what belongs to another step than is under way is refused, and says what is awaited") {
  Contributing story;
  const auto refused = [&] {
    INFO(story.why());
    CHECK(story.refusedBy(bypass));
    CHECK(story.why().find("step contributions is under way and waits for contributions") !=
          std::string::npos);
    CHECK(story.why().find("--authority") != std::string::npos);
  };
  story.consensus();
  refused();
  story.vote();
  refused();
  story.silence(1, "2006-05-15");
  refused();
  story.conclude("adopted");
  refused();
  story.conclude("not-adopted");
  refused();
}

TEST_CASE("what somebody has ordered is entered, whatever step is under way") {
  {
    Contributing story;
    story.with("authority", officer);
    story.consensus();
    CHECK(story.accepted());
    story.conclude("adopted");
    CHECK(story.refusedBy(bypass));
    story.with("authority", officer);
    story.conclude("adopted");
    CHECK(story.accepted());
  }
  Contributing story;
  story.with("authority", officer);
  story.vote();
  CHECK(story.accepted());
  CHECK(story.run("contributions").state == StepState::started);
}

TEST_CASE("a text is put under silence in its step, and a vote is not opened there") {
  Silence72 story;
  story.silence(1, "2006-05-15");
  CHECK(story.refusedBy(bypass));
  story.table(1);
  story.when("consultation.voteOpened", "CON-1",
             {{"round", 1}, {"majority", "simple"}, {"closes", "2006-05-20T18:00 Europe/Vienna"}});
  CHECK(story.refusedBy(bypass));
  story.silence(1, "2006-05-15");
  CHECK(story.accepted());
}

TEST_CASE("what may be entered now says the same as the rules") {
  Contributing story;
  for (const std::string verb :
       {"declare-consensus", "open-vote", "put-under-silence", "conclude"}) {
    CAPTURE(verb);
    CHECK(inTheWayOf(story, verb).find("step contributions is under way") != std::string::npos);
  }
  CHECK(inTheWayOf(story, "withdraw").empty());
  CHECK(inTheWayOf(story, "table").empty());
}

TEST_CASE("a late entry is not held up by what was lawful when it was entered") {
  Silence72 story;
  story.table(1);
  story.later(1h).on("2006-05-03");
  story.recordedAt("2006-05-10").on("2006-05-10");
  story.silence(1, "2006-05-15");
  story.later(1h).on("2006-05-09");
  story.when("consultation.contributed", "CON-1", {{"party", "AR"}, {"contribution", "Yes"}});
  CHECK(story.accepted());
}

TEST_CASE("an observed silence that is reopened was broken, and the procedure goes on from that") {
  Adopted story;
  story.object();
  CHECK(story.refusedBy("consultation.objected.reopen"));
  story.reopen();
  REQUIRE(story.enteredTypes() ==
          Types{"consultation.reopened", "consultation.stepCompleted", "consultation.stepStarted"});
  CHECK(story.run("silence").outcome == "broken");
  CHECK(story.run("revision").state == StepState::started);
  story.object();
  CHECK(story.accepted());
  story.later(1h);
  story.table(2);
  CHECK(story.run("silence").state == StepState::started);
  story.silence(2, "2006-05-22");
  INFO(story.why());
  CHECK(story.accepted());
  story.recordedAt("2006-05-23").fallDue();
  CHECK(story.stateOf("CON-1") == "concluded");
  CHECK(story.row().adoptedRevision == 2);
}

TEST_CASE("the objection is entered also where the procedure ends with a broken silence") {
  auto text = shipped("silence-72");
  text.replace(text.find("on.broken = \"revision\""), 22, "on.broken = \"not-adopted\"");
  text.erase(text.find("[[step]]\nname = \"revision\""));
  PlannedProcedure story(text, "SILENCE-72");
  story.given("consultation.opened", "CON-1");
  story.table(1);
  story.recordedAt("2006-05-10").on("2006-05-10");
  story.silence(1, "2006-05-15");
  story.recordedAt("2006-05-16").fallDue();
  story.on("2006-05-16");
  story.given("consultation.reopened", "CON-1",
              {{"authority", officer}, {"reason", "An objection was overlooked"}});
  CHECK(story.row().outcome == schema::ConsultationOutcome::NOT_ADOPTED);
  story.when("consultation.objected", "CON-1", {{"party", "AR"}, {"reason", "Too far"}});
  INFO(story.why());
  CHECK(story.accepted());
}

TEST_CASE("what had led to the end that is undone is done anew, with time for it") {
  test::UnderRevision story;
  story.recordedAt("2006-05-27").fallDue();
  REQUIRE(story.stateOf("CON-1") == "concluded");
  story.on("2006-05-27");
  story.given("consultation.reopened", "CON-1",
              {{"authority", officer}, {"reason", "The text came after all"}});
  CHECK(story.enteredTypes() == Types{"consultation.reopened", "consultation.stepStarted"});
  CHECK(story.run("revision").state == StepState::started);
  CHECK(story.run("revision").due.date.edtf > "2006-06-01");
  story.table(2);
  CHECK(story.run("silence").state == StepState::started);
}

TEST_CASE("what a consensus that is undone had led to is not under way any more") {
  PlannedProcedure story(shipped("mou-clearance"), "MOU-CLEARANCE");
  story.given("consultation.opened", "CON-1");
  story.table(1);
  for (const std::string step : {"legal-review", "financial-review"}) {
    story.given("consultation.stepReported", "CON-1", {{"step", step}, {"outcome", "taken"}});
  }
  story.given("consultation.consensusDeclared", "CON-1", {{"revision", 1}});
  REQUIRE(story.run("signature").state == StepState::started);
  story.given("consultation.reopened", "CON-1",
              {{"authority", officer}, {"reason", "A party had not been heard"}});
  CHECK(story.run("signature").state == StepState::completed);
  CHECK(story.run("signature").outcome == "reopened");
  CHECK(story.run("agreement").state == StepState::started);
  story.given("consultation.consensusDeclared", "CON-1", {{"revision", 1}});
  CHECK(story.run("signature").state == StepState::started);
}

TEST_CASE("a silence stands still while the consultation is suspended, and its deadline moves on") {
  Silence72 story;
  story.table(1);
  story.recordedAt("2006-05-10").on("2006-05-10");
  story.silence(1, "2006-05-15");
  story.recordedAt("2006-05-14").on("2006-05-14");
  story.given("consultation.suspended", "CON-1", {{"reason", "Elections"}});
  story.recordedAt("2006-05-18").fallDue();
  CHECK(story.entered().empty());
  story.on("2006-05-18");
  story.given("consultation.resumed", "CON-1");
  CHECK(story.enteredTypes() == Types{"consultation.resumed", "consultation.silenceExtended"});
  CHECK(story.row().silences.back().deadline.local == "2006-05-20T18:00");
  CHECK(story.row().silences.back().suspendedSince.edtf.empty());
  story.recordedAt("2006-05-20T15:59:59Z").fallDue();
  CHECK(story.entered().empty());
  story.recordedAt("2006-05-21").fallDue();
  CHECK(story.row().adoptedRevision == 1);
  CHECK(story.stateOf("CON-1") == "concluded");
}

TEST_CASE("an objection to a silence that stands still breaks it, whatever its old deadline was") {
  Silence72 story;
  story.table(1);
  story.recordedAt("2006-05-10").on("2006-05-10");
  story.silence(1, "2006-05-15");
  story.recordedAt("2006-05-14").on("2006-05-14");
  story.given("consultation.suspended", "CON-1", {{"reason", "Elections"}});
  story.recordedAt("2006-05-17").on("2006-05-17");
  story.given("consultation.objected", "CON-1", {{"party", "AR"}, {"reason", "Too far"}});
  CHECK(story.enteredTypes() == Types{"consultation.objected", "consultation.silenceBroken"});
  story.given("consultation.resumed", "CON-1");
  CHECK(story.run("revision").state == StepState::started);
}
