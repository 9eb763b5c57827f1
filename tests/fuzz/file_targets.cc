// The readers of whole files that somebody has written: tables, procedures, templates of letters.
#include <algorithm>
#include <cstdint>
#include <map>
#include <string>

#include "events/procedure/definition.h"
#include "events/values/csv.h"
#include "projections/documents/letter_template.h"
#include "tests/fuzz/promises.h"
#include "tests/fuzz/targets.h"

namespace consulta::test {

void fuzzCsv(std::span<const std::byte> input) {
  constexpr std::size_t rows_max = 1'000;
  const auto table = readCsv(std::string(textOf(input)), rows_max);
  if (!table) return promiseSaid(table.failures());
  promise(!table->columns.empty(), "a table has columns");
  promise(table->rows.size() <= rows_max, "there are no more rows than may be");
  for (const auto& name : table->columns) promise(isUtf8(name), "a column is named in UTF-8");
  std::uint64_t line = 0;
  for (const auto& row : table->rows) {
    promise(row.line > line, "rows come in the order of their lines");
    line = row.line;
    promise(row.cells.size() == table->columns.size(), "a row has a cell for each column");
    for (const auto& cell : row.cells) promise(isUtf8(cell), "a cell is UTF-8");
  }
}

void fuzzProcedure(std::span<const std::byte> input) {
  const auto procedure = readProcedure(textOf(input));
  if (!procedure) return promiseSaid(procedure.failures());
  promise(checkDefinition(*procedure).empty(), "what was read can be run");
  promise(!procedure->steps.empty(), "a procedure has steps");
}

void fuzzLetterTemplate(std::span<const std::byte> input) {
  const auto letter = readLetterTemplate(textOf(input), "letter.txt");
  if (!letter) return promiseSaid(letter.failures());
  promise(!letter->version.empty() && !letter->subject.empty(), "a letter has its head");
  std::map<std::string, std::string> all;
  for (const auto& place : letterPlaces()) all[place] = place;
  const auto written = fillLetter(*letter, all);
  promise(!written.subject.empty(), "with all places filled there is a subject");
  promise(isUtf8(written.subject) && isUtf8(written.body), "a letter is UTF-8");
  const auto lines = std::ranges::count(written.body, '\n');
  promise(lines == std::ssize(letter->lines), "with all places filled no line is left out");
}

}  // namespace consulta::test
