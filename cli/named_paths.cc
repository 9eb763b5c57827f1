#include "cli/named_paths.h"

#include <algorithm>
#include <iterator>
#include <system_error>

#include "events/values/utf8.h"

namespace consulta {

namespace fs = std::filesystem;

namespace {

bool beginsWithDot(const fs::path& name) {
  return name.native().starts_with('.');
}

/// "x/./y/" and "x/y" are one.
fs::path normal(const fs::path& path) {
  const auto out = path.lexically_normal();
  return out.has_filename() || out == out.root_path() ? out : out.parent_path();
}

}  // namespace

NamedPaths::NamedPaths(std::span<const std::string> words) {
  for (const auto& word : words) {
    add(word);
    // "--each=replies.csv"
    if (const auto end = word.find('='); end != word.npos) add(word.substr(end + 1));
  }
}

void NamedPaths::add(std::string_view typed) {
  const auto text = trimmed(typed);
  if (!text.empty()) named_.insert(normal(text));
}

void NamedPaths::withhold(const fs::path& file) {
  withheld_.insert(normal(file));
}

bool NamedPaths::isWithheld(const fs::path& path) const {
  std::error_code notThere;
  return withheld_.contains(normal(path)) ||
         std::ranges::any_of(
             withheld_, [&](const fs::path& one) { return fs::equivalent(one, path, notThere); });
}

bool NamedPaths::mayRead(const fs::path& path) const {
  if (isWithheld(path)) return false;
  const auto asked = normal(path);
  if (named_.contains(asked)) return true;
  // In a directory that was named: nothing hidden on the way there.
  for (auto below = asked; below.has_filename() && !beginsWithDot(below.filename());) {
    below = below.parent_path();
    if (named_.contains(below.empty() ? fs::path(".") : below)) return true;
  }
  return false;
}

bool NamedPaths::mayWrite(const fs::path& path, bool replaces) const {
  if (mayRead(path)) return true;
  const auto asked = normal(path);
  static constexpr auto deepest = 2;
  return !replaces && !isWithheld(path) && asked.is_relative() && !asked.empty() &&
         std::distance(asked.begin(), asked.end()) <= deepest &&
         std::none_of(asked.begin(), asked.end(), beginsWithDot);
}

}  // namespace consulta
