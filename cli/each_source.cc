#include "cli/each_source.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <istream>

#include "events/limits.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

/// As many bytes as a table may have, and one more where there are more.
std::string bytesOf(std::istream& in) {
  std::string out(limits::csv_bytes_max + 1, '\0');
  in.read(out.data(), static_cast<std::streamsize>(out.size()));
  out.resize(static_cast<std::size_t>(in.gcount()));
  return out;
}

bool endsLike(const std::string& name, std::string_view ending) {
  return asciiLower(name).ends_with(ending);
}

Result<std::string> readBytes(Session& session, const std::string& name) {
  if (name == "-") return bytesOf(session.in());
  for (const auto* spreadsheet : {".xls", ".xlsx", ".ods"}) {
    if (!endsLike(name, spreadsheet)) continue;
    return usage("each.file", msg("{file} is a spreadsheet of its program; save it there as \"CSV "
                                  "UTF-8\" and give that file",
                                  arg("file", name)));
  }
  std::ifstream file(name, std::ios::binary);
  auto bytes = file ? bytesOf(file) : std::string();
  if (!file.eof() && (!file || file.bad())) {
    return unavailable("each.file",
                       msg("{file} cannot be read; check its name", arg("file", name)));
  }
  return bytes;
}

}  // namespace

bool isFileName(const std::string& name) {
  static constexpr std::array<std::string_view, 6> endings = {".csv", ".tsv",  ".txt",
                                                              ".xls", ".xlsx", ".ods"};
  std::error_code ignored;
  return name == "-" || name.find('/') != name.npos ||
         std::ranges::any_of(endings, [&](auto one) { return endsLike(name, one); }) ||
         std::filesystem::is_regular_file(name, ignored);
}

Result<CsvTable> readTable(Session& session, const std::string& name) {
  auto bytes = readBytes(session, name);
  if (!bytes) return std::move(bytes).failures();
  return readCsv(std::move(bytes).value(), limits::submission_entries_max);
}

std::vector<std::string> headingsOf(const std::string& name) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(name, ignored)) return {};  // one that may never end
  std::ifstream file(name, std::ios::binary);
  const auto text = decodeCsv(bytesOf(file));
  if (!text) return {};
  const auto reader = CsvReader::open(*text);
  return reader ? reader->columns() : std::vector<std::string>{};
}

}  // namespace consulta
