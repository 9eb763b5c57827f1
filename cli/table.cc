#include "cli/table.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <ostream>

#include "cli/value_text.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t belowIndent = 4;

std::size_t roomFor(const Terminal& terminal, std::size_t indent) {
  return terminal.width > indent ? terminal.width - indent : 1;
}

/// Of columns beside one another.
std::size_t together(const std::vector<std::size_t>& widths) {
  const auto gaps = gap * (widths.empty() ? 0 : widths.size() - 1);
  return std::accumulate(widths.begin(), widths.end(), gaps);
}

std::size_t widestLine(std::string_view text) {
  std::size_t widest = 0;
  while (true) {
    const auto end = text.find('\n');
    widest = std::max(widest, columns(text.substr(0, end)));
    if (end == std::string_view::npos) return widest;
    text.remove_prefix(end + 1);
  }
}

void printRow(std::ostream& out, const std::vector<std::vector<std::string>>& row,
              const std::vector<Style>& styles, const std::vector<Table::Column>& shape,
              const std::vector<std::size_t>& widths, const Terminal& terminal,
              std::size_t indent) {
  std::size_t height = 1;
  for (const auto& lines : row) height = std::max(height, lines.size());
  for (std::size_t line = 0; line < height; ++line) {
    std::string text;
    std::size_t owed = indent;  // blanks that are written only when something follows them
    for (std::size_t i = 0; i < row.size(); ++i) {
      const auto cell = line < row[i].size() ? row[i][line] : std::string();
      const auto used = columns(cell);
      const auto rest = widths[i] > used ? widths[i] - used : 0;
      if (shape[i].right) owed += rest;
      if (!cell.empty()) {
        text.append(owed, ' ');
        owed = 0;
        text += styled(styles[i], cell, terminal.colour);
      } else {
        owed += used;
      }
      if (!shape[i].right) owed += rest;
      owed += gap;
    }
    out << text << '\n';
  }
}

}  // namespace

void Table::add(std::vector<Cell> row) {
  while (row.size() < columns_.size()) row.emplace_back("");
  for (auto& cell : row) {
    std::ranges::replace(cell.text, '\t', ' ');
    cell.text = forTerminal(cell.text);
  }
  rows_.push_back(std::move(row));
}

void Table::leaveOutEmpty() {
  for (auto i = columns_.size(); i-- > 0;) {
    if (std::ranges::any_of(rows_, [&](const auto& row) { return !row[i].text.empty(); })) continue;
    const auto place = static_cast<std::ptrdiff_t>(i);
    columns_.erase(columns_.begin() + place);
    for (auto& row : rows_) row.erase(row.begin() + place);
  }
}

std::vector<std::size_t> Table::natural() const {
  std::vector<std::size_t> out;
  for (const auto& column : columns_) out.push_back(columns(column.heading));
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < out.size(); ++i) {
      out[i] = std::max(out[i], widestLine(row[i].text));
    }
  }
  return out;
}

std::vector<std::size_t> Table::widthsIn(std::size_t room) const {
  auto out = natural();
  // The widest of those that may wrap gives way, a column at a time.
  auto total = together(out);
  while (total > room) {
    std::size_t widest = columns_.size();
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (!columns_[i].wraps || out[i] <= columns_[i].least) continue;
      if (widest == columns_.size() || out[i] > out[widest]) widest = i;
    }
    if (widest == columns_.size()) break;
    --out[widest];
    --total;
  }
  return out;
}

/// One thing below another: what the first column says, and the rest of the row under it.
void Table::printBlocks(std::ostream& out, const Terminal& terminal, std::size_t indent,
                        std::size_t room, const After& after) const {
  const auto print = [&](const std::string& text, Style style, std::size_t further) {
    const auto width = room > further ? room - further : 1;
    for (const auto& line : wrapped(text, width)) {
      out << std::string(indent + further, ' ') << styled(style, line, terminal.colour) << '\n';
    }
  };
  for (std::size_t line = 0; line < rows_.size(); ++line) {
    const auto& row = rows_[line];
    if (!row.front().text.empty()) print(row.front().text, row.front().style, 0);
    for (std::size_t i = 1; i < row.size(); ++i) {
      if (row[i].text.empty()) continue;
      const auto& heading = columns_[i].heading;
      const auto& text = row[i].text;
      print(heading.empty() ? text : labelled(heading, text, terminal.lang), row[i].style, gap);
    }
    after(line);
  }
}

void Table::printBelow(std::ostream& out, const Terminal& terminal, std::size_t indent,
                       std::size_t room) const {
  std::vector<Column> beside;
  std::ranges::copy_if(columns_, std::back_inserter(beside),
                       [](const Column& one) { return !one.below; });
  Table table(std::move(beside));
  for (const auto& row : rows_) {
    std::vector<Cell> cells;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (!columns_[i].below) cells.push_back(row[i]);
    }
    table.add(std::move(cells));
  }
  table.printRows(out, terminal, indent, table.widthsIn(room), true, [&](std::size_t line) {
    const auto& row = rows_[line];
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (!columns_[i].below || row[i].text.empty()) continue;
      for (const auto& text : wrapped(row[i].text, room > belowIndent ? room - belowIndent : 1)) {
        out << std::string(indent + belowIndent, ' ') << styled(row[i].style, text, terminal.colour)
            << '\n';
      }
    }
  });
}

void Table::print(std::ostream& out, const Terminal& terminal, std::size_t indent) const {
  const auto room = roomFor(terminal, indent);
  if (together(natural()) > room && std::ranges::any_of(columns_, &Column::below)) {
    return printBelow(out, terminal, indent, room);
  }
  printRows(out, terminal, indent, widthsIn(room), true, [](std::size_t) {});
}

void Table::printPage(std::ostream& out, const Terminal& terminal) {
  const bool first = pageWidths_.empty();
  if (first) pageWidths_ = widthsIn(roomFor(terminal, 0));
  printRows(out, terminal, 0, pageWidths_, first, [](std::size_t) {});
  rows_.clear();
}

void Table::printRows(std::ostream& out, const Terminal& terminal, std::size_t indent,
                      const std::vector<std::size_t>& width, bool headings,
                      const After& after) const {
  const auto room = roomFor(terminal, indent);
  if (together(width) > room) return printBlocks(out, terminal, indent, room, after);
  const auto isSaid = [](const Column& one) { return !one.heading.empty(); };
  if (headings && std::ranges::any_of(columns_, isSaid)) {
    std::vector<std::vector<std::string>> cells;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const auto lineWidth = columns_[i].wraps ? width[i] : std::string::npos;
      cells.push_back(wrapped(columns_[i].heading, lineWidth));
    }
    printRow(out, cells, std::vector<Style>(columns_.size(), Style::bold), columns_, width,
             terminal, indent);
  }
  for (std::size_t line = 0; line < rows_.size(); ++line) {
    const auto& row = rows_[line];
    std::vector<std::vector<std::string>> cells;
    std::vector<Style> styles;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const auto lineWidth = columns_[i].wraps ? width[i] : std::string::npos;
      cells.push_back(wrapped(row[i].text, lineWidth));
      styles.push_back(row[i].style);
    }
    const bool empty = std::ranges::all_of(row, [](const Cell& one) { return one.text.empty(); });
    if (!empty) printRow(out, cells, styles, columns_, width, terminal, indent);
    after(line);
  }
}

}  // namespace consulta
