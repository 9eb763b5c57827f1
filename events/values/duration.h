// Lengths of time as procedures state them: ten days, seventy-two hours, five working days.
// Plain values, safe from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "events/result.h"
#include "events/values/working_days.h"

namespace consulta {

/// ISO 8601, "P1Y", "P6M", "P2W", "P10D", "PT72H", "P1DT12H30M", and beyond it working days,
/// "P10BD", which stand alone: how long they are depends on a calendar.
struct Duration {
  std::uint32_t months = 0;  // a year is twelve
  std::uint32_t days = 0;    // a week is seven
  std::uint32_t workingDays = 0;
  std::uint64_t seconds = 0;

  /// Whether it counts hours, so that the hour it begins at matters.
  [[nodiscard]] bool hasHours() const { return seconds != 0; }
  /// The fewest seconds it can last, whatever months and holidays come in its way.
  [[nodiscard]] std::uint64_t secondsAtLeast() const;
  bool operator==(const Duration&) const = default;
};

/// Reads the forms above. Nothing at all (P0D), fractions and more than a hundred years are
/// refused.
[[nodiscard]] Result<Duration> readDuration(std::string_view text);
/// The same length in its shortest form, which readDuration() reads back.
[[nodiscard]] std::string toText(const Duration& duration);

/// The last day of a length that begins on `day`: months first, where the 31st becomes the last of
/// a shorter month, then days; or so many working days on. Refused where the calendar of days ends.
[[nodiscard]] Result<Day> dayAfter(const Duration& duration, const Day& day,
                                   const WorkingDays& working);
/// Likewise backwards: the day from which on it takes that long to `day`.
[[nodiscard]] Result<Day> dayBefore(const Duration& duration, const Day& day,
                                    const WorkingDays& working);

}  // namespace consulta
