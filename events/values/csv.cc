#include "events/values/csv.h"

#include <algorithm>
#include <array>
#include <utility>

#include "events/limits.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

constexpr auto csv_rule = "csv";

bool isLineEnd(char c) {
  return c == '\n' || c == '\r';
}

bool isBlank(std::string_view cell) {
  return trimmed(cell).empty();
}

bool isEmpty(const CsvRow& row) {
  return std::ranges::all_of(row.cells, isBlank);
}

/// Drops the empty cells at the right that a spreadsheet adds, but none of the first `kept`.
void dropEmptyTail(std::vector<std::string>& cells, std::size_t kept) {
  while (cells.size() > kept && isBlank(cells.back())) cells.pop_back();
}

Failure wrongLength(const CsvRow& row, std::size_t columns) {
  const auto line = arg("line", row.line);
  const auto cells = arg("cells", msgs("{count} cell", "{count} cells", row.cells.size()));
  const auto named =
      arg("named", msgs("{count} column is named at the top of the file",
                        "{count} columns are named at the top of the file", columns));
  if (row.cells.size() > columns) {
    return usage("csv.row", msg("line {line} has {cells}, and {named}. Nothing may stand above the "
                                "names, and a cell that holds a "
                                "separator stands in double quotes",
                                line, cells, named));
  }
  return usage("csv.row",
               msg("line {line} has {cells}, and {named}. A cell that holds a line end stands in "
                   "double quotes. Excel may leave out "
                   "empty cells at the right: move a column there that is filled in every row, and "
                   "save again",
                   line, cells, named));
}

/// Stands for none: a table of one column, whose cells may hold any separator. No text has it.
constexpr char no_separator = '\0';

/// The most frequent of the separators in the first line, outside of quotes; of equally frequent
/// ones the one that is less likely within a name.
char separatorOf(std::string_view text) {
  static constexpr std::array candidates{'\t', ';', ','};
  std::array<std::size_t, candidates.size()> counts{};
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (isLineEnd(c)) break;
    const auto* found = std::ranges::find(candidates, c);
    if (found != candidates.end()) ++counts[static_cast<std::size_t>(found - candidates.begin())];
  }
  if (std::ranges::max(counts) == 0) return no_separator;
  return candidates[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
}

}  // namespace

Result<CsvReader> CsvReader::open(std::string_view text) {
  CsvReader out(text);
  out.takeSeparator();
  while (!out.rest_.empty()) {
    auto header = out.takeRow();
    if (!header) return std::move(header).failures();
    if (isEmpty(*header)) continue;
    if (auto named = out.nameColumns(std::move(header).value()); !named) {
      return std::move(named).failures();
    }
    return out;
  }
  return usage("csv.empty", msg("there is nothing in the file; its first line names the columns"));
}

/// "sep=;" as a first line is Excel's own way to name the separator.
void CsvReader::takeSeparator() {
  constexpr std::string_view mark = "sep=";
  const auto end = rest_.find_first_of("\r\n");
  const auto first = rest_.substr(0, end);
  if (first.size() == mark.size() + 1 && asciiLower(first).starts_with(mark)) {
    separator_ = first.back();
    rest_.remove_prefix(first.size());
    takeLineEnd();
  } else {
    separator_ =
        separatorOf(rest_.substr(std::min(rest_.find_first_not_of("\r\n "), rest_.size())));
  }
}

Status CsvReader::nameColumns(CsvRow header) {
  Failures failures;
  dropEmptyTail(header.cells, 0);
  std::vector<std::string> folded;
  for (const auto& cell : header.cells) {
    const auto name = trimmed(cell);
    const auto number = columns_.size() + 1;
    const auto same = std::ranges::find(folded, foldLatin(name));
    if (name.empty()) {
      failures.push_back(usage(
          "csv.column", msg("line {line}: column {number} has no name; give it one, or delete it",
                            arg("line", header.line), arg("number", number))));
    } else if (same != folded.end()) {
      failures.push_back(
          usage("csv.column", msg("line {line}: columns {first} and {number} are both called "
                                  "\"{name}\"; rename one of them",
                                  arg("line", header.line), arg("first", same - folded.begin() + 1),
                                  arg("number", number), arg("name", excerpt(name)))));
    }
    folded.push_back(foldLatin(name));
    columns_.emplace_back(name);
  }
  if (!failures.empty()) return failures;
  return Done{};
}

Result<std::optional<CsvRow>> CsvReader::next() {
  while (!rest_.empty()) {
    auto row = takeRow();
    if (!row) return std::move(row).failures();
    if (isEmpty(*row)) continue;
    dropEmptyTail(row->cells, columns_.size());
    if (row->cells.size() == columns_.size()) return std::optional(std::move(row).value());
    return wrongLength(*row, columns_.size());
  }
  return std::optional<CsvRow>{};
}

Result<CsvRow> CsvReader::takeRow() {
  CsvRow row;
  row.line = line_;
  while (true) {
    auto cell = takeCell();
    if (!cell) return std::move(cell).failures();
    row.cells.push_back(std::move(cell).value());
    if (row.cells.size() > limits::csv_columns_max) {
      rest_ = {};
      return usage("csv.row", msg("line {line} has more than {max} cells; is it a table with a "
                                  "column for each field?",
                                  arg("line", row.line), arg("max", limits::csv_columns_max)));
    }
    if (rest_.empty()) return row;
    if (rest_.front() != separator_) break;
    rest_.remove_prefix(1);
  }
  takeLineEnd();
  return row;
}

Result<std::string> CsvReader::takeCell() {
  if (rest_.starts_with('"')) return takeQuoted();
  const std::array ends{separator_, '\r', '\n'};
  const auto end =
      std::min(rest_.find_first_of(std::string_view(ends.data(), ends.size())), rest_.size());
  if (end > limits::csv_cell_bytes_max) return tooLong(line_);
  std::string cell(rest_.substr(0, end));
  rest_.remove_prefix(end);
  return cell;
}

Result<std::string> CsvReader::takeQuoted() {
  const auto began = line_;
  std::string cell;
  rest_.remove_prefix(1);
  while (!rest_.empty()) {
    if (rest_.front() == '"' && !rest_.starts_with("\"\"")) {
      rest_.remove_prefix(1);
      if (rest_.empty() || rest_.front() == separator_ || isLineEnd(rest_.front())) return cell;
      rest_ = {};
      return usage("csv.quote", msg("line {line}: after the quote that closes a cell comes more of "
                                    "it; a quote within a quoted cell is doubled",
                                    arg("line", line_)));
    }
    if (cell.size() == limits::csv_cell_bytes_max) return tooLong(began);
    if (isLineEnd(rest_.front())) {
      takeLineEnd();
      cell += '\n';
      continue;
    }
    cell += rest_.front();
    rest_.remove_prefix(rest_.front() == '"' ? 2 : 1);
  }
  return usage("csv.quote", msg("line {line}: a cell begins with a quote that is never closed; "
                                "close it, or double it if it belongs to the text",
                                arg("line", began)));
}

void CsvReader::takeLineEnd() {
  if (rest_.empty()) return;
  rest_.remove_prefix(rest_.starts_with("\r\n") ? 2 : 1);
  ++line_;
}

Failure CsvReader::tooLong(std::uint64_t line) {
  rest_ = {};
  return usage("csv.cell",
               msg("line {line} has a cell of more than {max} bytes; is a quote missing "
                   "that should close it?",
                   arg("line", line), arg("max", limits::csv_cell_bytes_max)));
}

Result<CsvTable> readCsv(std::string bytes, std::size_t rowsMax) {
  const auto text = decodeCsv(std::move(bytes));
  if (!text) return text.failures();
  auto reader = CsvReader::open(*text);
  if (!reader) return std::move(reader).failures();
  CsvTable out;
  out.columns = reader->columns();
  Failures failures;
  while (failures.size() < limits::csv_faults_max) {
    auto row = reader->next();
    if (!row) {
      std::ranges::move(std::move(row).failures(), std::back_inserter(failures));
      continue;
    }
    if (!*row) break;
    if (out.rows.size() == rowsMax) {
      return usage("csv.rows",
                   msg("the file has more than {max} rows, which is what can be entered "
                       "at once; save it in several files and enter one after the other",
                       arg("max", rowsMax)));
    }
    out.rows.push_back(**std::move(row));
  }
  if (!failures.empty()) return failures;
  return out;
}

}  // namespace consulta
