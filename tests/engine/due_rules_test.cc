// What falls due by the clock, and what never does.
#include <doctest/doctest.h>

#include <limits>
#include <string>

#include "projections/rows/liaison.h"
#include "projections/rows/mandate.h"
#include "projections/rows/mou.h"
#include "projections/tasks.h"
#include "tests/engine/consultation_story.h"

using namespace consulta;  // NOLINT
using test::Story;
using test::Types;

namespace {

constexpr auto for_ever = std::numeric_limits<std::int64_t>::max();

/// As it happens: a consultation under silence from 10 to 14 July 2006, 18:00 in Vienna.
struct RunningSilence : Story {
  RunningSilence() {
    recordedAt("2006-07-01").on("2006-06-01");
    for (const std::string party : {"AR", "UY"}) {
      given("party.registered", party, {{"name", "en:" + party}, {"kind", "institution"}});
    }
    given("consultation.planned", "CON-1", {{"title", "en:On the programme"}});
    for (const std::string party : {"AR", "UY"}) {
      given("consultation.invited", "CON-1", {{"party", party}, {"standing", "eligible"}});
    }
    given("consultation.opened", "CON-1");
    given("consultation.tabled", "CON-1", {{"revision", 1}, {"text", "en:We agree"}});
    recordedAt("2006-07-10").on("2006-07-10");
    given("consultation.putUnderSilence", "CON-1",
          {{"revision", 1}, {"deadline", "2006-07-14T18:00 Europe/Vienna"}});
  }
  Position newest() { return row("CON-1")->head.last; }
};

std::vector<Task> tasksOf(const Story& story, const std::string& now) {
  std::vector<Task> out;
  eachTask(story.state(), dateBounds(now).value().earliestNs, for_ever, [&](const Task& task) {
    out.push_back(task);
    return true;
  });
  return out;
}

/// A mandate with one request, due before a session whose dates are not known.
struct BeforeSession : Story {
  BeforeSession() {
    recordedAt("2006-01-10").on("2005-12-02");
    given("reference.listed", "body/IDB", {{"list", "body"}, {"code", "IDB"}, {"names", "en:B"}});
    given("reference.listed", "body/GC", {{"list", "body"}, {"code", "GC"}, {"names", "en:C"}});
    given("session.listed", "IDB.31", {{"body", "IDB"}, {"number", 31}});
    given("mandate.adopted", "GC.11/Res.1", {{"title", "en:Programme"}, {"body", "GC"}});
    given("mandate.requestMade", "GC.11/Res.1",
          {{"number", "1"},
           {"text", "en:Prepare it"},
           {"addressee", "en:Director General"},
           {"deadline", {{"beforeSession", "IDB.31"}}}});
  }
};

}  // namespace

TEST_CASE("a silence is observed once its deadline has passed, and not within its last second") {
  RunningSilence story;
  const auto cause = story.newest();
  story.recordedAt("2006-07-14T16:00:00Z").fallDue();
  CHECK(story.entered().empty());
  story.recordedAt("2006-07-14T16:00:01Z").fallDue();
  REQUIRE(story.enteredTypes() == Types{"consultation.silenceObserved"});
  const auto record = story.entered().front()->get();
  CHECK(Position(record.getCause()) == cause);
  CHECK(record.getActorHigh() + record.getActorLow() == 0);
  CHECK(record.getOccurred().getEdtf() == "2006-07-14T16:00:00Z");
  CHECK(record.getEvent().getConsultation().getSilenceObserved().getLateSeconds() == 1);
  CHECK(story.as<Consultation>("CON-1").adoptedRevision == 1);
}

TEST_CASE("what has fallen due is entered once") {
  RunningSilence story;
  story.recordedAt("2006-07-20").fallDue();
  CHECK(story.entered().size() == 1);
  story.recordedAt("2006-08-20").fallDue();
  CHECK(story.entered().empty());
}

TEST_CASE("how late it is entered stands in the entry") {
  RunningSilence story;
  story.recordedAt("2006-07-15T16:00:00Z").fallDue();
  const auto record = story.entered().front()->get();
  CHECK(record.getEvent().getConsultation().getSilenceObserved().getLateSeconds() == 86'400);
}

TEST_CASE("a deadline that was past when it was entered never fires, and waits for its outcome") {
  test::UnderSilence story;  // recorded in 2010
  story.fallDue();
  CHECK(story.entered().empty());
  const auto tasks = tasksOf(story, "2010-01-01");
  REQUIRE(tasks.size() == 1);
  CHECK(tasks[0].due.kind == DueKind::silence);
  CHECK(tasks[0].standing == TaskStanding::toBeEntered);
}

TEST_CASE("an objection in time leaves nothing to fall due") {
  RunningSilence story;
  story.recordedAt("2006-07-12").on("2006-07-12");
  story.given("consultation.objected", "CON-1", {{"party", "AR"}, {"reason", "Too far"}});
  story.recordedAt("2006-07-20").fallDue();
  CHECK(story.entered().empty());
}

TEST_CASE("a silence that is extended falls due at its new deadline") {
  RunningSilence story;
  story.recordedAt("2006-07-13").on("2006-07-13");
  story.given("consultation.silenceExtended", "CON-1",
              {{"deadline", "2006-07-21T18:00 Europe/Vienna"},
               {"authority", "en:Presiding officer"},
               {"reason", "Late"}});
  story.recordedAt("2006-07-15").fallDue();
  CHECK(story.entered().empty());
  CHECK(tasksOf(story, "2006-07-15").at(0).standing == TaskStanding::waits);
  CHECK(tasksOf(story, "2006-07-22").at(0).standing == TaskStanding::comesFirst);
  story.recordedAt("2006-07-22").fallDue();
  CHECK(story.entered().size() == 1);
}

TEST_CASE("a vote is counted at its hour") {
  RunningSilence story;
  story.recordedAt("2006-07-15").fallDue();
  story.on("2006-07-15");
  story.given("consultation.reopened", "CON-1",
              {{"authority", "en:Presiding officer"}, {"reason", "A vote was asked for"}});
  story.on("2006-07-15");
  story.given("consultation.voteOpened", "CON-1",
              {{"round", 1},
               {"majority", "simple"},
               {"quorum", 1},
               {"closes", "2006-07-20T18:00 Europe/Vienna"}});
  story.on("2006-07-16").recordedAt("2006-07-16");
  story.given("consultation.voteCast", "CON-1", test::ballot("AR", "in-favour"));
  story.recordedAt("2006-07-21").fallDue();
  REQUIRE(story.enteredTypes() == Types{"consultation.voteClosed"});
  const auto& round = story.as<Consultation>("CON-1").votes.back();
  CHECK(round.inFavour == 1);
  CHECK(round.notVoting == 1);
  CHECK(round.carried == true);
}

TEST_CASE("a request due before a session is overdue once its first day is over") {
  BeforeSession story;
  story.recordedAt("2006-09-01").fallDue();
  CHECK(story.entered().empty());
  CHECK(tasksOf(story, "2006-09-01").at(0).overdue == Overdue::possibly);
  story.recordedAt("2006-05-01").on("2006-05-01");
  story.given("session.dated", "IDB.31", {{"dates", "2006-06-13/2006-06-15"}});
  story.recordedAt("2006-06-13T23:00:00Z").fallDue();
  CHECK(story.entered().empty());
  story.recordedAt("2006-06-14T00:00:00Z").fallDue();
  REQUIRE(story.enteredTypes() == Types{"mandate.requestOverdue"});
  CHECK(story.as<Mandate>("GC.11/Res.1").requests[0].overdueSince.edtf == "2006-06-13");
  story.recordedAt("2006-07-01").fallDue();
  CHECK(story.entered().empty());
}

TEST_CASE("when a session moves, what is due before it moves with it") {
  BeforeSession story;
  story.recordedAt("2006-05-01").on("2006-05-01");
  story.given("session.dated", "IDB.31", {{"dates", "2006-06-13/2006-06-15"}});
  story.recordedAt("2006-06-01").on("2006-06-01");
  story.given("session.dated", "IDB.31", {{"dates", "2006-10-02/2006-10-04"}});
  story.recordedAt("2006-07-01").fallDue();
  CHECK(story.entered().empty());
  story.recordedAt("2006-10-03").fallDue();
  CHECK(story.entered().size() == 1);
}

TEST_CASE("a session whose dates become known when they are past makes nothing fall due") {
  BeforeSession story;
  story.recordedAt("2007-01-01").on("2006-05-01");
  story.given("session.dated", "IDB.31", {{"dates", "2006-06-13/2006-06-15"}});
  story.fallDue();
  CHECK(story.entered().empty());
  CHECK(tasksOf(story, "2007-01-01").at(0).overdue == Overdue::yes);
}

TEST_CASE("a memorandum enters into force on its day and expires after its term") {
  Story story;
  story.recordedAt("2006-04-01").on("2006-03-01");
  for (const std::string party : {"UNIDO", "SEGIB"}) {
    story.given("party.registered", party,
                {{"name", "en:" + party}, {"kind", "international-organization"}});
  }
  story.given("mou.proposed", "MOU-1", {{"title", "en:M"}, {"parties", {"UNIDO", "SEGIB"}}});
  story.given("mou.drafted", "MOU-1");
  story.given("mou.entryIntoForceSet", "MOU-1", {{"entry", "on-date"}, {"date", "2006-09-01"}});
  story.given("mou.termSet", "MOU-1", {{"endsOn", "2008-08-31"}});
  story.given("mou.cleared", "MOU-1");
  story.given("mou.agreed", "MOU-1");
  story.given("mou.signed", "MOU-1", {{"party", "UNIDO"}});
  story.given("mou.signed", "MOU-1", {{"party", "SEGIB"}});
  story.recordedAt("2006-08-31T23:59:59Z").fallDue();
  CHECK(story.entered().empty());
  story.recordedAt("2006-09-01").fallDue();
  REQUIRE(story.enteredTypes() == Types{"mou.enteredIntoForce"});
  CHECK(story.as<Mou>("MOU-1").inForceOn.edtf == "2006-09-01");
  story.recordedAt("2008-08-31T12:00:00Z").fallDue();
  CHECK(story.entered().empty());
  story.recordedAt("2008-09-01").fallDue();
  REQUIRE(story.enteredTypes() == Types{"mou.expired"});
  CHECK(story.stateOf("MOU-1") == "expired");
}

TEST_CASE("a follow-up that is not done by its day is noted on the next") {
  Story story;
  story.recordedAt("2006-03-01").on("2006-03-01");
  story.given("party.registered", "UY", {{"name", "en:Uruguay"}, {"kind", "institution"}});
  story.given("office.established", "LAC", {{"name", "en:Bureau"}, {"kind", "headquarters-unit"}});
  story.given("liaison.logged", "LIA-1",
              {{"office", "LAC"}, {"party", "UY"}, {"channel", "letter"}, {"subject", "Dates"}});
  story.given("liaison.followUpAsked", "LIA-1", {{"what", "Ask again"}, {"due", "2006-03-31"}});
  story.recordedAt("2006-03-31T23:00:00Z").fallDue();
  CHECK(story.entered().empty());
  story.recordedAt("2006-04-01").fallDue();
  REQUIRE(story.enteredTypes() == Types{"liaison.overdue"});
  CHECK(story.entered().front()->get().getOccurred().getEdtf() == "2006-04-01");
  CHECK(story.as<Liaison>("LIA-1").overdue);
  CHECK(tasksOf(story, "2006-04-02").size() == 1);
}

TEST_CASE("parties that were asked by one day fall due together, those who answered do not") {
  Story story;
  story.recordedAt("2006-03-01").on("2006-03-01");
  story.given("meeting.scheduled", "MTG-1", {{"kind", "expert-group"}, {"title", "en:Experts"}});
  for (const std::string party : {"AR", "BR", "UY"}) {
    story.given("party.registered", party, {{"name", "en:" + party}, {"kind", "institution"}});
    story.given("meeting.invited", "MTG-1", {{"party", party}, {"replyBy", "2006-04-15"}});
  }
  story.given("meeting.answered", "MTG-1", {{"party", "BR"}, {"answer", "accepted"}});
  story.recordedAt("2006-04-16").fallDue();
  CHECK(story.enteredTypes() == Types{"meeting.answerOverdue", "meeting.answerOverdue"});
  story.fallDue();
  CHECK(story.entered().empty());
}
