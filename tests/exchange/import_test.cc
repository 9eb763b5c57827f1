// Imports by the real program: what stops them, and a printed log as a copy of its register.
#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <fstream>

#include "events/exact_json.h"
#include "events/limits.h"
#include "tests/cli/desk.h"

namespace consulta::test {

namespace {

std::string meetingLine(const std::string& id) {
  return R"({"type":"meeting.scheduled","entity":")" + id +
         R"(","occurred":"2006-04-06","data":{"title":{"en":"M"},"kind":"technical"}})" + "\n";
}

/// The standing example, entered by its script.
void enterExample(const Desk& desk) {
  const auto folder = std::filesystem::path(CONSULTA_PROGRAM).parent_path().string();
  const auto command = "CONSULTA_DATA='" + desk.data() + "' PATH='" + folder +
                       "':$PATH bash '" CONSULTA_SOURCE_DIR
                       "/cli/examples/programme-regional-lac.sh' >/dev/null";
  REQUIRE(std::system(command.c_str()) == 0);  // NOLINT: the script is a shell's
}

/// Opens a memorandum of two parties, signs it, and renames it: an entry of the engine follows from
/// the last signature, and all earlier entries are printed under the new name.
void enterMemorandum(const Desk& desk) {
  desk.agreedMemorandum("MOU-1", "ACME", "ZETA");
  desk.enter({"mou", "sign", "MOU-1", "--party", "ACME", "--note", "a note", "--on", "2006-04-06"});
  const auto last = desk.enter({"mou", "sign", "MOU-1", "--party", "ZETA", "--on", "2006-04-07"});
  REQUIRE(says(last.out, "and so: mou:MOU-1, signed by all"));
  desk.enter({"mou", "name", "MOU-1", "--symbol", "MOU-2006-7", "--on", "2006-05-01"});
}

/// Everything a reader can ask for, without what is each register's own: its id, its actors and
/// when something was entered.
std::string asSeen(const Desk& desk) {
  std::string out = desk.enter({"status"}).out;
  for (const auto* kind : {"meeting", "mou", "programme", "mechanism", "document", "mandate",
                           "party", "exchange", "funding", "liaison", "reference", "office"}) {
    out += desk.enter({"list", kind}).out;
    out += desk.enter({"--json", "list", kind}).out;
  }
  for (const auto* id : {"PROG-LAC", "MECH-LAC", "MTG-1", "MOU-1", "DG-REPORT-LAC"}) {
    out += desk.enter({"history", id}).out;
    out += desk.enter({"next", id}).out;
  }
  return out;
}

}  // namespace

TEST_CASE("an import stops at the line that is refused and can be run again") {
  const Desk desk;
  const auto file = desk.file("lines.ndjson").string();
  std::ofstream(file) << meetingLine("A-1") << meetingLine("A-1") << meetingLine("A-2");
  const auto stopped = desk.run({"import", file});
  CHECK(stopped.code == 1);
  CHECK(says(stopped.err, "line 2"));
  CHECK(desk.run({"show", "A-1"}).code == 0);
  CHECK(desk.run({"show", "A-2"}).code == 1);
  CHECK(desk.run({"import", "--atomic", "-"}, meetingLine("B-1") + "{broken\n").code == 2);
  CHECK(desk.run({"show", "B-1"}).code == 1);
  std::ofstream(file) << meetingLine("A-1") << meetingLine("A-2");
  const auto again = desk.run({"import", file});
  CHECK(again.code == 0);
  CHECK(says(again.err, "1 had been entered before"));
}

TEST_CASE("a line that is refused is named with its number and the reason, whatever is wrong") {
  const Desk desk;
  const auto check = [&](const std::string& line, int code, const char* part) {
    for (const auto& words : {std::vector<std::string>{"import", "-"},
                              std::vector<std::string>{"import", "--atomic", "-"},
                              std::vector<std::string>{"import", "--dry-run", "-"}}) {
      const auto run = desk.run(words, meetingLine("M-1") + "\n" + line + "\n");
      INFO(words[1] << ": " << run.err);
      CHECK(run.code == code);
      CHECK(says(run.err, "line 3: "));
      CHECK(says(run.err, part));
    }
  };
  check(R"({"type":"meeting.sheduled"})", 2, "there is no entry of type \"meeting.sheduled\"");
  check(R"(["a list"])", 2, "not a JSON object");
  check(R"({"entries":{}})", 2, "is a list of entries");
  check(R"({"type":"meeting.confirmed","entity":"M-9","occurred":"2006-04-06","data":{)"
        R"("dates":"2006-06-26","place":"Vienna"}})",
        1, "M-9");
  check(R"({"type":"meeting.scheduled","entity":"M-2","occurred":"2006-04-06","data":{)"
        R"("title":{"en":"M"},"kind":"tecnical"}})",
        2, "Did you mean technical?");
  check(R"({"type":"meeting.scheduled","entity":"M-2","occurred":"2006-04-06","data":{)"
        R"("title":{"en":"M"},"kind":"technical","kind":"ministerial"}})",
        2, "\"kind\" stands twice");
  check(R"({"type":"meeting.scheduled","entity":"M-2","occurred":"2006-04-06","data":{)"
        R"("title":{"en":"M"},"k\u0069nd":"technical","kind":"technical"}})",
        2, "\"kind\" stands twice");
  check(R"({"type":"meeting.scheduled","entity":"M-2","occurred":"2006-04-06","data":{)"
        R"("title":{"en":"M"},"kind":"technical","highLevel":"yes"}})",
        2, "high-level: it must be yes or no, in JSON true or false");
  CHECK(desk.run({"show", "M-2"}).code == 1);
}

TEST_CASE("line 5000 that is broken is named, and with --atomic nothing before it is entered") {
  const std::string broken = R"({"type":"meeting.scheduled","entity":"M-5000","occurred":)"
                             "\n";
  const Desk desk;
  std::string lines;
  for (int i = 1; i < 5'000; ++i) lines += meetingLine("M-" + std::to_string(i));
  const auto atomic = desk.run({"import", "--atomic", "-"}, lines + broken + meetingLine("M-5001"));
  CHECK(atomic.code == 2);
  CHECK(says(atomic.err, "line 5000: it is not a JSON object: "));
  CHECK(desk.run({"show", "M-1"}).code == 1);

  // One submission a line takes its time; empty lines count as well.
  const auto good = std::string(4'997, '\n') + meetingLine("M-1") + meetingLine("M-2");
  const auto stopped = desk.run({"import", "-"}, good + broken + meetingLine("M-3"));
  CHECK(stopped.code == 2);
  CHECK(says(stopped.err, "line 5000: it is not a JSON object: "));
  CHECK(says(stopped.err, "2 submissions entered"));
  CHECK(says(stopped.err, "import the same file again"));
  CHECK(desk.run({"show", "M-2"}).code == 0);
  CHECK(desk.run({"show", "M-3"}).code == 1);
  const auto mended = desk.run({"import", "-"}, good + meetingLine("M-3"));
  CHECK(mended.code == 0);
  CHECK(says(mended.err, "1 submission entered, 2 had been entered before"));
  CHECK_FALSE(says(mended.err, "import the same file again"));
}

TEST_CASE("a file that begins with the mark of UTF-8 is read like any other") {
  const Desk desk;
  const auto run = desk.run({"import", "-"}, "\xEF\xBB\xBF" + meetingLine("M-1"));
  INFO(run.err);
  CHECK(run.code == 0);
  CHECK(desk.run({"show", "M-1"}).code == 0);
  const auto again = desk.run({"import", "--dry-run", "-"}, "\xEF\xBB\xBF\n" + meetingLine("M-2"));
  CHECK(again.code == 0);
}

TEST_CASE("a line that is not UTF-8 is named, wherever it breaks") {
  const Desk desk;
  for (const std::string broken : {"\xE9", "\xC3", "\xC0\xAF", "\xED\xA0\x80"}) {
    auto line = meetingLine("A-1");
    line.insert(line.find("M\""), broken);
    for (const auto* how : {"--atomic", "--keep-going", "--dry-run"}) {
      const auto run = desk.run({"import", how, "-"}, "\n" + line);
      CHECK(run.code == 2);
      CHECK(says(run.err, "line 2: it is not UTF-8; save the file as UTF-8"));
    }
  }
  CHECK(desk.run({"show", "A-1"}).code == 1);
}

TEST_CASE("a line of a gigabyte is refused as soon as it is longer than any can be") {
  const Desk desk;
  const auto file = desk.file("endless.ndjson");
  std::ofstream(file) << meetingLine("A-1") << R"({"type":")";
  std::filesystem::resize_file(file, std::uintmax_t{1} << 30U);  // sparse: it takes no room
  const auto atomic = desk.run({"import", "--atomic", file.string()});
  CHECK(atomic.code == 2);
  CHECK(says(atomic.err, "line 2 is longer than 16777216 bytes"));
  CHECK(desk.run({"show", "A-1"}).code == 1);
  const auto stopped = desk.run({"import", file.string()});
  CHECK(stopped.code == 2);
  CHECK(says(stopped.err, "line 2 is longer than 16777216 bytes"));
  CHECK(desk.run({"show", "A-1"}).code == 0);
}

TEST_CASE("an atomic import enters all lines or nothing, and once however often it is run") {
  const Desk desk;
  const auto good = meetingLine("A-1") + meetingLine("A-2");
  CHECK(desk.run({"import", "--atomic", "-"}, good + meetingLine("A-1")).code == 1);
  CHECK(desk.run({"show", "A-1"}).code == 1);
  const auto examined = desk.run({"import", "--dry-run", "-"}, good);
  CHECK(examined.code == 0);
  CHECK(says(examined.err, "all of it could be entered"));
  CHECK(desk.run({"show", "A-1"}).code == 1);
  CHECK(desk.run({"import", "--atomic", "-"}, good).code == 0);
  CHECK(desk.run({"show", "A-2"}).code == 0);
  const auto again = desk.run({"import", "--atomic", "-"}, good);
  CHECK(again.code == 0);
  CHECK(says(again.err, "had been entered before"));
}

TEST_CASE("entries of the engine are refused unless a printed log says what they followed from") {
  const Desk desk;
  enterMemorandum(desk);
  const std::string line = R"({"type":"mou.signedByAll","entity":"mou:MOU-1",)"
                           R"("occurred":"2006-04-07","data":{"lastSignature":"2006-04-07"}})";
  const auto refused = desk.run({"import", "-"}, line + "\n");
  CHECK(refused.code == 1);
  CHECK(says(refused.err, "line 1: mou.signedByAll is entered by the register itself"));
  const auto causeless =
      R"({"position":9999,"recorded":"2006-04-07T10:00:00Z",)" + line.substr(1) + "\n";
  CHECK(desk.run({"import", "-"}, causeless).code == 1);
  const auto printed =
      R"({"position":9999,"cause":9998,"recorded":"2006-04-07T10:00:00Z",)" + line.substr(1) + "\n";
  const auto skipped = desk.run({"import", "-"}, printed);
  CHECK(skipped.code == 0);
  CHECK(says(skipped.err, "1 entry was left to the register"));
}

TEST_CASE("the printed log of the standing example enters the same history into a new register") {
  const Desk desk;
  enterExample(desk);
  enterMemorandum(desk);
  desk.meeting("MTG-1");
  const auto wrong =
      desk.position({"meeting", "relocate", "MTG-1", "--place", "Viena", "--on", "2006-04-10"});
  desk.enter({"correct", wrong, "--place", "Vienna", "--reason", "a slip", "--on", "2006-04-11"});
  desk.enter(
      {"correct", wrong, "--occurred", "2006-04-09", "--reason", "the day", "--on", "2006-04-12"});
  const auto log = desk.enter({"log", "--json"}).out;
  std::ofstream(desk.file("log.ndjson")) << log;

  const Desk copy;
  const auto done = copy.run({"import", desk.file("log.ndjson").string()});
  INFO(done.err);
  REQUIRE(done.code == 0);
  CHECK(says(done.err, "stand here already"));
  CHECK(says(done.err, "1 entry was left to the register"));
  CHECK_FALSE(says(done.err, "positions differ"));
  const auto seen = asSeen(desk);
  CHECK(asSeen(copy) == seen);
  CHECK(copy.enter({"show", "MOU-1"}).out == desk.enter({"show", "MOU-1"}).out);
  const auto last = copy.enter({"--json", "show", "MTG-1"}).out;
  CHECK(last == desk.enter({"--json", "show", "MTG-1"}).out);

  const auto again = copy.run({"import", desk.file("log.ndjson").string()});
  CHECK(again.code == 0);
  CHECK(says(again.err, "0 submissions entered"));
  CHECK(copy.enter({"--json", "show", "MTG-1"}).out == last);

  // As one submission it makes the same register.
  const Desk whole;
  const auto atomic = whole.run({"import", "--atomic", desk.file("log.ndjson").string()});
  INFO(atomic.err);
  REQUIRE(atomic.code == 0);
  CHECK(asSeen(whole) == seen);
}

TEST_CASE("a corrigendum of a printed log finds its entry where that stands now") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto wrong =
      desk.position({"meeting", "relocate", "MTG-1", "--place", "Viena", "--on", "2006-04-10"});
  desk.enter({"correct", wrong, "--place", "Vienna", "--reason", "a slip", "--on", "2006-04-11"});
  const auto log = desk.enter({"log", "--json", "--filter", "entity=MTG-1"}).out;
  const Desk other;
  for (const auto* id : {"M-1", "M-2", "M-3"}) other.meeting(id);
  const auto done = other.run({"import", "-"}, log);
  INFO(done.err);
  REQUIRE(done.code == 0);
  CHECK(says(other.enter({"show", "MTG-1"}).out, "Vienna"));
  CHECK(says(other.enter({"history", "MTG-1"}).out, "Viena"));
}

TEST_CASE("a dry run over a printed log bears a corrigendum of what it has not entered") {
  const Desk desk;
  const auto opening =
      desk.position({"meeting", "schedule", "MTG-1", "--kind", "expert-group", "--title",
                     "en:Frist", "--dates", "2006-06", "--on", "2006-04-03"});
  desk.enter(
      {"correct", opening, "--title", "en:First", "--reason", "a slip", "--on", "2006-04-11"});
  const auto log = desk.enter({"log", "--json", "--filter", "entity=MTG-1"}).out;
  const Desk other;
  const auto done = other.run({"import", "--dry-run", "-"}, log);
  INFO(done.err);
  CHECK(done.code == 0);
  CHECK(other.run({"import", "--dry-run", "--atomic", "-"}, log).code == 0);
  CHECK(other.run({"import", "-"}, log).code == 0);
}

TEST_CASE("a date that is none is told as it was written, and by the name it has in the file") {
  const Desk desk;
  auto line = meetingLine("A-1");
  const auto from = line.find("2006-04-06");
  REQUIRE(from != line.npos);
  line.replace(from, 10, "6 April 2006");
  const auto run = desk.run({"import", "-"}, line);
  CHECK(run.code == 2);
  CHECK(says(run.err, "--occurred: \"6 April 2006\" is not a date"));
}

TEST_CASE(
    "JSON is read as Boost reads it, once, and what would be lost or is left over is refused") {
  const auto text = R"({"a":[1,-2,18446744073709551615,1.5e3,true,false,null,{}],"":{"b":[]},)"
                    R"("é\u00e9\n":"long )" +
                    std::string(5'000, 'x') + R"("})";
  const auto read = readExactJson(text);
  REQUIRE(read.ok());
  CHECK(*read == boost::json::parse(text));
  const auto rule = [](const std::string& wrong) {
    const auto result = readExactJson(wrong);
    return result ? std::string() : result.failures().front().rule;
  };
  CHECK(rule(R"({"a":{"b":1},"c":{"b":2}})").empty());
  CHECK(rule(R"({"a":{"b":1,"c":2,"b":3}})") == "json.key");
  CHECK(rule(R"({"a":1} {})") == "json.form");
  CHECK(rule(R"({"a":1)") == "json.form");
  CHECK(rule(std::string(limits::json_depth_max + 1, '[')) == "json.form");
}

}  // namespace consulta::test
