#include <doctest/doctest.h>

#include "engine/rules/tally.h"
#include "tests/engine/consultation_story.h"

namespace consulta::test {

TEST_CASE("consensus needs a tabled text and no standing objection") {
  Opened story;
  story.when("consultation.consensusDeclared", "CON-1", {{"revision", 1}});
  CHECK(story.refusedBy("consultation.consensusDeclared.text"));
  story.given("consultation.tabled", "CON-1", {{"revision", 1}, {"text", "en:We agree"}});
  story.given("consultation.objected", "CON-1", objection("AR"));
  story.when("consultation.consensusDeclared", "CON-1", {{"revision", 1}});
  CHECK(story.refusedBy("consultation.consensusDeclared.objections"));
  story.given("consultation.objectionWithdrawn", "CON-1", {{"party", "AR"}});
  story.when("consultation.objectionWithdrawn", "CON-1", {{"party", "AR"}});
  CHECK(story.refusedBy("consultation.objectionWithdrawn.standing"));
  story.given("consultation.consensusDeclared", "CON-1", {{"revision", 1}});
  CHECK(story.as<Consultation>("CON-1").texts.back().standing == TextStanding::agreed);
}

TEST_CASE("the objection of a party that is no longer counted does not stand in the way") {
  Tabled story;
  story.given("consultation.objected", "CON-1", objection("AR"));
  story.given("consultation.struckOff", "CON-1", {{"party", "AR"}, {"reason", "Left"}});
  story.when("consultation.consensusDeclared", "CON-1", {{"revision", 1}});
  CHECK(story.accepted());
}

TEST_CASE("an objection to one revision is none to the next") {
  Tabled story;
  story.given("consultation.objected", "CON-1", objection("AR"));
  story.given("consultation.tabled", "CON-1", {{"revision", 2}, {"text", "en:We nearly agree"}});
  story.when("consultation.consensusDeclared", "CON-1", {{"revision", 2}});
  CHECK(story.accepted());
}

TEST_CASE("a vote states its majority, its hour and a quorum that can be reached") {
  Tabled story;
  story.on("2006-07-10")
      .when("consultation.voteOpened", "CON-1",
            {{"round", 1}, {"majority", "not-stated"}, {"quorum", 4}});
  CHECK(story.refusedBy("consultation.voteOpened.majority"));
  CHECK(story.refusedBy("consultation.voteOpened.quorum"));
  CHECK(story.refusedBy("consultation.voteOpened.hour"));
}

TEST_CASE("rounds of a vote are numbered upwards, one at a time") {
  UnderVote story;
  story.when("consultation.voteOpened", "CON-1",
             {{"round", 1}, {"majority", "simple"}, {"closes", "2006-07-20T18:00 Europe/Vienna"}});
  CHECK(story.refusedBy("consultation.voteOpened.round"));
  CHECK(story.refusedBy("consultation.voteOpened.once"));
}

TEST_CASE("nobody votes before a vote is opened") {
  Tabled story;
  story.when("consultation.voteCast", "CON-1", ballot("UY", "in-favour"));
  CHECK(story.refusedBy("consultation.voteCast.open"));
}

TEST_CASE("only those who are entitled vote, in the open round and in time") {
  UnderVote story;
  story.on("2006-07-12").when("consultation.voteCast", "CON-1", ballot("MX", "in-favour"));
  CHECK(story.refusedBy("consultation.voteCast.eligible"));
  story.when("consultation.voteCast", "CON-1",
             {{"round", 2}, {"party", "UY"}, {"vote", "in-favour"}});
  CHECK(story.refusedBy("consultation.voteCast.round"));
  story.on("2006-07-21").when("consultation.voteCast", "CON-1", ballot("UY", "in-favour"));
  CHECK(story.refusedBy("consultation.voteCast.in-time"));
  story.on("2006-07-20").when("consultation.voteCast", "CON-1", ballot("UY", "in-favour"));
  CHECK(story.refusedBy("consultation.voteCast.received-at"));
}

TEST_CASE("a later vote supersedes the earlier one, which is kept") {
  UnderVote story;
  story.on("2006-07-12").given("consultation.voteCast", "CON-1", ballot("UY", "against"));
  story.on("2006-07-13").given("consultation.voteCast", "CON-1", ballot("UY", "in-favour"));
  const auto& ballots = story.as<Consultation>("CON-1").votes.back().ballots;
  REQUIRE(ballots.size() == 2);
  CHECK(ballots[0].superseded);
  CHECK_FALSE(ballots[1].superseded);
}

TEST_CASE("a vote is closed with the tally of the votes and no other") {
  UnderVote story("two-thirds");
  story.on("2006-07-12");
  story.given("consultation.voteCast", "CON-1", ballot("AR", "against"));
  story.given("consultation.voteCast", "CON-1", ballot("AR", "in-favour"));
  story.given("consultation.voteCast", "CON-1", ballot("UY", "abstains"));
  boost::json::object tally{{"round", 1},      {"eligible", 3},        {"inFavour", 2},
                            {"against", 0},    {"abstained", 1},       {"notVoting", 0},
                            {"carried", true}, {"quorumReached", true}};
  story.on("2006-07-20T16:00:00Z").when("consultation.voteClosed", "CON-1", tally);
  CHECK(story.refusedBy("consultation.voteClosed.tally"));
  tally["inFavour"] = 1;
  tally["notVoting"] = 1;
  story.given("consultation.voteClosed", "CON-1", tally);
  const auto& row = story.as<Consultation>("CON-1");
  CHECK(row.texts.back().standing == TextStanding::carried);
  CHECK(row.adoptedRevision == 1);
}

TEST_CASE("a vote is not counted before its hour") {
  UnderVote story;
  const boost::json::object tally{{"round", 1},       {"eligible", 3},         {"inFavour", 0},
                                  {"against", 0},     {"abstained", 0},        {"notVoting", 3},
                                  {"carried", false}, {"quorumReached", false}};
  story.on("2006-07-20").when("consultation.voteClosed", "CON-1", tally);
  CHECK(story.refusedBy("consultation.voteClosed.hour"));
  story.on("2006-07-20T16:00:00Z").when("consultation.voteClosed", "CON-1", tally);
  CHECK(story.accepted());
  story.when("consultation.voteClosed", "CON-1", tally);
  CHECK(story.refusedBy("consultation.voteClosed.open"));
}

TEST_CASE("a vote that comes to light after the counting is refused and says what to do") {
  UnderVote story;
  story.on("2006-07-12").given("consultation.voteCast", "CON-1", ballot("AR", "in-favour"));
  const auto position = story.entered().front()->position().value;
  story.given("consultation.voteCast", "CON-1", ballot("UY", "in-favour"));
  story.on("2006-07-20T16:00:00Z")
      .given("consultation.voteClosed", "CON-1",
             {{"round", 1},
              {"eligible", 3},
              {"inFavour", 2},
              {"against", 0},
              {"abstained", 0},
              {"notVoting", 1},
              {"carried", true},
              {"quorumReached", true}});
  story.on("2006-07-13").when("consultation.voteCast", "CON-1", ballot("BR", "against"));
  CHECK(story.refusedBy("consultation.voteClosed.tally"));
  CHECK(story.why().find("consultation open-vote") != std::string::npos);
  story.when("common.corrigendum", "CON-1",
             {{"corrects", position}, {"right", {{"vote", "against"}}}, {"reason", "A slip"}});
  CHECK(story.refusedBy("consultation.voteClosed.tally"));
  // A roll that would have been another one is as little put under the count.
  story.on("2006-07-05")
      .when("consultation.rollChanged", "CON-1",
            {{"party", "CL"}, {"standing", "eligible"}, {"reason", "Joined the group"}});
  CHECK(story.refusedBy("consultation.voteClosed.tally"));
}

TEST_CASE("votes of one day are told apart by their hours of receipt") {
  UnderVote story;
  auto evening = ballot("UY", "against");
  evening["receivedAt"] = "2006-07-12T17:00 Europe/Vienna";
  auto morning = ballot("UY", "in-favour");
  morning["receivedAt"] = "2006-07-12T09:00 Europe/Vienna";
  story.on("2006-07-12").given("consultation.voteCast", "CON-1", evening);
  story.given("consultation.voteCast", "CON-1", morning);
  const auto& ballots = story.as<Consultation>("CON-1").votes.back().ballots;
  REQUIRE(ballots.size() == 2);
  CHECK_FALSE(ballots[0].superseded);
  CHECK(ballots[1].superseded);
}

TEST_CASE("a vote entered late in order gives way to the later one") {
  UnderVote story;
  story.on("2006-07-13").given("consultation.voteCast", "CON-1", ballot("UY", "against"));
  story.on("2006-07-12").given("consultation.voteCast", "CON-1", ballot("UY", "in-favour"));
  const auto tally = tallyOf(story.as<Consultation>("CON-1").votes.back());
  CHECK(tally.against == 1);
  CHECK(tally.inFavour == 0);
}

TEST_CASE("what a vote carries is adopted over the objections of the minority") {
  UnderSilence story;
  story.on("2006-07-12").given("consultation.objected", "CON-1", objection("AR"));
  story.given("consultation.voteOpened", "CON-1",
              {{"round", 1}, {"majority", "simple"}, {"closes", "2006-07-20T18:00 Europe/Vienna"}});
  story.given("consultation.voteCast", "CON-1", ballot("AR", "against"));
  story.given("consultation.voteCast", "CON-1", ballot("BR", "in-favour"));
  story.given("consultation.voteCast", "CON-1", ballot("UY", "in-favour"));
  story.on("2006-07-20T16:00:00Z")
      .given("consultation.voteClosed", "CON-1",
             {{"round", 1},
              {"eligible", 3},
              {"inFavour", 2},
              {"against", 1},
              {"abstained", 0},
              {"notVoting", 0},
              {"carried", true},
              {"quorumReached", true}});
  story.when("consultation.concluded", "CON-1", {{"outcome", "not-adopted"}});
  CHECK(story.refusedBy("consultation.concluded.stands"));
  story.when("consultation.concluded", "CON-1", {{"outcome", "adopted"}});
  CHECK(story.accepted());
}

TEST_CASE("a vote is on a text") {
  Opened story;
  story.when("consultation.voteOpened", "CON-1",
             {{"round", 1}, {"majority", "simple"}, {"closes", "2006-07-20T18:00 Europe/Vienna"}});
  CHECK(story.refusedBy("consultation.voteOpened.tabled"));
}

TEST_CASE("a consultation is not concluded under silence, nor during a vote") {
  UnderSilence story;
  story.when("consultation.concluded", "CON-1", {{"outcome", "adopted"}});
  CHECK(story.refusedBy("consultation.concluded.silence"));
  UnderVote voting;
  voting.when("consultation.concluded", "CON-1", {{"outcome", "adopted"}});
  CHECK(voting.refusedBy("consultation.concluded.vote"));
}

TEST_CASE("a consultation is concluded with an outcome that what happened bears out") {
  Tabled story;
  story.when("consultation.concluded", "CON-1", {{"outcome", "not-stated"}});
  CHECK(story.refusedBy("consultation.concluded.outcome"));
  story.when("consultation.concluded", "CON-1", {{"outcome", "withdrawn"}});
  CHECK(story.refusedBy("consultation.concluded.withdrawn"));
  story.when("consultation.concluded", "CON-1", {{"outcome", "adopted"}, {"revision", 2}});
  CHECK(story.refusedBy("consultation.concluded.text"));
  story.given("consultation.objected", "CON-1", objection("AR"));
  story.when("consultation.concluded", "CON-1", {{"outcome", "adopted"}});
  CHECK(story.refusedBy("consultation.concluded.objections"));
  story.when("consultation.concluded", "CON-1", {{"outcome", "not-adopted"}});
  CHECK(story.accepted());
}

TEST_CASE("a text whose silence was broken is not adopted by concluding") {
  UnderSilence story;
  story.on("2006-07-12").given("consultation.objected", "CON-1", objection("AR"));
  story.given("consultation.objectionWithdrawn", "CON-1", {{"party", "AR"}});
  story.when("consultation.concluded", "CON-1", {{"outcome", "adopted"}});
  CHECK(story.refusedBy("consultation.concluded.agreed"));
  story.given("consultation.consensusDeclared", "CON-1", {{"revision", 1}});
  story.when("consultation.concluded", "CON-1", {{"outcome", "adopted"}});
  CHECK(story.accepted());
}

TEST_CASE("what was adopted by silence is concluded as adopted, in that revision") {
  Observed story;
  story.on("2006-07-15")
      .given("consultation.tabled", "CON-1", {{"revision", 2}, {"text", "en:Afterthought"}});
  story.when("consultation.concluded", "CON-1", {{"outcome", "not-adopted"}});
  CHECK(story.refusedBy("consultation.concluded.stands"));
  story.when("consultation.concluded", "CON-1", {{"outcome", "adopted"}, {"revision", 2}});
  CHECK(story.refusedBy("consultation.concluded.revision"));
  story.given("consultation.concluded", "CON-1", {{"outcome", "adopted"}});
  CHECK(story.as<Consultation>("CON-1").adoptedRevision == 1);
}

TEST_CASE("an adoption is confirmed and noted only once there is one") {
  Tabled story;
  story.given("meeting.found", "MTG-1",
              {{"title", "en:Experts"}, {"kind", "expert-group"}, {"state", "convened"}});
  story.when("consultation.adoptionNoted", "CON-1", {{"at", "MTG-1"}});
  CHECK(story.refusedBy("consultation.adoptionNoted.adopted"));
  story.given("consultation.consensusDeclared", "CON-1", {{"revision", 1}});
  story.when("consultation.adoptionNoted", "CON-1", {{"at", "MTG-1"}, {"revision", 2}});
  CHECK(story.refusedBy("consultation.adoptionNoted.revision"));
  story.when("consultation.adoptionNoted", "CON-1", {{"at", "MTG-1"}, {"revision", 1}});
  CHECK(story.accepted());
}

TEST_CASE("what still runs when a consultation is withdrawn comes to nothing") {
  UnderSilence story;
  story.on("2006-07-12").given("consultation.withdrawn", "CON-1", {{"reason", "Given up"}});
  const auto& row = story.as<Consultation>("CON-1");
  CHECK(row.outcome == schema::ConsultationOutcome::WITHDRAWN);
  CHECK(row.silences.back().state == SilenceState::abandoned);
}

TEST_CASE("a suspension does not end before it begins") {
  Opened story;
  story.when("consultation.suspended", "CON-1", {{"reason", "Redrafting"}, {"until", "2005"}});
  CHECK(story.refusedBy("consultation.suspended.until"));
}

TEST_CASE("where nobody is counted there is neither silence nor vote") {
  Story story;
  story.on("2006-07-01").given("consultation.planned", "CON-1", {{"title", "en:On nothing"}});
  story.given("consultation.opened", "CON-1");
  story.given("consultation.tabled", "CON-1", {{"revision", 1}, {"text", "en:We agree"}});
  story.when("consultation.putUnderSilence", "CON-1",
             {{"revision", 1}, {"deadline", "2006-07-14T18:00 Europe/Vienna"}});
  CHECK(story.refusedBy("consultation.putUnderSilence.roll"));
  story.when("consultation.voteOpened", "CON-1",
             {{"round", 1}, {"majority", "simple"}, {"closes", "2006-07-20T18:00 Europe/Vienna"}});
  CHECK(story.refusedBy("consultation.voteOpened.roll"));
}

TEST_CASE("a vote is opened on a text that was tabled, and before it closes") {
  Tabled story;
  boost::json::object vote{
      {"round", 1}, {"majority", "simple"}, {"closes", "2006-07-09T18:00 Europe/Vienna"}};
  story.on("2006-07-10").when("consultation.voteOpened", "CON-1", vote);
  CHECK(story.refusedBy("consultation.voteOpened.closes"));
  vote["closes"] = "2006-07-20T18:00 Europe/Vienna";
  vote["revision"] = 7;
  story.when("consultation.voteOpened", "CON-1", vote);
  CHECK(story.refusedBy("consultation.voteOpened.text"));
  vote["revision"] = 1;
  story.when("consultation.voteOpened", "CON-1", vote);
  CHECK(story.accepted());
}

TEST_CASE("no consensus is declared during a vote, nor while a text is under silence") {
  UnderVote vote;
  vote.when("consultation.consensusDeclared", "CON-1", {{"revision", 1}});
  CHECK(vote.refusedBy("consultation.consensusDeclared.vote"));
  UnderSilence silence;
  silence.when("consultation.consensusDeclared", "CON-1", {{"revision", 1}});
  CHECK(silence.refusedBy("consultation.consensusDeclared.silence"));
}

TEST_CASE("the letter that confirms an adoption confirms the revision that was adopted") {
  Observed story;
  story.given("correspondence.registered", "COR-1",
              {{"kind", "letter"}, {"direction", "outgoing"}});
  story.when("consultation.adoptionConfirmed", "CON-1", {{"letter", "COR-1"}, {"revision", 2}});
  CHECK(story.refusedBy("consultation.adoptionConfirmed.revision"));
  story.when("consultation.adoptionConfirmed", "CON-1", {{"letter", "COR-1"}, {"revision", 1}});
  CHECK(story.accepted());
}

}  // namespace consulta::test
