#include "events/values/utf8.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace consulta {

namespace {

struct Lead {
  std::size_t length;
  char32_t bits;
  char32_t smallest;  // anything smaller is an overlong form
};

std::optional<Lead> readLead(unsigned char byte) {
  if (byte < 0x80) return Lead{1, byte, 0};
  if (byte >= 0xC2 && byte <= 0xDF) return Lead{2, byte & 0x1FU, 0x80};
  if (byte >= 0xE0 && byte <= 0xEF) return Lead{3, byte & 0x0FU, 0x800};
  if (byte >= 0xF0 && byte <= 0xF4) return Lead{4, byte & 0x07U, 0x10000};
  return std::nullopt;
}

// The plain letter for each of U+00C0 to U+017F; a star where one letter does not say it.
constexpr std::string_view plainLetters =
    "aaaaaa*ceeeeiiii"
    "dnooooo*ouuuuyt*"
    "aaaaaa*ceeeeiiii"
    "dnooooo*ouuuuyty"
    "aaaaaaccccccccdd"
    "ddeeeeeeeeeegggg"
    "gggghhhhiiiiiiii"
    "iiiijjkkklllllll"
    "lllnnnnnnnnnoooo"
    "oo**rrrrrrssssss"
    "ssttttttuuuuuuuu"
    "uuuuwwyyyzzzzzzs";
constexpr char32_t plainFirst = 0xC0;
static_assert(plainLetters.size() == 0x180 - plainFirst);

void appendFolded(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += asciiLower(static_cast<char>(c));
    return;
  }
  if (c >= 0x300 && c <= 0x36F) return;  // a combining accent, as decomposed text writes them
  if (c == 0xC6 || c == 0xE6) {
    out += "ae";
    return;
  }
  if (c == 0x152 || c == 0x153) {
    out += "oe";
    return;
  }
  if (c == 0xDF) {
    out += "ss";
    return;
  }
  if (c >= plainFirst && c < plainFirst + plainLetters.size()) {
    const char letter = plainLetters[c - plainFirst];
    if (letter != '*') {
      out += letter;
      return;
    }
  }
  appendUtf8(out, c);
}

}  // namespace

std::optional<char32_t> takeCodePoint(std::string_view& text) {
  if (text.empty()) return std::nullopt;
  const auto lead = readLead(static_cast<unsigned char>(text.front()));
  if (!lead || text.size() < lead->length) return std::nullopt;
  char32_t point = lead->bits;
  for (std::size_t i = 1; i < lead->length; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0U) != 0x80U) return std::nullopt;
    point = (point << 6U) | (byte & 0x3FU);
  }
  if (point < lead->smallest || point > 0x10FFFF) return std::nullopt;
  if (point >= 0xD800 && point <= 0xDFFF) return std::nullopt;
  text.remove_prefix(lead->length);
  return point;
}

bool isUtf8(std::string_view text) {
  while (!text.empty()) {
    if (!takeCodePoint(text)) return false;
  }
  return true;
}

void appendUtf8(std::string& out, char32_t point) {
  const auto put = [&](char32_t byte) {
    out += static_cast<char>(static_cast<unsigned char>(byte));
  };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0U | (point >> 6U));
    put(0x80U | (point & 0x3FU));
  } else if (point < 0x10000) {
    put(0xE0U | (point >> 12U));
    put(0x80U | ((point >> 6U) & 0x3FU));
    put(0x80U | (point & 0x3FU));
  } else {
    put(0xF0U | (point >> 18U));
    put(0x80U | ((point >> 12U) & 0x3FU));
    put(0x80U | ((point >> 6U) & 0x3FU));
    put(0x80U | (point & 0x3FU));
  }
}

std::string foldLatin(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    if (const auto point = takeCodePoint(text)) {
      appendFolded(out, *point);
    } else {
      appendUtf8(out, 0xFFFD);
      text.remove_prefix(1);
    }
  }
  return out;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\n\r";
  constexpr std::string_view noBreakSpace = "\xC2\xA0";
  for (;;) {
    const auto before = text.size();
    const auto first = text.find_first_not_of(blanks);
    if (first == text.npos) return {};
    text = text.substr(first, text.find_last_not_of(blanks) - first + 1);
    if (text.starts_with(noBreakSpace)) text.remove_prefix(noBreakSpace.size());
    if (text.ends_with(noBreakSpace)) text.remove_suffix(noBreakSpace.size());
    if (text.size() == before) return text;
  }
}

namespace {

/// Harmless, and on one line.
std::string onOneLine(std::string_view text) {
  std::string out;
  for (const char c : forTerminal(text)) {
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

std::string excerpt(std::string_view text) {
  constexpr std::size_t bytesMax = 60;
  if (text.size() <= bytesMax) return onOneLine(text);
  auto rest = text.substr(0, bytesMax);
  while (!rest.empty() && (static_cast<unsigned char>(text[rest.size()]) & 0xC0U) == 0x80U) {
    rest.remove_suffix(1);
  }
  return onOneLine(rest) + "...";
}

std::string forTerminal(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto whole = text;
    const auto point = takeCodePoint(text);
    if (!point) {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}",
                     static_cast<unsigned char>(text.front()));
      text.remove_prefix(1);
    } else if (!isHidden(*point)) {
      out += whole.substr(0, whole.size() - text.size());
    } else if (*point < 0x100) {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<std::uint32_t>(*point));
    } else {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<std::uint32_t>(*point));
    }
  }
  return out;
}

std::string asciiUpper(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return asciiUpper(c); });
  return out;
}

std::string asciiLower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return asciiLower(c); });
  return out;
}

std::optional<unsigned> hexDigit(char c) {
  if (isDigit(c)) return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
  return std::nullopt;
}

}  // namespace consulta
