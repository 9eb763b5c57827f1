// Rules of calendars: a time zone that exists, days that are days, each stated once.
#include "projections/rows/calendar.h"

#include <algorithm>
#include <set>
#include <string>

#include "engine/rules/guard.h"
#include "engine/rules/naming.h"
#include "events/values/edtf.h"

namespace consulta {

namespace {

bool isPlainDay(const std::string& text) {
  const auto date = readEdtf(text);
  return date && date->kind() == Edtf::Kind::date && date->isExact() && date->text() == text;
}

void checkDays(std::string_view option, capnp::List<capnp::Text>::Reader days, Refusals& no) {
  checkDistinct("calendar.days.distinct", option, days, no);
  for (auto day : days) {
    if (isPlainDay(day.cStr())) continue;
    no.refuse("calendar.days",
              msg("\"{text}\" is no single day; write it as 2006-12-25", arg("text", day.cStr())));
  }
}

template <typename Opening>
void checkOpening(const Case&, Opening e, Refusals& no) {
  checkTimeZone("calendar.time-zone", e.getTimeZone().cStr(), no);
  std::set<schema::Weekday> seen;
  for (auto day : e.getWeekdays()) {
    if (seen.insert(day).second) continue;
    no.refuse("calendar.weekdays.distinct", msg("a day of the week is named twice"));
  }
  checkDays("holidays", e.getHolidays(), no);
}

/// Each day is, or is not, among the holidays that are known.
void checkKnown(const Case& on, capnp::List<capnp::Text>::Reader days, bool known, Refusals& no) {
  const auto& holidays = as<CalendarRow>(*on.row).holidays;
  for (auto day : days) {
    if (std::ranges::binary_search(holidays, std::string(day.cStr())) == known) continue;
    if (known) {
      no.refuse("calendar.removed.holiday",
                msg("{day} is no holiday of {calendar}", arg("day", day.cStr()),
                    arg("calendar", on.self())));
    } else {
      no.refuse("calendar.added.once", msg("{day} is a holiday of {calendar} already",
                                           arg("day", day.cStr()), arg("calendar", on.self())));
    }
  }
}

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  const auto event = all.getCalendar();
  if (event.isAdopted()) return checkOpening(on, event.getAdopted(), no);
  if (event.isFound()) return checkOpening(on, event.getFound(), no);
  if (event.isHolidaysAdded()) {
    checkDays("days", event.getHolidaysAdded().getDays(), no);
    checkKnown(on, event.getHolidaysAdded().getDays(), false, no);
  } else if (event.isHolidaysRemoved()) {
    checkDays("days", event.getHolidaysRemoved().getDays(), no);
    checkKnown(on, event.getHolidaysRemoved().getDays(), true, no);
  } else if (EntityId(event.getRetired().getReplacement()) == on.entity) {
    no.refuse("calendar.retired.itself",
              msg("{calendar} does not take its own place; name another calendar with "
                  "--replacement, or leave it out",
                  arg("calendar", on.self())));
  }
}

}  // namespace

const Rules& rulesOfCalendar() {
  static const Rules rules{nullptr, &check, nullptr};
  return rules;
}

}  // namespace consulta
