// Acting for others and handing over, by the real program.
#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <string>
#include <vector>

#include "tests/cli/desk.h"
#include "tests/cli/on_terminal.h"

namespace consulta::test {

namespace {

const std::string director = "7c2f6f1e-5a3c-4c58-9d5e-0c9f8f1d2a3b";

/// The name of the one who runs the tests.
std::string ownName(const Desk& desk) {
  const auto actors = desk.answer({"show", "REG"}).at("fields").at("actors");
  return std::string(actors.at(0).at("name").as_string());
}

/// A recommendation that is under way, and a director for whom we may act from July 2006 on.
void enterDelegation(const Desk& desk, const std::vector<std::string>& ends) {
  desk.enter({"register", "enrol", "REG", "--actor", director, "--name", "Beatriz Director"});
  std::vector<std::string> words{"register",         "delegate", "REG",           "--from",
                                 "beatriz director", "--to",     ownName(desk),   "--begins",
                                 "2006-07-01",       "--kinds",  "recommendation"};
  words.insert(words.end(), ends.begin(), ends.end());
  desk.enter(words);
  desk.meeting("MTG-1");
  desk.enter({"recommendation", "found", "REC-1", "--text", "en:Meet", "--acceptance", "accepted",
              "--implementation", "in-progress", "--on", "2006-06-01"});
}

/// LAC with a task of each kind.
void enterTasks(const Desk& desk) {
  for (const auto* office : {"LAC", "EVAL"}) {
    desk.enter({"office", "establish", office, "--name", "en:Office", "--kind", "headquarters-unit",
                "--on", "2006-01-01"});
  }
  const auto on = [&](std::vector<std::string> words) {
    words.insert(words.end(), {"--on", "2006-02-01"});
    desk.enter(words);
  };
  on({"recommendation", "found", "REC-1", "--text", "en:Meet", "--acceptance", "accepted",
      "--implementation", "in-progress", "--office", "LAC"});
  on({"recommendation", "found", "REC-2", "--text", "en:Done", "--acceptance", "accepted",
      "--implementation", "verified", "--office", "LAC"});
  on({"project", "conceive", "PRJ-1", "--title", "en:P", "--scope", "regional", "--office", "LAC"});
  on({"consultation", "plan", "CON-1", "--title", "en:C", "--office", "LAC"});
  on({"programme", "identify", "PROG-1", "--title", "en:P", "--office", "LAC"});
  on({"liaison", "log", "LIA-1", "--office", "LAC", "--party", "UY", "--channel", "call"});
  on({"liaison", "ask-follow-up", "LIA-1", "--what", "Send it", "--due", "2006-05-01"});
  on({"correspondence", "register", "COR-1", "--kind", "letter", "--direction", "incoming",
      "--sender", "UY"});
  on({"correspondence", "ask-reply", "COR-1", "--by", "2006-05-31", "--office", "LAC"});
  on({"mandate", "adopt", "MAN-1", "--title", "en:M", "--body", "GC"});
  on({"mandate", "request", "MAN-1", "--number", "1", "--text", "en:Report", "--addressee",
      "en:Director General"});
  on({"mandate", "assign", "MAN-1", "--request", "1", "--office", "LAC"});
}

}  // namespace

TEST_CASE("rows of a spreadsheet name those who act") {
  const Desk desk;
  desk.enter({"register", "enrol", "REG", "--actor", director, "--name", "Beatriz Director"});
  const auto file = desk.file("delegations.csv").string();
  const auto delegate = [&](const std::string& from) {
    std::ofstream(file) << "from;to;begins;ends\n"
                        << from << ";" << ownName(desk) << ";2006-07-01;2006-07-31\n"
                        << director << ";" << ownName(desk) << ";2006-09-01;2006-09-30\n";
    return desk.run({"register", "delegate", "REG", "--each", file, "--yes"});
  };
  const auto unknown = delegate("Beatrix Director");
  CHECK(unknown.code == 2);
  CHECK(says(unknown.err, "Did you mean Beatriz Director?"));
  const auto entered = delegate("BEATRIZ DIRECTOR");
  INFO(entered.err);
  REQUIRE(entered.code == 0);
  CHECK(count(entered.err, "Beatriz Director") == 2);  // as the preview shows them
  CHECK(count(desk.wide({"show", "register:REG"}), "Beatriz Director") == 3);  // and enrolled
}

TEST_CASE("a text that looks like the id of an actor and is none stays as it is") {
  const Desk desk;
  desk.enter({"register", "enrol", "REG", "--actor", director, "--name", "Beatriz Director"});
  desk.enter({"consultation", "plan", "CON-1", "--title", "en:C", "--cycle", director});
  const auto shown = desk.wide({"show", "CON-1"});
  CHECK(says(shown, director));
  CHECK_FALSE(says(shown, "Beatriz"));
}

TEST_CASE("an entry on somebody's behalf says so in history and why, in its time and scope only") {
  const Desk desk;
  enterDelegation(desk, {"--ends", "2006-08-31"});
  const std::vector<std::string> act{"recommendation", "implement", "REC-1", "--on-behalf-of",
                                     "Beatriz Director"};
  const auto on = [&](const char* day) {
    auto words = act;
    words.insert(words.end(), {"--on", day});
    return desk.run(words);
  };
  const auto late = on("2006-09-01");
  CHECK(late.code == 1);
  CHECK(says(late.err, "2006-07-01/2006-08-31"));
  CHECK(says(late.err, "register delegate"));
  const auto outside = desk.run({"meeting", "cancel", "MTG-1", "--reason", "Ill", "--on",
                                 "2006-07-15", "--on-behalf-of", director});
  CHECK(outside.code == 1);
  CHECK(says(outside.err, "covers recommendation, and meeting:MTG-1 is none of that"));
  CHECK(desk.run({"show", "REC-1", "--on-behalf-of", director}).code == 2);
  const auto nobody = desk.run({"recommendation", "implement", "REC-1", "--on-behalf-of",
                                "Beatriz Directer", "--on", "2006-07-15"});
  CHECK(nobody.code == 2);
  CHECK(says(nobody.err, "Did you mean Beatriz Director?"));
  REQUIRE(on("2006-07-15").code == 0);
  const auto behalf = ownName(desk) + ", on behalf of Beatriz Director";
  CHECK(says(desk.wide({"history", "REC-1"}), behalf));
  CHECK(says(desk.wide({"log"}), "on behalf of"));
  CHECK(says(desk.wide({"why", "REC-1", "implementation"}), "on behalf of"));
  CHECK(says(desk.wide({"history", "REC-1", "--json"}), "\"onBehalfOf\":\"" + director));
  CHECK(says(desk.wide({"show", "REG"}), "Beatriz Director"));
  const auto alone =
      desk.run({"recommendation", "verify", "REC-1", "--on", "2006-07-20", "--json"});
  CHECK(alone.code == 1);
  CHECK(says(alone.out, "recommendation.verified.other-actor"));
  CHECK(says(desk.wide({"today", "--by", ownName(desk)}), "REC-1"));
}

TEST_CASE("an ended delegation is no longer acted under") {
  const Desk desk;
  enterDelegation(desk, {});
  const std::vector<std::string> act{"recommendation", "implement", "REC-1",
                                     "--on-behalf-of", director,    "--json"};
  CHECK(desk.answer({"recommendation", "report-progress", "REC-1", "--report", "Half",
                     "--on-behalf-of", director})
            .at("entries")
            .at(0)
            .at("onBehalfOf") == director.c_str());
  desk.enter({"register", "end-delegation", "REG", "--from", director, "--to", ownName(desk)});
  const auto run = desk.run(act);
  CHECK(run.code == 1);
  CHECK(says(run.out, "delegation.in-force"));
}

TEST_CASE("office hand-over moves what is open as one submission, after a look and a yes") {
  const Desk desk;
  enterTasks(desk);
  const std::vector<std::string> words{"office", "hand-over", "LAC",       "--to",
                                       "EVAL",   "--on",      "2006-09-01"};
  const auto unconfirmed = desk.run(words);
  CHECK(unconfirmed.code == 2);
  for (const auto* task : {"REC-1", "PRJ-1", "CON-1", "PROG-1", "LIA-1", "COR-1", "MAN-1"}) {
    INFO(task);
    CHECK(says(unconfirmed.out, task));
  }
  CHECK_FALSE(says(unconfirmed.out, "REC-2"));
  CHECK(desk.answer({"show", "PRJ-1"}).at("fields").at("office") == "office:LAC");
  auto confirmed = words;
  confirmed.insert(confirmed.end(), {"--yes", "--ground", "COR-1", "--note", "New structure"});
  const auto answer = desk.answer(confirmed);
  CHECK(answer.at("entries").as_array().size() == 7);
  CHECK(answer.at("entries").at(0).at("grounds").at(0) == "correspondence:COR-1");
  for (const auto* task : {"REC-1", "PRJ-1", "CON-1", "PROG-1"}) {
    CHECK(desk.answer({"show", task}).at("fields").at("office") == "office:EVAL");
  }
  CHECK(desk.answer({"show", "LIA-1"}).at("fields").at("followUpOffice") == "office:EVAL");
  CHECK(desk.answer({"show", "COR-1"}).at("fields").at("replyOffice") == "office:EVAL");
  CHECK(desk.answer({"show", "COR-1"}).at("fields").at("replyBy") == "2006-05-31");
  const auto again = desk.run(confirmed);
  CHECK(again.code == 1);
  CHECK(says(again.err, "no open task"));
}

TEST_CASE("office hand-over takes kinds, refuses itself and tells of the task in the way") {
  const Desk desk;
  enterTasks(desk);
  const auto only = desk.answer({"office", "hand-over", "LAC", "--to", "EVAL", "--only", "projects",
                                 "--yes", "--on", "2006-09-01"});
  CHECK(only.at("entries").as_array().size() == 1);
  CHECK(desk.run({"office", "hand-over", "LAC", "--to", "LAC", "--yes"}).code == 2);
  desk.enter({"office", "close", "EVAL", "--on", "2006-10-01"});
  const auto closed =
      desk.run({"office", "hand-over", "LAC", "--to", "EVAL", "--yes", "--on", "2006-11-01"});
  CHECK(closed.code == 1);
  CHECK(says(closed.err, "MAN-1, request 1:"));
  CHECK(says(closed.err, "closed"));
}

TEST_CASE("office hand-over shows what it enters with --yes too, and is of no one revision") {
  const Desk desk;
  enterTasks(desk);
  const std::vector<std::string> words{"office", "hand-over", "LAC",        "--to",
                                       "EVAL",   "--on",      "2006-09-01", "--yes"};
  const auto with = [&](const std::vector<std::string>& more) {
    auto out = words;
    out.insert(out.end(), more.begin(), more.end());
    return desk.run(out);
  };
  const auto expecting = with({"--expect", "1"});
  CHECK(expecting.code == 2);
  CHECK(says(expecting.err, "--expect"));
  const auto shown = with({"--only", "projects"});
  REQUIRE(shown.code == 0);
  CHECK(says(shown.err, "1 task of LAC"));
  CHECK(says(shown.err, "PRJ-1"));
  CHECK(says(shown.out, "PRJ-1"));
  const auto quiet = with({"--only", "programmes", "--quiet"});
  REQUIRE(quiet.code == 0);
  CHECK_FALSE(says(quiet.err, "PROG-1"));
  const auto json = with({"--json"});
  REQUIRE(json.code == 0);
  CHECK_FALSE(says(json.err, "CON-1"));
}

}  // namespace consulta::test
