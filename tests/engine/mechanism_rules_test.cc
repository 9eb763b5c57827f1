#include <doctest/doctest.h>

#include <string>

#include "projections/rows/mechanism.h"
#include "tests/support/story.h"

using namespace consulta;  // NOLINT
using test::Story;

namespace {

/// A mechanism being elaborated, a Member State, a group and an organization.
struct Elaborated : Story {
  Elaborated() {
    on("2006-03-01");
    given("reference.listed", "country/UY",
          {{"list", "country"}, {"code", "UY"}, {"names", "en:Uruguay"}});
    given("party.registered", "UY",
          {{"name", "en:Uruguay"}, {"kind", "member-state"}, {"country", "UY"}});
    given("party.registered", "GRULAC", {{"name", "en:GRULAC"}, {"kind", "group"}});
    given("party.registered", "SEGIB", {{"name", "en:SEGIB"}, {"kind", "regional-organization"}});
    given("mechanism.elaborationStarted", "MEC-1",
          {{"title", "en:Periodic consultation"}, {"frequency", "regular"}});
  }
};

boost::json::object member(const std::string& circle, const std::string& party) {
  return {{"circle", circle}, {"party", party}};
}

}  // namespace

TEST_CASE("a mechanism that is being elaborated is found in operation since no day") {
  Story story;
  story.when("mechanism.found", "MEC-9",
             {{"title", "en:Africa"}, {"state", "being-elaborated"}, {"operatingSince", "2004"}});
  CHECK(story.refusedBy("mechanism.found.operating-since"));
  story.when("mechanism.found", "MEC-9",
             {{"title", "en:Africa"}, {"state", "in-operation"}, {"operatingSince", "2004"}});
  CHECK(story.accepted());
}

TEST_CASE("a circle is defined by something, and made up by a group if by a party") {
  Elaborated story;
  story.when("mechanism.circleDefined", "MEC-1", {{"circle", "regional-group"}});
  CHECK(story.refusedBy("mechanism.circleDefined.something"));
  story.when("mechanism.circleDefined", "MEC-1",
             {{"circle", "regional-group"}, {"group", "SEGIB"}});
  CHECK(story.refusedBy("mechanism.circleDefined.group"));
  story.when("mechanism.circleDefined", "MEC-1",
             {{"circle", "regional-group"}, {"group", "GRULAC"}});
  CHECK(story.accepted());
}

TEST_CASE("a party is admitted to a circle once, and to no other circle thereby") {
  Elaborated story;
  story.given("mechanism.circleJoined", "MEC-1", member("countries-and-stakeholders", "UY"));
  story.when("mechanism.circleJoined", "MEC-1", member("countries-and-stakeholders", "UY"));
  CHECK(story.refusedBy("mechanism.circleJoined.once"));
  CHECK(circleOf(story.as<Mechanism>("MEC-1"), schema::Circle::MEMBER_STATES) == nullptr);
  story.when("mechanism.circleJoined", "MEC-1", member("member-states", "UY"));
  CHECK(story.accepted());
}

TEST_CASE("the circle of Member States admits Member States only") {
  Elaborated story;
  story.when("mechanism.circleJoined", "MEC-1", member("member-states", "SEGIB"));
  CHECK(story.refusedBy("mechanism.circleJoined.member-state"));
}

TEST_CASE("only a party that was admitted to a circle leaves it") {
  Elaborated story;
  story.given("mechanism.circleJoined", "MEC-1", member("countries-and-stakeholders", "SEGIB"));
  story.when("mechanism.circleLeft", "MEC-1", member("regional-group", "SEGIB"));
  CHECK(story.refusedBy("mechanism.circleLeft.member"));
  story.when("mechanism.circleLeft", "MEC-1", member("countries-and-stakeholders", "SEGIB"));
  CHECK(story.accepted());
  CHECK(story.as<Mechanism>("MEC-1").circles[0].members.empty());
}

TEST_CASE("what is held once is no series") {
  Elaborated story;
  boost::json::object data{
      {"title", "en:Expert meetings"}, {"kind", "expert-group"}, {"frequency", "once"}};
  story.when("mechanism.seriesProvided", "MEC-1", data);
  CHECK(story.refusedBy("mechanism.seriesProvided.frequency"));
  data["frequency"] = "annual";
  data["first"] = "2006-06/2006-07";
  story.given("mechanism.seriesProvided", "MEC-1", data);
  CHECK(story.as<Mechanism>("MEC-1").series[0].first.edtf == "2006-06/2006-07");
}

TEST_CASE("working relations are between two different sides at least") {
  Elaborated story;
  boost::json::object data{{"between", boost::json::array{"secretariat"}},
                           {"frequency", "all-year-round"}};
  story.when("mechanism.relationsProvided", "MEC-1", data);
  CHECK(story.refusedBy("mechanism.relationsProvided.sides"));
  data["between"] = boost::json::array{"secretariat", "secretariat"};
  story.when("mechanism.relationsProvided", "MEC-1", data);
  CHECK(story.refusedBy("mechanism.relationsProvided.sides"));
  data["between"] = boost::json::array{"secretariat", "field-offices", "permanent-missions"};
  story.when("mechanism.relationsProvided", "MEC-1", data);
  CHECK(story.accepted());
}

TEST_CASE("a programme is covered once") {
  Elaborated story;
  story.given("programme.identified", "PROG-1", {{"title", "en:Regional programme"}});
  story.given("mechanism.programmeCovered", "MEC-1", {{"programme", "PROG-1"}});
  story.when("mechanism.programmeCovered", "MEC-1", {{"programme", "PROG-1"}});
  CHECK(story.refusedBy("mechanism.programmeCovered.once"));
}

TEST_CASE("a revision changes what it names and leaves the rest") {
  Elaborated story;
  story.when("mechanism.revised", "MEC-1");
  CHECK(story.refusedBy("mechanism.revised.something"));
  story.given("mechanism.revised", "MEC-1", {{"purpose", "en:Updating of programmes"}});
  const auto& row = story.as<Mechanism>("MEC-1");
  CHECK(row.frequency == schema::Frequency::REGULAR);
  CHECK(row.revisions.size() == 1);
}

TEST_CASE("a strategy that is stated again takes the place of the first") {
  Elaborated story;
  story.given("mechanism.strategyStated", "MEC-1",
              {{"text", "en:First"}, {"qualities", {"consensual", "lasting"}}});
  story.given("mechanism.strategyStated", "MEC-1",
              {{"text", "en:Second"}, {"qualities", boost::json::array{"comprehensive"}}});
  const auto& row = story.as<Mechanism>("MEC-1");
  CHECK(row.strategy.phrases[0].text == "Second");
  CHECK(row.qualities == std::vector{schema::StrategyQuality::COMPREHENSIVE});
}

TEST_CASE("a mechanism does not replace itself") {
  Elaborated story;
  story.when("mechanism.ended", "MEC-1", {{"replacement", "MEC-1"}});
  CHECK(story.refusedBy("mechanism.ended.itself"));
  story.when("mechanism.ended", "MEC-1");
  CHECK(story.accepted());
  CHECK(story.as<Mechanism>("MEC-1").endedOn.edtf == "2006-03-01");
}

TEST_CASE("who was dissolved makes up no circle and joins none, but is released from one") {
  Elaborated story;
  story.given("mechanism.circleJoined", "MEC-1", member("countries-and-stakeholders", "UY"));
  for (const std::string party : {"UY", "GRULAC"}) story.given("party.dissolved", party);
  story.on("2006-03-02");
  story.when("mechanism.circleDefined", "MEC-1",
             {{"circle", "regional-group"}, {"group", "GRULAC"}});
  CHECK(story.refusedBy("mechanism.circleDefined.standing"));
  story.when("mechanism.circleJoined", "MEC-1", member("member-states", "UY"));
  CHECK(story.refusedBy("mechanism.circleJoined.standing"));
  story.when("mechanism.circleLeft", "MEC-1", member("countries-and-stakeholders", "UY"));
  CHECK(story.accepted());
}

TEST_CASE("a closed office is responsible for no mechanism, except for one that has ended") {
  Elaborated story;
  story.given("office.established", "LAC", {{"name", "en:Bureau"}, {"kind", "headquarters-unit"}});
  story.given("office.closed", "LAC");
  story.on("2006-03-02");
  story.when("mechanism.officeAssigned", "MEC-1", {{"office", "LAC"}});
  CHECK(story.refusedBy("mechanism.office.standing"));
  boost::json::object data{{"title", "en:Africa"}, {"office", "LAC"}};
  story.when("mechanism.elaborationStarted", "MEC-2", data);
  CHECK(story.refusedBy("mechanism.office.standing"));
  data["state"] = "in-operation";
  story.when("mechanism.found", "MEC-2", data);
  CHECK(story.refusedBy("mechanism.office.standing"));
  data["state"] = "ended";
  story.when("mechanism.found", "MEC-2", data);
  CHECK(story.accepted());
}

TEST_CASE("a mechanism covers each programme once from the beginning") {
  Elaborated story;
  story.given("programme.identified", "PROG-1", {{"title", "en:Regional programme"}});
  story.when("mechanism.elaborationStarted", "MEC-2",
             {{"title", "en:Africa"}, {"programmes", {"PROG-1", "PROG-1"}}});
  CHECK(story.refusedBy("mechanism.programmes.distinct"));
}
