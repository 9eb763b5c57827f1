#include "events/values/edtf.h"

#include <doctest/doctest.h>

#include <array>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/events/random_text.h"

using namespace consulta;

namespace {

std::string refusal(std::string_view text) {
  const auto read = readEdtf(text);
  if (read) return "accepted as " + read->text();
  CHECK(read.failures().front().fault == Fault::usage);
  CHECK(read.failures().front().rule == "value.date");
  return inEnglish(read.failures().front().text);
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::int64_t first(int year, int month, int day) {
  return dayStartNs({year, month, day});
}
std::int64_t last(int year, int month, int day) {
  return first(year, month, day) + nsPerDay - 1;
}

}  // namespace

TEST_CASE("canonical dates come back as they are") {
  for (const std::string text : {"2006-04-06",
                                 "2006-04",
                                 "2006",
                                 "2006?",
                                 "2006-04~",
                                 "2006-04-06%",
                                 "201X",
                                 "20XX",
                                 "2004-XX",
                                 "2004-06-XX",
                                 "2004-XX-XX",
                                 "XXXX",
                                 "2006-21",
                                 "2006-24",
                                 "2006-06/2006-07",
                                 "2006/..",
                                 "../2006",
                                 "2006/",
                                 "/2006",
                                 "2006-06~/2006-07",
                                 "[2006-06,2006-07]",
                                 "{2006-06,2006-07}",
                                 "[..2006]",
                                 "[2006..]",
                                 "[2006..2008]",
                                 "{1999,2001..2003,2005}",
                                 "2006-04-06T10:00:00+02:00",
                                 "2006-04-06T10:00:00Z",
                                 "2006-04-06T23:59:59-14:00",
                                 "1700-01-01",
                                 "2199-12-31",
                                 "2004-02-29",
                                 "2000-02-29",
                                 "201X~"}) {
    CAPTURE(text);
    const auto read = readEdtf(text);
    REQUIRE(read.ok());
    CHECK(read->text() == text);
    CHECK(read->bounds().earliestNs <= read->bounds().latestNs);
    const auto bounds = dateBounds(text);
    REQUIRE(bounds.ok());
    CHECK(*bounds == read->bounds());
  }
}

TEST_CASE("near misses of EDTF are read and written canonically") {
  const std::vector<std::array<std::string, 2>> cases = {
      {" 2006-04-06 ", "2006-04-06"},
      {"unknown", "XXXX"},
      {"Unknown", "XXXX"},
      {"xxxx", "XXXX"},
      {"201x", "201X"},
      {"2006-04-06t10:00z", "2006-04-06T10:00:00Z"},
      {"2006-04-06 10:00+02:00", "2006-04-06T10:00:00+02:00"},
      {"2006-04-06T10:00+02", "2006-04-06T10:00:00+02:00"},
      {"2006-04-06T10:00-0330", "2006-04-06T10:00:00-03:30"},
      {"2006-04-06T10:00+00:00", "2006-04-06T10:00:00Z"},
      {"[ 2006-06, 2006-07 ]", "[2006-06,2006-07]"},
      {"2006-06 / 2006-07", "2006-06/2006-07"},
  };
  for (const auto& test : cases) {
    const auto& input = test[0];
    const auto& canonical = test[1];
    CAPTURE(input);
    const auto read = readEdtf(input);
    REQUIRE(read.ok());
    CHECK(read->text() == canonical);
  }
}

TEST_CASE("bounds are the first and the last nanosecond a date can mean") {
  struct Case {
    std::string text;
    std::int64_t earliest;
    std::int64_t latest;
  };
  const auto whole = wholeTime();
  const std::vector<Case> cases = {
      {"2006-04-06", first(2006, 4, 6), last(2006, 4, 6)},
      {"1970-01-01", 0, nsPerDay - 1},
      {"1969-12-31", -nsPerDay, -1},
      {"2006-02", first(2006, 2, 1), last(2006, 2, 28)},
      {"2006", first(2006, 1, 1), last(2006, 12, 31)},
      {"2006~", first(2006, 1, 1), last(2006, 12, 31)},
      {"201X", first(2010, 1, 1), last(2019, 12, 31)},
      {"20XX", first(2000, 1, 1), last(2099, 12, 31)},
      {"2004-XX", first(2004, 1, 1), last(2004, 12, 31)},
      {"2004-02-XX", first(2004, 2, 1), last(2004, 2, 29)},
      {"2004-XX-XX", first(2004, 1, 1), last(2004, 12, 31)},
      {"2006-21", first(2006, 3, 1), last(2006, 12, 31)},
      {"2006-22", first(2006, 1, 1), last(2007, 3, 31)},
      {"2199-24", first(2199, 1, 1), last(2199, 12, 31)},
      {"2006-06/2006-07", first(2006, 6, 1), last(2006, 7, 31)},
      {"2006-06/..", first(2006, 6, 1), whole.latestNs},
      {"2006-06/", first(2006, 6, 1), whole.latestNs},
      {"/2006-06", whole.earliestNs, last(2006, 6, 30)},
      {"[2006-09,2006-06,2007..2008]", first(2006, 6, 1), last(2008, 12, 31)},
      {"{..2006}", whole.earliestNs, last(2006, 12, 31)},
      {"XXXX", first(1700, 1, 1), last(2199, 12, 31)},
      {"1970-01-01T02:00:01+02:00", nsPerSecond, nsPerSecond},
      {"1970-01-01T00:00:00-01:00", 3600 * nsPerSecond, 3600 * nsPerSecond},
  };
  for (const auto& test : cases) {
    CAPTURE(test.text);
    const auto bounds = dateBounds(test.text);
    REQUIRE(bounds.ok());
    CHECK(bounds->earliestNs == test.earliest);
    CHECK(bounds->latestNs == test.latest);
  }
}

TEST_CASE("a date knows what kind it is") {
  const auto read = [](std::string_view text) { return readEdtf(text).value(); };
  CHECK(Edtf().isUnknown());
  CHECK(Edtf() == read("unknown"));
  CHECK(read("2006-04-06").isExact());
  CHECK_FALSE(read("2006-04-06~").isExact());
  CHECK(read("2006-04-06~").isQualified());
  CHECK_FALSE(read("2006-04-XX").isExact());
  CHECK_FALSE(read("2006-04").isExact());
  CHECK_FALSE(read("2006-04-06/2006-04-06").isExact());
  CHECK(read("2006-04-06T10:00Z").isExact());
  CHECK(read("2006-04-06T10:00Z").isInstant());
  CHECK_FALSE(read("2006-04-06").isInstant());
  CHECK(read("2006/2007").isSpan());
  CHECK_FALSE(read("[2006,2007]").isSpan());
  CHECK(read("[2006?,2007]").isQualified());
  CHECK(read("[2006,2007]").kind() == Edtf::Kind::oneOf);
  CHECK(read("{2006,2007}").kind() == Edtf::Kind::allOf);
  CHECK(Edtf::day(2006, 4, 6) == read("2006-04-06"));
  CHECK(Edtf::day(2006, 4, 6) < read("2006-04-07"));
  CHECK(read("2006") != read("2006-01/2006-12"));
  CHECK_THROWS_AS((void)Edtf::day(2006, 2, 29), std::invalid_argument);
}

TEST_CASE("a date that cannot be is refused with its reason") {
  CHECK(contains(refusal("2006-02-30"), "2006-02 has 28 days"));
  CHECK(contains(refusal("2006-13"), "no month 13"));
  CHECK(contains(refusal("2006-00"), "no month 00"));
  CHECK(contains(refusal("2006-04-00"), "does not exist"));
  CHECK(contains(refusal("1699"), "outside 1700 to 2199"));
  CHECK(contains(refusal("2200-01-01"), "outside 1700 to 2199"));
  CHECK(contains(refusal("Y17000"), "before 1700 or after 2199"));
  CHECK(contains(refusal("-0044"), "before 1700 or after 2199"));
  CHECK(contains(refusal("2006-07/2006-06"), "ends before it begins"));
  CHECK(contains(refusal("[2007..2006]"), "ends before it begins"));
  CHECK(contains(refusal("2006/2007/2008"), "one stroke"));
  CHECK(contains(refusal("../.."), "no date at all"));
  CHECK(contains(refusal("/"), "no date at all"));
  CHECK(contains(refusal("XXXX/2006"), "nothing at all"));
  CHECK(contains(refusal("2006-4-6"), "two digits"));
  CHECK(contains(refusal("2006-04-6"), "two digits"));
  CHECK(contains(refusal("2006-1X"), "half known"));
  CHECK(contains(refusal("2006-06-1X"), "half known"));
  CHECK(contains(refusal("2XXX"), "one or two digits"));
  CHECK(contains(refusal("20X6"), "one or two digits"));
  CHECK(contains(refusal("201X-05"), "not fully known"));
  CHECK(contains(refusal("2004-XX-05"), "not known"));
  CHECK(contains(refusal("2006~-04"), "at its end"));
  CHECK(contains(refusal("2006-21-05"), "day of a season"));
  CHECK(contains(refusal("2006-04-06T10:00"), "offset"));
  CHECK(contains(refusal("2006-04-06T25:00Z"), "hour"));
  CHECK(contains(refusal("2006-04-06T10:60Z"), "hour"));
  CHECK(contains(refusal("2006-04-06T10:00+15:00"), "offset"));
  CHECK(contains(refusal("2006-04T10:00Z"), "hour of a day"));
  CHECK(contains(refusal("2006-02-30T10:00Z"), "28 days"));
  CHECK(contains(refusal("2006-04-06T10:00Z~"), "moment"));
  CHECK(contains(refusal("2006-04-06T10:00Z/2006-04-07"), "moment"));
  CHECK(contains(refusal("[2006"), "not closed"));
  CHECK(contains(refusal("["), "not closed"));
  CHECK(contains(refusal("[2006}"), "not closed"));
  CHECK(contains(refusal("[2006]"), "set of one"));
  CHECK(contains(refusal("[]"), "empty"));
  CHECK(contains(refusal("[2006,]"), "empty"));
  CHECK(contains(refusal("[..]"), "no date at all"));
  CHECK(contains(refusal(""), "there is no date"));
  CHECK(contains(refusal("  "), "there is no date"));
  CHECK(contains(refusal("hello"), "not a date"));
  CHECK(contains(refusal("06-04-2006"), "four digits"));
  CHECK(contains(refusal("2006-04-06x"), "not a date"));
  CHECK(contains(refusal("2006--06"), "not a date"));
  CHECK(contains(refusal("[" + std::string(300, '2') + "]"), "longer than"));
}

TEST_CASE("every day from 1700 to 2199 comes back from its text") {
  const auto end = dayNumber({yearMax, 12, 31});
  std::int64_t expected = wholeTime().earliestNs;
  for (auto number = dayNumber({yearMin, 1, 1}); number <= end; ++number) {
    const auto day = dayFromNumber(number);
    const auto edtf = Edtf::day(day);
    const auto bounds = dateBounds(edtf.text());
    REQUIRE(bounds.ok());
    REQUIRE(bounds->earliestNs == expected);
    REQUIRE(dayAt(bounds->earliestNs) == day);
    REQUIRE(dayAt(bounds->latestNs) == day);
    expected += nsPerDay;
  }
  CHECK(expected - 1 == wholeTime().latestNs);
}

TEST_CASE("whatever is accepted reads back as itself, and nothing crashes") {
  constexpr std::uint64_t seed = 20060406;
  CAPTURE(seed);
  test::RandomText random(seed);
  const std::vector<std::string> good = {"2006-06/2006-07",   "[2006-06..2006-08,2007]",
                                         "2006-04-06",        "2006-04-06T10:00:00+02:00",
                                         "{1999,2001..2003}", "201X~"};
  int accepted = 0;
  for (int i = 0; i < 60'000; ++i) {
    const auto text = i % 3 == 0   ? random.bytes(40)
                      : i % 3 == 1 ? random.from("0123456789-/.,[]{}XTZ:+?~% ", 24)
                                   : random.spoiled(good[random.below(good.size())]);
    const auto read = readEdtf(text);
    if (!read) continue;
    ++accepted;
    CAPTURE(text);
    const auto again = readEdtf(read->text());
    REQUIRE(again.ok());
    REQUIRE(again->text() == read->text());
    REQUIRE(again->bounds() == read->bounds());
    REQUIRE(again->isExact() == read->isExact());
    REQUIRE(read->bounds().earliestNs <= read->bounds().latestNs);
  }
  CHECK(accepted > 1'000);
}
