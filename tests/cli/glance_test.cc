// What stands in one line and on one screen: lists, the status, histories.
#include <doctest/doctest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

#include "cli/row_tree.h"
#include "cli/terminal.h"
#include "cli/value_text.h"
#include "projections/rows.h"
#include "tests/cli/desk.h"

namespace consulta::test {

namespace {

std::size_t widest(const std::string& text) {
  std::istringstream in(text);
  std::size_t out = 0;
  for (std::string line; std::getline(in, line);) out = std::max(out, columns(line));
  return out;
}

std::string narrow(const Desk& desk, const std::vector<std::string>& words) {
  const auto run = desk.run(words, {}, [](Start& start) { start.set("COLUMNS", "80"); });
  INFO(run.err);
  REQUIRE(run.code == 0);
  CHECK(widest(run.out) <= 80);
  return run.out;
}

/// The line of a table that begins so.
std::string lineOf(const std::string& table, const std::string& beginning) {
  std::istringstream in(table);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(beginning)) return line;
  }
  return {};
}

}  // namespace

TEST_CASE("no field of a row is called like one of its states or of what its head knows") {
  const Catalogue catalogue;
  for (const auto& aggregate : catalogue.aggregates()) {
    const auto shape = wholeShape(aggregate);
    const auto row = newRow(aggregate.tag)->shape();
    for (const auto& axis : aggregate.axes) {
      INFO(aggregate.name << " " << axis.name);
      CHECK(row.member(axis.name) == nullptr);
      const auto* states = shape.member(axis.name);
      REQUIRE(states != nullptr);
      CHECK(std::get<Node::List>(states->value).size() == axis.states.size());
    }
    INFO(aggregate.name);
    const auto* date = shape.member(aggregate.listedBy);
    REQUIRE(date != nullptr);
    CHECK(std::holds_alternative<RowDate>(date->value));
  }
}

TEST_CASE("the implementation of a recommendation is asked for, told and compared by its state") {
  const Desk desk;
  desk.enter({"office", "establish", "LAC", "--kind", "field-office", "--name", "en:Bureau", "--on",
              "2006-01-01"});
  desk.enter({"recommendation", "found", "REC-1", "--text", "en:Meet", "--acceptance", "accepted",
              "--implementation", "in-progress", "--on", "2006-06-01"});
  desk.enter({"recommendation", "implement", "REC-1", "--office", "LAC", "--on", "2006-07-15"});
  CHECK(says(desk.wide({"list", "recommendation", "--where", "implementation=implemented"}),
             "REC-1"));
  CHECK(desk.run({"list", "recommendation", "--where", "implementation=done"}).code == 2);
  CHECK(
      says(desk.wide({"list", "recommendation", "--where", "implemented.office=bureau"}), "REC-1"));
  CHECK(says(desk.wide({"why", "REC-1", "implementation"}), "in progress"));
  const auto shown = desk.wide({"show", "REC-1"});
  CHECK(count(shown, "\nimplementation ") + (shown.starts_with("implementation ") ? 1 : 0) == 1);
  const auto changes = desk.wide({"diff", "--from", "2006-06-30", "--to", "now", "REC-1"});
  CHECK(says(changes, "implementation"));
  CHECK_FALSE(says(changes, "high"));
  CHECK_FALSE(says(changes, "Low"));
}

TEST_CASE("a list has one date, which its heading names, and never the day of entry in its place") {
  const Desk desk;
  desk.meeting("MTG-1");  // entered on 3 April 2006, without dates
  desk.enter({"meeting", "schedule", "MTG-2", "--kind", "expert-group", "--title", "en:Second",
              "--dates", "juin-juillet 2006", "--on", "2006-04-03"});
  const auto table = desk.wide({"list", "meeting"});
  CHECK(says(lineOf(table, "id"), "dates"));
  CHECK(says(lineOf(table, "MTG-1"), "unknown"));
  CHECK_FALSE(says(table, "April"));
  CHECK(says(lineOf(table, "MTG-2"), "June to July 2006"));
  CHECK_FALSE(says(table, "juin"));  // the words say the same
  CHECK(says(desk.wide({"show", "MTG-2"}), "juin-juillet 2006"));
}

TEST_CASE("a meeting stands in one place of the status: ahead, now, held, or planned and past") {
  const Desk desk;
  const auto plan = [&](const char* id, const char* dates) {
    desk.enter({"meeting", "schedule", id, "--kind", "expert-group", "--title", "en:Meeting",
                "--dates", dates, "--on", "2006-01-03"});
  };
  plan("MTG-PAST", "2006-03");
  plan("MTG-AHEAD", "2190-03");
  plan("MTG-NOW", "2006-06-26/2006-06-28");
  desk.enter({"meeting", "confirm", "MTG-NOW", "--place", "Vienna", "--on", "2006-05-10"});
  desk.enter({"meeting", "convene", "MTG-NOW", "--on", "2006-06-26"});
  const auto status = desk.wide({"status"});
  CHECK(count(status, "MTG-PAST") == 1);
  CHECK(says(status, "MTG-PAST was planned for March 2006; whether it was held is not entered"));
  CHECK(says(lineOf(status, "meetings ahead"), "MTG-AHEAD"));
  CHECK(says(lineOf(status, "meetings now"), "MTG-NOW"));
  CHECK(says(lineOf(status, "none recorded"), "meetings held"));
  narrow(desk, {"status"});
}

TEST_CASE("the status of the whole register has its priority areas, and says what a date is of") {
  const Desk desk;
  desk.enter({"programme", "identify", "PROG-1", "--title", "en:Programme", "--region", "419",
              "--on", "2006-01-01"});
  desk.enter({"programme", "add-area", "PROG-1", "--area", "trade-capacity", "--on", "2006-01-02"});
  desk.enter({"mandate", "adopt", "GC.11/Res.1", "--title", "en:Regional", "--body", "GC", "--on",
              "2005-12-02"});
  CHECK(says(lineOf(desk.wide({"status"}), "mandate"), "adopted: 2 December 2005"));
  desk.enter({"mandate", "begin", "GC.11/Res.1", "--on", "2006-01-03"});
  const auto status = desk.wide({"status"});
  CHECK(says(lineOf(status, "priority areas"), "Trade capacity-building"));
  CHECK_FALSE(says(status, "(trade-capacity)"));
  CHECK(says(lineOf(status, "mandate"), "adopted on 2 December 2005"));
}

TEST_CASE("a history is read at 80 columns: what an entry says stands below it, long texts cut") {
  const Desk desk;
  desk.meeting("MTG-1");
  const std::string sentence = "The place was changed because of the works in the building. ";
  std::string reason;
  for (int i = 0; i < 10; ++i) reason += sentence;
  desk.enter({"meeting", "postpone", "MTG-1", "--reason", reason, "--on", "2006-05-01", "--source",
              "DG-REPORT-LAC §3"});
  const auto told = narrow(desk, {"history", "MTG-1"});
  CHECK(says(told, "    title: Expert meeting"));
  CHECK(says(told, "…"));
  CHECK(count(desk.wide({"history", "MTG-1"}), "works in the building") == 4);
  CHECK(says(desk.wide({"--json", "history", "MTG-1"}), reason.substr(0, reason.size() - 1)));
  const auto last = desk.run({"history", "MTG-1", "--last", "1"});
  CHECK_FALSE(says(last.out, "title: Expert"));
  CHECK(says(last.err, "1 earlier entry is left out"));
  CHECK(says(desk.wide({"history", "SILENCE-72"}), " lines)"));
}

TEST_CASE("kinds and states have words that can stand in a sentence") {
  const Desk desk;
  desk.enter({"party", "register", "ACME", "--kind", "company", "--name", "en:Acme", "--on",
              "2006-01-01"});
  desk.enter({"mou", "propose", "MOU-1", "--title", "en:Memorandum", "--parties", "ACME", "--on",
              "2006-02-01"});
  const auto shown = desk.wide({"show", "ACME"});
  CHECK(says(shown, "memoranda of understanding"));
  CHECK_FALSE(says(shown, "mous"));
  CHECK(desk.run({"list", "mous"}).code == 0);
}

TEST_CASE("the status asks for a currency of totals only where there are several currencies") {
  const Desk desk;
  desk.enter({"programme", "identify", "PROG-1", "--title", "en:Programme", "--on", "2006-01-01"});
  const auto require = [&](const char* id, const std::vector<std::string>& amount) {
    std::vector<std::string> words{"funding", "require", id,          "--purposes",
                                   "PROG-1",  "--on",    "2006-01-02"};
    words.insert(words.end(), amount.begin(), amount.end());
    desk.enter(words);
  };
  const auto confirm = [&](const char* id, const char* amount) {
    desk.enter({"funding", "found", id, "--state", "confirmed", "--party", "UY", "--requirement",
                "REQ-1", "--amount", amount, "--on", "2006-01-03"});
  };
  require("REQ-1", {"--amount", "100 EUR"});
  require("REQ-2", {});
  confirm("PL-1", "10 EUR");
  const auto alone = desk.wide({"status"});
  CHECK(says(alone, "100.00 EUR, and 1 of unknown amount"));
  CHECK_FALSE(says(alone, "no currency of totals"));
  confirm("PL-2", "10 USD");
  CHECK(says(desk.wide({"status"}), "no currency of totals"));
}

TEST_CASE("a sum that is too large to be kept is said to be so") {
  const Desk desk;
  desk.enter({"programme", "identify", "PROG-1", "--title", "en:Programme", "--on", "2006-01-01"});
  for (const char* id : {"REQ-1", "REQ-2"}) {
    desk.enter({"funding", "require", id, "--purposes", "PROG-1", "--amount",
                "50000000000000000.00 EUR", "--on", "2006-01-02"});
  }
  CHECK(says(desk.wide({"status"}), "EUR, more together than the register can keep"));
}

TEST_CASE("a consultation that is only planned is not shown as opened") {
  const Desk desk;
  desk.enter({"consultation", "plan", "CON-1", "--title", "en:C", "--on", "2006-07-01"});
  const auto shown = desk.wide({"show", "CON-1"});
  CHECK(says(lineOf(shown, "first entry"), "1 July 2006"));
  CHECK_FALSE(says(shown, "opened"));
}

TEST_CASE("the lines of a text that is cut are counted, and how late something was is in words") {
  ValueView view;
  view.textColumns = 10;
  const std::string first = "A line that is too long";
  const auto cut = [&](const std::string& rest) { return valueText(Node{first + rest}, view); };
  CHECK_FALSE(says(cut(""), "line)"));
  CHECK_FALSE(says(cut("\n"), " lines)"));
  CHECK(says(cut("\nb"), " (2 lines)"));
  CHECK(says(cut("\nb\n"), " (2 lines)"));
  CHECK(says(cut("\nb\nc"), " (3 lines)"));
  const auto late = [](std::int64_t seconds) {
    return valueText(Node{Number(seconds)}, ValueView{}, "lateSeconds");
  };
  CHECK(late(0) == "0 seconds");
  CHECK(late(61) == "1 minute and 1 second");
  CHECK(late(7'200) == "2 hours");
  CHECK(late(3 * 86'400 + 3'600 + 59) == "3 days and 1 hour");
  CHECK(valueText(Node{Number(61)}, ValueView{}, "revision") == "61");
}

}  // namespace consulta::test
