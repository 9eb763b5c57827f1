// Procedures as texts: what is read, and what is refused with its line.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "events/limits.h"
#include "events/procedure/definition.h"
#include "events/procedure/shelf.h"
#include "events/values/utf8.h"

using namespace consulta;

namespace {

/// Line 1 to 3 before the steps.
const std::string head = "name = \"P-1\"\ntitle = \"A procedure\"\n\n";
const std::string tabling =
    "[[step]]\nname = \"text\"\nkind = \"tabling\"\ntitle = \"Text\"\non.tabled = ";

std::string refusals(const std::string& toml) {
  const auto read = readProcedure(toml);
  if (read) return "";
  std::string out;
  for (const auto& one : read.failures()) {
    CHECK(one.rule == "procedure.definition");
    out += inEnglish(one.text) + "\n";
  }
  return out;
}

bool says(const std::string& toml, const std::string& part) {
  const auto all = refusals(toml);
  INFO(all);
  CHECK(all.find(part) != std::string::npos);
  return all.find(part) != std::string::npos;
}

std::string silence(const std::string& more) {
  return head + tabling + "\"silence\"\n[[step]]\nname = \"silence\"\nkind = \"silence\"\n" +
         "title = \"Silence\"\non.observed = \"adopted\"\non.broken = \"not-adopted\"\n" + more;
}

}  // namespace

TEST_CASE("the smallest procedure is one step that ends it") {
  const auto read = readProcedure(head + tabling + "\"adopted\"\n");
  REQUIRE(read);
  CHECK(read->name == "P-1");
  CHECK(read->first == std::vector<std::string>{"text"});
  REQUIRE(read->steps.size() == 1);
  CHECK(read->steps[0].kind == StepKind::tabling);
  CHECK(read->steps[0].lines.first == 4);
  CHECK(branchOf(read->steps[0], "tabled")->end == ProcedureEnd::adopted);
}

TEST_CASE("every member of a step is read") {
  const auto read = readProcedure(
      "name = \"P-2\"\nvalid = \"2006/..\"\ncalendar = \"VIENNA\"\nrules = \"Rules 2004\"\n"
      "silence-minimum = \"PT24H\"\ntitle = { en = \"All\", fr = \"Tout\" }\nfirst = [\"a\", "
      "\"b\"]\n"
      "[[step]]\nname = \"a\"\nkind = \"tabling\"\ntitle = \"A\"\nby = [\"secretariat\", "
      "\"UNIDO\"]\n"
      "before = \"IDB.31\"\nlead = \"P6W\"\nremind = [\"P3D\", \"P10D\"]\n"
      "escalate-to = \"LAC-BUREAU\"\nescalate-after = \"P2BD\"\non.tabled = \"c\"\n"
      "[[step]]\nname = \"b\"\nkind = \"vote\"\ntitle = \"B\"\nmajority = \"two-thirds\"\n"
      "quorum = \"1/2\"\nuntil = 2006-06-30\non.carried = [\"c\"]\non.not-carried = \"withdrawn\"\n"
      "on.no-quorum = \"not-adopted\"\n"
      "[[step]]\nname = \"c\"\nkind = \"silence\"\ntitle = \"C\"\nwaits-for = [\"a\", \"b\"]\n"
      "period = \"PT36H\"\nlanguages = [\"en\", \"fr\"]\non.observed = \"adopted\"\n"
      "on.broken = \"a\"\n");
  INFO((read ? "" : inEnglish(read.failures().front().text)));
  // b is no tabling, so the silence could begin before there is a text if it did not wait for a.
  REQUIRE(read);
  const auto& a = read->steps[0];
  CHECK(a.by == std::vector<std::string>{"secretariat", "UNIDO"});
  CHECK(a.limit.beforeSession == "IDB.31");
  CHECK(a.limit.lead->days == 42);
  CHECK(a.reminders.front().days == 10);
  CHECK(a.escalation->office == "LAC-BUREAU");
  CHECK(a.escalation->after->workingDays == 2);
  const auto& b = read->steps[1];
  CHECK(b.majority == VoteMajority::twoThirds);
  CHECK(b.quorum.denominator == 2);
  CHECK(b.limit.until->text() == "2006-06-30");
  const auto& c = read->steps[2];
  CHECK(c.waitsFor.size() == 2);
  CHECK(c.period->seconds == 36 * 3'600);
  CHECK(read->silenceMinimum->seconds == 24 * 3'600);
  CHECK(pick(read->title, "fr") == "Tout");
}

TEST_CASE("a fault in the TOML itself is named with its line") {
  CHECK(says(head + "[[step]\n", "line 4: this is no TOML"));
  CHECK(says("name = P-1\n", "line 1"));
  CHECK(says("", "a procedure has steps"));
}

TEST_CASE("what is quoted of a text that cannot be read is harmless on a terminal") {
  for (const std::string& toml :
       {std::string("name = \u202E\n"), head + tabling + "7\n\"\\u001b[2J\" = 7\n",
        head + "[[step]]\nname = \"text\"\nkind = \"tabling\"\ntitle = \"Text\"\n[step.on]\n" +
            "\"\\u001b[2J\" = [\"a\", \"a\", 7]\n"}) {
    const auto all = refusals(toml);
    CAPTURE(all);
    CHECK_FALSE(all.empty());
    CHECK(forTerminal(all) == all);
  }
}

TEST_CASE("a word that is not known is answered with the nearest one, and its line") {
  CHECK(says(head + "[[step]]\nname = \"a\"\nkind = \"tableing\"\ntitle = \"A\"\n",
             "line 6: \"tableing\" is none of"));
  CHECK(says(head + "[[step]]\nname = \"a\"\nkind = \"tableing\"\ntitle = \"A\"\n", "tabling?"));
  CHECK(says(head + tabling + "\"adopted\"\nremindd = \"P1D\"\n", "Did you mean remind?"));
  CHECK(
      says(head + tabling +
               "\"adoptd\"\n[[step]]\nname = \"silence\"\nkind = \"silence\"\n"
               "title = \"S\"\nperiod = \"P7D\"\non.observed = \"adopted\"\non.broken = \"texd\"\n",
           "Did you mean text?"));
  CHECK(says(head + tabling + "\"adopted\"\nby = \"elegible\"\n",
             "no role called elegible. Did you mean eligible?"));
  CHECK(says(head + tabling + "\"adopted\"\non.tabeld = \"adopted\"\n", "Did you mean tabled?"));
}

TEST_CASE("what is missing is named with what to write") {
  CHECK(says(head + "[[step]]\nkind = \"tabling\"\n", "line 4: name is missing"));
  CHECK(says(head + "[[step]]\nname = \"a\"\nkind = \"tabling\"\ntitle = \"A\"\n",
             "write tabled = "));
  CHECK(says(silence(""), "does not say how long the silence lasts"));
  CHECK(says(head + "[[step]]\nname = \"a\"\nkind = \"contributions\"\ntitle = \"A\"\n"
                    "on.received = \"adopted\"\non.closed = \"adopted\"\n",
             "a needs a time limit"));
  CHECK(says(head + tabling + "\"adopted\"\nremind = \"P1D\"\n", "but no time limit"));
  CHECK(says(head + tabling + "\"adopted\"\nwithin = \"P10BD\"\n", "names no calendar"));
  CHECK(says(head + tabling + "[]\n", "leads nowhere"));
}

TEST_CASE(
    "a silence under the minimum is refused, unless the procedure provides for a shorter one") {
  CHECK(says(silence("period = \"PT71H\"\n"), "less than the minimum of PT72H"));
  CHECK(readProcedure(silence("period = \"PT72H\"\n")));
  CHECK(readProcedure(silence("period = \"P3D\"\n")));
  CHECK(readProcedure("silence-minimum = \"PT24H\"\n" + silence("period = \"PT24H\"\n")));
  CHECK(
      says("silence-minimum = \"PT24H\"\n" + silence("period = \"PT23H\"\n"), "minimum of PT24H"));
}

TEST_CASE("a step that is never reached, or leads to no end, is refused") {
  const std::string other =
      "[[step]]\nname = \"other\"\nkind = \"tabling\"\ntitle = \"Other\"\non.tabled = "
      "\"adopted\"\n";
  CHECK(says(head + tabling + "\"adopted\"\n" + other, "other is never reached"));
  CHECK(says(head + tabling + "\"text\"\n", "from text no way leads to an end"));
  CHECK(
      readProcedure("first = [\"text\", \"other\"]\n" + head + tabling + "\"adopted\"\n" + other));
}

TEST_CASE("a silence has a text before it on every way") {
  CHECK(says(head + "[[step]]\nname = \"silence\"\nkind = \"silence\"\ntitle = \"S\"\n"
                    "period = \"P7D\"\non.observed = \"adopted\"\non.broken = \"not-adopted\"\n",
             "can begin before any text was tabled"));
}

TEST_CASE("names of steps are unique, and none is the word for an end") {
  CHECK(
      says(head + tabling + "\"adopted\"\n" + tabling + "\"adopted\"\n", "two steps called text"));
  CHECK(says(head + "[[step]]\nname = \"adopted\"\nkind = \"tabling\"\ntitle = \"A\"\n"
                    "on.tabled = \"adopted\"\n",
             "cannot be the name of a step"));
  CHECK(says(head + tabling + "[\"text\", \"adopted\"]\n", "ends the procedure"));
}

TEST_CASE("a step waits only for steps that lead to it, and for two at least") {
  const auto join = [](const std::string& waits) {
    return "first = [\"text\", \"other\"]\n" + head + tabling +
           "\"end\"\n[[step]]\nname = \"other\"\nkind = \"tabling\"\ntitle = \"O\"\n"
           "on.tabled = \"adopted\"\n[[step]]\nname = \"end\"\nkind = \"consensus\"\ntitle = "
           "\"E\"\n"
           "on.declared = \"adopted\"\nwaits-for = " +
           waits + "\n";
  };
  CHECK(
      says(join("[\"text\", \"other\"]"), "end waits for other, of which no outcome leads to end"));
  CHECK(says(join("[\"text\"]"), "waits for one step only"));
}

TEST_CASE("steps that meet are begun together and never by one outcome or another") {
  const auto decision = [](const std::string& name, const std::string& more) {
    return "[[step]]\nname = \"" + name + "\"\nkind = \"decision\"\ntitle = \"D\"\n" + more;
  };
  const auto rest = decision("a", "on.taken = \"join\"\non.refused = \"not-adopted\"\n") +
                    decision("b", "on.taken = \"join\"\non.refused = \"not-adopted\"\n") +
                    decision("join",
                             "waits-for = [\"a\", \"b\"]\non.taken = \"adopted\"\n"
                             "on.refused = \"fork\"\n");
  const auto either = decision("fork", "on.taken = \"a\"\non.refused = \"b\"\n");
  CHECK(says(head + either + rest, "line 26: join waits for a, b, and there is a way"));
  const auto both = decision("fork", "on.taken = [\"a\", \"b\"]\non.refused = \"not-adopted\"\n");
  CHECK(refusals(head + both + rest).empty());
  // One after the other is as good: the first has led there when the second does.
  const auto chain = decision("a", "on.taken = [\"b\", \"join\"]\non.refused = \"withdrawn\"\n") +
                     decision("b", "on.taken = \"join\"\non.refused = \"a\"\n") +
                     decision("join",
                              "waits-for = [\"a\", \"b\"]\non.taken = \"adopted\"\n"
                              "on.refused = \"a\"\n");
  CHECK(refusals(head + chain).empty());
}

TEST_CASE("steps that nobody has to act in do not lead round and round") {
  const auto invitation = [](const std::string& name, const std::string& next) {
    return "[[step]]\nname = \"" + name + "\"\nkind = \"invitation\"\ntitle = \"I\"\n" +
           "within = \"P5D\"\non.overdue = \"not-adopted\"\non.sent = \"" + next + "\"\n";
  };
  CHECK(says(head + invitation("one", "two") + invitation("two", "one"),
             "line 4: one, two can follow each other round and round"));
  CHECK(says(head + invitation("one", "one"), "line 4: one can follow"));
  CHECK(refusals(head + invitation("one", "two") + invitation("two", "adopted")).empty());
}

TEST_CASE("a day that TOML knows and a register does not is refused with its line") {
  for (const std::string day : {"0001-01-01", "1600-01-01", "1699-12-31"}) {
    const auto all = refusals(fmt::format("valid = {}\n{}{}\"adopted\"\n", day, head, tabling));
    INFO(all);
    CHECK(all.starts_with("line 1: the year "));
    CHECK(all.find('"' + day + '"') != std::string::npos);
  }
  for (const std::string day : {"2200-01-01", "9999-12-31"}) {
    says(fmt::format("{}{}\"adopted\"\nuntil = {}\n", head, tabling, day),
         "line 9: the year " + day.substr(0, 4));
  }
  for (const std::string day : {"1700-01-01", "2199-12-31"}) {
    const auto read =
        readProcedure(fmt::format("valid = {}\n{}{}\"adopted\"\n", day, head, tabling));
    REQUIRE(read);
    CHECK(read->valid->text() == day);
  }
}

TEST_CASE("time limits that contradict themselves are refused") {
  CHECK(says(head + tabling + "\"adopted\"\nwithin = \"P1D\"\nuntil = 2006-01-01\n",
             "one time limit"));
  CHECK(says(head + tabling + "\"adopted\"\nlead = \"P1D\"\n", "write before"));
  CHECK(says(head + tabling + "\"adopted\"\nwithin = \"P1D\"\nfrom = \"text\"\n",
             "cannot count from the end"));
  CHECK(says(head + tabling + "\"adopted\"\nwithin = \"P3D\"\nremind = \"P3D\"\n",
             "before it begins"));
  CHECK(says(head +
                 "[[step]]\nname = \"v\"\nkind = \"vote\"\ntitle = \"V\"\nmajority = \"simple\"\n"
                 "quorum = \"3/2\"\non.carried = \"adopted\"\non.not-carried = \"adopted\"\n"
                 "on.no-quorum = \"adopted\"\n",
             "a quorum is a number"));
}

TEST_CASE("all that is wrong is returned, not the first alone") {
  const auto all = refusals(head +
                            "[[step]]\nname = \"A B\"\nkind = \"tabling\"\ntitle = \"A\"\n"
                            "on.tabled = \"nowhere\"\nwithin = \"P10BD\"\n");
  CHECK(std::ranges::count(all, '\n') == 3);
}

TEST_CASE("the procedures that are shipped can be run") {
  std::size_t count = 0;
  for (const auto& one :
       std::filesystem::directory_iterator(std::string(CONSULTA_SOURCE_DIR) + "/cli/procedures")) {
    if (one.path().extension() != ".toml") continue;
    CAPTURE(one.path().string());
    std::ifstream file(one.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    CHECK(refusals(text) == "");
    ++count;
  }
  CHECK(count == 5);
}

TEST_CASE("a text that was entered is taken apart once, and asked nothing that was asked then") {
  ProcedureShelf shelf;
  const auto text = silence("period = \"PT24H\"\n");
  CHECK_FALSE(refusals(text).empty());
  const auto first = shelf.of(text);
  CHECK(first->name == "P-1");
  CHECK(shelf.of(text) == first);
  CHECK(shelf.of(silence("period = \"PT96H\"\n")) != first);
  CHECK_THROWS_AS((void)shelf.of("name ="), Broken);
  for (std::size_t i = 0; i < limits::procedures_kept_max; ++i) {
    (void)shelf.of(text + std::string(i + 1, '\n'));
  }
  CHECK(shelf.of(text) != first);  // the shelf was full, and what it handed out lives on
  CHECK(first->name == "P-1");
}
