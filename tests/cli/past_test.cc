// The past as a clerk asks for it: as it stood on a day, as it was known on a day, and both.
#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <string>
#include <vector>

#include "tests/cli/clocked_desk.h"
#include "tests/cli/desk.h"

namespace consulta::test {

namespace {

/// A meeting that was scheduled in May, and of which on 10 June somebody enters that it was
/// confirmed on some day of May, and that it moved to Geneva on 1 June.
void aMeeting(ClockedDesk& desk) {
  desk.at("2026-05-04");
  desk.enter({"meeting", "schedule", "MTG-1", "--kind", "technical", "--title", "en:Energy"});
  desk.at("2026-06-10");
  desk.enter({"meeting", "confirm", "MTG-1", "--dates", "2026-07-01", "--place", "Lima", "--on",
              "2026-05"});
  desk.enter({"meeting", "relocate", "MTG-1", "--place", "Geneva", "--on", "2026-06-01"});
}

}  // namespace

TEST_CASE(
    "as it stood shows what is known today of that day, and marks what may be of a later one") {
  ClockedDesk desk("2026-05-04");
  desk.width = 300;
  aMeeting(desk);
  const std::vector<std::vector<std::string>> looks{{"show", "MTG-1"},
                                                    {"list", "meeting"},
                                                    {"history", "MTG-1"},
                                                    {"log", "--filter", "entity=MTG-1"},
                                                    {"status"}};
  for (auto words : looks) {
    CAPTURE(words.front());
    words.insert(words.end(), {"--as-of", "2026-05-20"});
    const auto then = desk.enter(words).out;
    CHECK(says(then, "s it stood on 20 May 2026"));
    CHECK(says(then, "possibly"));
    CHECK_FALSE(says(then, "Geneva"));
    words.back() = "2026-06-02";
    const auto later = desk.enter(words).out;
    CHECK_FALSE(says(later, "possibly"));
    words.insert(words.begin(), "--json");
    CHECK_FALSE(says(desk.enter(words).out, "possibly"));
    words.back() = "2026-05-20";
    CHECK(says(desk.enter(words).out, R"("possibly":)"));
  }
}

TEST_CASE("as we knew it leaves out what was entered only later, of whatever day it is") {
  ClockedDesk desk("2026-05-04");
  desk.width = 300;
  aMeeting(desk);
  const std::vector<std::vector<std::string>> looks{{"show", "MTG-1"},
                                                    {"list", "meeting"},
                                                    {"history", "MTG-1"},
                                                    {"log", "--filter", "entity=MTG-1"}};
  for (auto words : looks) {
    CAPTURE(words.front());
    words.insert(words.end(), {"--known-at", "2026-06-09"});
    const auto before = desk.enter(words).out;
    CHECK(says(before, "s we knew it on 9 June 2026"));
    CHECK(says(before, "Energy"));
    CHECK_FALSE(says(before, "Geneva"));
    CHECK_FALSE(says(before, "Lima"));
    words.back() = "2026-06-10";
    CHECK(says(desk.enter(words).out, "confirm"));
  }
  const auto both =
      desk.enter({"show", "MTG-1", "--as-of", "2026-05-31", "--known-at", "2026-06-10"}).out;
  CHECK(says(both, "s it stood on 31 May 2026, as we knew it on 10 June 2026"));
  CHECK(says(both, "Lima"));
  CHECK_FALSE(says(both, "Geneva"));
}

}  // namespace consulta::test
