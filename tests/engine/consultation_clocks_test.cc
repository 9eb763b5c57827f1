// Deadlines where clocks are put back or forward, and hours of other places.
#include <doctest/doctest.h>

#include "tests/engine/consultation_story.h"

namespace consulta::test {

namespace {

boost::json::object silenceUntil(const std::string& deadline) {
  return {{"revision", 1}, {"deadline", deadline}};
}

boost::json::object receivedAt(const std::string& hour) {
  auto out = objection("AR");
  out["receivedAt"] = hour;
  return out;
}

}  // namespace

TEST_CASE("72 hours of silence are hours, over a night of 25 of them as over one of 23") {
  Tabled story;
  SUBCASE("when the clocks are put back") {
    story.on("2006-10-27T16:00:00Z");  // 18:00 in Vienna
    story.when("consultation.putUnderSilence", "CON-1",
               silenceUntil("2006-10-30T16:59 Europe/Vienna"));
    CHECK(story.refusedBy("consultation.putUnderSilence.hours"));
    story.when("consultation.putUnderSilence", "CON-1",
               silenceUntil("2006-10-30T17:00 Europe/Vienna"));
    CHECK(story.accepted());
  }
  SUBCASE("when they are put forward") {
    story.on("2007-03-23T17:00:00Z");  // 18:00 in Vienna
    story.when("consultation.putUnderSilence", "CON-1",
               silenceUntil("2007-03-26T18:59 Europe/Vienna"));
    CHECK(story.refusedBy("consultation.putUnderSilence.hours"));
    story.when("consultation.putUnderSilence", "CON-1",
               silenceUntil("2007-03-26T19:00 Europe/Vienna"));
    CHECK(story.accepted());
  }
}

TEST_CASE("an objection is in time by the moment it came, whatever the clocks there showed") {
  Tabled story;
  story.on("2006-10-24");
  const auto enteredOf = [&](const std::string& deadline, const std::string& hour) {
    story.given("consultation.putUnderSilence", "CON-1", silenceUntil(deadline));
    story.on("2006-10-30").given("consultation.objected", "CON-1", receivedAt(hour));
    return story.enteredTypes();
  };
  const Types inTime{"consultation.objected", "consultation.silenceBroken"};
  const Types late{"consultation.objected", "consultation.lateObjectionRecorded"};
  SUBCASE("in the same second in another place") {
    CHECK(enteredOf("2006-10-30T17:00 Europe/Vienna",
                    "2006-10-30T13:00 America/Argentina/Buenos_Aires") == inTime);
  }
  SUBCASE("a minute later there") {
    CHECK(enteredOf("2006-10-30T17:00 Europe/Vienna",
                    "2006-10-30T13:01 America/Argentina/Buenos_Aires") == late);
  }
  SUBCASE("in the first of two hours that are called the same") {
    CHECK(enteredOf("2006-10-29T02:30+01:00 Europe/Vienna",
                    "2006-10-29T02:45+02:00 Europe/Vienna") == inTime);
  }
  SUBCASE("in the second of them") {
    CHECK(enteredOf("2006-10-29T02:30+02:00 Europe/Vienna",
                    "2006-10-29T02:15+01:00 Europe/Vienna") == late);
  }
}

}  // namespace consulta::test
