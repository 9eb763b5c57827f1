// A calendar of working days.
#pragma once

#include <boost/describe.hpp>
#include <string>
#include <vector>

#include "events/calendar.capnp.h"
#include "events/values/working_days.h"
#include "projections/row.h"

namespace consulta {

struct CalendarRow {
  static constexpr auto aggregate = schema::Event::CALENDAR;

  RowTexts title;
  std::string timeZone;
  std::vector<schema::Weekday> weekdays;  // worked; none: Monday to Friday
  std::vector<std::string> holidays;      // "2006-12-25", in order
  EntityId replacement;
  bool operator==(const CalendarRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(CalendarRow, (), (title, timeZone, weekdays, holidays, replacement))

void fold(CalendarRow& row, RowHead& head, schema::CalendarEvent::Reader event,
          const FoldStep& step);

/// To count with.
[[nodiscard]] WorkingDays workingDaysOf(const CalendarRow& row);

}  // namespace consulta
