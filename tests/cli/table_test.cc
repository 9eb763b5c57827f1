#include "cli/table.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>
#include <string>

namespace consulta {

namespace {

std::string printed(const Table& table, std::size_t width, std::size_t indent = 0) {
  Terminal terminal;
  terminal.width = width;
  std::ostringstream out;
  table.print(out, terminal, indent);
  return out.str();
}

std::size_t widest(const std::string& text) {
  std::istringstream in(text);
  std::size_t out = 0;
  for (std::string line; std::getline(in, line);) out = std::max(out, columns(line));
  return out;
}

Table sample() {
  Table table({{"id", false, false}, {"state", false, false}, {"what", true, false}});
  table.add(
      {"MTG-MONTEVIDEO-2006", "scheduled", "Regional meeting of ministers on renewable energy"});
  table.add({"", "", "Second line"});
  return table;
}

}  // namespace

TEST_CASE("a table printed as it comes has its headings once, and its columns stay in place") {
  Table table({{"id", false, false}, {"what", true, false}});
  Terminal terminal;
  terminal.width = 40;
  std::ostringstream out;
  const auto add = [&](const char* id, const char* what) {
    table.add({id, what});
    table.printPage(out, terminal);
    CHECK(table.empty());
  };
  add("MTG-1", "the first");
  add("M", "the other");
  add("MTG-1234567", "wider than the first page knew");
  CHECK(out.str() ==
        "id     what\n"
        "MTG-1  the first\n"
        "M      the other\n"
        "MTG-1234567  wider\n"
        "       than the\n"
        "       first\n"
        "       page knew\n");
}

TEST_CASE("a column in which no row says anything can be left out, with its heading") {
  Table table({{"id", false, false}, {"letter", true, false}, {"what", true, false}});
  table.add({"MTG-1", "", "the first"});
  table.add({"MTG-2", "", ""});
  table.leaveOutEmpty();
  CHECK(printed(table, 80) == "id     what\nMTG-1  the first\nMTG-2\n");
}

TEST_CASE("columns that may wrap give way to a narrow terminal") {
  const auto text = printed(sample(), 60);
  CHECK(text.starts_with("id "));
  CHECK(widest(text) <= 60);
}

TEST_CASE("a column gives way as far as it may, its heading with it") {
  Table table({{"id", false, false}, {"to be answered", true, false, 10}, {"what", true, false}});
  table.add({"MTG-1", "30 September 2006", "Meeting of ministers on renewable energy"});
  CHECK(printed(table, 37) ==
        "id     to be         what\n"
        "       answered\n"
        "MTG-1  30 September  Meeting of\n"
        "       2006          ministers on\n"
        "                     renewable energy\n");
}

TEST_CASE("where even that is not enough each row is a block under its first cell") {
  const auto text = printed(sample(), 40);
  CHECK(text ==
        "MTG-MONTEVIDEO-2006\n"
        "  state: scheduled\n"
        "  what: Regional meeting of ministers on\n"
        "  renewable energy\n"
        "  what: Second line\n");
  CHECK(widest(printed(sample(), 40, 2)) <= 40);
}

TEST_CASE("a column that may stand below does so where not all fit beside one another") {
  Table table({{"date", false, false},
               {.heading = "says", .wraps = true, .below = true},
               {"by", false, false}});
  table.add({"6 April", "The place was changed because of the works", "root"});
  table.add({"", "before: Vienna", ""});
  CHECK(printed(table, 80) ==
        "date     says                                        by\n"
        "6 April  The place was changed because of the works  root\n"
        "         before: Vienna\n");
  CHECK(printed(table, 30) ==
        "date     by\n"
        "6 April  root\n"
        "    The place was changed\n"
        "    because of the works\n"
        "    before: Vienna\n");
}

TEST_CASE("in French a blank stands before the colon of a heading") {
  Table table({{"état", false, false}, {"quoi", true, false}});
  table.add({"MTG-MONTEVIDEO-2006", "Une réunion d’experts"});
  Terminal terminal;
  terminal.width = 20;
  terminal.lang = Lang::fr;
  std::ostringstream out;
  table.print(out, terminal);
  CHECK(out.str().find("quoi\u00a0: Une") != std::string::npos);
}

}  // namespace consulta
