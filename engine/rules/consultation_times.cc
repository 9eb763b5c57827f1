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

/// The run of another step that a time limit counts from: the last one that had begun before its
/// own, else the first that has begun since. It may still be under way.
const ConsultationStep* countedFrom(const Consultation& row, std::string_view from,
                                    const ConsultationStep* own) {
  const auto isIt = [&](const ConsultationStep& one) { return one.step == from; };
  const auto all = std::span<const ConsultationStep>(row.steps);
  const auto before =
      own == nullptr ? all : all.first(static_cast<std::size_t>(own - row.steps.data()));
  const auto last = std::find_if(before.rbegin(), before.rend(), isIt);
  if (last != before.rend()) return &*last;
  const auto since = all.subspan(before.size());
  const auto next = std::find_if(since.begin(), since.end(), isIt);
  return next == since.end() ? nullptr : &*next;
}

Due dueOf(const State& state, const ProcedureStep& step, const Consultation& row,
          std::string_view began, const ConsultationStep* run, const Clockwork& clockwork) {
  Due out;
  const auto& limit = step.limit;
  if (limit.within) {
    std::string from(began);
    if (!limit.from.empty()) {
      const auto* other = countedFrom(row, limit.from, run);
      if (other == nullptr || other->state != StepState::completed) return out;
      from = other->completed.edtf;
      out.data["countsFrom"] = from;
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

json::object deadlineBefore(const ConsultationStep& run) {
  json::object out;
  if (!run.due.date.edtf.empty()) {
    out["date"] = run.due.date.edtf;
  } else if (!run.deadline.local.empty()) {
    out["date"] = run.deadline.local.substr(0, run.deadline.local.find('T'));
  }
  if (run.due.beforeSession) out["beforeSession"] = entryText(run.due.beforeSession);
  return out;
}

/// Those that were given stay on their day; the others come on the one that now follows.
json::array remindersNow(const json::object& times, const ConsultationStep& run) {
  const auto* moved = times.if_contains("reminders");
  const auto now = moved == nullptr ? json::array{} : moved->as_array();
  json::array out;
  for (std::size_t i = 0; i < std::max(now.size(), run.reminderDays.size()); ++i) {
    const bool given = i < run.reminderDays.size() && wasRemindedOn(run, run.reminderDays[i]);
    if (given) {
      out.emplace_back(run.reminderDays[i]);
    } else if (i < now.size()) {
      out.push_back(now[i]);
    }
  }
  return out;
}

}  // namespace

json::object timesOf(const State& state, const ProcedureDefinition& definition,
                     const ProcedureStep& step, const Consultation& row, std::string_view began,
                     const ConsultationStep* run) {
  const auto clockwork = clockworkOf(state, definition);
  auto due = dueOf(state, step, row, began, run, clockwork);
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

json::object movedTo(const ConsultationStep& run, const json::object& times) {
  json::object out{{"step", run.step}, {"run", run.startedBy}, {"from", deadlineBefore(run)}};
  for (const char* name : {"due", "deadline", "escalateOn", "countsFrom"}) {
    if (const auto* value = times.if_contains(name)) out[name] = *value;
  }
  if (auto reminders = remindersNow(times, run); !reminders.empty()) {
    out["reminders"] = std::move(reminders);
  }
  return out;
}

std::int64_t lastMomentNs(const ConsultationStep& run) {
  if (!run.deadline.local.empty()) return run.deadline.utcNs;
  if (run.due.date.edtf.empty()) return wholeTime().latestNs;
  return orBroken(dateBounds(run.due.date.edtf)).latestNs;
}

std::int64_t lastMomentNs(const json::object& times) {
  if (const auto* hour = times.if_contains("deadline")) {
    return orBroken(readZonedTime(std::string_view(hour->as_string()))).utcNs;
  }
  const auto* due = times.if_contains("due");
  if (due == nullptr || !due->is_string()) return wholeTime().latestNs;
  return orBroken(dateBounds(std::string_view(due->as_string()))).latestNs;
}

}  // namespace consulta
