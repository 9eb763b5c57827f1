// The few things values need to know of UTF-8. Safe from any thread; nothing keeps a view.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace consulta {

/// Takes one code point off the front. Nothing, and `text` unchanged, when it is empty or does not
/// begin with well-formed UTF-8 (overlong forms and surrogates are not).
[[nodiscard]] std::optional<char32_t> takeCodePoint(std::string_view& text);
[[nodiscard]] bool isUtf8(std::string_view text);
void appendUtf8(std::string& out, char32_t point);

/// Lower case and without accents, for Latin letters; "Août" and "AOUT" both become "aout".
/// Whatever is no Latin letter stays; bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string foldLatin(std::string_view text);

/// Without the blanks (space, tab, line ends, no-break space) at both ends. A view into `text`.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// Something a person wrote, fit to be quoted in a message: at most about 60 bytes, cut between
/// characters, on one line, and nothing in it that a terminal would obey.
[[nodiscard]] std::string excerpt(std::string_view text);

/// The same text with every control character, escape and direction override made visible, as
/// "\x1b" or "\u202e". Line ends and tabs stay. Bytes that are not UTF-8 are shown as "\xff".
[[nodiscard]] std::string forTerminal(std::string_view text);

/// Characters that no stored text holds: controls other than line end and tab, and the marks that
/// override or isolate the direction of writing, which make a text look like another one.
[[nodiscard]] constexpr bool isHidden(char32_t c) {
  const bool control = (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c <= 0x9F);
  return control || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

[[nodiscard]] constexpr bool isDigit(char c) {
  return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr bool isAsciiLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
[[nodiscard]] constexpr char asciiUpper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}
[[nodiscard]] constexpr char asciiLower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
[[nodiscard]] std::string asciiUpper(std::string_view text);
[[nodiscard]] std::string asciiLower(std::string_view text);

/// What a hexadecimal digit of either case stands for; nothing of another character.
[[nodiscard]] std::optional<unsigned> hexDigit(char c);

}  // namespace consulta
