#include "projections/documents/dot_text.h"

#include <algorithm>

namespace consulta {

namespace {

/// Characters of UTF-8, near enough to the width of a line.
std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

std::string dotText(std::string_view text, std::size_t width) {
  std::string out;
  std::size_t used = 0;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(" \n"), text.size());
    const auto word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto length = characters(word);
    if (used != 0 && used + 1 + length > width) {
      out += "\\n";
      used = 0;
    } else if (used != 0) {
      out += ' ';
      ++used;
    }
    for (const char c : word) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    used += length;
  }
  return out;
}

}  // namespace consulta
