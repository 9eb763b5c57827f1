#include "events/values/date_tokens.h"

#include <algorithm>
#include <array>
#include <string>

#include "events/values/distance.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

using Role = DateWord::Role;
constexpr auto date_tokens_rule = "value.date";

// Splits a text into words, digits and signs; letters after digits ("6th") are a suffix.
class Lexer {
 public:
  explicit Lexer(std::string_view source) : source_(source), folded_(foldLatin(source)) {}

  Result<std::vector<DateToken>> tokens() {
    std::vector<DateToken> out;
    std::string_view rest = folded_;
    while (!rest.empty()) {
      if (isDigit(rest.front())) {
        auto number = takeNumber(rest);
        if (!number) return std::move(number).failures();
        out.push_back(*number);
      } else if (isAsciiLetter(rest.front())) {
        auto word = takeWord(rest);
        if (!word) return std::move(word).failures();
        out.push_back(*word);
      } else {
        const auto point = takeCodePoint(rest);
        if (!point) return notADateInWords(source_);
        if (*point == '-' || (*point >= 0x2010 && *point <= 0x2015) || *point == '/') {
          out.push_back(DateToken{false, 0, 0, false, DateWord{"-", Role::through, 0}});
        } else if (!isSkipped(*point)) {
          return notADateInWords(source_);
        }
      }
    }
    return out;
  }

 private:
  static bool isSkipped(char32_t c) {
    constexpr std::array<char32_t, 7> skipped = {' ', ',', '.', '\'', 0xA0, 0x202F, 0x2019};
    return std::ranges::find(skipped, c) != skipped.end();
  }

  static std::string_view take(std::string_view& rest, bool (*wanted)(char)) {
    const auto end = std::ranges::find_if_not(rest, wanted);
    const auto part = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
    rest.remove_prefix(part.size());
    return part;
  }

  Result<DateToken> takeNumber(std::string_view& rest) const {
    const auto digits = take(rest, isDigit);
    if (digits.size() != 4 && digits.size() > 2) return notADateInWords(source_);
    DateToken token{true, 0, digits.size(), false, {}};
    for (const char c : digits) token.value = token.value * 10 + (c - '0');
    for (const std::string_view mark : {"\xC2\xB0", "\xC2\xBA", "\xC2\xAA"}) {  // degree, º, ª
      if (rest.starts_with(mark)) rest.remove_prefix(mark.size());
    }
    const auto suffix = take(rest, isAsciiLetter);
    constexpr std::array<std::string_view, 8> ordinals = {"st", "nd", "rd", "th",
                                                          "er", "e",  "o",  ""};
    if (digits.size() == 4 && suffix == "s") {
      token.decade = true;
    } else if (std::ranges::find(ordinals, suffix) == ordinals.end()) {
      return notADateInWords(source_);
    }
    return token;
  }

  Result<DateToken> takeWord(std::string_view& rest) const {
    const auto letters = take(rest, isAsciiLetter);
    if (const auto word = findDateWord(letters)) return DateToken{false, 0, 0, false, *word};
    const auto names = dateWordNames();
    if (const auto near = nearest(letters, names)) {
      return usage(date_tokens_rule,
                   msg("the word \"{word}\" in \"{text}\" is not known; did you mean "
                       "\"{near}\"? Write a date as 6 April 2006 or 2006-04-06",
                       arg("word", letters), arg("text", excerpt(source_)), arg("near", *near)));
    }
    return notADateInWords(source_);
  }

  std::string_view source_;
  std::string folded_;
};

}  // namespace

Result<std::vector<DateToken>> readDateTokens(std::string_view text) {
  return Lexer(text).tokens();
}

Failure notADateInWords(std::string_view text) {
  return usage(date_tokens_rule,
               msg("\"{text}\" is not a date that can be read; write 6 April 2006, April 2006, "
                   "6-10 June 2006, June-July 2006, 2006, or a day as 2006-04-06",
                   arg("text", excerpt(text))));
}

}  // namespace consulta
