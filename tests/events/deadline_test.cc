#include "events/values/deadline.h"

#include <doctest/doctest.h>

#include <array>
#include <limits>
#include <string>
#include <vector>

#include "tests/events/random_text.h"

using namespace consulta;

namespace {

constexpr Day today{2006, 10, 1};

std::string readingOf(std::string_view text) {
  const auto read = readDeadline(text, today);
  return read ? toText(*read) : "refused: " + inEnglish(read.failures().front().text);
}

Overdue at(std::string_view due, std::string_view now) {
  return overdue(dateBounds(due).value(), dateBounds(now)->earliestNs);
}

}  // namespace

TEST_CASE("a deadline is a date, a session, or both") {
  const std::vector<std::array<std::string, 2>> cases = {
      {"2006-10-31", "2006-10-31"},
      {"31 October 2006", "2006-10-31"},
      {"2006-06/2006-07", "2006-06/2006-07"},
      {"before IDB.31", "before IDB.31"},
      {"Before session 31 of IDB", "before IDB.31"},
      {"before session 31 of the IDB", "before IDB.31"},
      {"before the 31st session of the IDB", "before IDB.31"},
      {"before the idb 31", "before IDB.31"},
      {"avant IDB.31", "before IDB.31"},
      {"avant la 31e session du IDB", "before IDB.31"},
      {"avant la 31ème session de l'IDB", "before IDB.31"},
      {"antes de la sesión 31 de la IDB", "before IDB.31"},
      {"antes del 31º período de sesiones de la IDB", "before IDB.31"},
      {"2006-06, before IDB.31", "2006-06, before IDB.31"},
      {"juin 2006 avant IDB.31", "2006-06, before IDB.31"},
  };
  for (const auto& test : cases) {
    const auto& input = test[0];
    const auto& canonical = test[1];
    CAPTURE(input);
    CHECK(readingOf(input) == canonical);
  }
  const auto both = readDeadline("juin 2006, avant IDB.31", today).value();
  CHECK(both.date->words == "juin 2006");
  CHECK(both.beforeSession == SessionName{"IDB", 31});
}

TEST_CASE("a deadline that names neither a date nor one session is refused") {
  for (const std::string text :
       {"", "before", "before 31", "before IDB", "before IDB.0", "before IDB.31.32",
        "before IDB.31 PBC.2", "before the thirty-first session of the IDB", "before June 2006",
        "soon", "2006-02-30, before IDB.31"}) {
    CAPTURE(text);
    CHECK(readingOf(text).starts_with("refused"));
  }
  CHECK(readingOf("before IDB").find("before IDB.31") != std::string::npos);
  CHECK(readingOf(std::string(1'000, 'b')).starts_with("refused"));
}

TEST_CASE("overdue has three values") {
  CHECK(at("2006-10-31", "2006-10-30") == Overdue::no);
  CHECK(at("2006-10-31", "2006-10-31T23:59:59Z") == Overdue::no);
  CHECK(at("2006-10-31", "2006-11-01") == Overdue::yes);
  CHECK(at("2006-10", "2006-10-01T12:00Z") == Overdue::no);
  CHECK(at("2006-10", "2006-10-02") == Overdue::possibly);
  CHECK(at("2006-10", "2006-10-31T23:59:59Z") == Overdue::possibly);
  CHECK(at("2006-10", "2006-11-01") == Overdue::yes);
  CHECK(at("[2006-06-01,2006-08-01]", "2006-07-01") == Overdue::possibly);
  CHECK(at("XXXX", "2006-07-01") == Overdue::possibly);
  CHECK(at("2006-06/..", "2006-05-01") == Overdue::no);
  CHECK(at("2006-06/..", "2100-05-01") == Overdue::possibly);
  CHECK(at("2006-10-31T10:00Z", "2006-10-31T10:00Z") == Overdue::no);
  CHECK(at("2006-10-31T10:00Z", "2006-10-31T10:00:01Z") == Overdue::yes);
}

TEST_CASE("what is never due is never overdue, and what may be due at any time always may be") {
  constexpr auto first = std::numeric_limits<std::int64_t>::min();
  constexpr auto last = std::numeric_limits<std::int64_t>::max();
  CHECK(overdue(DateBounds{last, last}, dateBounds("2026-11-25")->earliestNs) == Overdue::no);
  CHECK(overdue(DateBounds{first, last}, dateBounds("2026-11-25")->earliestNs) ==
        Overdue::possibly);
}

TEST_CASE("deadlines come back from their text, and no text crashes their reader") {
  constexpr std::uint64_t seed = 11;
  CAPTURE(seed);
  test::RandomText random(seed);
  const std::vector<std::string> good = {"before session 31 of IDB", "2006-06, before IDB.31",
                                         "avant la 31e session du IDB", "2006-10-31"};
  for (int i = 0; i < 20'000; ++i) {
    const auto text =
        i % 3 == 0 ? random.bytes(24) : random.spoiled(good[random.below(good.size())]);
    const auto read = readDeadline(text, today);
    if (!read) continue;
    CAPTURE(text);
    const auto again = readDeadline(toText(*read), today);
    REQUIRE(again.ok());
    CHECK(toText(*again) == toText(*read));
  }
}
