#include "events/values/calendar.h"

#include <chrono>

namespace consulta {

namespace {

std::chrono::year_month_day onCalendar(const Day& day) {
  return std::chrono::year(day.year) / std::chrono::month(static_cast<unsigned>(day.month)) /
         std::chrono::day(static_cast<unsigned>(day.day));
}

}  // namespace

bool isDay(const Day& day) {
  return day.year >= yearMin && day.year <= yearMax && day.month >= 1 && day.month <= 12 &&
         day.day >= 1 && day.day <= daysInMonth(day.year, day.month);
}

int daysInMonth(int year, int month) {
  const auto last = std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(month)) /
                    std::chrono::last;
  return static_cast<int>(static_cast<unsigned>(last.day()));
}

std::int64_t dayNumber(const Day& day) {
  return std::chrono::sys_days(onCalendar(day)).time_since_epoch().count();
}

Day dayFromNumber(std::int64_t number) {
  const std::chrono::year_month_day date(
      std::chrono::sys_days(std::chrono::days(static_cast<std::int32_t>(number))));
  return Day{static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
             static_cast<int>(static_cast<unsigned>(date.day()))};
}

Day dayAt(std::int64_t ns) {
  // Division rounds towards zero, and before 1970 the day must be rounded down.
  const std::int64_t number = ns / nsPerDay - (ns % nsPerDay < 0 ? 1 : 0);
  return dayFromNumber(number);
}

std::int64_t dayStartNs(const Day& day) {
  return dayNumber(day) * nsPerDay;
}

std::int64_t secondsBetween(std::int64_t fromNs, std::int64_t toNs) {
  const auto restNs = toNs % nsPerSecond - fromNs % nsPerSecond;
  const auto rest =
      restNs >= 0 ? restNs / nsPerSecond : -((nsPerSecond - 1 - restNs) / nsPerSecond);
  return toNs / nsPerSecond - fromNs / nsPerSecond + rest;
}

int weekday(const Day& day) {
  return static_cast<int>(
      std::chrono::weekday(std::chrono::sys_days(onCalendar(day))).iso_encoding());
}

}  // namespace consulta
