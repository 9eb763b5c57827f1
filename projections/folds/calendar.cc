#include "projections/rows/calendar.h"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "events/values/edtf.h"
#include "projections/row_of.h"

namespace consulta {

namespace {

void addDays(CalendarRow& row, capnp::List<capnp::Text>::Reader days) {
  for (auto day : days) {
    const auto at = std::ranges::lower_bound(row.holidays, day.cStr());
    if (at == row.holidays.end() || *at != day.cStr()) row.holidays.emplace(at, day.cStr());
  }
}

template <typename Opening>
void describe(CalendarRow& row, Opening e) {
  take(row.title, e.getTitle());
  take(row.timeZone, e.getTimeZone());
  for (auto day : e.getWeekdays()) row.weekdays.push_back(day);
  addDays(row, e.getHolidays());
}

}  // namespace

void fold(CalendarRow& row, RowHead&, schema::CalendarEvent::Reader event, const FoldStep&) {
  using E = schema::CalendarEvent;
  switch (event.which()) {
    case E::ADOPTED:
      return describe(row, event.getAdopted());
    case E::FOUND:
      return describe(row, event.getFound());
    case E::HOLIDAYS_ADDED:
      return addDays(row, event.getHolidaysAdded().getDays());
    case E::HOLIDAYS_REMOVED:
      for (auto day : event.getHolidaysRemoved().getDays()) std::erase(row.holidays, day.cStr());
      return;
    case E::RETIRED:
      return take(row.replacement, event.getRetired().getReplacement());
  }
  throw std::logic_error("an event of a calendar without a fold");
}

WorkingDays workingDaysOf(const CalendarRow& row) {
  WorkingDays out;
  if (!row.weekdays.empty()) out.week.fill(false);
  for (const auto day : row.weekdays) out.week.at(static_cast<std::size_t>(day)) = true;
  for (const auto& day : row.holidays) {
    // They were days when they were entered.
    out.holidays.push_back(dayAt(orBroken(dateBounds(day)).earliestNs));
  }
  return out;
}

std::unique_ptr<Row> newCalendarRow() {
  return std::make_unique<RowOf<CalendarRow, &schema::Event::Reader::getCalendar>>();
}

}  // namespace consulta
