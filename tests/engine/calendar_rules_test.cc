#include <doctest/doctest.h>

#include "projections/rows/calendar.h"
#include "tests/support/story.h"

using namespace consulta;  // NOLINT
using test::Story;

namespace {

boost::json::object vienna() {
  return {{"title", "en:Headquarters"},
          {"timeZone", "Europe/Vienna"},
          {"holidays", {"2006-12-26", "2006-12-25"}}};
}

}  // namespace

TEST_CASE("a calendar works from Monday to Friday unless it says otherwise") {
  Story story;
  story.given("calendar.adopted", "VIENNA", vienna());
  const auto working = workingDaysOf(story.as<CalendarRow>("VIENNA"));
  CHECK(working.worked({2006, 12, 22}));
  CHECK_FALSE(working.worked({2006, 12, 23}));
  CHECK_FALSE(working.worked({2006, 12, 25}));
  auto cairo = vienna();
  cairo["weekdays"] = {"sunday", "monday"};
  story.given("calendar.adopted", "CAIRO", cairo);
  CHECK(workingDaysOf(story.as<CalendarRow>("CAIRO")).worked({2006, 12, 24}));
  CHECK_FALSE(workingDaysOf(story.as<CalendarRow>("CAIRO")).worked({2006, 12, 22}));
}

TEST_CASE("the time zone of a calendar exists, and its days are days") {
  Story story;
  auto data = vienna();
  data["timeZone"] = "Europe/Wien";
  story.when("calendar.adopted", "VIENNA", data);
  CHECK(story.refusedBy("calendar.time-zone"));
  for (const char* day : {"2006-02-30", "2006-12", "25 December 2006", "2006-12-25?"}) {
    CAPTURE(day);
    data = vienna();
    data["holidays"] = boost::json::array{day};
    story.when("calendar.adopted", "VIENNA", data);
    CHECK(story.refusedBy("calendar.days"));
  }
  data["holidays"] = {"2006-12-25", "2006-12-25"};
  data["weekdays"] = {"monday", "monday"};
  story.when("calendar.adopted", "VIENNA", data);
  CHECK(story.refusedBy("calendar.days.distinct"));
  CHECK(story.refusedBy("calendar.weekdays.distinct"));
}

TEST_CASE("a holiday is added once, and removed only when it is one") {
  Story story;
  story.given("calendar.adopted", "VIENNA", vienna());
  story.when("calendar.holidaysAdded", "VIENNA", {{"days", boost::json::array{"2006-12-25"}}});
  CHECK(story.refusedBy("calendar.added.once"));
  story.given("calendar.holidaysAdded", "VIENNA", {{"days", {"2007-01-01", "2006-11-01"}}});
  CHECK(story.as<CalendarRow>("VIENNA").holidays.front() == "2006-11-01");
  story.when("calendar.holidaysRemoved", "VIENNA", {{"days", boost::json::array{"2007-01-06"}}});
  CHECK(story.refusedBy("calendar.removed.holiday"));
  story.given("calendar.holidaysRemoved", "VIENNA", {{"days", boost::json::array{"2007-01-01"}}});
  CHECK(story.as<CalendarRow>("VIENNA").holidays.size() == 3);
}

TEST_CASE("a calendar does not replace itself") {
  Story story;
  story.given("calendar.adopted", "VIENNA", vienna());
  story.when("calendar.retired", "VIENNA", {{"replacement", "VIENNA"}});
  CHECK(story.refusedBy("calendar.retired.itself"));
  story.when("calendar.retired", "VIENNA");
  CHECK(story.accepted());
}
