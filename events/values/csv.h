// Tables as spreadsheets save them: comma-separated values in every form that Excel gives them.
//
// Text may be UTF-8, with or without a mark in front, UTF-16 with one ("Unicode text"), or
// Windows-1252. Cells stand between commas, semicolons or tabs; what holds one of these, a quote
// or a line end stands in double quotes, a quote within them doubled. Lines end in CR LF, LF or CR.
// Plain values, no state but the reader's own; everything here is safe from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/result.h"

namespace consulta {

/// One row as it was written: as many cells as there are columns, blanks kept.
struct CsvRow {
  std::uint64_t line = 0;  // of the file, from 1, where the row begins
  std::vector<std::string> cells;

  bool operator==(const CsvRow&) const = default;
};

struct CsvTable {
  std::vector<std::string>
      columns;               // named by the first row, each once; without blanks at the ends
  std::vector<CsvRow> rows;  // without those that are empty

  bool operator==(const CsvTable&) const = default;
};

/// The bytes of a file, up to limits::csv_bytes_max, as UTF-8 without a mark. Which encoding it is
/// shows only in the whole of them: what is no UTF-8 is Windows-1252, unless it is UTF-8 for the
/// most part and so a damaged one. That, and a NUL, is refused with the line.
[[nodiscard]] Result<std::string> decodeCsv(std::string bytes);

/// Takes row after row off a decoded text. One row is in memory at a time.
class CsvReader {
 public:
  /// Reads the names of the columns. The separator is what a first line "sep=;" says, else the
  /// most frequent one among them; with none there is one column. `text` must outlive the reader.
  [[nodiscard]] static Result<CsvReader> open(std::string_view text);

  [[nodiscard]] const std::vector<std::string>& columns() const { return columns_; }

  /// The next row that is not empty, or nothing at the end. A row that is refused is passed over
  /// by the next call, and one in which quotes do not close ends the text. Cells to the right of
  /// the columns are dropped when they are empty.
  [[nodiscard]] Result<std::optional<CsvRow>> next();

 private:
  explicit CsvReader(std::string_view text) : rest_(text) {}
  void takeSeparator();
  [[nodiscard]] Result<CsvRow> takeRow();
  [[nodiscard]] Result<std::string> takeCell();
  [[nodiscard]] Result<std::string> takeQuoted();
  void takeLineEnd();
  [[nodiscard]] Status nameColumns(CsvRow header);
  [[nodiscard]] Failure tooLong(std::uint64_t line);

  std::string_view rest_;
  std::uint64_t line_ = 1;
  char separator_ = ',';
  std::vector<std::string> columns_;
};

/// A whole file of at most `rowsMax` rows. What is wrong is returned by line, up to
/// limits::csv_faults_max of it.
[[nodiscard]] Result<CsvTable> readCsv(std::string bytes, std::size_t rowsMax);

}  // namespace consulta
