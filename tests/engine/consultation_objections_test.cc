// Objections: in time or late, entered in order or after what they bear on.
#include <doctest/doctest.h>

#include "tests/engine/consultation_story.h"

namespace consulta::test {

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
  story.on("2006-07-14")
      .given("consultation.objected", "CON-1", received("AR", "2006-07-14T18:01"));
  CHECK(story.enteredTypes() ==
        Types{"consultation.objected", "consultation.lateObjectionRecorded"});
  const auto& row = story.as<Consultation>("CON-1");
  CHECK(row.silences.back().state == SilenceState::running);
  CHECK(row.objections.back().state == ObjectionState::late);
  CHECK(row.objections.back().lateSeconds == 60);
}

TEST_CASE("an objection at the very hour of the deadline is in time") {
  UnderSilence story;
  story.on("2006-07-14")
      .given("consultation.objected", "CON-1", received("AR", "2006-07-14T18:00"));
  CHECK(story.enteredTypes() == Types{"consultation.objected", "consultation.silenceBroken"});
}

TEST_CASE("on the day of the deadline an objection needs its hour of receipt") {
  UnderSilence story;
  story.on("2006-07-14").when("consultation.objected", "CON-1", objection("AR"));
  CHECK(story.refusedBy("consultation.objected.received-at"));
}

TEST_CASE("an hour of receipt that has not come yet is refused") {
  UnderSilence story;
  story.on("2006-07-12").when("consultation.objected", "CON-1", received("AR", "2031-07-14T18:00"));
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

TEST_CASE("an objection in time breaks the silence of a suspended consultation too") {
  UnderSilence story;
  story.on("2006-07-11").given("consultation.suspended", "CON-1", {{"reason", "Redrafting"}});
  story.on("2006-07-12").given("consultation.objected", "CON-1", objection("AR"));
  CHECK(story.enteredTypes() == Types{"consultation.objected", "consultation.silenceBroken"});
  story.on("2006-07-13").given("consultation.resumed", "CON-1");
  CHECK(story.as<Consultation>("CON-1").silences.back().state == SilenceState::broken);
}

TEST_CASE("an objection of a suspension that is entered afterwards still breaks the silence") {
  UnderSilence story;
  story.on("2006-07-11").given("consultation.suspended", "CON-1", {{"reason", "Redrafting"}});
  story.on("2006-07-13").given("consultation.resumed", "CON-1");
  // By then the register has moved the deadline, because the silence stood still.
  story.on("2006-07-12").when("consultation.objected", "CON-1", objection("AR"));
  CHECK(story.refusedBy("consequence.undone"));
  story.with("authority", "en:Presiding officer")
      .given("consultation.objected", "CON-1", objection("AR"));
  CHECK(story.as<Consultation>("CON-1").silences.back().state == SilenceState::broken);
}

TEST_CASE("an objection in time that is entered before the silence is observed breaks it") {
  UnderSilence story;
  story.on("2006-07-20")
      .given("consultation.objected", "CON-1", received("AR", "2006-07-14T17:20"));
  CHECK(story.enteredTypes() == Types{"consultation.objected", "consultation.silenceBroken"});
}

TEST_CASE("an objection of an imprecise date is measured by its receipt") {
  UnderSilence story;
  story.on("2006-07").when("consultation.objected", "CON-1", objection("AR"));
  CHECK(story.refusedBy("consultation.objected.received-at"));
  story.given("consultation.objected", "CON-1", received("AR", "2006-07-14T17:20"));
  CHECK(story.enteredTypes() == Types{"consultation.objected", "consultation.silenceBroken"});
}

TEST_CASE("an objection entered out of order breaks the silence unless another one did") {
  UnderSilence story;
  story.on("2006-07-13").given("consultation.objected", "CON-1", objection("AR"));
  story.on("2006-07-12").given("consultation.objected", "CON-1", objection("BR"));
  CHECK(story.enteredTypes() == Types{"consultation.objected"});
  story.when("consultation.consensusDeclared", "CON-1", {{"revision", 1}});
  CHECK_FALSE(story.accepted());
  story.on("2006-07-14").given("consultation.objectionWithdrawn", "CON-1", {{"party", "AR"}});
  story.when("consultation.consensusDeclared", "CON-1", {{"revision", 1}});
  CHECK(story.refusedBy("consultation.consensusDeclared.objections"));
}

TEST_CASE("a late entry that would undo an observed silence is refused and says what to do") {
  Observed story;
  story.on("2006-07-12").when("consultation.objected", "CON-1", objection("AR"));
  CHECK(story.refusedBy("consultation.silenceObserved.objections"));
  CHECK(story.why().find("consultation reopen") != std::string::npos);
}

TEST_CASE("an objection in time never stands beside the adoption: it reopens it or is refused") {
  Observed story;
  story.on("2006-07-15").given("consultation.concluded", "CON-1", {{"outcome", "adopted"}});
  const auto overlooked = received("AR", "2006-07-14T17:20");
  story.on("2006-07-17").when("consultation.objected", "CON-1", overlooked);
  CHECK(story.refusedBy("consultation.objected.reopen"));
  CHECK(story.why().find("consultation reopen") != std::string::npos);
  story.given("consultation.reopened", "CON-1", reopening("AR", "2006-07-14T17:20"));
  CHECK(story.stateOf("CON-1") == "open");
  const auto& row = story.as<Consultation>("CON-1");
  CHECK(row.silences.back().state == SilenceState::overtaken);
  CHECK(row.adoptedRevision == 0);
  CHECK(row.outcome == schema::ConsultationOutcome::NOT_STATED);
  story.given("consultation.objected", "CON-1", overlooked);
  CHECK(story.enteredTypes() == Types{"consultation.objected"});
  story.when("consultation.concluded", "CON-1", {{"outcome", "adopted"}});
  CHECK(story.refusedBy("consultation.concluded.objections"));
}

TEST_CASE("an adoption is reopened before the consultation is concluded as well") {
  Observed story;
  story.on("2006-07-17")
      .given("consultation.reopened", "CON-1", reopening("AR", "2006-07-14T17:20"));
  story.given("consultation.objected", "CON-1", received("AR", "2006-07-14T17:20"));
  story.when("consultation.consensusDeclared", "CON-1", {{"revision", 1}});
  CHECK(story.refusedBy("consultation.consensusDeclared.objections"));
}

TEST_CASE("a late objection that is entered after the adoption changes nothing") {
  Observed story;
  story.on("2006-07-15").given("consultation.concluded", "CON-1", {{"outcome", "adopted"}});
  // The day of the deadline lies before the adoption in order, its hour does not.
  story.on("2006-07-14")
      .given("consultation.objected", "CON-1", received("AR", "2006-07-14T18:01"));
  CHECK(story.enteredTypes() ==
        Types{"consultation.objected", "consultation.lateObjectionRecorded"});
  story.on("2006-07-20").given("consultation.objected", "CON-1", objection("BR"));
  CHECK(story.enteredTypes() ==
        Types{"consultation.objected", "consultation.lateObjectionRecorded"});
  CHECK(story.as<Consultation>("CON-1").adoptedRevision == 1);
  CHECK(story.stateOf("CON-1") == "concluded");
}

TEST_CASE("a late objection does not take the place of the party's one in time") {
  UnderSilence story;
  story.on("2006-07-14")
      .given("consultation.objected", "CON-1", received("AR", "2006-07-14T18:30"));
  story.on("2006-07-12").given("consultation.objected", "CON-1", objection("AR"));
  CHECK(story.enteredTypes() == Types{"consultation.objected", "consultation.silenceBroken"});
  const auto& row = story.as<Consultation>("CON-1");
  REQUIRE(row.objections.size() == 2);
  CHECK(row.objections[0].state == ObjectionState::standing);
  CHECK(row.objections[1].state == ObjectionState::late);
}

TEST_CASE("a corrected hour of receipt does not turn late into in time unnoticed") {
  UnderSilence story;
  story.on("2006-07-14")
      .given("consultation.objected", "CON-1", received("AR", "2006-07-14T18:20"));
  const auto position = story.entered().front()->position().value;
  const boost::json::object right{{"corrects", position},
                                  {"right", {{"receivedAt", "2006-07-14T17:20 Europe/Vienna"}}},
                                  {"reason", "Read wrongly"}};
  story.when("common.corrigendum", "CON-1", right);
  CHECK(story.refusedBy("consultation.lateObjectionRecorded.late"));
  // Entered anew it does what it should have done.
  story.given("consultation.objected", "CON-1", received("AR", "2006-07-14T17:20"));
  CHECK(story.enteredTypes() == Types{"consultation.objected", "consultation.silenceBroken"});
}

TEST_CASE("a corrected hour of receipt does not turn in time into late unnoticed") {
  UnderSilence story;
  story.on("2006-07-14")
      .given("consultation.objected", "CON-1", received("AR", "2006-07-14T17:20"));
  const auto position = story.entered().front()->position().value;
  story.when("common.corrigendum", "CON-1",
             {{"corrects", position},
              {"right", {{"receivedAt", "2006-07-14T18:20 Europe/Vienna"}}},
              {"reason", "Read wrongly"}});
  CHECK(story.refusedBy("consultation.silenceBroken.in-time"));
  story.when("common.corrigendum", "CON-1",
             {{"corrects", position}, {"right", {{"party", "BR"}}}, {"reason", "Read wrongly"}});
  CHECK(story.refusedBy("consultation.silenceBroken.objection"));
  story.when("common.corrigendum", "CON-1",
             {{"corrects", position},
              {"right", {{"receivedAt", "2006-07-14T16:20 Europe/Vienna"}}},
              {"reason", "Read wrongly"}});
  CHECK(story.accepted());
}

TEST_CASE("an extension ordered before the deadline withdraws what makes objections late") {
  UnderSilence story;
  story.on("2006-07-14")
      .given("consultation.objected", "CON-1", received("AR", "2006-07-14T18:20"));
  story.on("2006-07-14T17:00:00+02:00")
      .when("consultation.silenceExtended", "CON-1", extension("2006-07-21T18:00"));
  CHECK(story.refusedBy("consultation.silenceExtended.late-objection"));
  story.on("2006-07-13")
      .when("consultation.silenceExtended", "CON-1", extension("2006-07-21T18:00"));
  CHECK(story.enteredTypes() ==
        Types{"consultation.silenceExtended", "common.retraction", "consultation.silenceBroken"});
}

TEST_CASE("an objection after an extension is measured by the new deadline") {
  UnderSilence story;
  story.on("2006-07-13")
      .given("consultation.silenceExtended", "CON-1", extension("2006-07-21T18:00"));
  story.on("2006-07-17").given("consultation.objected", "CON-1", objection("AR"));
  CHECK(story.enteredTypes() == Types{"consultation.objected", "consultation.silenceBroken"});
}

TEST_CASE("a silence that was objected to is not extended") {
  UnderSilence story;
  story.on("2006-07-12")
      .given("consultation.silenceExtended", "CON-1", extension("2006-07-21T18:00"));
  story.on("2006-07-11").when("consultation.objected", "CON-1", objection("AR"));
  CHECK(story.refusedBy("consultation.silenceExtended.objections"));
}

TEST_CASE("what was agreed on is objected to only after a reopening") {
  Tabled story;
  story.given("consultation.consensusDeclared", "CON-1", {{"revision", 1}});
  story.when("consultation.objected", "CON-1", objection("AR"));
  CHECK(story.refusedBy("consultation.objected.adopted"));
  story.given("consultation.reopened", "CON-1",
              {{"authority", "en:Presiding officer"}, {"reason", "Declared too early"}});
  story.when("consultation.objected", "CON-1", objection("AR"));
  CHECK(story.accepted());
}

TEST_CASE("a silence entered after the objections to it is broken by the one in time") {
  Tabled story;
  story.on("2006-07-13").given("consultation.objected", "CON-1", objection("AR"));
  story.on("2006-07-10")
      .given("consultation.putUnderSilence", "CON-1",
             {{"revision", 1}, {"deadline", "2006-07-14T18:00 Europe/Vienna"}});
  CHECK(story.enteredTypes() ==
        Types{"consultation.putUnderSilence", "consultation.silenceBroken"});
  CHECK(story.as<Consultation>("CON-1").silences.back().ended.edtf == "2006-07-13");
  Tabled late;
  late.on("2006-07-15").given("consultation.objected", "CON-1", objection("AR"));
  late.on("2006-07-10")
      .given("consultation.putUnderSilence", "CON-1",
             {{"revision", 1}, {"deadline", "2006-07-14T18:00 Europe/Vienna"}});
  CHECK(late.enteredTypes() ==
        Types{"consultation.putUnderSilence", "consultation.lateObjectionRecorded"});
}

TEST_CASE("an older objection of a party that is enrolled during a silence does not bear on it") {
  Tabled story;
  story.given("consultation.objected", "CON-1", objection("AR"));
  story.given("consultation.struckOff", "CON-1", {{"party", "AR"}, {"reason", "Left"}});
  story.on("2006-07-10")
      .given("consultation.putUnderSilence", "CON-1",
             {{"revision", 1}, {"deadline", "2006-07-14T18:00 Europe/Vienna"}});
  story.on("2006-07-11")
      .given("consultation.rollChanged", "CON-1",
             {{"party", "AR"}, {"standing", "eligible"}, {"reason", "Has come back"}});
  CHECK(story.entered().size() == 1);
  story.on("2006-07-14T16:00:01Z")
      .given("consultation.silenceObserved", "CON-1",
             {{"revision", 1}, {"deadline", "2006-07-14T18:00 Europe/Vienna"}});
}

TEST_CASE("an objection that comes to break a silence by its correction does so on authority") {
  UnderSilence story;
  story.given("consultation.tabled", "CON-1", {{"revision", 2}, {"text", "en:We nearly agree"}});
  auto other = objection("AR");
  other["revision"] = 2;
  story.on("2006-07-12").given("consultation.objected", "CON-1", other);
  const auto position = story.entered().front()->position().value;
  const boost::json::object slip{
      {"corrects", position}, {"right", {{"revision", 1}}}, {"reason", "A slip"}};
  story.when("common.corrigendum", "CON-1", slip);
  CHECK(story.refusedBy("consequence.caused"));
  story.with("authority", "en:Presiding officer").given("common.corrigendum", "CON-1", slip);
  CHECK(story.enteredTypes() == Types{"common.corrigendum", "consultation.silenceBroken"});
}

TEST_CASE("an objection made before there was a text can be withdrawn") {
  Opened story;
  story.given("consultation.objected", "CON-1", objection("AR"));
  story.given("consultation.tabled", "CON-1", {{"revision", 1}, {"text", "en:We agree"}});
  story.given("consultation.objectionWithdrawn", "CON-1", {{"party", "AR"}});
  CHECK(story.as<Consultation>("CON-1").objections.back().state == ObjectionState::withdrawn);
}

TEST_CASE("only a text that was tabled is objected to") {
  Tabled story;
  auto unknown = objection("AR");
  unknown["revision"] = 2;
  story.when("consultation.objected", "CON-1", unknown);
  CHECK(story.refusedBy("consultation.objected.text"));
}

TEST_CASE("an objection has a reason") {
  UnderSilence story;
  story.on("2006-07-12").when("consultation.objected", "CON-1", {{"party", "AR"}});
  CHECK_FALSE(story.accepted());
}

TEST_CASE("an objection that came late reopens nothing") {
  Observed story;
  story.on("2006-07-15").given("consultation.concluded", "CON-1", {{"outcome", "adopted"}});
  story.when("consultation.reopened", "CON-1", reopening("AR", "2006-07-14T18:20"));
  CHECK(story.refusedBy("consultation.reopened.in-time"));
  story.when("consultation.reopened", "CON-1",
             {{"authority", "en:Presiding officer"}, {"reason", "An objection"}, {"party", "MX"}});
  CHECK(story.refusedBy("consultation.reopened.eligible"));
  CHECK(story.refusedBy("consultation.reopened.received-at"));
}

TEST_CASE("a concluded consultation without silence takes no objection") {
  Tabled story;
  story.given("consultation.concluded", "CON-1", {{"outcome", "adopted"}, {"revision", 1}});
  story.when("consultation.objected", "CON-1", objection("AR"));
  CHECK(story.refusedBy("consultation.objected.concluded"));
}

TEST_CASE("where no objection stands none is noted as late") {
  UnderSilence story;
  story.on("2006-07-15")
      .when("consultation.lateObjectionRecorded", "CON-1",
            {{"party", "AR"}, {"deadline", "2006-07-14T18:00 Europe/Vienna"}});
  CHECK(story.refusedBy("consultation.lateObjectionRecorded.objection"));
}

}  // namespace consulta::test
