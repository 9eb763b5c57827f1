// The manual page: complete, and nothing in it that troff would complain of.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "cli/commands.h"
#include "tests/cli/desk.h"

namespace consulta::test {

namespace {

/// The page as somebody reads it who knows how hyphens and quotes are written in the source.
std::string plain(std::string page) {
  const auto replace = [&](std::string_view from, std::string_view to) {
    for (auto at = page.find(from); at != page.npos; at = page.find(from, at + to.size())) {
      page.replace(at, from.size(), to);
    }
  };
  replace("\\-", "-");
  replace("\\(dq", "\"");
  replace("\\(aq", "'");
  return page;
}

}  // namespace

TEST_CASE("the manual page holds every command, every kind of entity and every verb") {
  const Catalogue catalogue;
  const auto run = runProgram({"manual"});
  REQUIRE(run.code == 0);
  const auto page = plain(run.out);
  for (const auto& command : fixedCommands(catalogue)) {
    INFO(command.name);
    CHECK(says(page, "consulta " + command.name) != command.hidden);
  }
  for (const auto& aggregate : catalogue.aggregates()) {
    for (const auto* act : typedActs(catalogue, aggregate)) {
      INFO(aggregate.name << ' ' << act->verb);
      CHECK(says(page, "\\fB" + act->verb + "\\fR"));
    }
  }
  for (const auto& option : globalOptions()) CHECK(says(page, "--" + option.name));
  CHECK(says(page, ".SH MANY AT ONCE"));
}

TEST_CASE("the manual page is plain ASCII without lines that troff would take for requests") {
  std::istringstream page(runProgram({"manual"}).out);
  std::string line;
  while (std::getline(page, line)) {
    INFO(line);
    CHECK_FALSE(line.empty());
    for (const char c : line) CHECK((c >= ' ' && c <= '~'));
    if (!line.starts_with('.')) continue;
    const auto request = line.substr(0, line.find(' '));
    CHECK(std::string(".TH .SH .SS .TP .PP .B .br .nf .fi .RS .RE .nh .ad").find(request) !=
          std::string::npos);
  }
}

TEST_CASE("groff finds nothing wrong with the manual page, where there is a groff") {
  if (std::system("command -v groff >/dev/null") != 0) return;  // NOLINT: a shell's own command
  const TempDir directory;
  const auto page = (directory.path() / "consulta.1").string();
  const auto said = (directory.path() / "said").string();
  std::ofstream(page) << runProgram({"manual"}).out;
  const auto command = "groff -man -ww -z '" + page + "' >'" + said + "' 2>&1";
  CHECK(std::system(command.c_str()) == 0);  // NOLINT: likewise
  std::ostringstream text;
  text << std::ifstream(said).rdbuf();
  CHECK(text.str().empty());
}

}  // namespace consulta::test
