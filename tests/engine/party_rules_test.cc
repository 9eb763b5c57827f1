// Parties, and the persons they are reached through.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "projections/rows/party.h"
#include "projections/rows/person.h"
#include "tests/support/story_steps.h"

using namespace consulta;  // NOLINT
using test::Story;

namespace {

/// Uruguay and Argentina, the group GRULAC, and SEGIB, on 1 January 2006.
struct Parties : Story {
  Parties() {
    on("2006-01-01");
    for (const std::string code : {"UY", "AR", "CS"}) listItem(*this, "country", code);
    for (const std::string code : {"UY", "AR"}) country(code, code);
    party("GRULAC", "group");
    party("SEGIB", "regional-organization");
    given("person.registered", "PER-1", {{"name", "Ana Pérez"}});
  }
  void party(const std::string& name, const std::string& kind) {
    given("party.registered", name, {{"name", "en:" + name}, {"kind", kind}});
  }
  void country(const std::string& name, const std::string& code) {
    given("party.registered", name,
          {{"name", "en:" + name}, {"kind", "member-state"}, {"country", code}});
  }
  void tryState(const std::string& name, const std::string& code) {
    when("party.registered", name,
         {{"name", "en:" + name}, {"kind", "member-state"}, {"country", code}});
  }
};

struct Joined : Parties {
  Joined() { given("party.groupJoined", "UY", {{"group", "GRULAC"}}); }
};

}  // namespace

TEST_CASE("a State has a code, which no other State that exists has") {
  Parties story;
  story.when("party.registered", "BR", {{"name", "en:Brazil"}, {"kind", "member-state"}});
  CHECK(story.refusedBy("party.state.code"));
  story.tryState("URUGUAY", "UY");
  CHECK(story.refusedBy("party.state.unique"));
  story.tryState("URUGUAY", "uy");
  CHECK(story.refusedBy("reference.code.form"));
  story.when("party.registered", "COMPANY",
             {{"name", "en:A company"}, {"kind", "company"}, {"country", "UY"}});
  CHECK(story.accepted());
}

TEST_CASE("a correction of a State takes no other one's code and keeps its own") {
  Parties story;
  correctOpening(story, "AR", {{"country", "UY"}});
  CHECK(story.refusedBy("party.state.unique"));
  correctOpening(story, "AR", {{"name", "en:Argentina"}});
  CHECK(story.accepted());
  correctOpening(story, "AR", {{"country", "AR"}, {"name", "en:Argentine Republic"}});
  CHECK(story.accepted());
}

TEST_CASE("a code passes on when its State is dissolved, on that day and not before") {
  Parties story;
  story.country("CZECHOSLOVAKIA", "CS");
  story.on("2006-03-01").given("party.dissolved", "CZECHOSLOVAKIA");
  story.on("2006-02-28");
  story.tryState("SERBIA-AND-MONTENEGRO", "CS");
  CHECK(story.refusedBy("party.state.unique"));
  story.on("2006-03-01");
  story.tryState("SERBIA-AND-MONTENEGRO", "CS");
  CHECK(story.accepted());
}

TEST_CASE("a State found dissolved leaves its code to others") {
  Parties story;
  story.given(
      "party.found", "OLD-UY",
      {{"name", "en:Before"}, {"kind", "state"}, {"country", "UY"}, {"state", "dissolved"}});
  correctOpening(story, "OLD-UY", {{"state", "active"}});
  CHECK(story.refusedBy("party.state.unique"));
}

TEST_CASE("a State joins a group once and leaves only what it belongs to") {
  Joined story;
  story.when("party.groupJoined", "UY", {{"group", "GRULAC"}});
  CHECK(story.refusedBy("party.joined.once"));
  story.when("party.groupJoined", "UY", {{"group", "SEGIB"}});
  CHECK(story.refusedBy("party.group.kind"));
  story.when("party.groupLeft", "AR", {{"group", "GRULAC"}});
  CHECK(story.refusedBy("party.left.member"));
  story.on("2006-05-01").given("party.groupLeft", "UY", {{"group", "GRULAC"}});
  CHECK(story.as<Party>("UY").groups.empty());
  story.on("2006-06-01").when("party.groupJoined", "UY", {{"group", "GRULAC"}});
  CHECK(story.accepted());
}

TEST_CASE("membership has dates: a late entry takes its place among them") {
  Joined story;
  story.on("2006-05-01").given("party.groupLeft", "UY", {{"group", "GRULAC"}});
  // Within the first membership nothing can be joined.
  story.on("2006-03-01").when("party.groupJoined", "UY", {{"group", "GRULAC"}});
  CHECK(story.refusedBy("party.joined.once"));
  // A leave before the one that is known would make that one unlawful.
  story.when("party.groupLeft", "UY", {{"group", "GRULAC"}});
  CHECK(story.refusedBy("party.left.member"));
  const auto id = story.row("UY")->head.id;
  const auto day = [](const char* edtf) { return dateBounds(edtf).value().latestNs; };
  CHECK(as<Party>(*story.state().rowAt(id, day("2006-04-30"))).groups.size() == 1);
  CHECK(as<Party>(*story.state().rowAt(id, day("2006-05-01"))).groups.empty());
}

TEST_CASE("only States and groups of States belong to a group") {
  Parties story;
  story.when("party.groupJoined", "SEGIB", {{"group", "GRULAC"}});
  CHECK(story.refusedBy("party.group.member"));
  story.when("party.found", "FIRM",
             {{"name", "en:Firm"},
              {"kind", "company"},
              {"state", "active"},
              {"groups", boost::json::array{"GRULAC"}}});
  CHECK(story.refusedBy("party.group.member"));
  story.party("G-77", "group");
  story.when("party.groupJoined", "GRULAC", {{"group", "G-77"}});
  CHECK(story.accepted());
}

TEST_CASE("a group is no member of itself, neither at once nor by way of others") {
  Parties story;
  story.party("G-77", "group");
  story.when("party.groupJoined", "GRULAC", {{"group", "GRULAC"}});
  CHECK(story.refusedBy("party.group.self"));
  story.given("party.groupJoined", "GRULAC", {{"group", "G-77"}});
  story.when("party.groupJoined", "G-77", {{"group", "GRULAC"}});
  CHECK(story.refusedBy("party.group.self"));
  story.given("party.found", "G-9", {{"name", "en:Nine"}, {"kind", "group"}, {"state", "active"}});
  correctOpening(story, "G-9", {{"groups", boost::json::array{"G-9"}}});
  CHECK(story.refusedBy("party.group.self"));
}

TEST_CASE("a party is found with groups and represented parties that are named once") {
  Parties story;
  boost::json::object found{
      {"name", "en:BR"}, {"kind", "state"}, {"country", "CS"}, {"state", "active"}};
  found["groups"] = boost::json::array{"GRULAC", "GRULAC"};
  story.when("party.found", "BR", found);
  CHECK(story.refusedBy("party.groups.distinct"));
  found["groups"] = boost::json::array{"GRULAC"};
  found["represents"] = boost::json::array{"UY", "UY"};
  story.when("party.found", "BR", found);
  CHECK(story.refusedBy("party.represents.distinct"));
}

TEST_CASE("a group that has members stays one, and a member stays a State") {
  Joined story;
  story.when("party.reclassified", "GRULAC", {{"kind", "ngo"}});
  CHECK(story.refusedBy("party.reclassified.members"));
  story.when("party.reclassified", "UY", {{"kind", "ngo"}});
  CHECK(story.refusedBy("party.reclassified.groups"));
  story.when("party.reclassified", "UY", {{"kind", "state"}});
  CHECK(story.accepted());
  correctOpening(story, "GRULAC", {{"kind", "ngo"}});
  CHECK(story.refusedBy("party.group.kind"));
}

TEST_CASE("an organization represents States and groups, each once, and not itself") {
  Parties story;
  story.party("OEI", "international-organization");
  story.when("party.representationTaken", "SEGIB", {{"represented", "SEGIB"}});
  CHECK(story.refusedBy("party.represents.self"));
  story.when("party.representationTaken", "SEGIB", {{"represented", "OEI"}});
  CHECK(story.refusedBy("party.represents.kind"));
  story.given("party.representationTaken", "SEGIB", {{"represented", "UY"}});
  story.given("party.representationTaken", "SEGIB", {{"represented", "GRULAC"}});
  story.when("party.representationTaken", "SEGIB", {{"represented", "UY"}});
  CHECK(story.refusedBy("party.represents.once"));
  story.when("party.representationEnded", "SEGIB", {{"represented", "AR"}});
  CHECK(story.refusedBy("party.represents.had"));
  story.given("party.representationEnded", "SEGIB", {{"represented", "UY"}});
  CHECK(story.as<Party>("SEGIB").represents.size() == 1);
}

TEST_CASE("a focal point is named once for all or for a programme, and released as named") {
  Parties story;
  story.given("programme.identified", "PROG-1", {{"title", "en:Programme"}});
  story.given("party.focalPointNamed", "UY", {{"person", "PER-1"}});
  story.when("party.focalPointNamed", "UY", {{"person", "PER-1"}});
  CHECK(story.refusedBy("party.focal-point.once"));
  story.given("party.focalPointNamed", "UY", {{"person", "PER-1"}, {"programme", "PROG-1"}});
  story.given("party.focalPointReleased", "UY", {{"person", "PER-1"}});
  story.when("party.focalPointReleased", "UY", {{"person", "PER-1"}});
  CHECK(story.refusedBy("party.focal-point.had"));
  CHECK(story.as<Party>("UY").focalPoints.size() == 1);
}

TEST_CASE("somebody who has left is no focal point") {
  Parties story;
  story.on("2006-02-01").given("person.departed", "PER-1");
  story.when("party.focalPointNamed", "UY", {{"person", "PER-1"}});
  CHECK(story.accepted());  // on the same day
  story.on("2006-02-02").when("party.focalPointNamed", "AR", {{"person", "PER-1"}});
  CHECK(story.refusedBy("party.focal-point.active"));
  story.on("2006-01-15").when("party.focalPointNamed", "AR", {{"person", "PER-1"}});
  CHECK(story.accepted());
}

TEST_CASE("a State has one permanent mission in a place") {
  Parties story;
  const boost::json::object vienna{{"name", "en:Mission"}, {"place", "Vienna"}};
  story.given("party.missionOpened", "UY", vienna);
  story.when("party.missionOpened", "UY", vienna);
  CHECK(story.refusedBy("party.mission.once"));
  story.when("party.missionOpened", "GRULAC", vienna);
  CHECK(story.refusedBy("party.mission.kind"));
  story.when("party.missionClosed", "UY", {{"place", "Geneva"}});
  CHECK(story.refusedBy("party.mission.had"));
  CHECK(story.why().find("Vienna") != std::string::npos);
  story.given("party.missionClosed", "UY", {{"place", "Vienna"}});
  story.when("party.missionClosed", "UY", {{"place", "Vienna"}});
  CHECK(story.refusedBy("party.mission.had"));
}

TEST_CASE("a new name says something") {
  Parties story;
  story.when("party.renamed", "SEGIB");
  CHECK(story.refusedBy("party.renamed.something"));
  story.when("party.renamed", "SEGIB", {{"acronym", "SEGIB"}});
  CHECK(story.accepted());
}

TEST_CASE("a dissolved party takes no further part, and its successors are named") {
  Joined story;
  story.party("OEI", "international-organization");
  story.on("2006-03-01");
  story.when("party.dissolved", "SEGIB", {{"successors", boost::json::array{"SEGIB"}}});
  CHECK(story.refusedBy("party.successors.self"));
  story.when("party.dissolved", "SEGIB", {{"successors", {"OEI", "OEI"}}});
  CHECK(story.refusedBy("party.successors.distinct"));
  story.given("party.dissolved", "SEGIB", {{"successors", boost::json::array{"OEI"}}});
  story.when("party.representationTaken", "SEGIB", {{"represented", "UY"}});
  CHECK(story.refusedBy("party.lifecycle"));
  story.on("2006-04-01");
  story.when("person.appointed", "PER-1", {{"function", "Adviser"}, {"party", "SEGIB"}});
  CHECK(story.refusedBy("person.acts-for.party"));
  CHECK(story.why().find("party:OEI") != std::string::npos);
  story.when("party.dissolved", "OEI", {{"successors", boost::json::array{"SEGIB"}}});
  CHECK(story.refusedBy("party.successors.standing"));
  story.given("party.dissolved", "GRULAC");
  story.on("2006-05-01").when("party.groupJoined", "AR", {{"group", "GRULAC"}});
  CHECK(story.refusedBy("party.group.standing"));
  story.when("party.representationTaken", "OEI", {{"represented", "GRULAC"}});
  CHECK(story.refusedBy("party.represents.standing"));
}

TEST_CASE("a dissolution whose date is corrected is held against those who joined since") {
  Joined story;
  story.on("2006-03-01").given("party.groupJoined", "AR", {{"group", "GRULAC"}});
  story.on("2006-04-01").given("party.dissolved", "GRULAC");
  const auto dissolved = newest(story);
  correctDate(story, "GRULAC", dissolved, "2006-02-01");
  CHECK(story.refusedBy("party.group.standing"));
  correctDate(story, "GRULAC", dissolved, "2006-03-01");
  CHECK(story.accepted());
}

TEST_CASE("what a register knows of a person stands in no row") {
  Parties story;
  const auto& person = story.as<Person>("PER-1");
  CHECK(person.name.at == Position(story.row("PER-1")->head.id.value));
  CHECK(person.name.field == "name");
  CHECK(story.row("PER-1")->encode().find("Ana") == std::string::npos);
}

TEST_CASE("a corrected function keeps the place of the name that was right") {
  Parties story;
  correctOpening(story, "PER-1", {{"function", "Counsellor"}});
  REQUIRE(story.accepted());
  const auto& person = story.as<Person>("PER-1");
  CHECK(person.name.at == Position(story.row("PER-1")->head.id.value));
  CHECK(person.function.at == Position(newest(story)));
}

TEST_CASE("somebody else succeeds a person who leaves") {
  Parties story;
  story.given("person.registered", "PER-2", {{"name", "B"}});
  story.on("2006-02-01");
  story.when("person.departed", "PER-1", {{"successor", "PER-1"}});
  CHECK(story.refusedBy("person.departed.successor"));
  story.given("person.departed", "PER-2");
  story.on("2006-03-01").when("person.departed", "PER-1", {{"successor", "PER-2"}});
  CHECK(story.refusedBy("person.departed.successor-left"));
  story.given("person.returned", "PER-2");
  story.when("person.departed", "PER-1", {{"successor", "PER-2"}});
  CHECK(story.accepted());
}

TEST_CASE("a change of contact says what has changed") {
  Parties story;
  story.when("person.contactChanged", "PER-1");
  CHECK(story.refusedBy("person.contact.something"));
  story.when("person.contactChanged", "PER-1", {{"email", "ana@example.org"}});
  CHECK(story.accepted());
}

TEST_CASE("nobody works in an office that is closed") {
  Parties story;
  story.given("office.found", "FO",
              {{"name", "en:FO"}, {"kind", "field-office"}, {"state", "closed"}});
  story.on("2006-02-01");
  story.when("person.registered", "PER-2", {{"name", "B"}, {"office", "FO"}});
  CHECK(story.refusedBy("person.acts-for.office"));
  story.on("2005-12-01").when("person.registered", "PER-2", {{"name", "B"}, {"office", "FO"}});
  CHECK(story.accepted());
}
