#include <doctest/doctest.h>

#include <string>

#include "projections/rows/meeting.h"
#include "tests/engine/meeting_story.h"

using namespace consulta;  // NOLINT
using test::Accepted;
using test::answer;
using test::Confirmed;
using test::Convened;
using test::Invited;
using test::Story;

namespace {

InvitationState stateOfInvitation(Story& story, const std::string& party) {
  const auto id = story.row(party)->head.id;
  const auto* invitation = invitationOf(story.as<Meeting>("MTG-1"), id);
  REQUIRE(invitation != nullptr);
  return invitation->state;
}

}  // namespace

TEST_CASE("a party is invited once, and again after its invitation was withdrawn") {
  Invited story;
  story.when("meeting.invited", "MTG-1", {{"party", "UY"}});
  CHECK(story.refusedBy("meeting.invited.once"));
  story.given("meeting.invitationWithdrawn", "MTG-1", {{"party", "UY"}, {"reason", "In error"}});
  story.when("meeting.answered", "MTG-1", answer("UY", "accepted"));
  CHECK(story.refusedBy("meeting.invitation.exists"));
  story.when("meeting.invitationWithdrawn", "MTG-1", {{"party", "UY"}, {"reason", "Again"}});
  CHECK(story.refusedBy("meeting.invitation.exists"));
  story.when("meeting.invited", "MTG-1", {{"party", "UY"}});
  CHECK(story.accepted());
  CHECK(stateOfInvitation(story, "UY") == InvitationState::sent);
}

TEST_CASE("an earlier invitation that is entered late makes the later one the second") {
  Invited story;
  story.on("2006-05-12").when("meeting.invited", "MTG-1", {{"party", "UY"}});
  CHECK(story.refusedBy("meeting.invited.once"));
  story.when("meeting.invited", "MTG-1", {{"party", "SEGIB"}});
  CHECK(story.accepted());
}

TEST_CASE("an answer is asked for after the invitation") {
  Confirmed story;
  story.when("meeting.invited", "MTG-1", {{"party", "UY"}, {"replyBy", "2006-05-09"}});
  CHECK(story.refusedBy("meeting.invited.reply-by"));
  story.when("meeting.invited", "MTG-1", {{"party", "UY"}, {"replyBy", "2006-05"}});
  CHECK(story.accepted());
}

TEST_CASE(
    "only an invitation is answered, and where there is none this stands in the way already") {
  Confirmed story;
  story.when("meeting.answered", "MTG-1", answer("UY", "accepted"));
  CHECK(story.refusedBy("meeting.invitation.none"));
  story.given("meeting.invited", "MTG-1", {{"party", "AT"}});
  story.when("meeting.answered", "MTG-1", answer("UY", "accepted"));
  CHECK(story.refusedBy("meeting.invitation.exists"));
}

TEST_CASE("a party that declined may accept later, and one that accepted may decline") {
  Invited story;
  story.given("meeting.answered", "MTG-1", answer("UY", "declined"));
  story.when("meeting.answered", "MTG-1", answer("UY", "declined"));
  CHECK(story.refusedBy("meeting.answered.once"));
  story.given("meeting.answered", "MTG-1", answer("UY", "accepted"));
  story.when("meeting.answered", "MTG-1", answer("UY", "accepted"));
  CHECK(story.refusedBy("meeting.answered.once"));
  story.given("meeting.representativeNamed", "MTG-1", {{"party", "UY"}, {"person", "PER-1"}});
  story.when("meeting.answered", "MTG-1", answer("UY", "accepted"));
  CHECK(story.refusedBy("meeting.answered.once"));
  story.given("meeting.answered", "MTG-1", answer("UY", "declined"));
  CHECK(stateOfInvitation(story, "UY") == InvitationState::declined);
  CHECK(story.as<Meeting>("MTG-1").invitations[0].delegates.empty());
}

TEST_CASE("a new answer does not keep the letter of the old one") {
  Invited story;
  story.given("correspondence.registered", "LET-1",
              {{"kind", "letter"},
               {"direction", "incoming"},
               {"sender", "UY"},
               {"theirReference", "123/2006"},
               {"received", "2006-06-01"}});
  auto accepted = answer("UY", "accepted");
  accepted["reply"] = "LET-1";
  story.given("meeting.answered", "MTG-1", accepted);
  CHECK(story.as<Meeting>("MTG-1").invitations[0].reply == story.row("LET-1")->head.id);
  story.given("meeting.answered", "MTG-1", answer("UY", "declined"));
  CHECK_FALSE(story.as<Meeting>("MTG-1").invitations[0].reply);
}

TEST_CASE("an answer in time stands, although it is entered after the note that none had come") {
  Invited story;
  story.on("2006-07-01");
  for (const std::string party : {"UY", "AT"}) {
    story.given("meeting.answerOverdue", "MTG-1", {{"party", party}, {"due", "2006-06-30"}});
  }
  CHECK(stateOfInvitation(story, "UY") == InvitationState::noReply);
  story.on("2006-06-20").given("meeting.answered", "MTG-1", answer("UY", "accepted"));
  CHECK(stateOfInvitation(story, "UY") == InvitationState::accepted);
  CHECK(stateOfInvitation(story, "AT") == InvitationState::noReply);
  story.on("2006-07-05").given("meeting.answered", "MTG-1", answer("AT", "declined"));
  CHECK(stateOfInvitation(story, "AT") == InvitationState::declined);
  story.when("meeting.answerOverdue", "MTG-1", {{"party", "SEGIB"}, {"due", "2006-06-30"}});
  CHECK(story.refusedBy("meeting.answerOverdue.asked"));
}

TEST_CASE("a party names whom it sends after it has accepted") {
  Invited story;
  const boost::json::object delegate{{"party", "UY"}, {"person", "PER-1"}};
  story.when("meeting.representativeNamed", "MTG-1", delegate);
  CHECK(story.refusedBy("meeting.invitation.none-accepted"));
  story.given("meeting.answered", "MTG-1", answer("AT", "accepted"));
  story.when("meeting.representativeNamed", "MTG-1", delegate);
  CHECK(story.refusedBy("meeting.invitation.accepted"));
  story.given("meeting.answered", "MTG-1", answer("UY", "declined"));
  story.when("meeting.representativeNamed", "MTG-1", delegate);
  CHECK(story.refusedBy("meeting.invitation.accepted"));
  CHECK(story.why().find("--answer accepted") != std::string::npos);
}

TEST_CASE("one person heads a delegation, and whoever is named is named once") {
  Accepted story;
  boost::json::object first{{"party", "UY"}, {"person", "PER-1"}, {"head", true}};
  story.given("meeting.representativeNamed", "MTG-1", first);
  story.when("meeting.representativeNamed", "MTG-1", first);
  CHECK(story.refusedBy("meeting.representativeNamed.once"));
  story.given("meeting.representativeNamed", "MTG-1",
              {{"party", "UY"}, {"person", "PER-2"}, {"head", true}});
  const auto& delegates = story.as<Meeting>("MTG-1").invitations[0].delegates;
  REQUIRE(delegates.size() == 2);
  CHECK_FALSE(delegates[0].head);
  CHECK(delegates[1].head);
}

TEST_CASE("credentials are those of people who were named") {
  Accepted story;
  story.when("meeting.credentialsReceived", "MTG-1", {{"party", "UY"}});
  CHECK(story.refusedBy("meeting.invitation.none-represented"));
  story.given("meeting.answered", "MTG-1", answer("AT", "accepted"));
  story.given("meeting.representativeNamed", "MTG-1", {{"party", "AT"}, {"person", "PER-2"}});
  story.when("meeting.credentialsReceived", "MTG-1", {{"party", "UY"}});
  CHECK(story.refusedBy("meeting.credentialsReceived.represented"));
  story.given("meeting.representativeNamed", "MTG-1", {{"party", "UY"}, {"person", "PER-1"}});
  story.when("meeting.credentialsReceived", "MTG-1", {{"party", "UY"}, {"person", "PER-2"}});
  CHECK(story.refusedBy("meeting.credentialsReceived.person"));
  story.when("meeting.credentialsReceived", "MTG-1", {{"party", "UY"}, {"person", "PER-1"}});
  CHECK(story.accepted());
}

TEST_CASE("a further representative does not undo credentials that have come") {
  Accepted story;
  story.given("meeting.representativeNamed", "MTG-1", {{"party", "UY"}, {"person", "PER-1"}});
  story.given("meeting.credentialsReceived", "MTG-1", {{"party", "UY"}});
  story.given("meeting.representativeNamed", "MTG-1", {{"party", "UY"}, {"person", "PER-2"}});
  CHECK(stateOfInvitation(story, "UY") == InvitationState::credentialsReceived);
  const auto& invitation = story.as<Meeting>("MTG-1").invitations[0];
  CHECK(invitation.delegates[0].accredited);
  CHECK_FALSE(invitation.delegates[1].accredited);
  CHECK(invitation.credentialsOn.edtf == "2006-06-01");
}

TEST_CASE("a person is registered once, and anew in another capacity") {
  Confirmed story;
  boost::json::object data{{"person", "PER-1"}, {"party", "UY"}, {"capacity", "member"}};
  story.given("meeting.registered", "MTG-1", data);
  story.when("meeting.registered", "MTG-1", data);
  CHECK(story.refusedBy("meeting.registered.once"));
  data["capacity"] = "observer";
  story.given("meeting.registered", "MTG-1", data);
  CHECK(story.as<Meeting>("MTG-1").participants.size() == 1);
}

TEST_CASE("nobody is registered as a member for a party that has declined") {
  Invited story;
  story.given("meeting.answered", "MTG-1", answer("UY", "declined"));
  boost::json::object data{{"person", "PER-1"}, {"party", "UY"}, {"capacity", "member"}};
  story.when("meeting.registered", "MTG-1", data);
  CHECK(story.refusedBy("meeting.registered.declined"));
  data["capacity"] = "observer";
  story.when("meeting.registered", "MTG-1", data);
  CHECK(story.accepted());
}

TEST_CASE("a quorum counts those who are registered, and never an observer") {
  Convened story;
  story.given("meeting.quorumRecorded", "MTG-1", {{"present", 24}, {"needed", 17}});
  story.given("meeting.registered", "MTG-1",
              {{"person", "PER-1"}, {"party", "UY"}, {"capacity", "member"}});
  story.given("meeting.registered", "MTG-1",
              {{"person", "PER-2"}, {"party", "SEGIB"}, {"capacity", "observer"}});
  story.when("meeting.quorumRecorded", "MTG-1", {{"present", 2}, {"needed", 1}});
  CHECK(story.refusedBy("meeting.quorumRecorded.present"));
  story.when("meeting.quorumRecorded", "MTG-1", {{"present", 1}, {"needed", 0}});
  CHECK(story.refusedBy("meeting.quorumRecorded.needed"));
  story.when("meeting.quorumRecorded", "MTG-1", {{"present", 1}, {"needed", 2}});
  CHECK(story.accepted());
}

TEST_CASE("whoever has ended is neither invited nor heard, but its invitation can be withdrawn") {
  Invited story;
  story.given("party.dissolved", "UY");
  story.on("2006-06-02");
  story.when("meeting.answered", "MTG-1", answer("UY", "accepted"));
  CHECK(story.refusedBy("meeting.answered.party"));
  story.when("meeting.invitationWithdrawn", "MTG-1", {{"party", "UY"}, {"reason", "It is gone"}});
  CHECK(story.accepted());
  story.when("meeting.invited", "MTG-1", {{"party", "UY"}});
  CHECK(story.refusedBy("meeting.invited.party"));
  story.on("2006-05-31").when("meeting.answered", "MTG-1", answer("UY", "declined"));
  CHECK(story.accepted());  // in time, entered late
}

TEST_CASE("who has left is neither sent nor registered, and does not preside") {
  Accepted story;
  story.given("person.departed", "PER-1");
  story.on("2006-06-02");
  story.when("meeting.representativeNamed", "MTG-1", {{"party", "UY"}, {"person", "PER-1"}});
  CHECK(story.refusedBy("meeting.representativeNamed.person"));
  story.when("meeting.registered", "MTG-1", {{"person", "PER-1"}, {"capacity", "expert"}});
  CHECK(story.refusedBy("meeting.registered.person"));
  story.on("2006-09-26").when("meeting.convened", "MTG-1", {{"chair", "PER-1"}});
  CHECK(story.refusedBy("meeting.convened.chair"));
}

TEST_CASE("of a party that has ended nobody is sent, accredited or registered any more") {
  Accepted story;
  story.given("meeting.representativeNamed", "MTG-1", {{"party", "UY"}, {"person", "PER-1"}});
  story.given("party.dissolved", "UY");
  story.on("2006-06-02");
  story.when("meeting.representativeNamed", "MTG-1", {{"party", "UY"}, {"person", "PER-2"}});
  CHECK(story.refusedBy("meeting.representativeNamed.party"));
  story.when("meeting.credentialsReceived", "MTG-1", {{"party", "UY"}, {"person", "PER-1"}});
  CHECK(story.refusedBy("meeting.credentialsReceived.party"));
  story.when("meeting.registered", "MTG-1",
             {{"person", "PER-1"}, {"party", "UY"}, {"capacity", "member"}});
  CHECK(story.refusedBy("meeting.registered.party"));
}

TEST_CASE("a meeting is found with organizers that are named once") {
  Story story;
  story.given("office.established", "LAC", {{"name", "en:Bureau"}, {"kind", "headquarters-unit"}});
  story.when("meeting.found", "MTG-1",
             {{"title", "en:Experts"},
              {"kind", "expert-group"},
              {"state", "scheduled"},
              {"organizers", {"LAC", "LAC"}}});
  CHECK(story.refusedBy("meeting.organizers.distinct"));
}

TEST_CASE("the letter of an invitation is named once it has been sent, and changes nothing else") {
  Accepted story;
  for (const std::string letter : {"COR-1", "COR-2"}) {
    story.given("correspondence.registered", letter,
                {{"kind", "letter"}, {"direction", "outgoing"}});
  }
  const auto before = *invitationOf(story.as<Meeting>("MTG-1"), story.id("UY"));
  const auto name = [&](const std::string& letter) {
    story.when("meeting.invited", "MTG-1", {{"party", "UY"}, {"invitation", letter}});
  };
  name("COR-1");
  REQUIRE(story.accepted());
  auto after = *invitationOf(story.as<Meeting>("MTG-1"), story.id("UY"));
  CHECK(after.letter == story.id("COR-1"));
  after.letter = EntityId{};
  CHECK(after == before);
  name("COR-2");
  CHECK(story.refusedBy("meeting.invited.once"));
}
