// What --each says of its rows, and how their cells are read.
#include <doctest/doctest.h>

#include <fstream>

#include "tests/cli/desk.h"

namespace consulta::test {

namespace {

/// A table beside the register.
std::string saved(const Desk& desk, const std::string& bytes) {
  auto path = desk.file("list.csv").string();
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

}  // namespace

TEST_CASE("what is the same in some rows is said once, by their lines") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto file = saved(desk,
                          "party,on\nNN,2006-04-10\nNN,2006-04-10\nUY,2006-04-10\n"
                          "NN,2006-04-10\nXX,2006-04-10\n");
  const auto refused = desk.run({"meeting", "invite", "MTG-1", "--each", file, "--dry-run"});
  INFO(refused.err);
  CHECK(says(refused.err, "lines 2-3, 5: column \"party\""));
  CHECK(says(refused.err, "line 6: column \"party\""));
  CHECK(count(refused.err, "\"NN\"") == 1);
}

TEST_CASE("choices are read in the words of the language, in a cell as in an option") {
  const Desk desk;
  desk.meeting("MTG-1");
  for (const char* party : {"UY", "AR", "CL", "BO"}) {
    desk.enter({"meeting", "invite", "MTG-1", "--party", party, "--on", "2006-04-10"});
  }
  const auto list = saved(desk, "party;answer\nUY;acceptée\nAR;Décliné\n");
  const std::vector<std::string> words{"--lang", "fr", "meeting", "answer",     "MTG-1",
                                       "--each", list, "--on",    "2006-04-12", "--yes"};
  const auto entered = desk.run(words);
  INFO(entered.err);
  CHECK(entered.code == 0);
  CHECK(says(entered.err, "accepted (acceptée)"));
  const auto typed = desk.run({"--lang", "es", "meeting", "answer", "MTG-1", "--party", "CL",
                               "--answer", "aceptadas", "--on", "2006-04-12"});
  INFO(typed.err);
  CHECK(typed.code == 0);
  CHECK(says(typed.err, "\"aceptadas\""));
  const auto wrong = desk.run({"--lang", "fr", "meeting", "answer", "MTG-1", "--party", "BO",
                               "--answer", "peut-être", "--on", "2006-04-12"});
  CHECK(wrong.code == 2);
  CHECK(says(wrong.err, "accepted (accepté), declined (décliné)"));
  CHECK(says(desk.wide({"--lang", "fr", "meeting", "answer", "--help"}),
             "accepted (accepté), declined (décliné)"));
  const auto roll = desk.answer({"show", "MTG-1"}).at("fields").at("invitations").as_array();
  CHECK(roll.at(0).at("state") == "accepted");
  CHECK(roll.at(1).at("state") == "declined");
  CHECK(roll.at(2).at("state") == "accepted");
  CHECK(roll.at(3).at("state") == "sent");
}

}  // namespace consulta::test
