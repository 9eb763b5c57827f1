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

TEST_CASE("an objection of an eligible party in time breaks the silence") {
  UnderSilence story;
  story.on("2006-07-12").given("consultation.objected", "CON-1", objection("AR"));
  CHECK(story.enteredTypes() == Types{"consultation.objected", "consultation.silenceBroken"});
  const auto& row = story.as<Consultation>("CON-1");
  CHECK(row.silences.back().state == SilenceState::broken);
  CHECK(row.texts.back().standing == TextStanding::silenceBroken);
  CHECK(row.objections.back().revision == 1);
}

TEST_CASE("an objection received after the deadline is recorded as late and changes nothing") {
  UnderSilence story;
  auto late = objection("AR");
  late["receivedAt"] = "2006-07-14T18:01 Europe/Vienna";
  story.on("2006-07-14").given("consultation.objected", "CON-1", late);
  CHECK(story.enteredTypes() ==
        Types{"consultation.objected", "consultation.lateObjectionRecorded"});
  const auto& row = story.as<Consultation>("CON-1");
  CHECK(row.silences.back().state == SilenceState::running);
  CHECK(row.objections.back().state == ObjectionState::late);
  CHECK(row.objections.back().lateSeconds == 60);
}

TEST_CASE("an objection at the very hour of the deadline is in time") {
  UnderSilence story;
  auto just = objection("AR");
  just["receivedAt"] = "2006-07-14T18:00 Europe/Vienna";
  story.on("2006-07-14").given("consultation.objected", "CON-1", just);
  CHECK(story.enteredTypes() == Types{"consultation.objected", "consultation.silenceBroken"});
}

TEST_CASE("on the day of the deadline an objection needs its hour of receipt") {
  UnderSilence story;
  story.on("2006-07-14").when("consultation.objected", "CON-1", objection("AR"));
  CHECK(story.refusedBy("consultation.objected.received-at"));
}

TEST_CASE("an hour of receipt that has not come yet is refused") {
  UnderSilence story;
  auto tomorrow = objection("AR");
  tomorrow["receivedAt"] = "2031-07-14T18:00 Europe/Vienna";
  story.on("2006-07-12").when("consultation.objected", "CON-1", tomorrow);
  CHECK(story.refusedBy("consultation.received.past"));
}

TEST_CASE("observers and strangers do not object") {
  UnderSilence story;
  story.on("2006-07-12").when("consultation.objected", "CON-1", objection("MX"));
  CHECK(story.refusedBy("consultation.objected.observer"));
  story.when("consultation.objected", "CON-1", objection("CL"));
  CHECK(story.refusedBy("consultation.objected.eligible"));
}

TEST_CASE("who joins the roll during a silence does not break it") {
  UnderSilence story;
  story.on("2006-07-12")
      .given("consultation.rollChanged", "CON-1",
             {{"party", "CL"}, {"standing", "eligible"}, {"reason", "Joined the group"}});
  story.when("consultation.objected", "CON-1", objection("CL"));
  CHECK(story.refusedBy("consultation.objected.eligible"));
}

TEST_CASE("an objection that comes in a suspension breaks the silence afterwards") {
  UnderSilence story;
  story.on("2006-07-11").given("consultation.suspended", "CON-1", {{"reason", "Redrafting"}});
  story.on("2006-07-12").given("consultation.objected", "CON-1", objection("AR"));
  CHECK(story.entered().size() == 1);
  story.on("2006-07-13").given("consultation.resumed", "CON-1");
  CHECK(story.enteredTypes() == Types{"consultation.resumed", "consultation.silenceBroken"});
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

TEST_CASE("a late entry that would undo an observed silence is refused and says so") {
  Observed story;
  story.on("2006-07-12").when("consultation.objected", "CON-1", objection("AR"));
  CHECK(story.refusedBy("consultation.silenceObserved.objections"));
}

TEST_CASE("an objection in time that is entered after the adoption reopens the consultation") {
  Observed story;
  story.on("2006-07-15").given("consultation.concluded", "CON-1", {{"outcome", "adopted"}});
  auto forgotten = objection("AR");
  forgotten["receivedAt"] = "2006-07-14T17:20 Europe/Vienna";
  story.on("2006-07-17").given("consultation.objected", "CON-1", forgotten);
  CHECK(story.entered().size() == 1);
  story.given("consultation.reopened", "CON-1",
              {{"authority", "en:Presiding officer"},
               {"reason", "An objection in time was entered late"},
               {"party", "AR"},
               {"receivedAt", "2006-07-14T17:20 Europe/Vienna"}});
  CHECK(story.stateOf("CON-1") == "open");
  const auto& row = story.as<Consultation>("CON-1");
  CHECK(row.silences.back().state == SilenceState::overtaken);
  CHECK(row.adoptedRevision == 0);
  CHECK(row.outcome == schema::ConsultationOutcome::NOT_STATED);
}

TEST_CASE("an objection that came late reopens nothing") {
  Observed story;
  story.on("2006-07-15").given("consultation.concluded", "CON-1", {{"outcome", "adopted"}});
  story.when("consultation.reopened", "CON-1",
             {{"authority", "en:Presiding officer"},
              {"reason", "An objection"},
              {"party", "AR"},
              {"receivedAt", "2006-07-14T18:20 Europe/Vienna"}});
  CHECK(story.refusedBy("consultation.reopened.in-time"));
  story.when("consultation.reopened", "CON-1",
             {{"authority", "en:Presiding officer"}, {"reason", "An objection"}, {"party", "MX"}});
  CHECK(story.refusedBy("consultation.reopened.eligible"));
}

TEST_CASE("a concluded consultation without silence takes no objection") {
  Tabled story;
  story.given("consultation.concluded", "CON-1", {{"outcome", "adopted"}, {"revision", 1}});
  story.when("consultation.objected", "CON-1", objection("AR"));
  CHECK(story.refusedBy("consultation.objected.concluded"));
}

TEST_CASE("a silence is extended only while it runs, and only to a later hour") {
  UnderSilence story;
  story.on("2006-07-12")
      .when("consultation.silenceExtended", "CON-1",
            {{"deadline", "2006-07-13T18:00 Europe/Vienna"}});
  CHECK(story.refusedBy("consultation.silenceExtended.later"));
  story.when("consultation.silenceExtended", "CON-1",
             {{"deadline", "2006-07-21T18:00 Europe/Vienna"}, {"revision", 2}});
  CHECK(story.refusedBy("consultation.silenceExtended.revision"));
  story.given("consultation.silenceExtended", "CON-1",
              {{"deadline", "2006-07-21T18:00 Europe/Vienna"}});
  CHECK(story.as<Consultation>("CON-1").silences.back().extensions == 1);
  story.on("2006-07-22")
      .when("consultation.silenceExtended", "CON-1",
            {{"deadline", "2006-07-28T18:00 Europe/Vienna"}});
  CHECK(story.refusedBy("consultation.silenceExtended.in-time"));
  Tabled idle;
  idle.when("consultation.silenceExtended", "CON-1",
            {{"deadline", "2006-07-21T18:00 Europe/Vienna"}});
  CHECK(idle.refusedBy("consultation.silenceExtended.running"));
}

TEST_CASE("a text that is objected to is not put under silence again") {
  Tabled story;
  story.given("consultation.objected", "CON-1", objection("AR"));
  story.on("2006-07-10")
      .when("consultation.putUnderSilence", "CON-1",
            {{"revision", 1}, {"deadline", "2006-07-14T18:00 Europe/Vienna"}});
  CHECK(story.refusedBy("consultation.putUnderSilence.objections"));
}

}  // namespace consulta::test
