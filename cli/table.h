// Aligned tables for people. What is put in is data: nothing in it can steer the terminal.
#pragma once

#include <cstddef>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "cli/terminal.h"

namespace consulta {

struct Cell {
  std::string text;  // lines end with \n
  Style style = Style::plain;

  Cell(std::string text_, Style style_ = Style::plain)  // NOLINT: implicit, so that rows read well
      : text(std::move(text_)), style(style_) {}
  Cell(const char* text_, Style style_ = Style::plain)  // NOLINT: likewise
      : text(text_), style(style_) {}
};

/// Collects rows, then prints them. Columns are as wide as their widest cell; when all together are
/// wider than the terminal, those that may stand below do, and those that may wrap give way. Where
/// that is not enough, each row is printed as a block, its cells below one another.
///
/// A table of any length is printed as it comes, all beside one another: its first rows say how
/// wide the columns are. A cell further down that is wider, and may not wrap, pushes what is right
/// of it.
class Table {
 public:
  struct Column {
    std::string heading;     // all empty: no line of headings
    bool wraps = false;      // gives way, in several lines; otherwise it is never broken
    bool right = false;      // aligned to the right: numbers
    std::size_t least = 16;  // as narrow as it becomes when it gives way
    bool below = false;      // stands under its row where not all fit beside one another
  };

  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  /// As many cells as there are columns; missing ones are empty.
  void add(std::vector<Cell> row);
  /// Takes away the columns in which no row says anything.
  void leaveOutEmpty();
  /// Nothing was added since the last page.
  [[nodiscard]] bool empty() const { return rows_.empty(); }
  /// `indent` blanks before each line; no blank at the end of a line.
  void print(std::ostream& out, const Terminal& terminal, std::size_t indent = 0) const;

  /// Rows that are kept at most by who prints a table as it comes.
  static constexpr std::size_t page_rows = 1'000;
  [[nodiscard]] bool pageIsFull() const { return rows_.size() >= page_rows; }
  /// Prints what was added since the last page, and forgets it; the first time with the headings.
  void printPage(std::ostream& out, const Terminal& terminal);

 private:
  /// Called with its number after each row.
  using After = std::function<void(std::size_t)>;

  void printRows(std::ostream& out, const Terminal& terminal, std::size_t indent,
                 const std::vector<std::size_t>& width, bool headings, const After& after) const;
  void printBlocks(std::ostream& out, const Terminal& terminal, std::size_t indent,
                   std::size_t room, const After& after) const;
  /// Those that stand below their rows, each as wide as the terminal, and the others as a table.
  void printBelow(std::ostream& out, const Terminal& terminal, std::size_t indent,
                  std::size_t room) const;
  [[nodiscard]] std::vector<std::size_t> natural() const;
  [[nodiscard]] std::vector<std::size_t> widthsIn(std::size_t room) const;

  std::vector<Column> columns_;
  std::vector<std::vector<Cell>> rows_;
  std::vector<std::size_t> pageWidths_;  // none before the first page
};

}  // namespace consulta
