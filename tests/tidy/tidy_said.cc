// Whether translators are given what is said. xgettext takes the first text of an argument, and no
// other: the second of `say(a ? "x" : "y")` would never be translated.
#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "tests/tidy/tidy_checks.h"

namespace consulta::tidy {
namespace {

bool isName(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// The source with blanks in place of comments and of what stands in quotes. Lines and the quotes
/// of texts stay where they are.
std::string withoutTexts(std::string_view source) {
  std::string out(source);
  for (std::size_t at = 0; at < out.size(); ++at) {
    const char quote = out[at];
    if (source.substr(at, 2) == "//") {
      for (; at < out.size() && out[at] != '\n'; ++at) out[at] = ' ';
    } else if (quote == '"' || (quote == '\'' && (at == 0 || !isName(out[at - 1])))) {
      for (++at; at < out.size() && out[at] != quote && out[at] != '\n'; ++at) {
        const bool escapes = out[at] == '\\';
        out[at] = ' ';
        if (escapes && at + 1 < out.size()) out[++at] = ' ';
      }
    }
  }
  return out;
}

/// The argument of a call that begins here, behind its parenthesis or a comma.
std::string_view argumentAt(std::string_view text) {
  std::size_t depth = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '(' || c == '{' || c == '[') ++depth;
    if (c == ',' && depth == 0) return text.substr(0, at);
    if (c != ')' && c != '}' && c != ']') continue;
    if (depth == 0) return text.substr(0, at);
    --depth;
  }
  return text;
}

/// Whether a text stands in the argument itself, not in a call or a list within it.
bool holdsText(std::string_view argument) {
  std::size_t depth = 0;
  return std::ranges::any_of(argument, [&](char c) {
    if (c == '(' || c == '{') ++depth;
    if (c == ')' || c == '}') --depth;
    return c == '"' && depth == 0;
  });
}

/// Whether each of the first `texts` arguments that holds a text begins with it. Where none may
/// stand, the first argument holds none.
bool isGiven(std::string_view arguments, int texts) {
  for (int number = 0; number < std::max(texts, 1); ++number) {
    const auto argument = argumentAt(arguments);
    const bool begins = trimmed(argument).starts_with('"');
    if (holdsText(argument) && (number >= texts || !begins)) return false;
    arguments.remove_prefix(std::min(arguments.size(), argument.size() + 1));
  }
  return true;
}

}  // namespace

Violations checkSaid(const SourceFile& file) {
  // What a call begins with, and how many texts stand there.
  static constexpr std::array<std::pair<std::string_view, int>, 7> calls = {{{"msg(", 1},
                                                                             {"msgs(", 2},
                                                                             {"say(", 1},
                                                                             {"speech(", 1},
                                                                             {"speech()(", 0},
                                                                             {"speech_(", 0},
                                                                             {"speech_()(", 0}}};
  Violations found;
  if (file.path.starts_with("tests/")) return found;
  if (!isHeader(file.path) && !isSource(file.path)) return found;
  const auto source = withoutTexts(file.text);
  for (const auto& [call, texts] : calls) {
    for (auto at = source.find(call); at != source.npos; at = source.find(call, at + 1)) {
      if (at > 0 && isName(source[at - 1])) continue;
      if (isGiven(std::string_view(source).substr(at + call.size()), texts)) continue;
      const auto lines =
          std::count(source.begin(), source.begin() + static_cast<std::ptrdiff_t>(at), '\n');
      found.push_back(
          {file.path, static_cast<std::size_t>(lines) + 1,
           "translators are not given this text: write msg(\"...\") for each text, as in "
           "a ? msg(\"x\") : msg(\"y\")"});
    }
  }
  return found;
}

}  // namespace consulta::tidy
