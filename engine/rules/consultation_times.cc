// When the steps of a procedure are due: resolved once, when a step begins, by the calendar of
// then.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>
#include <string>

#include "engine/rules/consultation_course.h"
#include "engine/rules/decide.h"
#include "engine/rules/rule_values.h"
#include "events/values/calendar.h"
#include "events/values/edtf.h"
#include "events/values/zoned_time.h"
#include "projections/due.h"
#include "projections/rows/calendar.h"
#include "projections/rows/register.h"

namespace consulta {

namespace json = boost::json;

namespace {

/// The working days and the zone that a procedure goes by: its calendar's, else Monday to Friday in
/// the zone of the register.
struct Clockwork {
  WorkingDays working;
  std::string zone = "UTC";
  EntityId calendar;
};

Clockwork clockworkOf(const State& state, const ProcedureDefinition& definition) {
  Clockwork out;
  if (!definition.calendar.empty()) {
    const auto id = resolve(state, definition.calendar, {"calendar"});
    const auto row = id ? state.row(*id) : nullptr;
    if (const auto* calendar = tryAs<CalendarRow>(row.get())) {
      out.working = workingDaysOf(*calendar);
      out.zone = calendar->timeZone;
      out.calendar = *id;
      return out;
    }
  }
  const auto whole = registerRow(state);
  if (const auto* reg = tryAs<RegisterRow>(whole.get()); reg != nullptr && !reg->timeZone.empty()) {
    out.zone = reg->timeZone;
  }
  return out;
}

/// The day of a date, as far as it is one; nothing when it may be far apart.
std::optional<Day> dayOf(std::string_view edtf, const Clockwork& clockwork) {
  const auto bounds = dateBounds(edtf);
  if (!bounds || bounds->latestNs >= wholeTime().latestNs) return std::nullopt;
  if (edtf.find('T') == edtf.npos) return dayAt(bounds->latestNs);
  const auto day = dayInZone(clockwork.zone, bounds->latestNs);
  return day ? std::optional(*day) : std::nullopt;
}

std::string text(const Day& day) {
  return Edtf::day(day).text();
}

std::optional<Day> orNone(Result<Day> day) {
  return day ? std::optional(*day) : std::nullopt;
}

/// The end of a day by the clocks of the zone, as an entry states it; empty where they do not tell.
std::string endOfDay(const Day& day, const Clockwork& clockwork) {
  const auto written = fmt::format("{}T23:59:59 {}", text(day), clockwork.zone);
  return readZonedTime(written) ? written : "";
}

/// A length with hours counts from the hour, where one is known, else from the end of the day.
std::string hourAfter(const Duration& length, std::string_view from, const Day& day,
                      const Clockwork& clockwork) {
  std::int64_t fromNs = 0;
  if (from.find('T') != from.npos) {
    fromNs = orBroken(dateBounds(from)).latestNs;
  } else {
    const auto end = readZonedTime(endOfDay(day, clockwork));
    if (!end) return "";
    fromNs = end->utcNs;
  }
  const auto days = orNone(dayAfter(Duration{length.months, length.days, 0, 0}, dayAt(fromNs), {}));
  if (!days) return "";
  const auto atNs = dayStartNs(*days) + (fromNs - dayStartNs(dayAt(fromNs))) +
                    static_cast<std::int64_t>(length.seconds) * nsPerSecond;
  return instantDate(atNs).edtf.substr(0, 19) + " UTC";
}

/// The day from which reminders and the escalation count: the last one in time.
struct Due {
  std::optional<Day> day;
  json::object data;
};

/// The run of a step that a time limit counts from: of those before the step itself began.
const ConsultationStep* runBefore(const Consultation& row, std::string_view from,
                                  std::string_view step) {
  auto runs = std::span<const ConsultationStep>(row.steps);
  const auto* own = lastRunOf(row, step);
  if (own != nullptr && own->state != StepState::completed) {
    runs = runs.first(static_cast<std::size_t>(own - row.steps.data()));
  }
  const auto found = std::find_if(runs.rbegin(), runs.rend(),
                                  [&](const ConsultationStep& one) { return one.step == from; });
  return found == runs.rend() ? nullptr : &*found;
}

Due dueOf(const State& state, const ProcedureStep& step, const Consultation& row,
          std::string_view began, const Clockwork& clockwork) {
  Due out;
  const auto& limit = step.limit;
  if (limit.within) {
    std::string from(began);
    if (!limit.from.empty()) {
      const auto* other = runBefore(row, limit.from, step.name);
      if (other == nullptr || other->completed.edtf.empty()) return out;
      from = other->completed.edtf;
    }
    const auto day = dayOf(from, clockwork);
    if (!day) return out;
    out.day = orNone(dayAfter(*limit.within, *day, clockwork.working));
    if (limit.within->hasHours()) {
      const auto hour = hourAfter(*limit.within, from, *day, clockwork);
      if (!hour.empty()) out.data["deadline"] = hour;
      return out;
    }
  } else if (limit.until) {
    out.day = dayAt(limit.until->bounds().latestNs);
  } else if (!limit.beforeSession.empty()) {
    const auto session = resolve(state, limit.beforeSession, {"session"});
    if (!session) return out;
    out.data["session"] = entryText(*session);
    const RowDeadline before{{}, *session};
    const auto bounds = dueBounds(state, before);
    if (bounds.latestNs >= wholeTime().latestNs || !limit.lead) {
      out.data["due"] = json::object{{"beforeSession", entryText(*session)}};
      return out;
    }
    out.day = orNone(dayBefore(*limit.lead, dayAt(bounds.earliestNs), clockwork.working));
  }
  if (!out.day) return out;
  out.data["due"] = text(*out.day);
  if (const auto end = endOfDay(*out.day, clockwork); !end.empty()) out.data["deadline"] = end;
  return out;
}

}  // namespace

json::object timesOf(const State& state, const ProcedureDefinition& definition,
                     const ProcedureStep& step, const Consultation& row, std::string_view began) {
  const auto clockwork = clockworkOf(state, definition);
  auto due = dueOf(state, step, row, began, clockwork);
  if (clockwork.calendar && step.limit.stated()) {
    due.data["calendar"] = entryText(clockwork.calendar);
  }
  if (!due.day) return std::move(due.data);
  json::array reminders;
  for (const auto& length : step.reminders) {
    const auto day = orNone(dayBefore(length, *due.day, clockwork.working));
    if (day) reminders.emplace_back(text(*day));
  }
  if (!reminders.empty()) due.data["reminders"] = std::move(reminders);
  if (step.escalation) {
    const auto length = step.escalation->after.value_or(Duration{0, 1, 0, 0});
    const auto day = orNone(dayAfter(length, *due.day, clockwork.working));
    if (day) due.data["escalateOn"] = text(*day);
    due.data["escalateTo"] = "office:" + step.escalation->office;
  }
  return std::move(due.data);
}

}  // namespace consulta
