#include "projections/node.h"

#include <doctest/doctest.h>

#include <limits>
#include <optional>

#include "projections/describe.h"
#include "projections/rows/consultation.h"
#include "projections/rows/meeting.h"

namespace consulta {

namespace {

Meeting sample() {
  Meeting meeting;
  meeting.title.phrases = {{"en", "Expert meeting"}, {"fr", "Réunion d’experts"}};
  meeting.dates = {"2006-06/2006-07", "juin-juillet 2006"};
  meeting.host = EntityId(17);
  meeting.invitations.push_back(Invitation{});
  meeting.invitations.back().party = EntityId(3);
  meeting.present = 24;
  meeting.highLevel = true;
  meeting.summary = SealedRef{Position(9), "summary"};
  return meeting;
}

}  // namespace

TEST_CASE("a row is a tree of its members by name") {
  const auto node = described::toNode(sample());
  REQUIRE(node.member("dates") != nullptr);
  CHECK(std::get<RowDate>(node.member("dates")->value).edtf == "2006-06/2006-07");
  CHECK(node.member("high-level") == node.member("highLevel"));
  CHECK(node.member("nothing") == nullptr);
  CHECK(std::get<ChoiceName>(node.member("kind")->value).name == "expert-group");
  const auto& invitations = std::get<Node::List>(node.member("invitations")->value);
  CHECK(std::get<ChoiceName>(invitations.at(0).member("state")->value).name == "sent");
}

TEST_CASE("what was never stated is empty") {
  const auto node = described::toNode(Meeting{});
  for (const char* name : {"title", "dates", "place", "host", "invitations", "summary", "report",
                           "highLevel", "present", "needed"}) {
    INFO(name);
    CHECK(node.member(name)->empty());
  }
  CHECK_FALSE(described::toNode(sample()).member("host")->empty());
  CHECK(node == described::toNode(Meeting{}));
}

TEST_CASE("zero and no are values where they can be stated") {
  auto meeting = sample();
  meeting.present = 0;
  CHECK(*described::toNode(meeting).member("present") == Node{Number(0)});
  ConsultationVoteRound round;
  CHECK(described::toNode(round).member("carried")->empty());
  round.carried = false;
  CHECK(*described::toNode(round).member("carried") == Node{Flag(false)});
  CHECK(differences(described::toNode(ConsultationVoteRound{}), described::toNode(round)).size() ==
        1);
}

TEST_CASE("the shape of a row has every field at any depth, and every choice by name") {
  const auto shape = described::shapeOf<Meeting>();
  const auto& invitations = std::get<Node::List>(shape.member("invitations")->value);
  REQUIRE(invitations.size() == 1);
  const auto& states = std::get<Node::List>(invitations[0].member("state")->value);
  CHECK(states.front() == Node{ChoiceName{"sent"}});
  CHECK(states.size() == 7);
  const auto& delegates = std::get<Node::List>(invitations[0].member("delegates")->value);
  CHECK(*delegates.at(0).member("person") == Node{EntityId()});
  CHECK(*shape.member("present") == Node{Number()});
  CHECK(*shape.member("highLevel") == Node{Flag()});
  CHECK(std::get<Node::List>(shape.member("kind")->value).front() ==
        Node{ChoiceName{"expert-group"}});
}

TEST_CASE("differences name the path, in the order of the row") {
  const auto before = sample();
  auto after = before;
  after.place = "Vienna";
  after.invitations[0].state = InvitationState::accepted;
  after.dates = {"2006-06-26/2006-06-28", ""};
  const auto all = differences(described::toNode(before), described::toNode(after));
  REQUIRE(all.size() == 3);
  CHECK(all[0].path == "dates");
  CHECK(all[1].path == "place");
  CHECK(all[1].before.empty());
  CHECK(all[2].path == "invitations[1].state");
  CHECK(differences(described::toNode(before), described::toNode(before)).empty());
}

TEST_CASE("the stored form of a row's fields reads back as they were") {
  auto meeting = sample();
  for (const std::optional<std::uint32_t> present : {meeting.present, {0U}, {}}) {
    meeting.present = present;
    std::string bytes;
    described::put(bytes, meeting);
    Meeting again;
    again.present = 7;
    described::Source from{bytes};
    described::get(from, again);
    CHECK_FALSE(from.broken);
    CHECK(from.rest.empty());
    CHECK(again == meeting);
  }
}

TEST_CASE("small negative numbers stay short and come back") {
  for (const std::int64_t number :
       {std::int64_t{0}, std::int64_t{-1}, std::int64_t{63}, std::int64_t{-64},
        std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()}) {
    std::string bytes;
    described::put(bytes, number);
    if (number >= -64 && number < 64) CHECK(bytes.size() == 1);
    std::int64_t again = 1;
    described::Source from{bytes};
    described::get(from, again);
    CHECK(again == number);
  }
}

TEST_CASE("damaged stored bytes are noticed and ask for no memory") {
  std::string bytes;
  described::put(bytes, sample());
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
    Meeting again;
    described::Source from{std::string_view(bytes).substr(0, cut)};
    described::get(from, again);
    CHECK(from.broken);
  }
  std::vector<std::string> many;
  described::Source huge{"\xff\xff\xff\xff\xff\xff\xff\xff\x7f"};
  described::get(huge, many);
  CHECK(huge.broken);
  CHECK(many.empty());
}

TEST_CASE("every reference of a row is found, nested ones too") {
  std::vector<EntityId> found;
  described::forEachRef(sample(), [&](EntityId id) { found.push_back(id); });
  CHECK(found == std::vector<EntityId>{EntityId(17), EntityId(3)});
}

}  // namespace consulta
