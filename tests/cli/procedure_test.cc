// Procedures, calendars and the worklist through the real program.
#include <doctest/doctest.h>

#include <fstream>
#include <string>
#include <utility>

#include "tests/cli/desk.h"

using namespace consulta::test;  // NOLINT

namespace {

std::string written(const Desk& desk, const std::string& name, const std::string& text) {
  const auto path = desk.file(name);
  std::ofstream(path, std::ios::binary) << text;
  return path.string();
}

const std::string silence96 =
    "name = \"SILENCE-96\"\ntitle = { en = \"Silence of 96 hours\", fr = \"Accord tacite\" }\n"
    "[[step]]\nname = \"text\"\nkind = \"tabling\"\ntitle = \"Text\"\non.tabled = \"silence\"\n"
    "[[step]]\nname = \"silence\"\nkind = \"silence\"\ntitle = \"Silence\"\nperiod = \"PT96H\"\n"
    "on.observed = \"adopted\"\non.broken = \"not-adopted\"\n";

std::string lineWith(const std::string& text, const std::string& part) {
  const auto at = text.find(part);
  if (at == text.npos) return {};
  const auto begin = text.rfind('\n', at) + 1;
  return text.substr(begin, text.find('\n', at) - begin);
}

}  // namespace

TEST_CASE("a new register has procedures that are shown in words and drawn") {
  const Desk desk;
  const auto text = desk.enter({"procedure", "show", "SILENCE-72"}).out;
  CHECK(says(text, "silence of 72 hours"));
  CHECK(says(text, "no objection > adopted"));
  CHECK(says(desk.enter({"procedure", "show", "SILENCE-72", "--format", "dot"}).out, "digraph"));
  const auto svg = desk.enter({"procedure", "show", "MOU-CLEARANCE", "--format", "svg"}).out;
  CHECK(says(svg, "<svg"));
  CHECK(says(svg, "Legal review"));
  CHECK(says(
      desk.enter({"--lang", "fr", "procedure", "show", "MOU-CLEARANCE", "--format", "svg"}).out,
      "Examen juridique"));
  CHECK(desk.run({"procedure", "show", "SILENCE-72", "--format", "png"}).code == 2);
  CHECK(says(desk.run({"procedure", "show", "SILENCE-27"}).err, "SILENCE-72"));
}

TEST_CASE("a procedure from a file is entered, and entered again it is a new version") {
  const Desk desk;
  const auto file = written(desk, "silence.toml", silence96);
  desk.enter({"procedure", "add", file, "--on", "2006-01-10"});
  CHECK(says(desk.enter({"list", "procedure"}).out, "Silence of 96 hours"));
  CHECK(desk.run({"procedure", "add", file, "--on", "2006-02-01"}).code == 1);
  const auto longer = written(desk, "longer.toml", silence96 + "# longer\n");
  desk.enter({"procedure", "add", longer, "--on", "2006-02-01", "--reason", "Said why"});
  CHECK(says(desk.enter({"procedure", "show", "SILENCE-96"}).out, "version 2"));
  CHECK_FALSE(says(
      desk.enter({"procedure", "show", "SILENCE-96", "--version-number", "1", "--format", "toml"})
          .out,
      "# longer"));
  CHECK(desk.run({"procedure", "show", "SILENCE-96", "--version-number", "3"}).code == 2);
}

TEST_CASE("a procedure with an error is refused with its line and what to write") {
  const Desk desk;
  auto text = silence96;
  text.replace(text.find("PT96H"), 5, "PT48H");
  const auto before = desk.enter({"log"}).out;
  const auto run = desk.run({"procedure", "add", written(desk, "short.toml", text)});
  CHECK(run.code == 1);
  CHECK(says(run.err, "line 12"));
  CHECK(says(run.err, "minimum of PT72H"));
  CHECK(desk.run({"procedure", "add", desk.file("missing.toml").string()}).code == 5);
  CHECK(desk.enter({"log"}).out == before);
}

TEST_CASE("the worklist says what waits for a day, and how it stands") {
  const Desk desk;
  desk.meeting("MTG-1");
  desk.enter({"meeting", "invite", "MTG-1", "--party", "UY", "--reply-by", "2006-05-15", "--on",
              "2006-04-04"});
  desk.enter({"meeting", "invite", "MTG-1", "--party", "BR", "--reply-by", "2190-05-15", "--on",
              "2006-04-04"});
  const auto all = desk.enter({"tasks"}).out;
  CHECK(says(all, "reply, UY"));
  CHECK(says(all, "overdue"));
  CHECK(says(all, "reply, BR"));
  CHECK_FALSE(says(desk.enter({"tasks", "--due", "2006-12-31"}).out, "BR"));
  CHECK_FALSE(says(desk.enter({"tasks", "--overdue"}).out, "BR"));
  CHECK(says(desk.enter({"tasks", "--as-of", "2006-04-30"}).out, "reply, UY"));
  CHECK_FALSE(says(desk.enter({"tasks", "--as-of", "2006-04-30", "--overdue"}).out, "UY"));
  CHECK(says(desk.enter({"--json", "tasks"}).out, "\"standing\":\"waits\""));
}

TEST_CASE("a procedure sent again under its submission is answered as the first time") {
  const Desk desk;
  const auto file = written(desk, "silence.toml", silence96);
  const auto longer = written(desk, "longer.toml", silence96 + "# longer\n");
  const auto sent = [&](const std::string& path, const std::string& submission) {
    return desk.answer(
        {"procedure", "add", path, "--on", "2006-01-10", "--submission", submission});
  };
  for (const auto& [path, submission] :
       {std::pair{file, "0190a5e2-7c41-4d0e-9b1f-3a5c8e2f6d47"},
        std::pair{longer, "0190a5e2-7c41-4d0e-9b1f-3a5c8e2f6d48"}}) {
    const auto first = sent(path, submission);
    const auto again = sent(path, submission);
    CHECK(again.at("repeated") == true);
    CHECK(again.at("entries").at(0).at("position") == first.at("entries").at(0).at("position"));
  }
  CHECK(says(desk.enter({"procedure", "show", "SILENCE-96"}).out, "version 2"));
}

TEST_CASE("procedure add takes --expect, and no reason for what there is no version of yet") {
  const Desk desk;
  const auto file = written(desk, "silence.toml", silence96);
  const auto early = desk.run({"procedure", "add", file, "--reason", "Longer"});
  CHECK(early.code == 2);
  CHECK(says(early.err, "--reason"));
  CHECK(desk.run({"procedure", "add", file, "--expect", "1"}).code == 3);
  CHECK(desk.run({"procedure", "add", file, "--expect", "first"}).code == 2);
  desk.enter({"procedure", "add", file, "--on", "2006-01-10", "--expect", "none"});
  const auto longer = written(desk, "longer.toml", silence96 + "# longer\n");
  CHECK(desk.run({"procedure", "add", longer, "--expect", "7"}).code == 3);
  desk.enter({"procedure", "add", longer, "--expect", "1"});
}

TEST_CASE("of a consultation procedure show says what is done and where it stands now") {
  const Desk desk;
  desk.enter({"consultation", "plan", "CON-1", "--title", "en:C", "--procedure", "SILENCE-72"});
  for (const std::string party : {"AR", "BR", "UY"}) {
    desk.enter({"consultation", "invite", "CON-1", "--party", party, "--standing", "eligible"});
  }
  desk.enter({"consultation", "open", "CON-1"});
  desk.enter({"consultation", "table", "CON-1", "--revision", "1", "--text", "en:We agree"});
  const auto text = desk.wide({"procedure", "show", "CON-1"});
  INFO(text);
  CHECK(says(text, "SILENCE-72"));
  CHECK(says(lineWith(text, "The text is tabled"), "done: tabled"));
  CHECK(says(lineWith(text, "The text is under silence"), "now"));
  CHECK(lineWith(text, "The text is revised").find("now") == std::string::npos);
  desk.enter({"consultation", "plan", "CON-2", "--title", "en:D"});
  CHECK(says(desk.run({"procedure", "show", "CON-2"}).err, "runs by no procedure"));
  desk.meeting("MTG-1");
  CHECK(desk.run({"procedure", "show", "MTG-1"}).code != 0);
  CHECK(says(runProgram({"complete", "--", "--data", desk.data(), "procedure", "show", "CON"}).out,
             "CON-1"));
}

TEST_CASE("the picture of a running consultation shows where it stands") {
  const Desk desk;
  desk.enter({"consultation", "plan", "CON-1", "--title", "en:C", "--procedure", "SILENCE-72"});
  desk.enter({"consultation", "invite", "CON-1", "--party", "UY", "--standing", "eligible"});
  desk.enter({"consultation", "open", "CON-1"});
  desk.enter({"consultation", "table", "CON-1", "--revision", "1", "--text", "en:We agree"});
  const std::string done = "#e3e8ee";
  const std::string current = "#fff2cc";
  const auto dot = desk.enter({"procedure", "show", "CON-1", "--format", "dot"}).out;
  INFO(dot);
  CHECK(says(lineWith(dot, "\"text\" ["), done));
  CHECK(says(lineWith(dot, "\"silence\" ["), current));
  CHECK_FALSE(says(lineWith(dot, "\"revision\" ["), done));
  CHECK_FALSE(says(lineWith(dot, "\"revision\" ["), current));
  const auto svg = desk.enter({"procedure", "show", "CON-1", "--format", "svg"}).out;
  CHECK(count(svg, done) == 1);
  CHECK(count(svg, current) == 1);
  const auto itself = desk.enter({"procedure", "show", "SILENCE-72", "--format", "svg"}).out;
  CHECK_FALSE(says(itself, current));
}

TEST_CASE(
    "the picture of a procedure says who acts, until when, what when it is late, what meets") {
  const Desk desk;
  desk.enter({"office", "establish", "LEGAL", "--kind", "headquarters-unit", "--name", "en:Legal",
              "--on", "2006-01-02"});
  const auto file = written(
      desk, "review.toml",
      "name = \"REVIEW\"\ntitle = \"Review\"\ncalendar = \"WORKING-DAYS\"\n"
      "first = [\"legal\", \"money\"]\n"
      "[[step]]\nname = \"legal\"\nkind = \"decision\"\ntitle = \"Legal review\"\n"
      "by = \"secretariat\"\nwithin = \"P10BD\"\nremind = \"P3BD\"\nescalate-to = \"LEGAL\"\n"
      "escalate-after = \"P2BD\"\non.taken = \"text\"\non.refused = \"not-adopted\"\n"
      "[[step]]\nname = \"money\"\nkind = \"decision\"\ntitle = \"Financial review\"\n"
      "on.taken = \"text\"\non.refused = \"not-adopted\"\n"
      "[[step]]\nname = \"text\"\nkind = \"tabling\"\ntitle = \"The text\"\n"
      "waits-for = [\"legal\", \"money\"]\non.tabled = \"adopted\"\n");
  desk.enter({"procedure", "add", file, "--on", "2006-01-10"});
  const auto dot = desk.enter({"procedure", "show", "REVIEW", "--format", "dot"}).out;
  INFO(dot);
  const auto legal = lineWith(dot, "\"legal\" [");
  for (const char* term : {"by secretariat", "within 10 working days",
                           "reminder 3 working days before", "passed on to LEGAL 2 working"}) {
    INFO(term);
    CHECK(says(legal, term));
  }
  const auto text = lineWith(dot, "\"text\" [");
  CHECK(says(text, "once Legal review, Financial"));
  CHECK(says(text, "peripheries=2"));
  CHECK_FALSE(says(legal, "peripheries"));
  const auto svg = desk.enter({"procedure", "show", "REVIEW", "--format", "svg"}).out;
  CHECK(says(svg, "by secretariat"));
}
