// Who listens to the program and stops before it is done.
#include <doctest/doctest.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <vector>

#include "tests/cli/desk.h"

namespace consulta::test {

namespace {

void closeAnswer(Start& start) {
  start.hearNothing(STDOUT_FILENO);
}

void closeBoth(Start& start) {
  start.hearNothing(STDOUT_FILENO);
  start.hearNothing(STDERR_FILENO);
}

}  // namespace

TEST_CASE("what is to be entered is entered, though nobody reads what is said of it") {
  const Desk desk;
  const auto schedule = [&](const std::string& id, void (*prepare)(Start&)) {
    return desk.run({"meeting", "schedule", id, "--kind", "technical", "--title", "en:Meeting",
                     "--on", "3 April 2006"},
                    {}, prepare);
  };
  const auto told = schedule("MTG-1", closeAnswer);
  CHECK(told.code == 5);
  CHECK(says(told.err, "What was entered stays entered"));
  CHECK(schedule("MTG-2", closeBoth).code == 5);
  std::string lines;
  for (const std::string id : {"MTG-3", "MTG-4"}) {
    lines += R"({"type":"meeting.relocated","entity":"meeting:MTG-)" + id.substr(4) +
             R"(","occurred":"2006-04-04","data":{"place":"Vienna"}})" + "\n";
    schedule(id, closeBoth);
  }
  CHECK(desk.run({"--json", "import", "-"}, lines, closeBoth).code == 5);
  for (const std::string id : {"MTG-1", "MTG-2"}) CHECK(desk.run({"show", id}).code == 0);
  for (const std::string id : {"MTG-3", "MTG-4"})
    CHECK(says(desk.enter({"show", id}).out, "Vienna"));
  const auto backups = desk.file("backups").string();
  CHECK(
      desk.run({"backup", backups, "--key-file", desk.file("key").string()}, {}, closeBoth).code ==
      5);
  CHECK(runProgram({"--data", desk.file("restored").string(), "--dry-run", "restore", backups,
                    "--key-file", desk.file("key").string()})
            .code == 0);
}

TEST_CASE("an answer that nobody reads on ends quietly") {
  const Desk desk;
  desk.meeting("MTG-1");
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"log"},
           {"show", "MTG-1"},
           {"meeting", "relocate", "MTG-1", "--place", "Vienna", "--dry-run"}}) {
    const auto run = desk.run(words, {}, closeAnswer);
    CHECK(run.code == 128 + SIGPIPE);
    CHECK_FALSE(says(run.err, "could not be written"));
  }
}

}  // namespace consulta::test
