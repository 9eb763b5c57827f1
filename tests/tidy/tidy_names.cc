#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/tidy/tidy_checks.h"
#include "tests/tidy/tidy_text.h"

namespace consulta::tidy {
namespace {

/// "consulta::test" of `namespace consulta::test {`; empty when the line opens no named namespace.
std::string_view namespaceOpenedBy(std::string_view line) {
  constexpr std::string_view opening = "namespace ";
  if (!line.starts_with(opening) || !line.ends_with(" {")) return {};
  return line.substr(opening.size(), line.size() - opening.size() - 2);
}

/// The name of the type whose definition begins on the line; empty when none does.
std::string_view typeDefinedBy(std::string_view line) {
  // A blank stands before the colon of a base; "Outer::Inner" is a name, and not that of Outer.
  constexpr std::string_view notName = " {";
  if (line.find(';') != std::string_view::npos) return {};
  for (const std::string_view word : {"struct ", "class ", "enum class "}) {
    if (!line.starts_with(word)) continue;
    const auto name = line.substr(word.size());
    return name.substr(0, name.find_first_of(notName));
  }
  return {};
}

}  // namespace

Violations checkNames(const std::vector<SourceFile>& files) {
  Violations found;
  std::map<std::string, std::string> firsts;
  for (const auto& file : files) {
    if (!isHeader(file.path)) continue;
    std::string within;
    std::size_t number = 0;
    for (const auto line : linesOf(file.text)) {
      ++number;
      if (const auto opened = namespaceOpenedBy(line); !opened.empty()) within = opened;
      const auto name = typeDefinedBy(line);
      if (name.empty() || name.find("::") != std::string_view::npos) continue;
      auto whole = within + "::" + std::string{name};
      const auto [first, isNew] = firsts.try_emplace(std::move(whole), file.path);
      if (isNew || first->second == file.path) continue;
      found.push_back({file.path, number,
                       first->first + " is defined in " + first->second +
                           " too, and a program can hold only one of them: rename one"});
    }
  }
  return found;
}

}  // namespace consulta::tidy
