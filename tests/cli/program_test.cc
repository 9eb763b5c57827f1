// A clerk's way through the real program, and what it answers when something is wrong.
#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>

#include "tests/cli/desk.h"

namespace consulta::test {

TEST_CASE("the program alone says what it is and how to begin") {
  const auto run = runProgram({});
  CHECK(run.code == 0);
  CHECK(says(run.out, "consulta init"));
}

TEST_CASE("help is given at every level, however it is asked for") {
  const auto same = [](const std::vector<std::string>& one, const std::vector<std::string>& other) {
    const auto first = runProgram(one);
    CHECK(first.code == 0);
    CHECK(first.out == runProgram(other).out);
    return first.out;
  };
  CHECK(says(same({"help"}, {"--help"}), "import FILE"));
  CHECK(says(same({"help", "meeting"}, {"meeting", "--help"}), "schedule"));
  const auto act = same({"help", "mou", "sign"}, {"mou", "sign", "--help"});
  CHECK(says(act, "--party ID"));
  CHECK(says(act, "Example"));
  CHECK(says(act, "--each GROUP|FILE.csv"));
  CHECK(says(act, "consulta mou sign --each list.csv --dry-run"));
}

TEST_CASE("what is entered is there after the program was closed and opened again") {
  const Desk desk;
  const auto entered =
      desk.enter({"meeting", "schedule", "MTG-1", "--kind", "expert-group", "--title",
                  "en:Expert meeting", "--dates", "juin-juillet 2006", "--on", "3 April 2006"});
  CHECK(says(entered.out, "entered: meeting:MTG-1"));
  CHECK(says(entered.err, "is read as 2006-06/2006-07"));
  const auto shown = desk.enter({"show", "MTG-1"});
  CHECK(says(shown.out, "Expert meeting"));
  CHECK(says(shown.out, "juin-juillet 2006"));
}

TEST_CASE("a refusal names the entity, its state and what would be lawful, with exit code 1") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto refused = desk.run({"meeting", "convene", "MTG-1", "--on", "2006-06-26"});
  CHECK(refused.code == 1);
  CHECK(says(refused.err, "meeting:MTG-1 is scheduled"));
  CHECK(says(refused.err, "Lawful now"));
  CHECK(refused.out.empty());
}

TEST_CASE("bad words, fields, ids, codes and dates get one clear message and the right exit code") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto check = [&](const std::vector<std::string>& words, int code, const char* part) {
    const auto run = desk.run(words);
    INFO(words.back() << ": " << run.err);
    CHECK(run.code == code);
    CHECK(says(run.err, part));
  };
  check({"meting", "schedule"}, 2, "Did you mean \"meeting\"?");
  check({"meeting", "shedule"}, 2, "Did you mean \"schedule\"?");
  check({"meeting", "relocate", "MTG-1", "--plaec", "Vienna"}, 2, "Did you mean --place?");
  check({"meeting", "relocate", "MTG-1"}, 2, "--place is missing");
  check({"meeting", "relocate", "MTG-2", "--place", "Vienna"}, 1, "Did you mean MTG-1?");
  check({"meeting", "relocate", "MTG-1", "--place", "Vienna", "--country", "XX"}, 1,
        "there is no country \"XX\" in the register; \"consulta list reference");
  check({"meeting", "relocate", "MTG-1", "--place", "Vienna", "--on", "2006-02-30"}, 2,
        "2006-02-30");
  check({"meeting", "relocate", "MTG-1", "--place", "Vienna", "--on", "2006-13"}, 2, "2006-13");
  check({"meeting", "relocate", "MTG-1", "--place", "Vienna", "--on", "2099-01-01"}, 1,
        "has not come yet");
  check({"meeting", "schedule", "MTG-1", "--kind", "expert-group", "--title", "en:Again"}, 1,
        "exists already");
  check({"meeting", "relocate", "MTG-1", "--place", "Vienna", "--expect", "7"}, 3, "revision");
  check({"show", "NOTHING"}, 1, "NOTHING");
  check({"meeting", "list"}, 2, "Did you mean \"consulta list meeting\"?");
  check({"show", "MTG-1", "--as-of", "2006-04-02"}, 1, "was not in the register yet");
  check({"meeting", "relocate", "MTG-1", "--place"}, 2, "--place needs a value after it");
  check({"meeting", "relocate", "MTG-1", "--place", "--country", "AT"}, 2,
        "--place needs a value after it");
  check({"list", "meeting", "--where", "kind=minsterial"}, 2, "Did you mean ministerial?");
  check({"list", "meeting", "--where", "state=planned"}, 2, "it is one of: ");
}

TEST_CASE("a dry run says what would be entered and enters nothing") {
  const Desk desk;
  const auto dry = desk.enter({"--dry-run", "meeting", "schedule", "MTG-1", "--kind", "technical",
                               "--title", "en:Meeting", "--on", "2006-04-03"});
  CHECK(says(dry.out, "would be entered"));
  CHECK(desk.run({"show", "MTG-1"}).code == 1);
}

TEST_CASE("a submission under the same id is entered once, and other content is refused") {
  const Desk desk;
  const std::vector<std::string> words{"--submission", "6b1f6f1e-5a3c-4c58-9d5e-0c9f8f1d2a3b",
                                       "meeting",      "schedule",
                                       "MTG-1",        "--kind",
                                       "technical",    "--title",
                                       "en:Meeting",   "--on",
                                       "2006-04-03",   "--note",
                                       "a note"};
  desk.enter(words);
  CHECK(says(desk.enter(words).out, "entered before"));
  auto other = words;
  other.back() = "another note";
  CHECK(desk.run(other).code == 3);
}

TEST_CASE("a personal value lies nowhere in clear but is shown to the clerk") {
  const Desk desk;
  desk.enter({"meeting", "schedule", "MTG-1", "--kind", "technical", "--title", "en:Meeting",
              "--on", "2006-04-03", "--note", "Zyxwvutsrqpo"});
  CHECK(says(desk.enter({"log", "--json"}).out, "Zyxwvutsrqpo"));
  for (const auto& file : std::filesystem::recursive_directory_iterator(desk.data())) {
    if (!file.is_regular_file()) continue;
    std::ostringstream bytes;
    bytes << std::ifstream(file.path(), std::ios::binary).rdbuf();
    INFO(file.path());
    CHECK_FALSE(says(bytes.str(), "Zyxwvutsrqpo"));
  }
}

TEST_CASE("a rebuild changes nothing that is shown") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto before = desk.enter({"--json", "show", "MTG-1"}).out;
  desk.enter({"rebuild"});
  CHECK(desk.enter({"--json", "show", "MTG-1"}).out == before);
}

TEST_CASE("a missing, foreign or newer directory is named with what to do") {
  const TempDir directory;
  const auto in = [&](const char* name) { return (directory.path() / name).string(); };
  const auto missing = runProgram({"--data", in("missing"), "status"});
  CHECK(missing.code == 5);
  CHECK(says(missing.err, "consulta init"));
  std::filesystem::create_directory(in("foreign"));
  std::ofstream(in("foreign") + "/letter.txt") << "Dear Sir";
  CHECK(runProgram({"--data", in("foreign"), "init", "--organization", "en:T", "--time-zone",
                    "Europe/Vienna"})
            .code != 0);
  CHECK(std::filesystem::exists(in("foreign") + "/letter.txt"));
  CHECK(runProgram({"--data", in("foreign"), "status"}).code == 5);
}

}  // namespace consulta::test
