#include <doctest/doctest.h>

#include "tests/engine/consultation_story.h"

namespace consulta::test {

TEST_CASE("only a concluded consultation is found with an outcome") {
  Story story;
  story.when("consultation.found", "CON-1",
             {{"title", "en:Energy"}, {"state", "open"}, {"outcome", "adopted"}});
  CHECK(story.refusedBy("consultation.found.outcome"));
  story.when("consultation.found", "CON-1",
             {{"title", "en:Energy"}, {"state", "concluded"}, {"outcome", "adopted"}});
  CHECK(story.accepted());
}

TEST_CASE("a party is invited once, and its standing may be put right before the opening") {
  Planned story;
  story.when("consultation.invited", "CON-1", {{"party", "AR"}, {"standing", "eligible"}});
  CHECK(story.refusedBy("consultation.invited.once"));
  story.when("consultation.invited", "CON-1",
             {{"party", "AR"}, {"standing", "eligible"}, {"replyBy", "2006-06-15"}});
  CHECK(story.accepted());
  story.given("consultation.invited", "CON-1", {{"party", "MX"}, {"standing", "eligible"}});
  CHECK(eligibleParties(story.as<Consultation>("CON-1")).size() == 4);
}

TEST_CASE("the roll of those who are counted is fixed when the consultation opens") {
  Opened story;
  story.when("consultation.invited", "CON-1", {{"party", "CL"}, {"standing", "eligible"}});
  CHECK(story.refusedBy("consultation.invited.roll"));
  story.when("consultation.invited", "CON-1", {{"party", "CL"}, {"standing", "observer"}});
  CHECK(story.accepted());
  story.when("consultation.rollChanged", "CON-1",
             {{"party", "CL"}, {"standing", "eligible"}, {"reason", "Joined the group"}});
  CHECK(story.accepted());
  story.when("consultation.rollChanged", "CON-1",
             {{"party", "CL"}, {"standing", "eligible"}, {"reason", "Joined the group"}});
  CHECK(story.refusedBy("consultation.rollChanged.changes"));
}

TEST_CASE("only a party on the roll is struck off, contributes or explains its position") {
  Opened story;
  story.when("consultation.struckOff", "CON-1", {{"party", "CL"}, {"reason", "Left"}});
  CHECK(story.refusedBy("consultation.struckOff.roll"));
  story.when("consultation.contributed", "CON-1", {{"party", "CL"}, {"contribution", "We agree"}});
  CHECK(story.refusedBy("consultation.contributed.roll"));
  story.when("consultation.positionExplained", "CON-1", {{"party", "CL"}, {"explanation", "So"}});
  CHECK(story.refusedBy("consultation.positionExplained.roll"));
  story.when("consultation.contributed", "CON-1", {{"party", "MX"}, {"contribution", "We agree"}});
  CHECK(story.accepted());
  story.when("consultation.struckOff", "CON-1", {{"party", "MX"}, {"reason", "Left"}});
  CHECK(story.accepted());
  CHECK(seatOf(story.as<Consultation>("CON-1"), EntityId(4)) == nullptr);
}

TEST_CASE("a consultation does not close before it opens") {
  Planned story;
  story.on("2006-07-01").when("consultation.opened", "CON-1", {{"closes", "2006-06-15"}});
  CHECK(story.refusedBy("consultation.opened.closes"));
  story.when("consultation.opened", "CON-1", {{"closes", "2006-07"}});
  CHECK(story.accepted());
}

TEST_CASE("each revision of a text has a higher number and says what is tabled") {
  Tabled story;
  story.when("consultation.tabled", "CON-1", {{"revision", 1}, {"text", "en:Again"}});
  CHECK(story.refusedBy("consultation.tabled.revision"));
  story.when("consultation.tabled", "CON-1", {{"revision", 2}});
  CHECK(story.refusedBy("consultation.tabled.text"));
}

TEST_CASE("only a text that was tabled is put under silence") {
  Opened story;
  const boost::json::object silence{{"revision", 1},
                                    {"deadline", "2006-07-14T18:00 Europe/Vienna"}};
  story.when("consultation.putUnderSilence", "CON-1", silence);
  CHECK(story.refusedBy("consultation.putUnderSilence.text"));
}

TEST_CASE("a silence lasts at least 72 hours unless a decision is named") {
  Tabled story;
  const boost::json::object shorter{{"revision", 1},
                                    {"deadline", "2006-07-12T18:00 Europe/Vienna"}};
  story.on("2006-07-10").when("consultation.putUnderSilence", "CON-1", shorter);
  CHECK(story.refusedBy("consultation.putUnderSilence.hours"));
  story.with("grounds", boost::json::array{"party:AR"});
  story.when("consultation.putUnderSilence", "CON-1", shorter);
  CHECK(story.accepted());
}

TEST_CASE("the deadline of a silence lies after its beginning") {
  Tabled story;
  story.on("2006-07-20")
      .when("consultation.putUnderSilence", "CON-1",
            {{"revision", 1}, {"deadline", "2006-07-14T18:00 Europe/Vienna"}});
  CHECK(story.refusedBy("consultation.putUnderSilence.deadline"));
}

TEST_CASE("a text is not put under silence twice, nor while a vote is open") {
  UnderSilence story;
  const boost::json::object again{{"revision", 1}, {"deadline", "2006-07-19T18:00 Europe/Vienna"}};
  story.on("2006-07-12").when("consultation.putUnderSilence", "CON-1", again);
  CHECK(story.refusedBy("consultation.putUnderSilence.once"));
  UnderVote voting;
  voting.on("2006-07-12").when("consultation.putUnderSilence", "CON-1", again);
  CHECK(voting.refusedBy("consultation.putUnderSilence.vote"));
}

TEST_CASE("a vote is not allowed while a text is under silence") {
  UnderSilence story;
  story.on("2006-07-12")
      .when("consultation.voteOpened", "CON-1",
            {{"round", 1}, {"majority", "simple"}, {"closes", "2006-07-20T18:00 Europe/Vienna"}});
  CHECK(story.refusedBy("consultation.voteOpened.silence"));
  story.when("consultation.positionExplained", "CON-1", {{"party", "UY"}, {"explanation", "So"}});
  CHECK(story.accepted());
}

TEST_CASE("a silence is observed after its deadline and never before") {
  UnderSilence story;
  const boost::json::object end{{"revision", 1}, {"deadline", "2006-07-14T18:00 Europe/Vienna"}};
  story.on("2006-07-13").when("consultation.silenceObserved", "CON-1", end);
  CHECK(story.refusedBy("consultation.silenceObserved.deadline"));
  story.on("2006-07-14T16:00:01Z").given("consultation.silenceObserved", "CON-1", end);
  CHECK(story.as<Consultation>("CON-1").adoptedRevision == 1);
  story.when("consultation.silenceObserved", "CON-1", end);
  CHECK(story.refusedBy("consultation.silenceObserved.running"));
}

TEST_CASE("a silence is not observed on a date that may lie before its deadline") {
  UnderSilence story;
  const boost::json::object end{{"revision", 1}, {"deadline", "2006-07-14T18:00 Europe/Vienna"}};
  story.on("2006-07-14").when("consultation.silenceObserved", "CON-1", end);
  CHECK(story.refusedBy("consultation.silenceObserved.deadline"));
  story.on("2006-07-14T18:00:00+02:00").when("consultation.silenceObserved", "CON-1", end);
  CHECK(story.accepted());
}

TEST_CASE("a silence is extended only while it runs, and only to a later hour") {
  UnderSilence story;
  story.on("2006-07-12")
      .when("consultation.silenceExtended", "CON-1", extension("2006-07-13T18:00"));
  CHECK(story.refusedBy("consultation.silenceExtended.later"));
  auto another = extension("2006-07-21T18:00");
  another["revision"] = 2;
  story.when("consultation.silenceExtended", "CON-1", another);
  CHECK(story.refusedBy("consultation.silenceExtended.revision"));
  story.given("consultation.silenceExtended", "CON-1", extension("2006-07-21T18:00"));
  CHECK(story.as<Consultation>("CON-1").silences.back().extensions == 1);
  story.on("2006-07-22")
      .when("consultation.silenceExtended", "CON-1", extension("2006-07-28T18:00"));
  CHECK(story.refusedBy("consultation.silenceExtended.in-time"));
  Tabled idle;
  idle.when("consultation.silenceExtended", "CON-1", extension("2006-07-21T18:00"));
  CHECK(idle.refusedBy("consultation.silenceExtended.running"));
}

TEST_CASE("a silence is extended on somebody's authority and for a reason") {
  UnderSilence story;
  auto bare = extension("2006-07-21T18:00");
  bare.erase("authority");
  story.on("2006-07-12").when("consultation.silenceExtended", "CON-1", bare);
  CHECK_FALSE(story.accepted());
  bare = extension("2006-07-21T18:00");
  bare.erase("reason");
  story.when("consultation.silenceExtended", "CON-1", bare);
  CHECK_FALSE(story.accepted());
}

TEST_CASE("on the day of the deadline an extension needs its hour") {
  UnderSilence story;
  story.on("2006-07-14")
      .when("consultation.silenceExtended", "CON-1", extension("2006-07-21T18:00"));
  CHECK(story.refusedBy("consultation.silenceExtended.hour"));
  story.on("2006-07").when("consultation.silenceExtended", "CON-1", extension("2006-07-21T18:00"));
  CHECK(story.refusedBy("consultation.silenceExtended.hour"));
  story.on("2006-07-14T17:59:00+02:00")
      .when("consultation.silenceExtended", "CON-1", extension("2006-07-21T18:00"));
  CHECK(story.accepted());
}

TEST_CASE("a text that is objected to is not put under silence again") {
  Tabled story;
  story.given("consultation.objected", "CON-1", objection("AR"));
  story.on("2006-07-10")
      .when("consultation.putUnderSilence", "CON-1",
            {{"revision", 1}, {"deadline", "2006-07-14T18:00 Europe/Vienna"}});
  CHECK(story.refusedBy("consultation.putUnderSilence.objections"));
}

TEST_CASE("the roll as it was when a round began counts, whatever is entered on it later") {
  UnderSilence story;
  story.on("2006-07-12")
      .given("consultation.struckOff", "CON-1", {{"party", "AR"}, {"reason", "Left"}});
  CHECK(story.as<Consultation>("CON-1").silences.back().eligible.size() == 3);
  // One entered afterwards as of a day before the round belongs to it.
  story.on("2006-07-05")
      .given("consultation.rollChanged", "CON-1",
             {{"party", "CL"}, {"standing", "eligible"}, {"reason", "Joined the group"}});
  CHECK(story.as<Consultation>("CON-1").silences.back().eligible.size() == 4);
}

TEST_CASE("a new title or question says something new") {
  Opened story;
  story.when("consultation.retitled", "CON-1");
  CHECK(story.refusedBy("consultation.retitled.something"));
  story.when("consultation.retitled", "CON-1", {{"question", "en:Do you agree?"}});
  CHECK(story.accepted());
}

TEST_CASE("only what was opened and what stands adopted or concluded is reopened") {
  Planned story;
  const boost::json::object order{{"authority", "en:Presiding officer"}, {"reason", "A mistake"}};
  story.given("consultation.withdrawn", "CON-1", {{"reason", "Given up"}});
  story.when("consultation.reopened", "CON-1", order);
  CHECK(story.refusedBy("consultation.reopened.opened"));
  Tabled open;
  open.when("consultation.reopened", "CON-1", order);
  CHECK(open.refusedBy("consultation.reopened.adopted"));
  open.given("consultation.consensusDeclared", "CON-1", {{"revision", 1}});
  open.given("consultation.reopened", "CON-1", order);
  CHECK(open.as<Consultation>("CON-1").adoptedRevision == 0);
  CHECK(open.as<Consultation>("CON-1").texts.back().standing == TextStanding::tabled);
}

TEST_CASE("a step of the procedure runs from its start to its completion") {
  Opened story;
  const boost::json::object review{{"step", "review"}};
  const boost::json::object done{{"step", "review"}, {"outcome", "taken"}};
  for (const char* type : {"stepCompleted", "reminderDue", "escalated"}) {
    story.when(std::string("consultation.") + type, "CON-1",
               type == std::string("stepCompleted") ? done : review);
    CHECK(story.refusedBy(std::string("consultation.") + type + ".running"));
  }
  story.given("consultation.stepStarted", "CON-1", {{"step", "review"}, {"due", "2006-07-10"}});
  story.when("consultation.stepStarted", "CON-1", review);
  CHECK(story.refusedBy("consultation.stepStarted.once"));
  story.when("consultation.reminderDue", "CON-1", {{"step", "review"}, {"party", "CL"}});
  CHECK(story.refusedBy("consultation.reminderDue.roll"));
  story.given("consultation.reminderDue", "CON-1", {{"step", "review"}, {"party", "AR"}});
  story.given("consultation.escalated", "CON-1", review);
  story.when("consultation.escalated", "CON-1", review);
  CHECK(story.refusedBy("consultation.escalated.once"));
  story.given("consultation.stepCompleted", "CON-1", done);
  story.when("consultation.stepCompleted", "CON-1", done);
  CHECK(story.refusedBy("consultation.stepCompleted.running"));
  story.given("consultation.stepStarted", "CON-1", review);
}

TEST_CASE("a step is overdue once, and not before its day") {
  Opened story;
  const boost::json::object late{{"step", "review"}, {"due", "2006-07-10"}};
  story.when("consultation.stepOverdue", "CON-1", late);
  CHECK(story.refusedBy("consultation.stepOverdue.running"));
  story.given("consultation.stepStarted", "CON-1", late);
  story.on("2006-07-09").when("consultation.stepOverdue", "CON-1", late);
  CHECK(story.refusedBy("consultation.stepOverdue.due"));
  story.on("2006-07-11").given("consultation.stepOverdue", "CON-1", late);
  story.when("consultation.stepOverdue", "CON-1", late);
  CHECK(story.refusedBy("consultation.stepOverdue.once"));
  story.when("consultation.stepCompleted", "CON-1", {{"step", "review"}, {"outcome", "overdue"}});
  CHECK(story.accepted());
}

TEST_CASE("a step is passed on from the day that was set, and reported by a procedure only") {
  Opened story;
  story.given("consultation.stepStarted", "CON-1",
              {{"step", "review"}, {"escalateOn", "2006-07-12"}});
  story.on("2006-07-11").when("consultation.escalated", "CON-1", {{"step", "review"}});
  CHECK(story.refusedBy("consultation.escalated.day"));
  story.when("consultation.stepReported", "CON-1", {{"step", "review"}, {"outcome", "taken"}});
  CHECK(story.refusedBy("consultation.stepReported.procedure"));
  story.on("2006-07-12").when("consultation.escalated", "CON-1", {{"step", "review"}});
  CHECK(story.accepted());
}

TEST_CASE("no closed office becomes responsible for a consultation") {
  Opened story;
  for (const std::string office : {"LAC", "AFR"}) {
    story.given("office.established", office,
                {{"name", "en:" + office}, {"kind", "headquarters-unit"}});
  }
  story.given("office.closed", "LAC");
  story.on("2006-07-02").when("consultation.assigned", "CON-1", {{"office", "LAC"}});
  CHECK(story.refusedBy("consultation.assigned.office"));
  story.when("consultation.assigned", "CON-1", {{"office", "AFR"}});
  CHECK(story.accepted());
}

}  // namespace consulta::test
