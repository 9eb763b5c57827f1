// The words of dates in English, French and Spanish. For human_date.cc and showing dates.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/values/lang.h"

namespace consulta {

struct DateWord {
  enum class Role : std::uint8_t {
    month,     // value 1 to 12
    season,    // value 21 to 24
    weekday,   // value 1 (Monday) to 7
    relative,  // value: days from today
    first,     // the first of a month, as a word
    about,
    perhaps,
    unknown,
    opener,   // begins a span: "from"
    through,  // joins the ends of a span: "to"
    both,     // "and"
    either,   // "or"
    before,
    after,
    between,
    vague,   // "early", "end of"
    filler,  // "of", "the"
  };
  std::string_view word;  // folded by foldLatin()
  Role role;
  int value = 0;
};

/// Nothing for a word that no date has.
[[nodiscard]] std::optional<DateWord> findDateWord(std::string_view folded);
/// The words that a misspelt one may have meant.
[[nodiscard]] std::vector<std::string> dateWordNames();

[[nodiscard]] std::string_view monthName(int month, Lang lang);
/// 21 to 24.
[[nodiscard]] std::string_view seasonName(int season, Lang lang);
/// 1 (Monday) to 7.
[[nodiscard]] std::string_view weekdayName(int day, Lang lang);

}  // namespace consulta
