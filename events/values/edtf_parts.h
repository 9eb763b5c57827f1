// One date of an EDTF text: what stands alone, at an end of a span or in a set. For edtf.cc and for
// showing dates; others use edtf.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "events/result.h"
#include "events/values/calendar.h"
#include "events/values/edtf.h"

namespace consulta {

struct DatePoint {
  /// The last thing that is said, known or X.
  enum class Grain : std::uint8_t { century, decade, year, season, month, day, second };

  Grain grain = Grain::year;
  int year = 0;    // the first year of a century or decade
  int month = 0;   // 0: XX
  int day = 0;     // 0: XX
  int season = 0;  // 21 to 24
  int secondOfDay = 0;
  int offsetMinutes = 0;  // local time minus UTC
  char qualifier = 0;     // ? ~ % or none

  bool operator==(const DatePoint&) const = default;
};

/// Reads upper-case text without blanks around it.
[[nodiscard]] Result<DatePoint> readDatePoint(std::string_view text);
void appendText(std::string& out, const DatePoint& point);
[[nodiscard]] DateBounds boundsOf(const DatePoint& point);

/// The day when `text` is exactly YYYY-MM-DD and exists.
[[nodiscard]] std::optional<Day> plainDay(std::string_view text);
/// The bounds of one day.
[[nodiscard]] DateBounds dayBounds(const Day& day);

/// A date, or one of the two things that may stand for an end: ".." and nothing at all.
struct DateEnd {
  enum class Kind : std::uint8_t { date, open, unknown };
  Kind kind = Kind::unknown;
  DatePoint point;
};

struct DateRange {
  DateEnd from;
  DateEnd to;
  bool single = false;  // `from` alone, in a set
};

/// "a/b" in parts. The order of the ends is checked.
[[nodiscard]] Result<DateRange> readSpan(std::string_view text);
/// One member of a set: a date, "a..b", "..b" or "a..".
[[nodiscard]] Result<DateRange> readMember(std::string_view text);
[[nodiscard]] DateBounds boundsOf(const DateRange& range);

}  // namespace consulta
