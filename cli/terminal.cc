#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unicode/uchar.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "events/values/utf8.h"

namespace consulta {

namespace {

constexpr std::size_t widthMin = 40;
constexpr std::size_t widthMax = 400;

std::size_t widthOfTerminal() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col != 0) return size.ws_col;
  std::size_t width = 80;
  if (const char* stated = std::getenv("COLUMNS")) {
    const std::string_view text(stated);
    std::from_chars(text.data(), text.data() + text.size(), width);
  }
  return width;
}

std::size_t columnsOf(char32_t point) {
  const auto c = static_cast<UChar32>(point);
  const auto type = u_charType(c);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR ||
      type == U_CONTROL_CHAR) {
    return 0;
  }
  const auto wide = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return wide == U_EA_WIDE || wide == U_EA_FULLWIDTH ? 2 : 1;
}

/// The next character; a byte that is not UTF-8 counts as one of its own.
std::string_view takeCharacter(std::string_view& text, std::size_t& width) {
  const auto before = text;
  const auto point = takeCodePoint(text);
  if (!point) text.remove_prefix(1);
  width = point ? columnsOf(*point) : 1;
  return before.substr(0, before.size() - text.size());
}

void wrapLine(std::string_view line, std::size_t width, std::vector<std::string>& out) {
  std::string current;
  std::size_t used = 0;
  while (!line.empty()) {
    const auto blank = line.find(' ');
    const auto word = line.substr(0, blank);
    line.remove_prefix(blank == std::string_view::npos ? line.size() : blank + 1);
    if (word.empty()) continue;
    const auto needed = columns(word);
    if (!current.empty() && used + 1 + needed > width) {
      out.push_back(std::move(current));
      current.clear();
      used = 0;
    }
    if (!current.empty()) {
      current += ' ';
      ++used;
    }
    current += word;
    used += needed;
  }
  out.push_back(std::move(current));
}

}  // namespace

Terminal terminalFacts() {
  Terminal facts;
  const bool out = ::isatty(STDOUT_FILENO) == 1;
  facts.talkIsSeen = ::isatty(STDERR_FILENO) == 1;
  facts.asks = ::isatty(STDIN_FILENO) == 1 && facts.talkIsSeen;
  const char* noColor = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  const bool dumb = term != nullptr && std::string_view(term) == "dumb";
  facts.colour = out && !dumb && (noColor == nullptr || *noColor == '\0');
  facts.width = std::clamp(widthOfTerminal(), widthMin, widthMax);
  return facts;
}

std::string styled(Style style, std::string_view text, bool colour) {
  if (!colour || style == Style::plain || text.empty()) return std::string(text);
  const char* code = "";
  switch (style) {
    case Style::bold:
      code = "1";
      break;
    case Style::dim:
      code = "2";
      break;
    case Style::red:
      code = "31";
      break;
    case Style::green:
      code = "32";
      break;
    case Style::yellow:
      code = "33";
      break;
    case Style::plain:
      break;
  }
  return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

std::size_t columns(std::string_view text) {
  std::size_t sum = 0;
  while (!text.empty()) {
    std::size_t width = 0;
    takeCharacter(text, width);
    sum += width;
  }
  return sum;
}

std::string padded(std::string_view text, std::size_t width) {
  std::string out(text);
  const auto used = columns(text);
  if (used < width) out.append(width - used, ' ');
  return out;
}

std::string shortened(std::string_view text, std::size_t width) {
  if (columns(text) <= width) return std::string(text);
  if (width == 0) return "";
  std::string out;
  std::size_t used = 0;
  while (!text.empty()) {
    std::size_t step = 0;
    const auto character = takeCharacter(text, step);
    if (used + step > width - 1) break;
    out += character;
    used += step;
  }
  return out + "…";
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> out;
  while (true) {
    const auto end = text.find('\n');
    wrapLine(text.substr(0, end), width, out);
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 1);
  }
}

}  // namespace consulta
