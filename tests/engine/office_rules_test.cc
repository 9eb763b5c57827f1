#include <doctest/doctest.h>

#include <string>

#include "projections/rows/office.h"
#include "tests/support/story_steps.h"

using namespace consulta;  // NOLINT
using test::Story;

namespace {

/// HQ, its part LAC, and LAC's part FO; B stands alone.
struct Offices : Story {
  Offices() {
    on("2006-01-01");
    office("HQ", "");
    office("LAC", "HQ");
    office("FO", "LAC");
    office("B", "");
    for (const std::string code : {"UY", "AR"}) {
      listItem(*this, "country", code);
      given("party.registered", code,
            {{"name", "en:" + code}, {"kind", "member-state"}, {"country", code}});
    }
  }
  void office(const std::string& name, const std::string& parent) {
    boost::json::object data{{"name", "en:" + name}, {"kind", "headquarters-unit"}};
    if (!parent.empty()) data["parent"] = parent;
    given("office.established", name, data);
  }
};

}  // namespace

TEST_CASE("an office is not attached to itself or to a part of it") {
  Offices story;
  story.when("office.attached", "HQ", {{"parent", "HQ"}});
  CHECK(story.refusedBy("office.parent.circle"));
  story.when("office.attached", "HQ", {{"parent", "FO"}});
  CHECK(story.refusedBy("office.parent.circle"));
  story.when("office.attached", "HQ", {{"parent", "B"}});
  CHECK(story.accepted());
}

TEST_CASE("a corrected parent closes no circle, in an opening entry or another one") {
  Offices story;
  correctOpening(story, "HQ", {{"parent", "FO"}});
  CHECK(story.refusedBy("office.parent.circle"));
  correctOpening(story, "HQ", {{"parent", "HQ"}});
  CHECK(story.refusedBy("office.parent.circle"));
  correctOpening(story, "HQ", {{"parent", "B"}});
  CHECK(story.accepted());
  story.given("office.found", "C",
              {{"name", "en:C"}, {"kind", "field-office"}, {"state", "open"}, {"parent", "FO"}});
  story.on("2006-02-01").given("office.attached", "FO", {{"parent", "HQ"}});
  correctEntry(story, "FO", newest(story), {{"parent", "C"}});
  CHECK(story.refusedBy("office.parent.circle"));
}

TEST_CASE("a parent that is named late closes no circle with what was attached since") {
  Offices story;
  story.on("2006-03-01").given("office.attached", "B", {{"parent", "FO"}});
  // On that day B was no part of FO yet, but today HQ would be part of itself.
  story.on("2006-02-01").when("office.attached", "HQ", {{"parent", "B"}});
  CHECK(story.refusedBy("office.parent.circle"));
}

TEST_CASE("a parent of former days may have become a part since") {
  Offices story;
  story.on("2006-03-01").given("office.attached", "LAC", {{"parent", "B"}});
  story.on("2006-04-01").given("office.attached", "HQ", {{"parent", "LAC"}});
  story.on("2006-05-01").given("office.attached", "HQ", {{"parent", "B"}});
  // From February to April HQ was a part of B, which was nobody's.
  story.on("2006-02-01").when("office.attached", "HQ", {{"parent", "B"}});
  CHECK(story.accepted());
  CHECK(story.as<Office>("HQ").parent == story.row("B")->head.id);
}

TEST_CASE("an office is part of one that is open") {
  Offices story;
  story.on("2006-02-01").given("office.closed", "B");
  story.on("2006-02-02").when("office.attached", "FO", {{"parent", "B"}});
  CHECK(story.refusedBy("office.parent.open"));
  story.on("2006-03-01").given("office.reopened", "B");
  story.when("office.attached", "FO", {{"parent", "B"}});
  CHECK(story.accepted());
}

TEST_CASE("an office looks after a party once, and releases only what it looks after") {
  Offices story;
  story.given("office.partyCovered", "FO", {{"party", "UY"}});
  story.when("office.partyCovered", "FO", {{"party", "UY"}});
  CHECK(story.refusedBy("office.covered.once"));
  story.when("office.partyReleased", "FO", {{"party", "AR"}});
  CHECK(story.refusedBy("office.released.covered"));
  story.given("office.partyReleased", "FO", {{"party", "UY"}});
  CHECK(story.as<Office>("FO").covers.empty());
  story.when(
      "office.found", "D",
      {{"name", "en:D"}, {"kind", "field-office"}, {"state", "open"}, {"covers", {"UY", "UY"}}});
  CHECK(story.refusedBy("office.covers.distinct"));
}

TEST_CASE("an office does not look after a party that was dissolved") {
  Offices story;
  story.on("2006-02-01").given("party.dissolved", "AR");
  story.on("2006-02-02").when("office.partyCovered", "FO", {{"party", "AR"}});
  CHECK(story.refusedBy("office.covers.party"));
  story.when("office.found", "D",
             {{"name", "en:D"},
              {"kind", "field-office"},
              {"state", "open"},
              {"covers", boost::json::array{"AR"}}});
  CHECK(story.refusedBy("office.covers.party"));
}

TEST_CASE("another office takes over from one that is closed") {
  Offices story;
  story.when("office.closed", "FO", {{"successor", "FO"}});
  CHECK(story.refusedBy("office.closed.successor"));
  story.given("office.closed", "B");
  story.on("2006-02-01").when("office.closed", "FO", {{"successor", "B"}});
  CHECK(story.refusedBy("office.closed.successor-open"));
  story.given("office.closed", "FO", {{"successor", "LAC"}});
  story.when("office.partyCovered", "FO", {{"party", "UY"}});
  CHECK(story.refusedBy("office.lifecycle"));
  story.given("office.reopened", "FO");
  CHECK_FALSE(story.as<Office>("FO").successor);
}

TEST_CASE("an office lies in a time zone that exists and is headed by somebody who is there") {
  Offices story;
  story.when("office.relocated", "FO", {{"place", "Montevideo"}, {"timeZone", "Montevideo"}});
  CHECK(story.refusedBy("office.time-zone"));
  story.given("office.relocated", "FO",
              {{"place", "Montevideo"}, {"timeZone", "America/Montevideo"}});
  story.given("person.registered", "PER-1", {{"name", "A"}});
  story.given("office.headNamed", "FO", {{"person", "PER-1"}});
  story.on("2006-02-01").given("person.departed", "PER-1");
  story.on("2006-03-01").when("office.headNamed", "LAC", {{"person", "PER-1"}});
  CHECK(story.refusedBy("office.head.active"));
}
