// Dates as people write them in English, French and Spanish, and dates for people to read.
//
// Pure functions, safe from any thread; today comes in as a value.
#pragma once

#include <string>
#include <string_view>

#include "events/result.h"
#include "events/values/calendar.h"
#include "events/values/edtf.h"
#include "events/values/lang.h"

namespace consulta {

/// A date, and the words it was read from when they were not EDTF; a register keeps both.
struct HumanDate {
  Edtf value;
  std::string words;

  bool operator==(const HumanDate&) const = default;
};

/// In which order a source writes the day and the month of "06/04/2006", as far as that is known.
enum class DayMonth { unknown, dayFirst, monthFirst };

/// What one date tells of its source: one with "15/04/2006" puts the day first. Most tell nothing.
[[nodiscard]] DayMonth dayMonthOf(std::string_view text);

/// Reads EDTF, else a date in words: "6 April 2006", "1er mai 2006", "6 de abril de 2006",
/// "juin-juillet 2006", "du 6 au 10 juin 2006", "vers 2006", "June or July 2006", "hier",
/// "06.04.2006" (the day first). Case, accents and dots do not matter. What can be read in two ways
/// ("06/04/2006"), or says too little ("before June", "early 2006"), is refused with what to write
/// instead; the former is read when the order of its source is known. `today` is what "today" and
/// "yesterday" count from.
[[nodiscard]] Result<HumanDate> readHumanDate(std::string_view text, Day today,
                                              DayMonth order = DayMonth::unknown);

/// The date in words: "6 April 2006", "juin à juillet 2006", "hacia 2006", "unknown".
[[nodiscard]] std::string showDate(const Edtf& date, Lang lang);

}  // namespace consulta
