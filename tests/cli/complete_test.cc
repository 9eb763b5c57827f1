// Completion: what the real program offers, and the script for bash around it.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/cli/desk.h"

namespace consulta::test {

namespace {

/// The words that are offered, a blank between them; files and directories in angle brackets.
std::string offered(const Desk& desk, std::vector<std::string> words) {
  words.insert(words.begin(), {"complete", "--", "--data", desk.data()});
  const auto run = runProgram(words);
  CHECK(run.code == 0);
  CHECK(run.err.empty());
  std::istringstream lines(run.out);
  std::string line;
  std::string out;
  while (std::getline(lines, line)) {
    const auto tab = line.find('\t');
    REQUIRE(tab != line.npos);
    out += (out.empty() ? "" : " ") + (tab == 0 ? "<" + line.substr(1) + ">" : line.substr(0, tab));
  }
  return out;
}

bool offers(const Desk& desk, const std::vector<std::string>& words, const std::string& word) {
  return (" " + offered(desk, words) + " ").find(" " + word + " ") != std::string::npos;
}

/// A desk with a few things to name.
Desk& fill(Desk& desk) {
  desk.meeting("MTG-1");
  desk.meeting("MTG-2");
  desk.enter({"party", "register", "ACME", "--kind", "company", "--name", "en:Acme", "--on",
              "2006-01-01"});
  return desk;
}

/// What bash is told, a line each, when this line has been typed up to its end.
std::string inBash(const Desk& desk, const std::string& line) {
  const auto out = desk.file("reply").string();
  const auto script = desk.file("script").string();
  // As bash does before it calls the function: the line in words, split at = and : as well.
  std::ofstream(script) << "source '" CONSULTA_SOURCE_DIR "/cli/completion/consulta.bash'\n"
                        << "COMP_WORDBREAKS=$' \\t\\n\"\\'><=;|&(:'\n"
                        << "COMP_LINE=$1 COMP_POINT=${#1}\n"
                        << "shift; COMP_WORDS=(\"$@\") COMP_CWORD=$(($# - 1))\n"
                        << "_consulta\n"
                        << "printf '%s\\n' \"${COMPREPLY[@]}\" >'" << out << "'\n";
  std::vector<std::string> words{""};
  for (const char c : line) {
    const bool separator = c == '=' || c == ':';
    if (c == ' ') {
      if (!words.back().empty()) words.emplace_back();
    } else if (separator ||
               (!words.back().empty() && (words.back() == "=" || words.back() == ":"))) {
      if (words.back().empty()) {
        words.back() += c;
      } else {
        words.emplace_back(1, c);
      }
    } else {
      words.back() += c;
    }
  }
  std::string command = "CONSULTA_DATA='" + desk.data() + "' PATH='" +
                        std::filesystem::path(CONSULTA_PROGRAM).parent_path().string() +
                        "':$PATH bash '" + script + "' '" + line + "'";
  for (const auto& word : words) command += " '" + word + "'";
  REQUIRE(std::system(command.c_str()) == 0);  // NOLINT: it is a shell that is tested
  std::ostringstream text;
  text << std::ifstream(out).rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("commands, kinds of entities and verbs are completed, hidden ones never") {
  const Desk desk;
  CHECK(offered(desk, {"sho"}) == "show");
  CHECK(offered(desk, {"me"}) == "mechanism meeting");
  CHECK(offers(desk, {""}, "correct"));
  CHECK_FALSE(offers(desk, {""}, "manual"));
  CHECK(offered(desk, {"meeting", "resch"}) == "reschedule");
  CHECK(offered(desk, {"list", "mo"}) == "mou");
  CHECK(offered(desk, {"nonsense", ""}).empty());
}

TEST_CASE("options are completed, those given already only if they may come again") {
  const Desk desk;
  CHECK(offered(desk, {"meeting", "schedule", "M", "--ki"}) == "--kind");
  CHECK(offered(desk, {"meeting", "schedule", "M", "--kind", "technical", "--ki"}).empty());
  CHECK(offered(desk, {"meeting", "schedule", "M", "--title", "en:M", "--titl"}) == "--title");
  CHECK(offered(desk, {"show", "M", "--dr"}) == "--dry-run");
  CHECK(offers(desk, {"meeting", "schedule", "M", ""}, "--kind"));
}

TEST_CASE("values are completed: choices, languages, states, fields, files") {
  const Desk desk;
  CHECK(offered(desk, {"meeting", "schedule", "M", "--kind", "exp"}) == "expert-group");
  CHECK(offered(desk, {"meeting", "schedule", "M", "--kind=exp"}) == "--kind=expert-group");
  CHECK(offered(desk, {"meeting", "schedule", "M", "--title", ""}) == "en: fr: es:");
  CHECK(offered(desk, {"--lang", ""}) == "en fr es");
  CHECK(offered(desk, {"list", "meeting", "--state", "conf"}) == "confirmed");
  CHECK(offered(desk, {"list", "meeting", "--where", "state=conf"}) == "state=confirmed");
  CHECK(offered(desk, {"list", "meeting", "--sort", "pla"}) == "place");
  CHECK(offered(desk, {"import", ""}) == "<files>");
  CHECK(offered(desk, {"--data", ""}) == "<directories>");
}

TEST_CASE("ids are completed as people write them, of the right kind, in any case") {
  Desk desk;
  fill(desk);
  CHECK(offered(desk, {"show", "mtg"}) == "MTG-1 MTG-2");
  CHECK(offered(desk, {"show", "meeting:mtg-1"}) == "meeting:MTG-1");
  CHECK(offered(desk, {"meeting", "confirm", ""}) == "MTG-1 MTG-2");
  CHECK(offered(desk, {"meeting", "confirm", "MTG-1", "--host", "AC"}) == "ACME");
  CHECK(offered(desk, {"meeting", "confirm", "MTG-1", "--host", "MTG"}).empty());
  CHECK(offered(desk, {"meeting", "invite", "MTG-1", "--party", "urug"}) == "UY");
  CHECK(offered(desk, {"show", "exper"}) == "EXPERT-CONSULTATION");
  CHECK(offered(desk, {"meeting", "confirm", "exper"}) == "MTG-1 MTG-2");
  CHECK_FALSE(offers(desk, {"show", ""}, "country/UY"));
  CHECK(offered(desk, {"show", "country/UY"}) == "country/UY");
  CHECK(offered(desk, {"meeting", "confirm", "MTG-1", "--country", "U"}) == "UA UG UM US UY UZ");
  CHECK(offered(desk, {"meeting", "confirm", "MTG-1", "--country", "urug"}) == "UY");
  CHECK(offered(desk, {"meeting", "schedule", "--on", "2006-04-03", ""}) == "MTG-2006-001");
}

TEST_CASE("what a condition may compare with is completed, at any depth") {
  Desk desk;
  fill(desk);
  const auto where = [&](const std::string& condition) {
    return offered(desk, {"list", "meeting", "--where", condition});
  };
  CHECK(where("invitations.rep") == "invitations.reply-by= invitations.reply=");
  CHECK(where("invitations.state=acc") == "invitations.state=accepted");
  CHECK(where("host=AC") == "host=ACME");
  CHECK(offered(desk, {"list", "recommendation", "--where", "implementation=in-"}) ==
        "implementation=in-progress");
  CHECK(where("country=urug") == "country=UY");
  CHECK(where("high-level=") == "high-level=yes high-level=no");
  CHECK(offered(desk, {"replies", "MTG-"}) == "MTG-1 MTG-2");
  CHECK(offered(desk, {"find", "x", "--aggregate", "meet"}) == "meeting");
  CHECK(offered(desk, {"today", "--office", ""}).empty());
}

TEST_CASE(
    "groups and tables are completed after --each, and the columns of the table after --map") {
  Desk desk;
  fill(desk);
  CHECK(offered(desk, {"meeting", "invite", "MTG-1", "--each", "g"}) == "GRULAC <files\tcsv>");
  CHECK(offered(desk, {"meeting", "invite", "MTG-1", "--each", "UY"}) == "<files\tcsv>");
  const auto list = desk.file("list.csv").string();
  std::ofstream(list) << "Pays;Note\nUY;\n";
  CHECK(offered(desk, {"meeting", "invite", "--each", list, "--map", ""}) == "Pays= Note=");
  CHECK(offered(desk, {"meeting", "invite", "--each", list, "--map", "Pays=p"}) == "Pays=party");
  CHECK(offered(desk, {"meeting", "invite", "--each", "none.csv", "--map", ""}).empty());
  CHECK(offers(desk, {"meeting", "invite", "MTG-1", "--each", "GRULAC", "--except", "U"}, "UY"));
}

TEST_CASE("a symbol that two entities have is offered in full") {
  const Desk desk;
  desk.meeting("TWICE");
  desk.enter(
      {"party", "register", "TWICE", "--kind", "company", "--name", "en:A", "--on", "2006-01-01"});
  CHECK(offered(desk, {"show", "TW"}) == "party:TWICE meeting:TWICE");
}

TEST_CASE("of very many ids some are offered, among them the first and the last") {
  const Desk desk;
  std::string lines;
  for (int i = 1000; i < 1400; ++i) {
    lines += R"({"type":"meeting.scheduled","entity":"X-)" + std::to_string(i) +
             R"(","occurred":"2006-04-06","data":{"title":{"en":"M"},"kind":"technical"}})" + "\n";
  }
  REQUIRE(desk.run({"import", "--atomic", "-"}, lines).code == 0);
  const auto all = offered(desk, {"show", "X-"});
  CHECK(std::ranges::count(all, ' ') == 199);
  CHECK(all.starts_with("X-1000 "));
  CHECK(all.ends_with(" X-1399"));
}

TEST_CASE("the fields of the very entry that is corrected are completed") {
  Desk desk;
  fill(desk);
  const auto position =
      desk.position({"meeting", "relocate", "MTG-1", "--place", "Vienna", "--on", "2006-04-10"});
  CHECK(offered(desk, {"correct", position, "--pl"}) == "--place");
  CHECK(offered(desk, {"correct", position, "--kin"}).empty());
  CHECK(offered(desk, {"correct", position, "--country", "UY"}) == "UY");
}

TEST_CASE("without a register, or while it is in use, completion is silent and does not wait") {
  Desk desk;
  fill(desk);
  const auto owner = open((desk.data() + "/owner").c_str(), O_RDWR | O_CLOEXEC);
  REQUIRE(owner >= 0);
  REQUIRE(flock(owner, LOCK_EX | LOCK_NB) == 0);
  const auto start = std::chrono::steady_clock::now();
  CHECK(offered(desk, {"show", "MTG"}).empty());
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(3));
  close(owner);
  CHECK(offered(desk, {"show", "MTG"}) == "MTG-1 MTG-2");
  const auto missing = runProgram({"complete", "--", "--data", "/nonexistent/place", "show", ""});
  CHECK(missing.code == 0);
  CHECK(missing.out.empty());
  CHECK(missing.err.empty());
}

TEST_CASE("completion enters nothing") {
  Desk desk;
  fill(desk);
  const auto before = desk.enter({"log", "--json"}).out;
  offered(desk, {"show", ""});
  offered(desk, {"meeting", "schedule", ""});
  CHECK(desk.enter({"log", "--json"}).out == before);
}

TEST_CASE("bash is told the rest of the word, whatever it splits words at") {
  Desk desk;
  fill(desk);
  CHECK(inBash(desk, "consulta sho") == "show\n");
  CHECK(inBash(desk, "consulta show MTG-") == "MTG-1\nMTG-2\n");
  CHECK(inBash(desk, "consulta show meeting:MTG-") == "MTG-1\nMTG-2\n");
  CHECK(inBash(desk, "consulta meeting schedule M --kind=exp") == "expert-group\n");
  CHECK(inBash(desk, "consulta meeting schedule M --title ") == "en:\nfr:\nes:\n");
  CHECK(inBash(desk, "consulta meeting schedule M --title fr:x --kind exp") == "expert-group\n");
  CHECK(inBash(desk, "consulta list meeting --where state=conf") == "confirmed\n");
  CHECK(inBash(desk, "consulta import " CONSULTA_SOURCE_DIR "/cli/exam") == CONSULTA_SOURCE_DIR
        "/cli/examples\n");
}

TEST_CASE("bash is told the tables of a folder, and the folders, where a table is wanted") {
  Desk desk;
  const auto folder = desk.file("lists").string();
  std::filesystem::create_directories(folder + "/older");
  std::ofstream(folder + "/invited.csv") << "party\n";
  std::ofstream(folder + "/notes.pdf") << "";
  const auto said = inBash(desk, "consulta meeting invite MTG-1 --each " + folder + "/");
  CHECK(says(said, folder + "/invited.csv"));
  CHECK(says(said, folder + "/older"));
  CHECK_FALSE(says(said, "notes.pdf"));
}

TEST_CASE("fish is told the words with their meaning, where there is a fish") {
  if (std::system("command -v fish >/dev/null") != 0) return;  // NOLINT: a shell's own command
  Desk desk;
  fill(desk);
  const auto out = desk.file("fish").string();
  const auto script = "source " CONSULTA_SOURCE_DIR
                      "/cli/completion/consulta.fish; "
                      "complete -C \"consulta show mtg\"";
  const auto command = "CONSULTA_DATA='" + desk.data() + "' PATH='" +
                       std::filesystem::path(CONSULTA_PROGRAM).parent_path().string() +
                       "':$PATH fish -c '" + script + "' >'" + out + "'";
  REQUIRE(std::system(command.c_str()) == 0);  // NOLINT: it is a shell that is tested
  std::ostringstream text;
  text << std::ifstream(out).rdbuf();
  CHECK(text.str() == "MTG-1\tExpert meeting\nMTG-2\tExpert meeting\n");
}

TEST_CASE("the script for zsh is well formed, where there is a zsh") {
  if (std::system("command -v zsh >/dev/null") != 0) return;  // NOLINT: a shell's own command
  // NOLINTNEXTLINE: likewise
  CHECK(std::system("zsh -n '" CONSULTA_SOURCE_DIR "/cli/completion/_consulta'") == 0);
}

}  // namespace consulta::test
