// What is composed from the state and sent again under its submission, after the state has changed.
#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <fstream>
#include <string>
#include <vector>

#include "tests/cli/desk.h"

namespace consulta::test {

namespace {

using Words = std::vector<std::string>;

const std::string submission = "0190a5e2-7c41-4d0e-9b1f-3a5c8e2f6d47";

Words under(Words words) {
  words.insert(words.end(), {"--submission", submission});
  return words;
}

/// Sends the words, lets `change` happen, and sends them again: the answer is the same.
template <typename Change>
void checkRepeated(const Desk& desk, const Words& words, Change change) {
  const auto first = desk.answer(under(words));
  CHECK(first.at("repeated") == false);
  change();
  const auto again = desk.answer(under(words));
  CHECK(again.at("repeated") == true);
  const auto& entries = first.at("entries").as_array();
  REQUIRE(again.at("entries").as_array().size() == entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    CHECK(again.at("entries").at(i).at("position") == entries[i].at("position"));
    CHECK(again.at("entries").at(i).at("entity") == entries[i].at("entity"));
  }
}

void establish(const Desk& desk, const std::string& office) {
  desk.enter({"office", "establish", office, "--name", "en:Office", "--kind", "headquarters-unit",
              "--on", "2006-01-01"});
}

}  // namespace

TEST_CASE("a hand-over sent again is answered as the first time, whoever has the tasks by now") {
  const Desk desk;
  for (const auto* office : {"LAC", "EVAL", "OTHER"}) establish(desk, office);
  for (const auto* id : {"PRJ-1", "PRJ-2"}) {
    desk.enter({"project", "conceive", id, "--title", "en:P", "--scope", "regional", "--office",
                "LAC", "--on", "2006-02-01"});
  }
  const Words words{"office", "hand-over", "LAC", "--to", "EVAL", "--note", "New", "--yes"};
  checkRepeated(desk, words, [&] {
    desk.enter({"office", "hand-over", "EVAL", "--to", "OTHER", "--only", "project", "--yes"});
  });
  auto other = under(words);
  other.at(4) = "OTHER";
  CHECK(desk.run(other).code == 3);
  CHECK(desk.run(words).code == 1);  // another submission has nothing to hand over
}

TEST_CASE("the next cycle sent again is the same, whatever the last one is called by now") {
  const Desk desk;
  desk.enter({"consultation", "plan", "CON-2006", "--title", "en:Annual 2006", "--cycle", "2006",
              "--on", "2006-05-01"});
  desk.enter({"consultation", "invite", "CON-2006", "--party", "UY", "--standing", "eligible",
              "--on", "2006-05-02"});
  desk.enter({"consultation", "open", "CON-2006", "--on", "2006-06-01"});
  desk.enter(
      {"consultation", "conclude", "CON-2006", "--outcome", "not-adopted", "--on", "2006-12-15"});
  checkRepeated(
      desk, {"consultation", "open", "CON-2007", "--after", "CON-2006", "--on", "2007-02-01"}, [&] {
        desk.enter({"consultation", "retitle", "CON-2006", "--title", "en:Yearly 2006", "--on",
                    "2006-06-01"});
      });
}

TEST_CASE("a group sent again is its members of then") {
  const Desk desk;
  desk.meeting("MTG-1");
  checkRepeated(
      desk, {"meeting", "invite", "MTG-1", "--each", "GRULAC", "--on", "2006-04-10", "--yes"}, [&] {
        desk.enter({"party", "leave", "CU", "--group", "GRULAC", "--on", "2006-04-05"});
      });
}

TEST_CASE("what was given the next free id has it again when it is sent again") {
  const Desk desk;
  SUBCASE("one entity") {
    const Words words{"meeting", "schedule", "--kind", "technical",
                      "--title", "en:M",     "--on",   "2006-04-03"};
    checkRepeated(desk, words, [&] { desk.enter(words); });
  }
  SUBCASE("the rows of a spreadsheet") {
    const auto file = desk.file("meetings.csv").string();
    std::ofstream(file)
        << "title;kind;on\nen:One;technical;2006-04-03\nen:Two;technical;2006-04-04\n";
    const Words words{"meeting", "schedule", "--each", file, "--yes"};
    checkRepeated(desk, words, [&] { desk.enter(words); });
  }
  SUBCASE("an attached file") {
    desk.meeting("MTG-1");
    std::ofstream(desk.file("note.txt")) << "x";
    const Words words{"attach", "MTG-1", desk.file("note.txt").string(), "--kind", "minutes"};
    checkRepeated(desk, words, [&] { desk.enter(words); });
  }
}

}  // namespace consulta::test
