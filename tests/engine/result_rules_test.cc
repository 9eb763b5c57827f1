#include <doctest/doctest.h>

#include <string>

#include "projections/rows/result.h"
#include "tests/support/story.h"

using namespace consulta;  // NOLINT
using test::Story;

namespace {

/// An impact of PROG-1, an outcome that contributes to it and an output that contributes to that.
struct Chain : Story {
  Chain() {
    on("2006-01-01").given("programme.identified", "PROG-1", {{"title", "en:Regional programme"}});
    given("result.planned", "IMPACT", result("impact", ""));
    given("result.planned", "OUTCOME", result("outcome", "IMPACT"));
    given("result.planned", "OUTPUT", result("output", "OUTCOME"));
  }

  static boost::json::object result(const std::string& level, const std::string& above) {
    boost::json::object out{{"title", "en:As intended"}, {"level", level}, {"of", "PROG-1"}};
    if (!above.empty()) out["contributesTo"] = above;
    return out;
  }
};

/// OUTPUT with indicator 1, a count, and indicator 2, in words.
struct Indicated : Chain {
  Indicated() {
    given("result.indicatorAdded", "OUTPUT", indicator(1, "unit"));
    given("result.indicatorAdded", "OUTPUT", indicator(2, "qualitative"));
  }

  static boost::json::object indicator(int number, const std::string& measure) {
    return {{"number", number}, {"title", "en:Programmes updated"}, {"measure", measure}};
  }
};

/// 2 by indicator 1 on 31 December 2006, reported by actor 1.
struct Measured : Indicated {
  Measured() {
    on("2007-01-10")
        .given("result.measured", "OUTPUT",
               {{"number", 1}, {"value", 2}, {"measuredOn", "2006-12-31"}});
  }
};

const boost::json::object first{{"number", 1}};

}  // namespace

TEST_CASE("an output contributes to an outcome and an outcome to an impact") {
  Chain story;
  story.when("result.planned", "RES-9", Chain::result("impact", "OUTCOME"));
  CHECK(story.refusedBy("result.contributes-to.level"));
  story.when("result.planned", "RES-9", Chain::result("outcome", "OUTCOME"));
  CHECK(story.refusedBy("result.contributes-to.level"));
  auto found = Chain::result("outcome", "OUTPUT");
  found["state"] = "planned";
  story.when("result.found", "RES-9", found);
  CHECK(story.refusedBy("result.contributes-to.level"));
  story.when("result.reworded", "IMPACT", {{"contributesTo", "OUTPUT"}});
  CHECK(story.refusedBy("result.contributes-to.level"));
  story.when("result.planned", "RES-9", Chain::result("output", "IMPACT"));
  CHECK(story.accepted());
}

TEST_CASE("a corrected level keeps the chain in order on both sides") {
  Chain story;
  const auto correct = [&](const std::string& entity, const std::string& level) {
    story.when("common.corrigendum", entity,
               {{"corrects", story.row(entity)->head.id.value},
                {"right", {{"level", level}}},
                {"reason", "A slip"}});
  };
  correct("OUTCOME", "impact");
  CHECK(story.refusedBy("result.contributes-to.level"));
  correct("IMPACT", "output");
  CHECK(story.refusedBy("result.contributes-to.level"));
  correct("OUTCOME", "output");
  CHECK(story.refusedBy("result.contributes-to.level"));
}

TEST_CASE("rewording says something new") {
  Chain story;
  story.when("result.reworded", "OUTPUT");
  CHECK(story.refusedBy("result.reworded.something"));
  story.when("result.reworded", "OUTPUT", {{"due", "2007"}});
  CHECK(story.accepted());
}

TEST_CASE("an indicator has a number of its own and values of its kind") {
  Indicated story;
  story.when("result.indicatorAdded", "OUTPUT", Indicated::indicator(1, "unit"));
  CHECK(story.refusedBy("result.indicatorAdded.number"));
  auto words = Indicated::indicator(3, "qualitative");
  words["target"] = 3;
  story.when("result.indicatorAdded", "OUTPUT", words);
  CHECK(story.refusedBy("result.indicatorAdded.kind"));
  auto early = Indicated::indicator(3, "unit");
  early["baselineDate"] = "2006-06-30";
  early["due"] = "2005";
  story.when("result.indicatorAdded", "OUTPUT", early);
  CHECK(story.refusedBy("result.indicatorAdded.due"));
}

TEST_CASE("a target is set on an indicator there is, and is of its kind") {
  Indicated story;
  story.when("result.targetSet", "OUTCOME", {{"number", 1}, {"target", 3}});
  CHECK(story.refusedBy("result.indicator.exists"));
  story.when("result.targetSet", "OUTPUT", {{"number", 3}, {"target", 3}});
  CHECK(story.refusedBy("result.indicator.exists"));
  story.when("result.targetSet", "OUTPUT", {{"number", 2}, {"target", 3}});
  CHECK(story.refusedBy("result.targetSet.kind"));
  story.when("result.targetSet", "OUTPUT", first);
  CHECK(story.refusedBy("result.targetSet.states"));
  story.given("result.targetSet", "OUTPUT", {{"number", 1}, {"target", 0}});
  CHECK(story.as<ResultRow>("OUTPUT").indicators.front().target.stated);
}

TEST_CASE("a measurement has a value of its kind and a day that has come") {
  Indicated story;
  story.on("2007-01-10").when("result.measured", "OUTPUT", first);
  CHECK(story.refusedBy("result.measured.value"));
  story.when("result.measured", "OUTPUT", {{"number", 1}, {"text", "en:Many"}});
  CHECK(story.refusedBy("result.measured.kind"));
  story.when("result.measured", "OUTPUT",
             {{"number", 1}, {"value", 2}, {"measuredOn", "2007-02-01"}});
  CHECK(story.refusedBy("result.measured.past"));
  story.when("result.measured", "OUTPUT", {{"number", 3}, {"value", 2}});
  CHECK(story.refusedBy("result.indicator.exists"));
  story.given("result.measured", "OUTPUT", {{"number", 2}, {"text", "en:Much"}});
  CHECK(story.stateOf("OUTPUT") == "measured");
}

TEST_CASE("two pairs of eyes see a measurement") {
  Measured story;
  story.when("result.measurementApproved", "OUTPUT", first);
  CHECK(story.refusedBy("result.measurementApproved.two-people"));
  story.by(2).when("result.measurementApproved", "OUTPUT", {{"number", 2}});
  CHECK(story.refusedBy("result.measurementApproved.measured"));
  story.given("result.measurementApproved", "OUTPUT", first);
  CHECK(story.as<ResultRow>("OUTPUT").indicators.front().measurements.front().approved);
  story.by(3).when("result.measurementApproved", "OUTPUT", first);
  CHECK(story.refusedBy("result.measurementApproved.once"));
}

TEST_CASE("whoever corrected a measurement does not confirm it") {
  Measured story;
  const boost::json::object right{{"corrects", story.entered().front()->position().value},
                                  {"right", {{"value", 3}}},
                                  {"reason", "A slip"}};
  story.by(2).given("common.corrigendum", "OUTPUT", right);
  story.when("result.measurementApproved", "OUTPUT", first);
  CHECK(story.refusedBy("result.measurementApproved.two-people"));
  story.by(3).when("result.measurementApproved", "OUTPUT", first);
  CHECK(story.accepted());
}

TEST_CASE("what is corrected after its confirmation needs another one") {
  Measured story;
  const auto position = story.entered().front()->position().value;
  story.by(2).given("result.measurementApproved", "OUTPUT", first);
  story.by(1).given("common.corrigendum", "OUTPUT",
                    {{"corrects", position}, {"right", {{"value", 3}}}, {"reason", "A slip"}});
  CHECK_FALSE(story.as<ResultRow>("OUTPUT").indicators.front().measurements.front().approved);
  story.by(2).given("result.measurementApproved", "OUTPUT", first);
  CHECK(story.as<ResultRow>("OUTPUT").indicators.front().measurements.front().approved);
}

TEST_CASE("who confirmed a measurement may report an earlier one of their own afterwards") {
  Measured story;
  story.by(2).on("2007-01-20").given("result.measurementApproved", "OUTPUT", first);
  story.on("2007-01-15").given("result.measured", "OUTPUT", {{"number", 1}, {"value", 3}});
  const auto indicator = story.as<ResultRow>("OUTPUT").indicators.front();
  CHECK(indicator.measurements.front().approved);
  CHECK_FALSE(indicator.measurements.back().approved);
}

TEST_CASE("a confirmation is of what had been recorded by then") {
  Measured story;
  story.by(2).on("2007-01-20").given("result.measurementApproved", "OUTPUT", first);
  story.by(1).on("2007-01-15").given("result.measured", "OUTPUT", {{"number", 1}, {"value", 5}});
  const auto& measurements = story.as<ResultRow>("OUTPUT").indicators.front().measurements;
  REQUIRE(measurements.size() == 2);
  CHECK(measurements[0].approved);
  CHECK_FALSE(measurements[1].approved);
}

TEST_CASE("a result is achieved only by what was measured") {
  Indicated story;
  const boost::json::object said{{"assessment", "en:As intended"}};
  story.when("result.achieved", "OUTPUT", said);
  CHECK(story.refusedBy("result.lifecycle"));
  story.given("result.notAchieved", "OUTPUT", said);
  story.given("result.reassessed", "OUTPUT", {{"reason", "News"}});
  story.when("result.achieved", "OUTPUT", said);
  CHECK(story.refusedBy("result.achieved.measured"));
  story.when("result.partlyAchieved", "OUTPUT", said);
  CHECK(story.refusedBy("result.partlyAchieved.measured"));
  story.given("result.measured", "OUTPUT", {{"number", 1}, {"value", 2}});
  story.given("result.achieved", "OUTPUT", said);
  auto found = Chain::result("output", "OUTCOME");
  found["state"] = "measured";
  story.given("result.found", "RES-9", found);
  story.given("result.partlyAchieved", "RES-9", said);
}

TEST_CASE("a measurement that comes late in order finds the result assessed later") {
  Measured story;
  story.on("2007-03-01").given("result.achieved", "OUTPUT", {{"assessment", "en:As intended"}});
  story.when("result.measured", "OUTPUT", {{"number", 1}, {"value", 2}});
  CHECK(story.refusedBy("result.lifecycle"));
  story.on("2007-02-01").given("result.measured", "OUTPUT", {{"number", 1}, {"value", 3}});
  CHECK(story.stateOf("OUTPUT") == "achieved");
}
