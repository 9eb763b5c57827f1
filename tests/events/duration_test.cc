#include "events/values/duration.h"

#include <doctest/doctest.h>

#include <string>

using namespace consulta;

namespace {

std::string readingOf(std::string_view text) {
  const auto read = readDuration(text);
  return read ? toText(*read) : "refused: " + inEnglish(read.failures().front().text);
}

Day after(std::string_view length, const Day& day, const WorkingDays& working = {}) {
  return dayAfter(readDuration(length).value(), day, working).value();
}

Day before(std::string_view length, const Day& day, const WorkingDays& working = {}) {
  return dayBefore(readDuration(length).value(), day, working).value();
}

}  // namespace

TEST_CASE("a length of time is read and written in its shortest form") {
  for (const std::string text :
       {"P1Y", "P6M", "P10D", "PT72H", "P1DT12H30M", "P10BD", "PT90S", "P1M2DT3H4M5S"}) {
    CAPTURE(text);
    CHECK(readDuration(readingOf(text)).value() == readDuration(text).value());
  }
  CHECK(readingOf("P2W") == "P14D");
  CHECK(readingOf("p18m") == "P18M");
  CHECK(readingOf("P1Y6M") == "P18M");
  CHECK(readingOf(" pt72h ") == "PT72H");
  CHECK(readingOf("PT90S") == "PT1M30S");
}

TEST_CASE("what is no length of time is refused with what to write") {
  for (const std::string text :
       {"", "P", "PT", "P0D", "10D", "P10", "P-1D", "P1.5D", "P1D2M", "P1H", "PT1D", "P1DT", "P1YT",
        "P1201M", "P99999999999999999999D", "ten days", "P10BDT1H0", "P1D1D"}) {
    CAPTURE(text);
    CHECK(readingOf(text).find("is no length of time") != std::string::npos);
  }
  CHECK(readingOf("P1M10BD").find("mixes working days") != std::string::npos);
  CHECK(readingOf("P100Y1D").find("longer than a hundred years") == std::string::npos);
  CHECK(readingOf("P100Y1M").find("longer than a hundred years") != std::string::npos);
  CHECK(readingOf("P100YT876600H").find("longer than a hundred years") != std::string::npos);
}

TEST_CASE("months end on the last day of a shorter month") {
  CHECK(after("P1M", {2006, 1, 31}) == Day{2006, 2, 28});
  CHECK(after("P1M", {2008, 1, 31}) == Day{2008, 2, 29});
  CHECK(after("P1Y", {2008, 2, 29}) == Day{2009, 2, 28});
  CHECK(after("P12M", {2006, 4, 6}) == Day{2007, 4, 6});
  CHECK(before("P1M", {2006, 3, 31}) == Day{2006, 2, 28});
  CHECK(before("P6W", {2006, 6, 26}) == Day{2006, 5, 15});
  CHECK(after("P10D", {2006, 12, 25}) == Day{2007, 1, 4});
}

TEST_CASE("working days pass over weekends and holidays") {
  WorkingDays vienna;
  vienna.holidays = {{2006, 12, 25}, {2006, 12, 26}, {2007, 1, 1}};
  CHECK(vienna.worked({2006, 12, 22}));
  CHECK_FALSE(vienna.worked({2006, 12, 23}));
  CHECK_FALSE(vienna.worked({2006, 12, 25}));
  // Friday; then Wednesday to Friday, Tuesday.
  CHECK(after("P1BD", {2006, 12, 22}, vienna) == Day{2006, 12, 27});
  CHECK(after("P4BD", {2006, 12, 22}, vienna) == Day{2007, 1, 2});
  CHECK(before("P1BD", {2006, 12, 27}, vienna) == Day{2006, 12, 22});
  CHECK(after("P1BD", {2006, 12, 23}, vienna) == Day{2006, 12, 27});
}

TEST_CASE("counting ends with the calendar of days, and where no day is worked") {
  WorkingDays never;
  never.week.fill(false);
  CHECK_FALSE(workingDayAfter(never, {2006, 4, 6}, 1));
  CHECK(workingDayAfter(never, {2006, 4, 6}, 0) == Day{2006, 4, 6});
  CHECK_FALSE(dayAfter(readDuration("P100Y").value(), {2150, 1, 1}, {}));
  CHECK_FALSE(dayBefore(readDuration("P100Y").value(), {1750, 1, 1}, {}));
}
