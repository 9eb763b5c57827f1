// Which days are worked on: the days of the week, less holidays. Plain values, safe from any
// thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "events/values/calendar.h"

namespace consulta {

struct WorkingDays {
  std::array<bool, 7> week{true, true, true, true, true, false, false};  // Monday first
  std::vector<Day> holidays;                                             // in order

  [[nodiscard]] bool worked(const Day& day) const;
};

/// The `count`-th working day after `day`, which itself is not counted; nothing when the calendar
/// of days ends before, or when no day of the week is worked on. With a count of 0, `day` itself.
[[nodiscard]] std::optional<Day> workingDayAfter(const WorkingDays& working, const Day& day,
                                                 std::uint32_t count);
/// Likewise backwards.
[[nodiscard]] std::optional<Day> workingDayBefore(const WorkingDays& working, const Day& day,
                                                  std::uint32_t count);

}  // namespace consulta
