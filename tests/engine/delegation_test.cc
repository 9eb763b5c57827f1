// Entries on behalf of somebody else, and two pairs of eyes.
#include "engine/rules/delegation.h"

#include <doctest/doctest.h>

#include <string>

#include "projections/rows/register.h"
#include "tests/support/story_steps.h"

using namespace consulta;  // NOLINT
using test::Story;

namespace {

std::string idOf(std::uint64_t actor) {
  return toText(wideId<ActorId>(0, actor));
}

/// Actors 1 to 4, of whom 1 is administrator; an accepted recommendation of each of two programmes.
struct Staffed : Story {
  Staffed() {
    on("2006-01-01");
    test::listItem(*this, "language", "en");
    for (const std::string office : {"LAC", "AFR"}) {
      given("office.established", office,
            {{"name", "en:" + office}, {"kind", "headquarters-unit"}});
    }
    given("register.opened", "REG",
          {{"organization", "en:UNIDO"},
           {"registerId", "0190a5e2-7c41-7d0e-9b1f-3a5c8e2f6d47"},
           {"timeZone", "Europe/Vienna"},
           {"languages", boost::json::array{"en"}}});
    for (std::uint64_t actor = 1; actor <= 4; ++actor) {
      given("register.actorEnrolled", "REG", {{"actor", idOf(actor)}, {"name", "Somebody"}});
    }
    given("register.roleGranted", "REG", {{"actor", idOf(1)}, {"role", "administrator"}});
    given("consultation.planned", "CON-1", {{"title", "en:On both"}});
    given("consultation.opened", "CON-1");
    for (const std::string of : {"LAC", "AFR"}) {
      given("programme.identified", "PROG-" + of, {{"title", "en:P"}});
      given(
          "recommendation.recorded", "REC-" + of,
          {{"text", "en:Meet"}, {"origin", "CON-1"}, {"programme", "PROG-" + of}, {"office", of}});
      given("recommendation.considered", "REC-" + of);
      given("recommendation.accepted", "REC-" + of);
      given("recommendation.started", "REC-" + of);
    }
  }

  /// That `to` enters for `from`, in July and August 2006.
  void delegate(std::uint64_t from, std::uint64_t to, boost::json::object scope = {}) {
    scope["from"] = idOf(from);
    scope["to"] = idOf(to);
    scope["begins"] = "2006-07-01";
    scope["ends"] = "2006-08-31";
    when("register.delegated", "REG", std::move(scope));
  }
  void implement(const std::string& recommendation, const std::string& day) {
    on(day).when("recommendation.implemented", recommendation);
  }
};

}  // namespace

TEST_CASE("an entry on somebody's behalf needs a delegation that holds on the day of the act") {
  Staffed story;
  story.by(2).onBehalfOf(3);
  story.implement("REC-LAC", "2006-07-15");
  CHECK(story.refusedBy("delegation.none"));
  story.by(1).onBehalfOf(0).on("2006-06-30");
  story.delegate(3, 2);
  REQUIRE(story.accepted());
  story.by(2).onBehalfOf(3);
  story.implement("REC-LAC", "2006-06-30");
  CHECK(story.refusedBy("delegation.in-force"));
  story.implement("REC-LAC", "2006-09-01");
  CHECK(story.refusedBy("delegation.in-force"));
  story.implement("REC-LAC", "2006-08-31");
  REQUIRE(story.accepted());
  CHECK(actorOf(story.entered().front()->get()) == wideId<ActorId>(0, 2));
  CHECK(onBehalfOfOf(story.entered().front()->get()) == wideId<ActorId>(0, 3));
}

TEST_CASE("a delegation that was ended covers no act from that day on") {
  Staffed story;
  story.by(1).on("2006-06-30");
  story.delegate(3, 2);
  story.on("2006-07-20")
      .given("register.delegationEnded", "REG",
             {{"from", idOf(3)}, {"to", idOf(2)}, {"reason", "Is back"}});
  story.by(2).onBehalfOf(3);
  story.implement("REC-LAC", "2006-07-20");
  CHECK(story.refusedBy("delegation.in-force"));
  story.implement("REC-LAC", "2006-07-19");
  CHECK(story.accepted());
  story.by(1).onBehalfOf(0).on("2006-07-21");
  story.when("register.delegationEnded", "REG", {{"from", idOf(3)}, {"to", idOf(2)}});
  CHECK(story.refusedBy("register.delegation-ended.given"));
}

TEST_CASE("a delegation covers its scope and nothing else") {
  struct Scope {
    boost::json::object scope;
    bool lac = false;
    bool opening = false;
  };
  const Scope scopes[] = {
      {{}, true, true},
      {{{"programme", "PROG-LAC"}}, true, false},
      {{{"programme", "PROG-AFR"}}, false, true},
      {{{"office", "LAC"}}, true, false},
      {{{"office", "AFR"}}, false, true},
      {{{"kinds", boost::json::array{"project"}}}, false, true},
      {{{"kinds", boost::json::array{"project", "recommendation"}}}, true, true},
      {{{"kinds", boost::json::array{"recommendation"}}, {"office", "AFR"}}, false, false}};
  for (const auto& one : scopes) {
    INFO(boost::json::serialize(one.scope));
    Staffed story;
    story.by(1).on("2006-06-30");
    story.delegate(3, 2, one.scope);
    REQUIRE(story.accepted());
    story.by(2).onBehalfOf(3);
    story.implement("REC-LAC", "2006-07-15");
    CHECK(story.accepted() == one.lac);
    CHECK(story.refusedBy("delegation.scope") == !one.lac);
    story.when(
        "project.conceived", "PRJ-1",
        {{"title", "en:P"}, {"scope", "regional"}, {"programme", "PROG-AFR"}, {"office", "AFR"}});
    CHECK(story.accepted() == one.opening);
  }
}

TEST_CASE("a delegation is not passed on, and nobody acts for themselves") {
  Staffed story;
  story.by(1).on("2006-06-30");
  story.delegate(3, 2);
  story.by(2).onBehalfOf(3).on("2006-07-15");
  story.delegate(3, 4);
  CHECK(story.refusedBy("delegation.register"));
  story.by(3);
  story.implement("REC-LAC", "2006-07-15");
  CHECK(story.refusedBy("delegation.self"));
}

TEST_CASE("who delegates is oneself, or an administrator for somebody else") {
  Staffed story;
  story.on("2006-06-30").by(2);
  story.delegate(3, 2);
  CHECK(story.refusedBy("register.delegated.by"));
  story.by(3);
  story.delegate(3, 2);
  CHECK(story.accepted());
  story.delegate(3, 2);
  CHECK(story.refusedBy("register.delegated.once"));
  story.delegate(3, 3);
  CHECK(story.refusedBy("register.delegated.other"));
  story.by(1);
  story.delegate(9, 2);
  CHECK(story.refusedBy("register.actor.enrolled"));
  story.delegate(4, 2, {{"kinds", boost::json::array{"meting"}}});
  CHECK(story.refusedBy("register.delegated.kinds"));
  CHECK(story.why().find("Did you mean meeting?") != std::string::npos);
  story.delegate(4, 2, {{"kinds", boost::json::array{"register"}}});
  CHECK(story.refusedBy("register.delegated.register"));
  story.when("register.delegated", "REG",
             {{"from", idOf(4)}, {"to", idOf(2)}, {"begins", "2006-08"}, {"ends", "2006-07"}});
  CHECK(story.refusedBy("register.delegated.ends"));
}

TEST_CASE("two pairs of eyes are those of neither the same actors nor the same principals") {
  // Who implements, on whose behalf, who verifies, on whose behalf.
  struct Hands {
    std::uint64_t did, didFor, verifies, verifiesFor;
    bool lawful;
  };
  const Hands all[] = {{2, 0, 2, 0, false}, {2, 0, 4, 0, true},  {2, 3, 3, 0, false},
                       {2, 3, 2, 0, false}, {2, 3, 4, 3, false}, {2, 3, 4, 0, true},
                       {3, 0, 2, 3, false}, {2, 3, 4, 1, true},  {2, 0, 4, 2, false}};
  for (const auto& one : all) {
    CAPTURE(one.did);
    CAPTURE(one.didFor);
    CAPTURE(one.verifies);
    CAPTURE(one.verifiesFor);
    Staffed story;
    story.on("2006-06-30").by(1);
    for (const auto& [from, to] : {std::pair{3, 2}, {3, 4}, {1, 4}, {2, 4}}) {
      story.delegate(static_cast<std::uint64_t>(from), static_cast<std::uint64_t>(to));
      REQUIRE(story.accepted());
    }
    story.by(one.did).onBehalfOf(one.didFor);
    story.implement("REC-LAC", "2006-07-15");
    REQUIRE(story.accepted());
    story.by(one.verifies).onBehalfOf(one.verifiesFor).on("2006-07-16");
    story.when("recommendation.verified", "REC-LAC");
    CHECK(story.accepted() == one.lawful);
    CHECK(story.refusedBy("recommendation.verified.other-actor") == !one.lawful);
  }
}

TEST_CASE("a measurement reported on somebody's behalf is not confirmed by the one it was for") {
  Staffed story;
  story.on("2006-06-30").by(1);
  story.delegate(3, 2);
  story.given("result.planned", "RES-1",
              {{"title", "en:R"}, {"level", "outcome"}, {"of", "PROG-LAC"}});
  story.given("result.indicatorAdded", "RES-1",
              {{"number", 1}, {"title", "en:I"}, {"measure", "unit"}});
  story.on("2006-07-15")
      .by(2)
      .onBehalfOf(3)
      .given("result.measured", "RES-1",
             {{"number", 1}, {"value", 2}, {"measuredOn", "2006-07-14"}});
  story.by(3).onBehalfOf(0).when("result.measurementApproved", "RES-1", {{"number", 1}});
  CHECK(story.refusedBy("result.measurementApproved.two-people"));
  story.by(4).when("result.measurementApproved", "RES-1", {{"number", 1}});
  CHECK(story.accepted());
}

TEST_CASE("two accounts of one person are one pair of eyes") {
  Staffed story;
  story.given("person.registered", "PER-1", {{"name", "Ana"}});
  for (std::uint64_t actor = 5; actor <= 6; ++actor) {
    story.given("register.actorEnrolled", "REG",
                {{"actor", idOf(actor)}, {"name", "Ana"}, {"person", "PER-1"}});
  }
  story.by(5);
  story.implement("REC-LAC", "2006-07-15");
  REQUIRE(story.accepted());
  story.by(6).when("recommendation.verified", "REC-LAC");
  CHECK(story.refusedBy("recommendation.verified.other-actor"));
}

TEST_CASE("a delegation names each kind once, and an office that is open") {
  Staffed story;
  story.by(1).on("2006-06-30");
  story.delegate(3, 2, {{"kinds", {"meeting", "meeting"}}});
  CHECK(story.refusedBy("register.delegated.kinds-distinct"));
  story.given("office.closed", "AFR");
  story.on("2006-07-01");
  story.delegate(3, 2, {{"office", "AFR"}});
  CHECK(story.refusedBy("register.delegated.office"));
}
