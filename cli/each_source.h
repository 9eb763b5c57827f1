// The file that --each names.
#pragma once

#include <string>
#include <vector>

#include "cli/session.h"
#include "events/values/csv.h"

namespace consulta {

/// Whether somebody who writes this means a file rather than a group: it is "-" (standard input),
/// is named like a table, or is there.
[[nodiscard]] bool isFileName(Session& session, const std::string& name);

/// The table in it, of as many rows as a submission has entries. However long the file is, no more
/// than limits::csv_bytes_max of it is read.
[[nodiscard]] Result<CsvTable> readTable(Session& session, const std::string& name);

/// The names of its columns, as far as they can be read; for completion.
[[nodiscard]] std::vector<std::string> headingsOf(Session& session, const std::string& name);

}  // namespace consulta
