#include "tests/tidy/tidy_text.h"

#include <algorithm>
#include <optional>

namespace consulta::tidy {
namespace {

bool isWordCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::string_view baseName(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

bool isScript(const SourceFile& file) {
  return file.path.ends_with(".sh") || file.text.starts_with("#!");
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::vector<std::string_view> linesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

bool isHeader(std::string_view path) {
  return path.ends_with(".h");
}
bool isSource(std::string_view path) {
  return path.ends_with(".cc");
}
bool isSchema(std::string_view path) {
  return path.ends_with(".capnp");
}

bool isCode(const SourceFile& file) {
  const std::string_view path = file.path;
  return isHeader(path) || isSource(path) || isSchema(path) || path.ends_with(".cmake") ||
         baseName(path) == "CMakeLists.txt" || isScript(file);
}

std::size_t columnsOf(std::string_view line) {
  return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

bool containsWord(std::string_view line, std::string_view word) {
  for (auto at = line.find(word); at != std::string_view::npos; at = line.find(word, at + 1)) {
    const char before = at == 0 ? ' ' : line[at - 1];
    const char after = at + word.size() == line.size() ? ' ' : line[at + word.size()];
    const bool data = before == '"' && after == '"';
    if (!data && !isWordCharacter(before) && !isWordCharacter(after)) return true;
  }
  return false;
}

namespace {

std::optional<Reference> includeIn(std::string_view line) {
  line = trimmed(line);
  if (!line.starts_with('#')) return std::nullopt;
  line = trimmed(line.substr(1));
  constexpr std::string_view keyword = "include";
  if (!line.starts_with(keyword)) return std::nullopt;
  line = trimmed(line.substr(keyword.size()));
  if (line.empty() || (line[0] != '"' && line[0] != '<')) return std::nullopt;
  const bool quoted = line[0] == '"';
  line.remove_prefix(1);
  return Reference{.target = line.substr(0, line.find(quoted ? '"' : '>')), .quoted = quoted};
}

std::optional<Reference> importIn(std::string_view line) {
  line = line.substr(0, line.find('#'));
  constexpr std::string_view keyword = "import \"";
  const auto start = line.find(keyword);
  if (start == std::string_view::npos) return std::nullopt;
  line.remove_prefix(start + keyword.size());
  return Reference{.target = line.substr(0, line.find('"'))};
}

}  // namespace

std::vector<Reference> referencesOf(const SourceFile& file) {
  std::vector<Reference> references;
  const bool schema = isSchema(file.path);
  if (!schema && !isHeader(file.path) && !isSource(file.path)) return references;
  std::size_t number = 0;
  for (const auto line : linesOf(file.text)) {
    ++number;
    auto reference = schema ? importIn(line) : includeIn(line);
    if (!reference) continue;
    reference->line = number;
    references.push_back(*reference);
  }
  return references;
}

}  // namespace consulta::tidy
