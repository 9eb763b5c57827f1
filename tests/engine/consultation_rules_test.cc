#include <doctest/doctest.h>

#include <string>

#include "projections/rows/consultation.h"
#include "tests/support/story.h"

using namespace consulta;  // NOLINT
using test::Story;

namespace {

using Types = std::vector<std::string>;

/// A consultation with AR, BR and UY counted and MX observing, planned.
struct Planned : Story {
  Planned() {
    on("2006-05-01");
    for (const std::string party : {"AR", "BR", "UY", "MX", "CL"}) {
      given("party.registered", party, {{"name", "en:" + party}, {"kind", "member-state"}});
    }
    given("consultation.planned", "CON-1", {{"title", "en:On the programme"}});
    for (const std::string party : {"AR", "BR", "UY"}) {
      given("consultation.invited", "CON-1", {{"party", party}, {"standing", "eligible"}});
    }
    given("consultation.invited", "CON-1", {{"party", "MX"}, {"standing", "observer"}});
  }
};

struct Opened : Planned {
  Opened() { on("2006-07-01").given("consultation.opened", "CON-1"); }
};

struct Tabled : Opened {
  Tabled() { given("consultation.tabled", "CON-1", {{"revision", 1}, {"text", "en:We agree"}}); }
};

/// Revision 1 under silence from 10 July until 14 July 2006, 18:00.
struct UnderSilence : Tabled {
  UnderSilence() {
    on("2006-07-10")
        .given("consultation.putUnderSilence", "CON-1",
               {{"revision", 1}, {"deadline", "2006-07-14T18:00 Europe/Vienna"}});
  }
};

struct Observed : UnderSilence {
  Observed() {
    on("2006-07-14T16:00:01Z")
        .given("consultation.silenceObserved", "CON-1",
               {{"revision", 1}, {"deadline", "2006-07-14T18:00 Europe/Vienna"}});
  }
};

/// A vote of AR, BR and UY with a quorum of two, to be counted on 20 July.
struct UnderVote : Tabled {
  explicit UnderVote(const std::string& majority = "simple") {
    on("2006-07-10")
        .given("consultation.voteOpened", "CON-1",
               {{"round", 1},
                {"majority", majority},
                {"quorum", 2},
                {"closes", "2006-07-20T18:00 Europe/Vienna"}});
  }
};

boost::json::object ballot(const std::string& party, const std::string& vote) {
  return {{"round", 1}, {"party", party}, {"vote", vote}};
}

boost::json::object objection(const std::string& party) {
  return {{"party", party}, {"reason", "Paragraph 3 goes too far"}};
}

}  // namespace

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
