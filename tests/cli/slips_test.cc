// Slips of the hand that must not be passed over in silence.
#include <doctest/doctest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/cli/desk.h"

namespace consulta::test {

namespace {

void checkRefused(const Desk& desk, const std::vector<std::string>& words, int code,
                  const std::string& part) {
  const auto run = desk.run(words);
  INFO(words.front() << " " << words.back() << ": " << run.err);
  CHECK(run.code == code);
  CHECK(says(run.err, part));
}

}  // namespace

TEST_CASE("an option that a command would pass over is refused and the right one named") {
  const Desk desk;
  desk.meeting("MTG-1");
  checkRefused(desk, {"meeting", "relocate", "MTG-1", "--place", "Vienna", "--as-of", "2006-05-01"},
               2, "--on says on which day it took place");
  checkRefused(desk, {"show", "MTG-1", "--on", "2006-05-01"}, 2, "--as-of asks how things stood");
  checkRefused(desk, {"show", "MTG-1", "--expect", "1"}, 2, "enters nothing");
  checkRefused(desk, {"meeting", "schedule", "--high-level=maybe"}, 2,
               "--high-level takes no value");
  CHECK_FALSE(says(desk.enter({"show", "MTG-1"}).out, "Vienna"));
}

TEST_CASE("an unknown date is no moment to ask about") {
  const Desk desk;
  checkRefused(desk, {"status", "--as-of", "unknown"}, 2, "--as-of: an unknown date is no moment");
  checkRefused(desk, {"status", "--known-at", "unknown"}, 2, "--known-at: an unknown date");
  checkRefused(desk, {"diff", "--from", "unknown"}, 2, "--from: an unknown date");
}

TEST_CASE("an empty text is no reason and no value of a field that is required") {
  const Desk desk;
  desk.meeting("MTG-1");
  checkRefused(desk, {"meeting", "cancel", "MTG-1", "--reason", " "}, 2, "--reason is missing");
  const auto at = desk.position({"meeting", "relocate", "MTG-1", "--place", "Viena"});
  checkRefused(desk, {"correct", at, "--place", "Vienna", "--reason", ""}, 2,
               "give it with --reason");
}

TEST_CASE("a corrigendum says what the entry has, and what is no position") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto at = desk.position({"meeting", "relocate", "MTG-1", "--place", "Vienna"});
  checkRefused(desk, {"correct", at, "--party", "ACME", "--reason", "a slip"}, 2,
               "the entry (relocated) has no field --party; it has --occurred, --place");
  checkRefused(desk, {"correct", "0", "--place", "Rome", "--reason", "a slip"}, 1,
               "0 is no position");
  CHECK(says(desk.enter({"correct", at, "--place", "Rome", "--reason", "a slip"}).out,
             "meeting:MTG-1, corrigendum"));
}

TEST_CASE("amounts and rates in another form than the register's are echoed as they are read") {
  const Desk desk;
  const auto quoted =
      desk.enter({"rate", "quote", "R-1", "--base", "EUR", "--quote", "USD", "--rate", "1,2143"});
  CHECK(says(quoted.err, "--rate \"1,2143\" is read as 1.2143"));
  const auto plain =
      desk.enter({"rate", "quote", "R-2", "--base", "EUR", "--quote", "CHF", "--rate", "1.55"});
  CHECK_FALSE(says(plain.err, "is read as"));
}

TEST_CASE("a language in front of a text that is one for all languages is pointed out") {
  const Desk desk;
  const auto note = [&](const char* subject) {
    return desk
        .enter({"correspondence", "register", "--kind", "letter", "--direction", "incoming",
                "--sender", "UY", "--subject", subject, "--on", "2006-05-02"})
        .err;
  };
  CHECK(says(note("fr:Réunion"), "--subject has one text, whatever its language"));
  CHECK_FALSE(says(note("no: we cannot"), "one text"));
  CHECK_FALSE(says(note("Réunion"), "one text"));
}

TEST_CASE("an id is not announced for what is refused") {
  const Desk desk;
  const auto run = desk.run({"meeting", "schedule", "--kind", "expert-group", "--title", "en:M",
                             "--country", "XX", "--on", "2006-05-02"});
  CHECK(run.code == 1);
  CHECK_FALSE(says(run.err, "MTG-2006"));
}

TEST_CASE("a time zone that is none is all that is said of a register that cannot be made") {
  const TempDir directory;
  const auto run = runProgram({"--quiet", "--data", (directory.path() / "r").string(), "init",
                               "--organization", "en:T", "--time-zone", "Europe/Wien"});
  INFO(run.err);
  CHECK(run.code != 0);
  CHECK(says(run.err, "Europe/Wien"));
  CHECK(count(run.err, "\n") == 1);
}

TEST_CASE("a field is found by why as show and diff write it") {
  const Desk desk;
  desk.meeting("MTG-1");
  desk.enter({"meeting", "confirm", "MTG-1", "--place", "Vienna", "--dates", "2006-06-26", "--on",
              "2006-05-01"});
  desk.enter({"meeting", "convene", "MTG-1", "--on", "2006-06-26"});
  CHECK(says(desk.enter({"show", "MTG-1"}).out, "held from"));
  CHECK(says(desk.enter({"diff", "--from", "2006-06-01", "--to", "2006-07-01"}).out, "held from"));
  CHECK(says(desk.enter({"why", "MTG-1", "held from"}).out, "convened"));
  CHECK(desk.enter({"why", "MTG-1", "agenda[1]"}).code == 0);
}

TEST_CASE("a directory or a text that is not UTF-8 is no file to import") {
  const Desk desk;
  checkRefused(desk, {"import", desk.data()}, 5, "cannot be read");
  const auto garbled = desk.run({"import", "-"}, "{\"type\":\"\xFF\"}\n");
  CHECK(garbled.code == 2);
  CHECK(says(garbled.err, "line 1: it is not UTF-8"));
}

TEST_CASE("an answer that has nowhere to go is a failure, and goes into no file of the register") {
  const Desk desk;
  const auto lost = [&](const std::string& redirection) {
    const auto line = std::string(CONSULTA_PROGRAM) + " --data '" + desk.data() + "' log " +
                      redirection + " 2>'" + desk.file("err").string() + "'";
    const int status = std::system(line.c_str());
    std::ostringstream err;
    err << std::ifstream(desk.file("err")).rdbuf();
    CHECK(says(err.str(), "the answer could not be written"));
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  };
  CHECK(lost(">&-") == 5);
  CHECK(lost(">/dev/full") == 5);
  CHECK(says(desk.enter({"rebuild"}).out, "rebuilt from"));
}

}  // namespace consulta::test
