#include "cli/reference/table.h"

#include <optional>
#include <utility>

#include "events/values/utf8.h"

namespace consulta::reference {

namespace {

constexpr auto rule = "reference.table";

/// The cells of one line; nothing when its quotes do not close where a cell ends.
std::optional<std::vector<std::string>> cellsOf(std::string_view line) {
  std::vector<std::string> cells(1);
  while (!line.empty()) {
    if (line.front() == '"') {
      if (!cells.back().empty()) return std::nullopt;
      line.remove_prefix(1);
      while (!line.empty() && (line.front() != '"' || line.starts_with("\"\""))) {
        cells.back() += line.front();
        line.remove_prefix(line.front() == '"' ? 2 : 1);
      }
      if (line.empty()) return std::nullopt;
      line.remove_prefix(1);
      if (!line.empty() && line.front() != ',') return std::nullopt;
      continue;
    }
    if (line.front() == ',') {
      cells.emplace_back();
    } else {
      cells.back() += line.front();
    }
    line.remove_prefix(1);
  }
  return cells;
}

std::string_view takeLine(std::string_view& text) {
  const auto end = text.find('\n');
  auto line = text.substr(0, end);
  text.remove_prefix(end == text.npos ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

std::string_view Row::operator[](std::string_view column) const {
  const auto found = cells_.find(column);
  return found == cells_.end() ? std::string_view{} : std::string_view(found->second);
}

Result<Table> readTable(std::string_view name, std::string_view text) {
  if (!isUtf8(text)) {
    return usage(rule, msg("{name} is not UTF-8; save it as UTF-8", arg("name", name)));
  }
  const auto columns = cellsOf(takeLine(text));
  if (!columns) {
    return usage(rule, msg("{name}: the first line names no columns; begin with code,en,fr,es",
                           arg("name", name)));
  }
  Table table;
  Failures failures;
  for (std::size_t number = 2; !text.empty(); ++number) {
    auto cells = cellsOf(takeLine(text));
    if (!cells || cells->size() != columns->size()) {
      failures.push_back(usage(
          rule, msg("{name}, line {number}: it must have {count} cells; put "
                    "one that holds a comma in double quotes",
                    arg("name", name), arg("number", number), arg("count", columns->size()))));
      continue;
    }
    std::map<std::string, std::string, std::less<>> row;
    for (std::size_t i = 0; i < cells->size(); ++i) row[(*columns)[i]] = std::move((*cells)[i]);
    table.emplace_back(std::move(row));
  }
  if (!failures.empty()) return failures;
  return table;
}

}  // namespace consulta::reference
