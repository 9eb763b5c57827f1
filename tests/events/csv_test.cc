#include "events/values/csv.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "events/limits.h"
#include "tests/events/random_text.h"

using namespace consulta;

namespace {

using Cells = std::vector<std::string>;

constexpr std::size_t manyRows = 10'000;

/// Columns and rows, without the lines.
std::vector<Cells> cellsOf(const Result<CsvTable>& table) {
  if (!table) return {{inEnglish(table.failures().front().text)}};
  std::vector<Cells> out{table->columns};
  for (const auto& row : table->rows) out.push_back(row.cells);
  return out;
}

std::vector<Cells> read(std::string bytes) {
  return cellsOf(readCsv(std::move(bytes), manyRows));
}

std::string refusal(std::string bytes, std::size_t rowsMax = manyRows) {
  const auto table = readCsv(std::move(bytes), rowsMax);
  if (table) return "read";
  const auto& first = table.failures().front();
  CHECK(first.fault == Fault::usage);
  return first.rule + ": " + inEnglish(first.text);
}

bool says(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

/// What every table that was read is, whatever it was read from.
bool isWellFormed(const CsvTable& table) {
  std::uint64_t line = 1;
  for (const auto& row : table.rows) {
    if (row.line <= line || row.cells.size() != table.columns.size()) return false;
    line = row.line;
  }
  return !table.columns.empty();
}

/// ASCII and Latin letters as UTF-16, with its mark.
std::string utf16(std::u16string_view text, bool littleEndian) {
  std::string out = littleEndian ? "\xFF\xFE" : "\xFE\xFF";
  for (const auto unit : text) {
    const auto low = static_cast<char>(unit & 0xFFU);
    const auto high = static_cast<char>(unit >> 8U);
    out += littleEndian ? low : high;
    out += littleEndian ? high : low;
  }
  return out;
}

const std::vector<Cells> country{{"Pays", "Réponse"}, {"Équateur", "acceptée"}, {"Haïti", ""}};

}  // namespace

TEST_CASE("a table is read in every encoding that Excel saves") {
  CHECK(read("Pays,Réponse\r\nÉquateur,acceptée\r\nHaïti,\r\n") == country);
  CHECK(read("\xEF\xBB\xBFPays;Réponse\r\nÉquateur;acceptée\r\nHaïti;\r\n") == country);
  CHECK(read("Pays;R\xE9ponse\r\n\xC9quateur;accept\xE9"
             "e\r\nHa\xEFti;\r\n") == country);
  const auto* const text = u"Pays\tRéponse\r\nÉquateur\tacceptée\r\nHaïti\t\r\n";
  CHECK(read(utf16(text, true)) == country);
  CHECK(read(utf16(text, false)) == country);
  CHECK(read("a\n\x80 \x93so\x94 \x96\n") == std::vector<Cells>{{"a"}, {"€ “so” –"}});
}

TEST_CASE("one accent that is Windows-1252 does not make the rest of a UTF-8 file unreadable") {
  const auto said = refusal("name\nPérou\nHaïti\nP\xE9rou\n");
  CHECK(says(said, "csv.utf8: line 4 is not UTF-8 like the rest"));
  CHECK(says(refusal("\xEF\xBB\xBFname\nP\xE9rou\n"), "line 2 is not UTF-8"));
}

TEST_CASE("the separator is found in the names of the columns, or said in a line of its own") {
  const std::vector<Cells> table{{"a", "b"}, {"1", "2"}};
  CHECK(read("a,b\n1,2\n") == table);
  CHECK(read("a;b\n1;2\n") == table);
  CHECK(read("a\tb\n1\t2\n") == table);
  CHECK(read("sep=;\r\na;b\r\n1;2\r\n") == table);
  CHECK(read("SEP=|\na|b\n1|2\n") == table);
  CHECK(read("\n\na,b\n1,2") == table);
  CHECK(read("\"a,b,c\";b\n1;2\n") == std::vector<Cells>{{"a,b,c", "b"}, {"1", "2"}});
  CHECK(read("Nom, prénom;Pays\nGómez, Ana;UY\n") ==
        std::vector<Cells>{{"Nom, prénom", "Pays"}, {"Gómez, Ana", "UY"}});
  CHECK(read("Pays\nBolivie, État plurinational de\na;b\n") ==
        std::vector<Cells>{{"Pays"}, {"Bolivie, État plurinational de"}, {"a;b"}});
  CHECK(read("sep=\n1\n") == std::vector<Cells>{{"sep="}, {"1"}});
}

TEST_CASE("quotes, doubled quotes and line ends within them belong to the cell") {
  CHECK(read("a,b\n\"x, y\",\"say \"\"yes\"\"\"\n\"\",\"\"\"\"\n") ==
        std::vector<Cells>{{"a", "b"}, {"x, y", "say \"yes\""}, {"", "\""}});
  CHECK(read("a,b\r\n\"one\r\ntwo\rthree\nfour\",2\r\n") ==
        std::vector<Cells>{{"a", "b"}, {"one\ntwo\nthree\nfour", "2"}});
  CHECK(read("a,b\n5\" pipe,a \"b\" c\n") ==
        std::vector<Cells>{{"a", "b"}, {"5\" pipe", "a \"b\" c"}});
}

TEST_CASE("a row knows its line, whatever ends the lines before it") {
  for (const std::string end : {"\n", "\r\n", "\r"}) {
    std::string text;
    for (const std::string line : {"a,b", "\"1", "1\",2", "", ",,", "3,4"}) {
      if (!text.empty()) text += end;
      text += line;
    }
    const auto table = readCsv(text, manyRows);
    REQUIRE(table);
    CHECK(table->rows == std::vector<CsvRow>{{2, {"1\n1", "2"}}, {6, {"3", "4"}}});
  }
}

TEST_CASE("empty rows and the empty cells to the right of a table are passed over") {
  CHECK(read("a,b,,\n1,2,,\n , ,,\n3,4\n,,,\n\n\n") ==
        std::vector<Cells>{{"a", "b"}, {"1", "2"}, {"3", "4"}});
}

TEST_CASE("all rows of another length are named with their lines") {
  const auto table = readCsv("a,b\n1\n1,2\n1,2,3\n", manyRows);
  REQUIRE_FALSE(table);
  REQUIRE(table.failures().size() == 2);
  CHECK(says(inEnglish(table.failures()[0].text), "line 2 has 1 cell, and"));
  CHECK(says(inEnglish(table.failures()[1].text), "line 4 has 3 cells"));
  std::string wrong = "a,b\n";
  for (int i = 0; i < 1'000; ++i) wrong += "1\n";
  const auto many = readCsv(wrong, manyRows);
  REQUIRE_FALSE(many);
  CHECK(many.failures().size() == limits::csv_faults_max);
}

TEST_CASE("columns without a name and two of the same name are refused") {
  CHECK(says(refusal("a,,c\n1,2,3\n"), "csv.column: line 1: column 2 has no name"));
  CHECK(says(refusal("\nRéponse,b, REPONSE \n"),
             "line 2: columns 1 and 3 are both called \"REPONSE\""));
  CHECK(says(refusal(""), "csv.empty"));
  CHECK(says(refusal("\n \n,,\n"), "csv.empty"));
}

TEST_CASE("what is no table is refused with the line and what to do") {
  CHECK(says(refusal("a,b\n1,\"2\n3,4\n"), "csv.quote: line 2: a cell begins with a quote"));
  CHECK(says(refusal("a,b\n1,\"2\"3\n"), "csv.quote: line 2: after the quote"));
  CHECK(says(refusal(std::string("a,b\n1,\0\n", 8)), "csv.nul: line 2 holds a NUL"));
  CHECK(says(refusal(std::string("a\0,\0b\0", 6)), "csv.nul: line 1 holds a NUL"));
  CHECK(says(refusal("\xFF\xFE" + std::string("a\0\0\xD8", 4)), "csv.utf16"));
  CHECK(says(refusal("\xFE\xFF" + std::string("\0a\0", 3)), "csv.utf16"));
}

TEST_CASE("every bound of a table is refused by name") {
  const std::string cell(limits::csv_cell_bytes_max, 'x');
  CHECK(read("a\n" + cell + "\n") == std::vector<Cells>{{"a"}, {cell}});
  CHECK(read("a\n\"" + cell + "\"\n") == std::vector<Cells>{{"a"}, {cell}});
  CHECK(says(refusal("a\n\n" + cell + "x\n"), "csv.cell: line 3 has a cell of more than"));
  CHECK(says(refusal("a\n\"" + cell + "x\n\"\n"), "csv.cell: line 2 has a cell of more than"));
  CHECK(says(refusal("a" + std::string(limits::csv_columns_max, ',') + "b\n"), "csv.row: line 1"));
  CHECK(says(refusal(std::string(limits::csv_bytes_max + 1, 'x')), "csv.size"));
  CHECK(says(refusal("a\n1\n2\n3\n", 2), "csv.rows: the file has more than 2 rows"));
  CHECK(refusal("a\n1\n2\n", 2) == "read");
}

TEST_CASE("whatever is written as a table is read back, and no bytes at all confuse the reader") {
  constexpr std::uint64_t seed = 20061129;
  INFO("seed " << seed);
  test::RandomText random(seed);
  const auto quoted = [](const std::string& cell) {
    std::string out = "\"";
    for (const char c : cell) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
  };
  for (int round = 0; round < 2'000; ++round) {
    const char separator = ",;\t"[random.below(3)];
    const std::string end = std::vector<std::string>{"\n", "\r\n", "\r"}[random.below(3)];
    const auto width = random.below(4) + 2;
    CsvTable table;
    for (std::size_t i = 0; i < width; ++i) table.columns.push_back("c" + std::to_string(i));
    std::string text = random.below(2) == 0 ? "" : "\xEF\xBB\xBF";
    std::uint64_t line = 1;
    const auto write = [&](const Cells& cells) {
      for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i != 0) text += separator;
        const bool needed = cells[i].find_first_of("\"\n,;\t") != std::string::npos;
        text += needed || random.below(4) == 0 ? quoted(cells[i]) : cells[i];
        line += static_cast<std::uint64_t>(std::ranges::count(cells[i], '\n'));
      }
      text += end;
      ++line;
    };
    write(table.columns);
    for (auto left = random.below(5); left > 0; --left) {
      CsvRow row{line, {}};
      for (std::size_t i = 0; i < width; ++i) row.cells.push_back(random.from("ab \"\n,;\té", 6));
      row.cells[random.below(width)] = "x";  // no row is empty
      for (auto& cell : row.cells) {
        if (!decodeCsv(cell) || *decodeCsv(cell) != cell) cell = "é";  // half a letter
      }
      write(row.cells);
      table.rows.push_back(std::move(row));
    }
    const auto back = readCsv(text, manyRows);
    INFO(text);
    REQUIRE(back);
    CHECK(*back == table);
    for (const auto& bytes : {random.spoiled(text), random.bytes(60)}) {
      const auto other = readCsv(bytes, manyRows);
      if (other) CHECK(isWellFormed(*other));
    }
  }
}
