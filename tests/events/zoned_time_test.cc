#include "events/values/zoned_time.h"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

#include "events/values/edtf.h"
#include "tests/events/random_text.h"

using namespace consulta;

namespace {

std::string readingOf(std::string_view text) {
  const auto read = readZonedTime(text);
  return read ? toText(*read) : "refused: " + inEnglish(read.failures().front().text);
}

std::int64_t instant(std::string_view text) {
  return dateBounds(text)->earliestNs;
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

TEST_CASE("the hour of a place is resolved to UTC") {
  const auto time = readZonedTime("2006-07-14T18:00 Europe/Vienna").value();
  CHECK(time.local == "2006-07-14T18:00");
  CHECK(time.zone == "Europe/Vienna");
  CHECK(time.utcNs == instant("2006-07-14T16:00:00Z"));
  CHECK(time.tzdata.size() >= 5);
  CHECK(readZonedTime("2006-07-14 18:00 Europe/Vienna").value() == time);
  CHECK(readZonedTime(" 2006-07-14t18:00:00   Europe/Vienna ").value() == time);
  CHECK(readZonedTime("2006-07-14T18:00+02:00 Europe/Vienna").value() == time);
  CHECK(readingOf("2006-07-14T18:00 Europe/Vienna") == "2006-07-14T18:00+02:00 Europe/Vienna");
  CHECK(readingOf("2006-07-14T18:00:30 UTC") == "2006-07-14T18:00:30+00:00 UTC");
  CHECK(readZonedTime("2006-01-14T18:00Z UTC")->utcNs == instant("2006-01-14T18:00:00Z"));
  CHECK(readZonedTime("2006-07-14T18:00 America/Montevideo")->utcNs ==
        instant("2006-07-14T21:00:00Z"));
  CHECK(readZonedTime("2006-07-14T18:00 Asia/Kathmandu")->utcNs == instant("2006-07-14T12:15:00Z"));
  CHECK(readZonedTime("1969-12-31T23:00 UTC")->utcNs == instant("1969-12-31T23:00:00Z"));
}

TEST_CASE("an hour that the clocks skipped is refused") {
  CHECK(contains(readingOf("2006-03-26T02:30 Europe/Vienna"), "never was in Europe/Vienna"));
  CHECK(contains(readingOf("2006-03-26T02:30+01:00 Europe/Vienna"), "never was"));
  CHECK(readZonedTime("2006-03-26T01:59 Europe/Vienna")->utcNs == instant("2006-03-26T00:59:00Z"));
  CHECK(readZonedTime("2006-03-26T03:00 Europe/Vienna")->utcNs == instant("2006-03-26T01:00:00Z"));
  // A whole day was skipped when Samoa changed sides of the date line.
  CHECK(contains(readingOf("2011-12-30T12:00 Pacific/Apia"), "never was"));
}

TEST_CASE("an hour that came twice needs its offset") {
  const auto refused = readingOf("2006-10-29T02:30 Europe/Vienna");
  CHECK(contains(refused, "2006-10-29T02:30+02:00 Europe/Vienna"));
  CHECK(contains(refused, "2006-10-29T02:30+01:00 Europe/Vienna"));
  const auto first = readZonedTime("2006-10-29T02:30+02:00 Europe/Vienna").value();
  const auto second = readZonedTime("2006-10-29T02:30+01:00 Europe/Vienna").value();
  CHECK(first.utcNs == instant("2006-10-29T00:30:00Z"));
  CHECK(second.utcNs == instant("2006-10-29T01:30:00Z"));
  CHECK(first.local == second.local);
  CHECK(readZonedTime(toText(first)).value() == first);
  CHECK(readZonedTime(toText(second)).value() == second);
}

TEST_CASE("a time that cannot be is refused with what to write") {
  const std::vector<std::array<std::string, 2>> cases = {
      {"2006-07-14T18:00 Europe/Viena", "did you mean Europe/Vienna"},
      {"2006-07-14T18:00 europe/vienna", "did you mean Europe/Vienna"},
      {"2006-07-14T18:00 Vienna", "did you mean Europe/Vienna"},
      {"2006-07-14T18:00 Montevideo", "did you mean America/Montevideo"},
      {"2006-07-14T18:00 PST", "not a time zone"},
      {"2006-07-14T18:00 GMT+3", "not a time zone"},
      {"2006-07-14T18:00 Nowhere/Atall", "not a time zone"},
      {"2006-07-14T18:00 \xF0\x9F\x98\x80/x", "not a time zone"},
      {"2006-07-14T18:00", "time zone"},
      {"2006-07-14 Europe/Vienna", "the hour of a place"},
      {"14 July 2006 18:00 Europe/Vienna", "as 2006-07-14T18:00"},
      {"2006-02-30T18:00 Europe/Vienna", "28 days"},
      {"2006-07-14T25:00 Europe/Vienna", "hours 00 to 23"},
      {"2006-07-14T18:00+05:00 Europe/Vienna", "but at +02:00"},
      {"1600-07-14T18:00 Europe/Vienna", "outside 1700"},
      {"", "the hour of a place"},
      {std::string(500, 'x'), "not a time"},
  };
  for (const auto& test : cases) {
    const auto& input = test[0];
    const auto& reason = test[1];
    CAPTURE(input);
    const auto reading = readingOf(input);
    CAPTURE(reading);
    CHECK(reading.starts_with("refused"));
    CHECK(contains(reading, reason));
  }
}

TEST_CASE("times of many zones come back from their text") {
  constexpr std::uint64_t seed = 2024;
  CAPTURE(seed);
  test::RandomText random(seed);
  const std::vector<std::string> zones = {
      "Europe/Vienna",  "America/Montevideo",  "America/Sao_Paulo",
      "Asia/Kathmandu", "Australia/Lord_Howe", "UTC",
      "Pacific/Apia",   "America/St_Johns",    "America/Argentina/San_Luis"};
  int read = 0;
  for (int i = 0; i < 3'000; ++i) {
    const auto day =
        dayFromNumber(random.between(dayNumber({1850, 1, 1}), dayNumber({2090, 1, 1})));
    const auto hour = std::to_string(10 + random.below(14));
    const auto text =
        Edtf::day(day).text() + "T" + hour + ":30 " + zones[random.below(zones.size())];
    CAPTURE(text);
    const auto time = readZonedTime(text);
    if (!time) continue;
    ++read;
    const auto again = readZonedTime(toText(*time));
    REQUIRE(again.ok());
    CHECK(*again == *time);
  }
  CHECK(read > 2'900);
}

TEST_CASE("no text crashes the reader of times") {
  constexpr std::uint64_t seed = 12;
  CAPTURE(seed);
  test::RandomText random(seed);
  for (int i = 0; i < 3'000; ++i) {
    const auto text =
        i % 2 == 0 ? random.bytes(40) : random.spoiled("2006-07-14T18:00 Europe/Vienna");
    const auto read = readZonedTime(text);
    if (read) CHECK(readZonedTime(toText(*read)).value() == *read);
  }
  CHECK_FALSE(toText(ZonedTime{"bad\x1b", "x", 1, ""}).empty());
  CHECK_FALSE(toText(ZonedTime{"2006-07-14T18:00", "x", INT64_MIN, ""}).empty());
  CHECK_FALSE(toText(ZonedTime{"2006-07-14T18:00", "x", INT64_MAX, ""}).empty());
}
