#include "events/values/working_days.h"

#include <algorithm>

namespace consulta {

namespace {

std::optional<Day> walk(const WorkingDays& working, const Day& day, std::uint32_t count,
                        int direction) {
  const auto first = dayNumber({yearMin, 1, 1});
  const auto last = dayNumber({yearMax, 12, 31});
  auto number = dayNumber(day);
  while (count > 0) {
    number += direction;
    if (number < first || number > last) return std::nullopt;
    if (working.worked(dayFromNumber(number))) --count;
  }
  return dayFromNumber(number);
}

}  // namespace

bool WorkingDays::worked(const Day& day) const {
  return week.at(static_cast<std::size_t>(weekday(day) - 1)) &&
         !std::ranges::binary_search(holidays, day);
}

std::optional<Day> workingDayAfter(const WorkingDays& working, const Day& day,
                                   std::uint32_t count) {
  return walk(working, day, count, 1);
}

std::optional<Day> workingDayBefore(const WorkingDays& working, const Day& day,
                                    std::uint32_t count) {
  return walk(working, day, count, -1);
}

}  // namespace consulta
