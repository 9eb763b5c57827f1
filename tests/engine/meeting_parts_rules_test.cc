#include <doctest/doctest.h>

#include <string>

#include "projections/rows/meeting.h"
#include "tests/support/story_steps.h"

using namespace consulta;  // NOLINT
using test::Story;

namespace {

/// A ministerial meeting confirmed for 26 to 28 September 2006, planned on 3 April.
struct Confirmed : Story {
  Confirmed() {
    on("2006-04-03");
    given("meeting.scheduled", "MTG-1", meeting("ministerial", "2006-09"));
    given("meeting.confirmed", "MTG-1", {{"dates", "2006-09-26/2006-09-28"}});
    on("2006-05-10");
  }
  static boost::json::object meeting(const std::string& kind, const std::string& dates) {
    return {{"title", "en:Renewable energy"},
            {"kind", kind},
            {"dates", dates},
            {"place", "Montevideo"}};
  }
  static boost::json::object part(const std::string& dates, const std::string& parent = "MTG-1") {
    auto data = meeting("round-table", dates);
    data["parent"] = parent;
    return data;
  }
};

/// With a round table on its second day.
struct WithPart : Confirmed {
  WithPart() { given("meeting.scheduled", "RT-1", part("2006-09-27")); }
};

}  // namespace

TEST_CASE("round tables and side events are parts of a meeting, and nothing else is") {
  Confirmed story;
  story.when("meeting.scheduled", "RT-1", Confirmed::meeting("round-table", "2006-09-27"));
  CHECK(story.refusedBy("meeting.parent"));
  auto data = Confirmed::part("2006-09-27");
  data["kind"] = "technical";
  story.when("meeting.scheduled", "RT-1", data);
  CHECK(story.refusedBy("meeting.parent"));
  data["kind"] = "side-event";
  story.when("meeting.scheduled", "RT-1", data);
  CHECK(story.accepted());
}

TEST_CASE("a part has no parts") {
  WithPart story;
  story.when("meeting.scheduled", "RT-2", Confirmed::part("2006-09-27", "RT-1"));
  CHECK(story.refusedBy("meeting.parent.part"));
  story.when("meeting.partsPlanned", "RT-1", {{"kind", "side-event"}});
  CHECK(story.refusedBy("meeting.parts.of-part"));
  story.when("meeting.partsPlanned", "MTG-1", {{"kind", "technical"}});
  CHECK(story.refusedBy("meeting.parts.kind"));
  story.when("meeting.partsPlanned", "MTG-1", {{"kind", "side-event"}});
  CHECK(story.accepted());
}

TEST_CASE("a corrigendum makes no meeting part of itself, nor a whole one a part of its part") {
  WithPart story;
  correctOpening(story, "RT-1", {{"parent", "RT-1"}});
  CHECK(story.refusedBy("meeting.parent.itself"));
  correctOpening(story, "MTG-1", {{"kind", "side-event"}, {"parent", "RT-1"}});
  CHECK(story.refusedBy("meeting.parent.part"));
}

TEST_CASE("the exact days of a part lie within those of its meeting") {
  Confirmed story;
  for (const auto* dates : {"2006-09-25", "2006-09-28/2006-09-29", "2006-10", "2006-09-29/.."}) {
    CAPTURE(dates);
    story.when("meeting.scheduled", "RT-1", Confirmed::part(dates));
    CHECK(story.refusedBy("meeting.within-parent"));
  }
  // Days that are not known yet may turn out to be among them.
  int number = 0;
  for (const auto* dates : {"2006-09", "2006-09-28~", "2006-09-28", "2006-09-26/2006-09-28"}) {
    CAPTURE(dates);
    story.when("meeting.scheduled", "RT-" + std::to_string(++number), Confirmed::part(dates));
    CHECK(story.accepted());
  }
}

TEST_CASE("a part that is rescheduled or confirmed stays within its meeting") {
  WithPart story;
  story.when("meeting.rescheduled", "RT-1", {{"dates", "2006-09-29"}});
  CHECK(story.refusedBy("meeting.within-parent"));
  story.when("meeting.confirmed", "RT-1", {{"dates", "2006-09-29"}});
  CHECK(story.refusedBy("meeting.within-parent"));
  story.given("meeting.rescheduled", "RT-1", {{"dates", "2006-09-28"}});
  story.when("meeting.confirmed", "RT-1");
  CHECK(story.accepted());
}

TEST_CASE("a meeting that moves leaves no part behind, and both can move") {
  WithPart story;
  story.when("meeting.rescheduled", "MTG-1", {{"dates", "2006-10"}});
  CHECK(story.refusedBy("meeting.parts.within"));
  story.given("meeting.postponed", "RT-1", {{"reason", "All of it moves"}});
  story.given("meeting.rescheduled", "MTG-1", {{"dates", "2006-10"}});
  story.given("meeting.rescheduled", "RT-1", {{"dates", "2006-10-10"}});
  story.when("meeting.confirmed", "MTG-1", {{"dates", "2006-10-11/2006-10-12"}});
  CHECK(story.refusedBy("meeting.parts.within"));
  story.when("meeting.confirmed", "MTG-1", {{"dates", "2006-10-10/2006-10-12"}});
  CHECK(story.accepted());
}

TEST_CASE(
    "a meeting is checked against the parts it had by then, and a part against its days then") {
  Confirmed story;
  story.on("2006-06-01").given("meeting.rescheduled", "MTG-1", {{"dates", "2006-10-10"}});
  story.on("2006-06-10").given("meeting.scheduled", "RT-1", Confirmed::part("2006-10-10"));
  story.on("2006-05-20").when("meeting.scheduled", "RT-2", Confirmed::part("2006-10-10"));
  CHECK(story.refusedBy("meeting.within-parent"));
  story.when("meeting.scheduled", "RT-2", Confirmed::part("2006-09-27"));
  CHECK(story.accepted());
  // Before there were any parts it was thought of for another day.
  story.on("2006-05-01").when("meeting.rescheduled", "MTG-1", {{"dates", "2006-11-05"}});
  CHECK_FALSE(story.refusedBy("meeting.parts.within"));
}

TEST_CASE("days that are corrected are held against the parts planned on them") {
  WithPart story;
  const auto confirmed = story.row("MTG-1")->head.id.value + 1;
  correctEntry(story, "MTG-1", confirmed, {{"dates", "2006-09-25/2006-09-26"}});
  CHECK(story.refusedBy("meeting.within-parent"));
  correctEntry(story, "MTG-1", confirmed, {{"dates", "2006-09-25/2006-09-27"}});
  CHECK(story.accepted());
}

TEST_CASE("no part of a meeting that is over is planned, but one may be found as held") {
  Confirmed story;
  story.given("meeting.cancelled", "MTG-1", {{"reason", "No funds"}});
  story.when("meeting.scheduled", "RT-1", Confirmed::part("2006-09-27"));
  CHECK(story.accepted());  // perhaps earlier on that day
  story.on("2006-05-11").when("meeting.scheduled", "RT-2", Confirmed::part("2006-09-27"));
  CHECK(story.refusedBy("meeting.parent.over"));
  story.when("meeting.rescheduled", "RT-1", {{"dates", "2006-09-28"}});
  CHECK(story.refusedBy("meeting.parent.over"));

  auto whole = Confirmed::meeting("ministerial", "2006-02-01/2006-02-03");
  whole["state"] = "closed";
  story.given("meeting.found", "MTG-2", whole);
  auto held = Confirmed::part("2006-02-02", "MTG-2");
  held["state"] = "closed";
  story.on("2006-05-12").when("meeting.found", "RT-3", held);
  CHECK(story.accepted());
  held["state"] = "confirmed";
  story.when("meeting.found", "RT-4", held);
  CHECK(story.refusedBy("meeting.parent.over"));
}

TEST_CASE("a part begins once its meeting has, and ends before it") {
  WithPart story;
  story.given("meeting.confirmed", "RT-1");
  story.on("2006-09-27").when("meeting.convened", "RT-1");
  CHECK(story.refusedBy("meeting.convened.parent"));
  story.on("2006-09-26").given("meeting.convened", "MTG-1");
  story.on("2006-09-27").given("meeting.convened", "RT-1");
  story.on("2006-09-28").when("meeting.closed", "MTG-1");
  CHECK(story.refusedBy("meeting.closed.parts"));
  story.on("2006-09-27").given("meeting.closed", "RT-1");
  story.on("2006-09-28").when("meeting.closed", "MTG-1");
  CHECK(story.accepted());
}

TEST_CASE("a meeting is given up after its parts") {
  WithPart story;
  story.when("meeting.cancelled", "MTG-1", {{"reason", "No funds"}});
  CHECK(story.refusedBy("meeting.cancelled.parts"));
  story.given("meeting.cancelled", "RT-1", {{"reason", "No funds"}});
  story.when("meeting.cancelled", "MTG-1", {{"reason", "No funds"}});
  CHECK(story.accepted());
}
