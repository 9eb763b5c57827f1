#include <doctest/doctest.h>

#include <string>

#include "projections/rows/recommendation.h"
#include "tests/support/story_steps.h"

using namespace consulta;  // NOLINT
using test::Story;

namespace {

/// A meeting of 26 June 2006, closed, and an office.
struct Met : Story {
  Met() {
    given("meeting.found", "MTG-1",
          {{"title", "en:Experts"},
           {"kind", "expert-group"},
           {"state", "confirmed"},
           {"dates", "2006-06-26"},
           {"place", "Vienna"}});
    on("2006-06-26").given("meeting.convened", "MTG-1");
    for (const std::string office : {"LAC", "EVAL"}) {
      given("office.found", office,
            {{"name", "en:" + office}, {"kind", "headquarters-unit"}, {"state", "open"}});
    }
  }
};

struct Recorded : Met {
  Recorded() {
    given("recommendation.recorded", "REC-1",
          {{"text", "en:Update the programmes"}, {"origin", "MTG-1"}, {"due", "2007-06-30"}});
  }
};

struct Accepted : Recorded {
  Accepted() {
    on("2006-07-10").given("recommendation.considered", "REC-1");
    on("2006-07-20").given("recommendation.accepted", "REC-1");
  }
};

struct Started : Accepted {
  Started() { on("2006-09-01").given("recommendation.started", "REC-1", {{"office", "LAC"}}); }
};

/// Entered by actor 1.
struct Implemented : Started {
  Implemented() { on("2007-03-01").given("recommendation.implemented", "REC-1"); }
};

boost::json::object madeBy(const std::string& origin) {
  return {{"text", "en:Meet every year"}, {"origin", origin}};
}

constexpr std::size_t acceptance = acceptanceAxis;
constexpr std::size_t implementation = implementationAxis;

}  // namespace

TEST_CASE("a recommendation of a meeting needs it convened") {
  Met story;
  story.on("2006-06-25").when("recommendation.recorded", "REC-1", madeBy("MTG-1"));
  CHECK(story.refusedBy("recommendation.recorded.convened"));
  story.on("2006-06").when("recommendation.recorded", "REC-1", madeBy("MTG-1"));
  CHECK(story.accepted());
}

TEST_CASE("a recommendation of a consultation needs it opened") {
  Met story;
  story.given("consultation.planned", "CON-1", {{"title", "en:On the programme"}});
  story.when("recommendation.recorded", "REC-1", madeBy("CON-1"));
  CHECK(story.refusedBy("recommendation.recorded.opened"));
}

TEST_CASE("a recommendation is not due before it was made") {
  Met story;
  auto data = madeBy("MTG-1");
  data["due"] = "2006-05";
  story.when("recommendation.recorded", "REC-1", data);
  CHECK(story.refusedBy("recommendation.due.after-recording"));
  data["due"] = "2006-06";
  story.when("recommendation.recorded", "REC-1", data);
  CHECK(story.accepted());
}

TEST_CASE("a due date is not moved to before the recommendation was made") {
  Recorded story;
  story.when("recommendation.dueSet", "REC-1", {{"due", "2006-06-01"}});
  CHECK(story.refusedBy("recommendation.due.after-recording"));
}

TEST_CASE("only what was accepted is found as being implemented") {
  Story story;
  boost::json::object data{
      {"text", "en:Meet"}, {"acceptance", "rejected"}, {"implementation", "in-progress"}};
  story.when("recommendation.found", "REC-9", data);
  CHECK(story.refusedBy("recommendation.found.accepted"));
  data["acceptance"] = "accepted";
  story.when("recommendation.found", "REC-9", data);
  REQUIRE(story.accepted());
  CHECK(story.stateOf("REC-9", acceptance) == "accepted");
  CHECK(story.stateOf("REC-9", implementation) == "in-progress");
}

TEST_CASE("a new wording has words") {
  Recorded story;
  story.when("recommendation.reworded", "REC-1");
  CHECK(story.refusedBy("recommendation.reworded.something"));
}

TEST_CASE("acceptance does not start implementation, and only what is accepted is started") {
  Recorded story;
  story.when("recommendation.started", "REC-1");
  CHECK(story.refusedBy("recommendation.lifecycle"));
  Accepted accepted;
  CHECK(accepted.stateOf("REC-1", acceptance) == "accepted");
  CHECK(accepted.stateOf("REC-1", implementation) == "not-started");
}

TEST_CASE("progress is a share of the whole") {
  Started story;
  story.when("recommendation.progressReported", "REC-1", {{"report", "Two"}, {"percent", "101"}});
  CHECK(story.refusedBy("recommendation.progressReported.percent"));
  story.when("recommendation.progressReported", "REC-1", {{"report", "Two"}, {"percent", "66.7"}});
  REQUIRE(story.accepted());
  CHECK(story.as<Recommendation>("REC-1").progress.size() == 1);
}

TEST_CASE("whoever entered that it is implemented does not verify it") {
  Implemented story;
  story.on("2007-04-01").when("recommendation.verified", "REC-1");
  CHECK(story.refusedBy("recommendation.verified.other-actor"));
  story.by(2).when("recommendation.verified", "REC-1");
  CHECK(story.accepted());
  CHECK(story.stateOf("REC-1", implementation) == "verified");
}

TEST_CASE("the office that implemented it does not verify it") {
  Implemented story;
  story.on("2007-04-01").by(2);
  story.when("recommendation.verified", "REC-1", {{"office", "LAC"}});
  CHECK(story.refusedBy("recommendation.verified.other-office"));
  story.when("recommendation.verified", "REC-1", {{"office", "EVAL"}});
  CHECK(story.accepted());
}

TEST_CASE("what is reopened is in progress again and no longer verified") {
  Implemented story;
  story.on("2007-04-01").by(2).given("recommendation.verified", "REC-1", {{"office", "EVAL"}});
  story.on("2007-05-01")
      .given("recommendation.reopened", "REC-1",
             {{"reason", "One is left out"}, {"due", "2008-01-31"}});
  const auto& row = story.as<Recommendation>("REC-1");
  CHECK(row.verification.date.edtf.empty());
  CHECK(row.due.date.edtf == "2008-01-31");
  CHECK(story.stateOf("REC-1", implementation) == "in-progress");
}

TEST_CASE("an overdue recommendation is no longer so once it is implemented") {
  Started story;
  story.on("2007-07-01").given("recommendation.overdue", "REC-1", {{"due", "2007-06-30"}});
  CHECK(story.as<Recommendation>("REC-1").overdueSince.edtf == "2007-06-30");
  story.on("2007-08-01").given("recommendation.implemented", "REC-1");
  CHECK(story.as<Recommendation>("REC-1").overdueSince.edtf.empty());
}

TEST_CASE("a recommendation does not replace itself, nor what replaced it") {
  Recorded story;
  story.when("recommendation.superseded", "REC-1", {{"by", "REC-1"}});
  CHECK(story.refusedBy("recommendation.superseded.itself"));
  story.given("recommendation.recorded", "REC-2", madeBy("MTG-1"));
  story.given("recommendation.superseded", "REC-1", {{"by", "REC-2"}});
  story.when("recommendation.superseded", "REC-2", {{"by", "REC-1"}});
  CHECK(story.refusedBy("recommendation.superseded.circle"));
}

TEST_CASE("what came of a recommendation is named once") {
  Accepted story;
  story.given("programme.identified", "PROG-1", {{"title", "en:Regional programme"}});
  story.given("recommendation.consequenceLinked", "REC-1", {{"consequence", "PROG-1"}});
  story.when("recommendation.consequenceLinked", "REC-1", {{"consequence", "PROG-1"}});
  CHECK(story.refusedBy("recommendation.consequenceLinked.once"));
}

TEST_CASE(
    "a recommendation is addressed to whoever is there, and an office that is open sees to it") {
  Met story;
  story.given("office.closed", "LAC");
  story.on("2006-06-27");
  auto data = madeBy("MTG-1");
  data["addressees"] = boost::json::array{"LAC", "LAC"};
  data["office"] = "LAC";
  story.when("recommendation.recorded", "REC-1", data);
  CHECK(story.refusedBy("recommendation.addressees.distinct"));
  CHECK(story.refusedBy("recommendation.addressees.standing"));
  CHECK(story.refusedBy("recommendation.office.standing"));
  story.on("2006-06-26");
  data["addressees"] = boost::json::array{"LAC"};
  story.when("recommendation.recorded", "REC-1", data);
  CHECK(story.accepted());
}

TEST_CASE("a closed office neither decides nor follows up, implements or verifies") {
  Recorded story;
  story.given("office.closed", "LAC");
  story.on("2006-07-10");
  const boost::json::object by{{"by", "LAC"}};
  const boost::json::object office{{"office", "LAC"}};
  story.when("recommendation.assigned", "REC-1", office);
  CHECK(story.refusedBy("recommendation.office.standing"));
  story.when("recommendation.considered", "REC-1", by);
  CHECK(story.refusedBy("recommendation.by.standing"));
  story.given("recommendation.considered", "REC-1");
  story.when("recommendation.accepted", "REC-1", by);
  CHECK(story.refusedBy("recommendation.by.standing"));
  for (const std::string act : {"partiallyAccepted", "rejected"}) {
    story.when("recommendation." + act, "REC-1", {{"by", "LAC"}, {"reason", "No funds"}});
    CHECK(story.refusedBy("recommendation.by.standing"));
  }
  story.given("recommendation.accepted", "REC-1");
  story.when("recommendation.started", "REC-1", office);
  CHECK(story.refusedBy("recommendation.office.standing"));
  story.given("recommendation.started", "REC-1");
  story.when("recommendation.implemented", "REC-1", office);
  CHECK(story.refusedBy("recommendation.office.standing"));
  story.given("recommendation.implemented", "REC-1");
  story.by(2).when("recommendation.verified", "REC-1", office);
  CHECK(story.refusedBy("recommendation.office.standing"));
}

TEST_CASE("what was answered or done is found with an office that has been closed since") {
  Met story;
  story.given("office.closed", "LAC");
  story.on("2006-06-27");
  boost::json::object data{{"text", "en:Meet"},
                           {"acceptance", "recorded"},
                           {"implementation", "not-started"},
                           {"office", "LAC"},
                           {"addressees", boost::json::array{"LAC"}}};
  story.when("recommendation.found", "REC-1", data);
  CHECK(story.refusedBy("recommendation.addressees.standing"));
  CHECK(story.refusedBy("recommendation.office.standing"));
  data["acceptance"] = "accepted";
  story.when("recommendation.found", "REC-1", data);
  CHECK_FALSE(story.refusedBy("recommendation.addressees.standing"));
  CHECK(story.refusedBy("recommendation.office.standing"));
  data["implementation"] = "verified";
  story.when("recommendation.found", "REC-1", data);
  CHECK(story.accepted());
}

TEST_CASE("what shows that it is done is named once") {
  Started story;
  story.given("document.found", "DOC-1",
              {{"title", "en:Report"}, {"kind", "report"}, {"state", "issued"}});
  const boost::json::array twice{"DOC-1", "DOC-1"};
  story.when("recommendation.progressReported", "REC-1", {{"report", "Half"}, {"evidence", twice}});
  CHECK(story.refusedBy("recommendation.evidence.distinct"));
  story.when("recommendation.implemented", "REC-1", {{"evidence", twice}});
  CHECK(story.refusedBy("recommendation.evidence.distinct"));
  story.given("recommendation.implemented", "REC-1");
  story.by(2).when("recommendation.verified", "REC-1", {{"evidence", twice}});
  CHECK(story.refusedBy("recommendation.evidence.distinct"));
}

TEST_CASE("a recommendation is not overdue before its day has passed") {
  Accepted story;
  story.on("2007-06-30").when("recommendation.overdue", "REC-1", {{"due", "2007-06-30"}});
  CHECK(story.refusedBy("recommendation.overdue.due"));
  story.on("2007-07-01").when("recommendation.overdue", "REC-1", {{"due", "2007-06-30"}});
  CHECK(story.accepted());
}

TEST_CASE("a recommendation names an area once") {
  Met story;
  test::listItem(story, "area", "energy");
  auto data = madeBy("MTG-1");
  data["areas"] = {"energy", "energy"};
  story.when("recommendation.recorded", "REC-1", data);
  CHECK(story.refusedBy("recommendation.areas.distinct"));
}
