// Withdrawing what was entered by mistake, and moving it to where it belongs.
#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <fstream>
#include <string>

#include "tests/cli/desk.h"

namespace consulta::test {

TEST_CASE("undo withdraws one's last submission as a whole and then the one before") {
  const Desk desk;
  desk.meeting("MTG-1");
  desk.enter({"meeting", "relocate", "MTG-1", "--place", "Vienna"});
  desk.enter({"meeting", "relocate", "MTG-1", "--place", "Rome"});
  const auto first = desk.enter({"undo", "--yes", "--reason", "Entered twice"});
  CHECK(says(first.err, "your last submission, to be withdrawn"));
  CHECK(says(first.err, "Rome"));
  CHECK(says(desk.enter({"show", "MTG-1"}).out, "Vienna"));
  const auto french = desk.enter({"undo", "--yes", "--lang", "fr"});
  CHECK(says(french.out, "retrait"));
  CHECK_FALSE(says(french.out, "retraction"));
  CHECK_FALSE(says(desk.enter({"show", "MTG-1"}).out, "Vienna"));
  desk.enter({"undo", "--yes"});
  const auto gone = desk.run({"show", "MTG-1"});
  CHECK(gone.code == 1);
  CHECK(says(gone.err, "was withdrawn"));
  CHECK(says(gone.err, "\"consulta history '#"));  // a shell takes a bare # for a comment
  desk.meeting("MTG-1");
  CHECK(says(desk.enter({"show", "MTG-1"}).out, "MTG-1"));
}

TEST_CASE("what was withdrawn stays in the history, in the log, and as it was known") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto at = desk.position({"meeting", "relocate", "MTG-1", "--place", "Rome"});
  desk.enter({"undo", "--yes", "--reason", "Entered twice"});
  const auto history = desk.enter({"history", "MTG-1"}).out;
  CHECK(says(history, "Rome"));
  CHECK(says(history, "(withdrawn"));
  CHECK(says(desk.enter({"log"}).out, "common.retraction"));
  const auto line = boost::json::parse(desk.enter({"log", "--from", at, "--to", at, "--json"}).out);
  CHECK(line.at("data").at("place") == "Rome");
  const auto why = desk.enter({"why", "MTG-1", "place"});
  CHECK_FALSE(says(why.out, "Rome"));
}

TEST_CASE("of a corrigendum undo, log and today tell the right values and the reason") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto at = desk.position({"meeting", "relocate", "MTG-1", "--place", "Vienna"});
  desk.enter({"correct", at, "--place", "Geneva", "--reason", "Wrong city in the letter"});
  for (const auto& text :
       {desk.enter({"log"}).out, desk.enter({"today"}).out, desk.enter({"undo", "--yes"}).err}) {
    CHECK(says(text, "entry " + at));
    CHECK(says(text, "place: Geneva"));
    CHECK(says(text, "Wrong city"));
  }
}

TEST_CASE("undo enters nothing with --dry-run and says when there is nothing left") {
  const Desk desk;
  const auto nothing = desk.run({"undo", "--yes"});
  CHECK(nothing.code == 1);
  CHECK(says(nothing.err, "founded the register"));
  desk.meeting("MTG-1");
  const auto unasked = desk.run({"undo"});
  CHECK(unasked.code == 2);
  CHECK(says(unasked.err, "Add --yes"));
  const auto dry = desk.enter({"undo", "--dry-run"});
  CHECK(says(dry.out, "would be entered"));
  CHECK(desk.run({"show", "MTG-1"}).code == 0);
}

TEST_CASE("refile moves an entry with its date and values to where it belongs") {
  const Desk desk;
  desk.meeting("MTG-1");
  desk.meeting("MTG-2");
  const auto at = desk.position({"meeting", "relocate", "MTG-1", "--place", "Rome"});
  const auto missing = desk.run({"refile", at, "--to", "MTG-2"});
  CHECK(missing.code == 2);
  CHECK(says(missing.err, "--reason is missing"));
  desk.enter({"refile", at, "--to", "MTG-2", "--reason", "Wrong meeting"});
  CHECK_FALSE(says(desk.enter({"show", "MTG-1"}).out, "Rome"));
  CHECK(says(desk.enter({"show", "MTG-2"}).out, "Rome"));
  const auto again = desk.run({"refile", at, "--to", "MTG-2", "--reason", "Wrong meeting"});
  CHECK(again.code == 1);
  CHECK(says(again.err, "withdrawn already"));
  CHECK(desk.run({"refile", "x", "--to", "MTG-2", "--reason", "r"}).code == 2);
}

TEST_CASE("what stands in the way of a refiling is said of the entry by its position") {
  const Desk desk;
  desk.meeting("MTG-1");
  desk.meeting("MTG-2");
  const auto opening = desk.position({"meeting", "schedule", "MTG-3", "--kind", "technical",
                                      "--title", "en:T", "--on", "2006-04-03"});
  desk.enter({"meeting", "invite", "MTG-1", "--party", "UY", "--on", "2006-04-04"});
  const auto answer = desk.position({"meeting", "answer", "MTG-1", "--party", "UY", "--answer",
                                     "accepted", "--on", "2006-04-05"});
  const auto uninvited = desk.run({"refile", answer, "--to", "MTG-2", "--reason", "r"});
  INFO(uninvited.err);
  CHECK(uninvited.code == 1);
  CHECK(says(uninvited.err, "entry " + answer + " (answered) on MTG-2: "));
  CHECK_FALSE(says(uninvited.err, "entry 2"));
  const auto opened = desk.run({"refile", opening, "--to", "MTG-2", "--reason", "r"});
  INFO(opened.err);
  CHECK(opened.code == 1);
  CHECK(count(opened.err, "\n") == 1);
  CHECK(says(opened.err, "entry " + opening + " opened MTG-3, so it cannot be moved"));
}

TEST_CASE("a printed log with withdrawn entries makes the same history in another register") {
  const Desk desk;
  desk.meeting("MTG-1");
  desk.enter({"meeting", "relocate", "MTG-1", "--place", "Rome"});
  desk.enter({"undo", "--yes", "--reason", "Entered twice"});
  desk.meeting("MTG-2");
  desk.enter({"undo", "--yes"});
  desk.meeting("MTG-2");
  const auto log = desk.enter({"log", "--json"}).out;
  const Desk other;
  std::ofstream(other.file("log.ndjson")) << log;
  other.enter({"import", other.file("log.ndjson").string()});
  CHECK(says(other.enter({"show", "MTG-2"}).out, "MTG-2"));
  CHECK_FALSE(says(other.enter({"show", "MTG-1"}).out, "Rome"));
}

}  // namespace consulta::test
