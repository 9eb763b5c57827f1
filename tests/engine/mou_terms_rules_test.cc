// How memoranda take effect and end: what the engine notes, and what stands in its way.
#include <doctest/doctest.h>

#include <string>

#include "tests/support/story.h"

namespace consulta::test {

namespace {

/// A memorandum of two parties that both have signed, one of them subject to confirmation.
struct Signed : Story {
  explicit Signed(boost::json::object term = {}) {
    on("2006-03-01");
    for (const std::string party : {"UNIDO", "SEGIB"}) {
      given("party.registered", party,
            {{"name", "en:" + party}, {"kind", "international-organization"}});
    }
    given("mou.proposed", "MOU-1", {{"title", "en:Cooperation"}, {"parties", {"UNIDO", "SEGIB"}}});
    given("mou.drafted", "MOU-1", {{"revision", 1}});
    given("mou.cleared", "MOU-1");
    given("mou.entryIntoForceSet", "MOU-1", {{"entry", "on-notification"}});
    if (!term.empty()) given("mou.termSet", "MOU-1", std::move(term));
    given("mou.agreed", "MOU-1");
    on("2006-04-05").given("mou.signed", "MOU-1", {{"party", "UNIDO"}});
    given("mou.signed", "MOU-1", {{"party", "SEGIB"}, {"adReferendum", true}});
  }
};

struct InForceUntil : Signed {
  explicit InForceUntil(bool renewed)
      : Signed({{"endsOn", "2008-04-30"}, {"tacitRenewal", renewed}}) {
    on("2006-04-20").given("mou.signatureConfirmed", "MOU-1", {{"party", "SEGIB"}});
    for (const std::string party : {"UNIDO", "SEGIB"}) {
      given("mou.notified", "MOU-1", {{"party", party}});
    }
    REQUIRE(stateOf("MOU-1") == "in-force");
  }
};

}  // namespace

TEST_CASE("a memorandum enters into force as its clauses say and not otherwise") {
  Signed story;
  story.on("2006-04-20").given("mou.signatureConfirmed", "MOU-1", {{"party", "SEGIB"}});
  REQUIRE(story.stateOf("MOU-1") == "signed-by-all");
  story.when("mou.enteredIntoForce", "MOU-1",
             {{"entry", "on-last-signature"}, {"date", "2006-04-20"}});
  CHECK(story.refusedBy("mou.enteredIntoForce.clause"));
}

TEST_CASE("a term runs out after its last day, and never while it renews itself") {
  for (const bool renewed : {false, true}) {
    CAPTURE(renewed);
    InForceUntil story(renewed);
    const boost::json::object ended{{"endedOn", "2008-04-30"}};
    story.on("2008-04-29").when("mou.expired", "MOU-1", ended);
    CHECK(story.refusedBy("mou.expired.term"));
    story.on("2008-05-01").when("mou.expired", "MOU-1", ended);
    CHECK(story.accepted() != renewed);
    CHECK(story.refusedBy("mou.expired.term") == renewed);
  }
}

TEST_CASE("a party that was dissolved neither confirms its signature nor notifies") {
  Signed story;
  story.on("2006-04-10").given("party.dissolved", "SEGIB");
  story.on("2006-04-20").when("mou.signatureConfirmed", "MOU-1", {{"party", "SEGIB"}});
  CHECK(story.refusedBy("mou.signatureConfirmed.standing"));
  story.when("mou.notified", "MOU-1", {{"party", "SEGIB"}});
  CHECK(story.refusedBy("mou.notified.standing"));
}

TEST_CASE("what a memorandum supports is named once") {
  Signed story;
  story.given("programme.identified", "PROG-1", {{"title", "en:P"}});
  story.when("mou.proposed", "MOU-2",
             {{"title", "en:Support"},
              {"parties", {"UNIDO", "SEGIB"}},
              {"supports", {"PROG-1", "PROG-1"}}});
  CHECK(story.refusedBy("mou.supports.distinct"));
}

}  // namespace consulta::test
