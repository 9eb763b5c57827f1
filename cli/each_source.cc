#include "cli/each_source.h"

#include <algorithm>
#include <array>

#include "cli/named_file.h"
#include "events/limits.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

bool endsLike(const std::string& name, std::string_view ending) {
  return asciiLower(name).ends_with(ending);
}

Result<std::string> readBytes(Session& session, const std::string& name) {
  for (const auto* spreadsheet : {".xls", ".xlsx", ".ods"}) {
    if (!endsLike(name, spreadsheet)) continue;
    return usage("each.file", msg("{file} is a spreadsheet of its program; save it there as \"CSV "
                                  "UTF-8\" and give that file",
                                  arg("file", name)));
  }
  auto bytes = name == "-" ? readBounded(session.in(), limits::csv_bytes_max)
                           : session.files().readBounded(name, limits::csv_bytes_max);
  if (bytes) return *std::move(bytes);
  return unavailable("each.file", msg("{file} cannot be read; check its name", arg("file", name)));
}

}  // namespace

bool isFileName(Session& session, const std::string& name) {
  static constexpr std::array<std::string_view, 6> endings = {".csv", ".tsv",  ".txt",
                                                              ".xls", ".xlsx", ".ods"};
  return name == "-" || name.find('/') != name.npos ||
         std::ranges::any_of(endings, [&](auto one) { return endsLike(name, one); }) ||
         session.files().look(name).kind == PathFacts::Kind::file;
}

Result<CsvTable> readTable(Session& session, const std::string& name) {
  auto bytes = readBytes(session, name);
  if (!bytes) return std::move(bytes).failures();
  return readCsv(std::move(bytes).value(), limits::submission_entries_max);
}

std::vector<std::string> headingsOf(Session& session, const std::string& name) {
  auto& files = session.files();
  if (files.look(name).kind != PathFacts::Kind::file) return {};  // one that may never end
  const auto bytes = files.readBounded(name, limits::csv_bytes_max);
  if (!bytes) return {};
  const auto text = decodeCsv(*bytes);
  if (!text) return {};
  const auto reader = CsvReader::open(*text);
  return reader ? reader->columns() : std::vector<std::string>{};
}

}  // namespace consulta
