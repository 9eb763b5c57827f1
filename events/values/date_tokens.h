// The pieces of a date in words. For human_date.cc.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "events/result.h"
#include "events/values/date_words.h"

namespace consulta {

/// A number of a date, or a word with its role.
struct DateToken {
  bool isNumber = false;
  int value = 0;
  std::size_t digits = 0;
  bool decade = false;  // "1990s"
  DateWord word{};
};

/// Splits a line of text into numbers, words and dashes; blanks, commas and dots are dropped. A
/// word that no date has is refused with the nearest one that has.
[[nodiscard]] Result<std::vector<DateToken>> readDateTokens(std::string_view text);

/// The refusal of what is no date at all, with the forms that are read.
[[nodiscard]] Failure notADateInWords(std::string_view text);

}  // namespace consulta
