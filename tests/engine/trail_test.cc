// Trails, from a consultation to the decisions that came of it and back.
#include "projections/trail.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "events/limits.h"
#include "tests/support/story.h"

using namespace consulta;  // NOLINT
using test::Story;

namespace {

/// A consultation, its recommendation, a project that came of it, a result of that, the document
/// that shows it and the mandate that a decision on the document founded.
struct Traced : Story {
  Traced() {
    on("2006-01-01");
    given("office.found", "LAC",
          {{"name", "en:Bureau"}, {"kind", "headquarters-unit"}, {"state", "open"}});
    given("reference.listed", "body/IDB", {{"list", "body"}, {"code", "IDB"}, {"names", "en:IDB"}});
    given("session.listed", "IDB.33", {{"body", "IDB"}, {"number", 33}});
    given("consultation.planned", "CON-1", {{"title", "en:On the programme"}});
    on("2006-06-01").given("consultation.opened", "CON-1");
    on("2006-06-28")
        .given("recommendation.recorded", "REC-1", {{"text", "en:Dry fruit"}, {"origin", "CON-1"}});
    on("2006-07-10").given("recommendation.considered", "REC-1");
    on("2006-09-01").given("recommendation.accepted", "REC-1");
    on("2006-09-15").given("recommendation.assigned", "REC-1", {{"office", "LAC"}});
    on("2006-10-01")
        .given("project.conceived", "PRJ-1",
               {{"title", "en:Drying"},
                {"scope", "regional"},
                {"origins", boost::json::array{"REC-1"}}});
    on("2006-11-01")
        .given("result.planned", "RES-1",
               {{"title", "en:Fruit is dried"}, {"level", "output"}, {"of", "PRJ-1"}});
    given("document.found", "DOC-1",
          {{"title", "en:Report"}, {"kind", "report"}, {"state", "issued"}});
    given("result.indicatorAdded", "RES-1",
          {{"number", 1}, {"title", "en:Tonnes"}, {"measure", "unit"}});
    on("2007-05-01");
    given("result.measured", "RES-1",
          {{"number", 1},
           {"value", 2},
           {"measuredOn", "2007-04-30"},
           {"evidence", boost::json::array{"DOC-1"}}});
    on("2007-06-25").given("document.considered", "DOC-1", {{"session", "IDB.33"}});
    given("document.decisionTaken", "DOC-1",
          {{"kind", "endorses"},
           {"text", "en:Endorsed"},
           {"session", "IDB.33"},
           {"symbol", "IDB.33/Dec.4"}});
    given("mandate.adopted", "IDB.33/Dec.4",
          {{"title", "en:Go on"}, {"body", "IDB"}, {"decision", "DOC-1"}});
  }

  /// The names on one way, each with a mark by its depth; "*" for what is shown elsewhere.
  [[nodiscard]] std::string way(const std::string& of, TrailWay way) const {
    return text(trailOf(state(), id(of), way).nodes);
  }
  [[nodiscard]] std::string text(const std::vector<TrailNode>& nodes) const {
    std::string out;
    for (const auto& one : nodes) {
      out += (out.empty() ? "" : " ") + row(state().nameOf(one.id))->head.name();
      if (one.again) out += "*";
      if (!one.next.empty()) out += "(" + text(one.next) + ")";
    }
    return out;
  }
};

}  // namespace

TEST_CASE("a trail leads from a consultation to decisions, and back from each of them") {
  const Traced story;
  CHECK(story.way("CON-1", TrailWay::forward) == "REC-1(PRJ-1(RES-1(DOC-1(IDB.33/Dec.4))))");
  CHECK(story.way("CON-1", TrailWay::back).empty());
  CHECK(story.way("IDB.33/Dec.4", TrailWay::back) == "DOC-1(RES-1(PRJ-1(REC-1(CON-1))))");
  CHECK(story.way("PRJ-1", TrailWay::back) == "REC-1(CON-1)");
  CHECK(story.way("PRJ-1", TrailWay::forward) == "RES-1(DOC-1(IDB.33/Dec.4))");
}

TEST_CASE("a trail is the same from both ends, whatever links it follows") {
  Traced story;
  story.given("programme.identified", "PROG-1", {{"title", "en:P"}, {"mandate", "IDB.33/Dec.4"}});
  story.given("recommendation.consequenceLinked", "REC-1", {{"consequence", "PROG-1"}});
  story.state().each(static_cast<std::uint16_t>(schema::Event::RECOMMENDATION),
                     [&](const RowPtr& row) {
                       for (const auto& link : linksOf(*row)) {
                         const auto there = trailOf(story.state(), link.from, TrailWay::forward);
                         const auto back = trailOf(story.state(), link.to, TrailWay::back);
                         const auto has = [&](const Trail& trail, EntityId far) {
                           return std::ranges::any_of(
                               trail.nodes, [&](const TrailNode& one) { return one.id == far; });
                         };
                         CHECK(has(there, link.to));
                         CHECK(has(back, link.from));
                       }
                       return true;
                     });
}

TEST_CASE("a circle is followed once") {
  Traced story;
  story.given("meeting.found", "MTG-1",
              {{"title", "en:Experts"},
               {"kind", "expert-group"},
               {"state", "closed"},
               {"dates", "2006-05"}});
  story.given("recommendation.recorded", "REC-2", {{"text", "en:Go on"}, {"origin", "MTG-1"}});
  story.given("recommendation.considered", "REC-2");
  story.given("recommendation.accepted", "REC-2");
  story.given("recommendation.consequenceLinked", "REC-2", {{"consequence", "MTG-1"}});
  CHECK(story.way("MTG-1", TrailWay::forward) == "REC-2(MTG-1*)");
  CHECK(story.way("REC-2", TrailWay::forward) == "MTG-1(REC-2*)");
  CHECK(story.way("REC-2", TrailWay::back) == "MTG-1(REC-2*)");
}

TEST_CASE("what two ways lead to is shown where it is nearest, and named on the other way") {
  Traced story;
  story.given("programme.identified", "PROG-1", {{"title", "en:P"}, {"mandate", "IDB.33/Dec.4"}});
  story.given("recommendation.consequenceLinked", "REC-1", {{"consequence", "PROG-1"}});
  story.given("result.planned", "RES-2",
              {{"title", "en:More"}, {"level", "outcome"}, {"of", "PROG-1"}});
  CHECK(story.way("REC-1", TrailWay::forward) ==
        "PRJ-1(RES-1(DOC-1(IDB.33/Dec.4(PROG-1*)))) PROG-1(RES-2)");
  const auto back = story.way("PROG-1", TrailWay::back);
  CHECK(back.find("REC-1*") != back.npos);
}

TEST_CASE("milestones say since when an entity stands where, with whom, and what was decided") {
  const Traced story;
  const auto at = [&](const std::string& name) {
    return milestonesOf(story.state(), story.id(name), Timeline::the_end);
  };
  const auto rec = at("REC-1");
  REQUIRE(rec.size() == 4);
  CHECK(rec[0].states.size() == 2);
  CHECK(rec[1].states.front().second == "under-consideration");
  CHECK(rec[2].states.front().second == "accepted");
  CHECK(rec[2].date.edtf == "2006-09-01");
  CHECK(rec[3].states.empty());
  CHECK(rec[3].office == story.id("LAC"));
  const auto document = at("DOC-1");
  REQUIRE(document.size() == 3);
  CHECK(document.back().decision == "endorses IDB.33/Dec.4");
}

TEST_CASE("as of a day a trail ends where it had come by then") {
  const Traced story;
  Moment moment;
  moment.asOfNs = dateBounds("2006-08-31").value().latestNs;
  const PastState past(story.state(), moment);
  CHECK(story.text(trailOf(past, story.id("CON-1"), TrailWay::forward).nodes) == "REC-1");
  const auto rec = milestonesOf(past, story.id("REC-1"), moment.asOfNs);
  REQUIRE(rec.size() == 2);
  CHECK(rec.back().states.front().second == "under-consideration");
}

TEST_CASE("a long trail is cut and says so, the nearest first") {
  Story story;
  story.on("2006-01-01").given("consultation.planned", "CON-1", {{"title", "en:Long"}});
  story.given("consultation.opened", "CON-1");
  for (std::size_t i = 0; i <= limits::trail_entities_max; ++i) {
    story.given("recommendation.recorded", "REC-" + std::to_string(i),
                {{"text", "en:One more"}, {"origin", "CON-1"}});
  }
  const auto trail = trailOf(story.state(), story.id("CON-1"), TrailWay::forward);
  CHECK(trail.cut);
  CHECK(trail.nodes.size() == limits::trail_entities_max);
}
