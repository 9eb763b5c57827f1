// The data files of this folder: comma-separated values with a line of column names.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "events/result.h"

namespace consulta::reference {

/// One line by column name. A copy of the text; it keeps no view.
class Row {
 public:
  explicit Row(std::map<std::string, std::string, std::less<>> cells) : cells_(std::move(cells)) {}

  /// The cell, or nothing when it is empty or there is no such column. It lives as long as the row.
  [[nodiscard]] std::string_view operator[](std::string_view column) const;

 private:
  std::map<std::string, std::string, std::less<>> cells_;
};

using Table = std::vector<Row>;

/// Reads a whole file. A cell with a comma stands in double quotes, a quote in it is doubled; a
/// cell has one line. All lines have as many cells as the first. `name` is the file's, for
/// messages.
[[nodiscard]] Result<Table> readTable(std::string_view name, std::string_view text);

}  // namespace consulta::reference
