// Days of the proleptic Gregorian calendar and their place on the line of nanoseconds since
// 1970-01-01T00:00Z. Plain values; every function here is safe from any thread.
#pragma once

#include <compare>
#include <cstdint>

namespace consulta {

constexpr std::int64_t nsPerSecond = 1'000'000'000;
constexpr std::int64_t nsPerDay = 86'400 * nsPerSecond;

/// The years a date may name: whole centuries that 64-bit nanoseconds hold on both sides.
constexpr int yearMin = 1700;
constexpr int yearMax = 2199;

/// A day of the calendar. Nothing checks the numbers: see isDay().
struct Day {
  int year = 1970;
  int month = 1;
  int day = 1;

  auto operator<=>(const Day&) const = default;
};

/// Whether it exists, within yearMin and yearMax.
[[nodiscard]] bool isDay(const Day& day);
/// 28 to 31. Only for a month from 1 to 12.
[[nodiscard]] int daysInMonth(int year, int month);

/// Days since 1970-01-01. Only for a day that exists; the year may lie a little out of range.
[[nodiscard]] std::int64_t dayNumber(const Day& day);
[[nodiscard]] Day dayFromNumber(std::int64_t number);
/// The day in UTC that a moment falls on.
[[nodiscard]] Day dayAt(std::int64_t ns);
/// The first nanosecond of the day, in UTC.
[[nodiscard]] std::int64_t dayStartNs(const Day& day);
/// Whole seconds from one moment to another, rounded down. Of any two: the nanoseconds between them
/// can be more than 64 bits hold.
[[nodiscard]] std::int64_t secondsBetween(std::int64_t fromNs, std::int64_t toNs);
/// 1 is Monday, 7 is Sunday.
[[nodiscard]] int weekday(const Day& day);

}  // namespace consulta
