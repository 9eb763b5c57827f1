// What stands beside an entry itself: its note, on whose authority, what it rests on, and why one
// was corrected or withdrawn.
#include <doctest/doctest.h>

#include "tests/cli/desk.h"

namespace consulta::test {

TEST_CASE("a note is shown wherever the entry is, and found by its words") {
  const Desk desk;
  desk.meeting("MTG-1");
  desk.enter({"meeting", "relocate", "MTG-1", "--place", "Vienna", "--on", "2006-04-10", "--note",
              "By telephone from Mr Ibáñez"});
  CHECK(says(desk.wide({"history", "MTG-1"}), "note: By telephone from Mr Ibáñez"));
  CHECK(says(desk.wide({"show", "MTG-1"}), "By telephone from Mr Ibáñez"));
  CHECK(says(desk.wide({"log"}), "note: By telephone from Mr Ibáñez"));
  CHECK(says(desk.wide({"today"}), "note: By telephone from Mr Ibáñez"));
  CHECK(desk.answer({"show", "MTG-1"}).at("notes").at(0) == "By telephone from Mr Ibáñez");
  const auto found = desk.answer({"find", "ibanez"});
  CHECK(found.at("id") == "meeting:MTG-1");
  CHECK(found.at("matches").at(0).at("field") == "note");
  CHECK(found.at("matches").at(0).at("personal") == true);
  CHECK_FALSE(says(desk.enter({"find", "ibanez", "--as-of", "2006-04-05"}).out, "MTG-1"));
}

TEST_CASE("history and log say by whose order and why an entry was corrected, and by whom") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto position =
      desk.position({"meeting", "relocate", "MTG-1", "--place", "Bonn", "--on", "2006-04-10"});
  const auto by = desk.position({"correct", position, "--place", "Vienna", "--reason",
                                 "Wrong city in the letter", "--authority", "en:Presiding officer",
                                 "--on", "2006-04-11"});
  const auto history = desk.wide({"history", "MTG-1"});
  CHECK(says(history, "before, it said place: Bonn"));
  CHECK(says(history, "entry " + by + " corrected it (11 April 2006, "));
  const std::string why = "Wrong city in the letter; authority: Presiding officer";
  CHECK(says(history, why));
  CHECK(says(desk.wide({"log"}), why));
  CHECK(says(desk.wide({"why", "MTG-1", "place"}), "correction of " + position + ": " + why));
}

TEST_CASE("history says why an entry was withdrawn, and by whom") {
  const Desk desk;
  desk.meeting("MTG-1");
  desk.meeting("MTG-2");
  const auto position =
      desk.position({"meeting", "relocate", "MTG-1", "--place", "Bonn", "--on", "2006-04-10"});
  desk.enter({"refile", position, "--to", "MTG-2", "--reason", "Another meeting was meant"});
  const auto history = desk.wide({"history", "MTG-1"});
  CHECK(says(history, "withdrew it ("));
  CHECK(says(history, "Another meeting was meant"));
}

TEST_CASE("the log has a column for what entries rest on where one of them says it") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto first =
      desk.position({"meeting", "relocate", "MTG-1", "--place", "Rome", "--on", "2006-04-10"});
  CHECK_FALSE(says(desk.wide({"log", "--from", first}), "source"));
  desk.enter({"meeting", "relocate", "MTG-1", "--place", "Bonn", "--on", "2006-04-11", "--source",
              "IDB.31/10 §4"});
  const auto log = desk.wide({"log", "--from", first});
  CHECK(says(log, "source"));
  CHECK(says(log, "IDB.31/10 §4"));
}

TEST_CASE("labels are set off by a space in French") {
  const Desk desk;
  desk.enter({"meeting", "schedule", "MTG-1", "--kind", "technical", "--title", "fr:Réunion",
              "--on", "2006-04-03", "--note", "urgent"});
  CHECK(says(desk.wide({"history", "MTG-1", "--lang", "fr"}), "note\u00a0: urgent"));
}

}  // namespace consulta::test
