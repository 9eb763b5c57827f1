#include "engine/rules/hanging_deadlines.h"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "engine/rules/consultation_course.h"
#include "engine/rules/rule_values.h"
#include "events/values/calendar.h"
#include "events/values/edtf.h"
#include "projections/due.h"
#include "projections/rows/calendar.h"
#include "projections/rows/consultation.h"
#include "projections/rows/session.h"

namespace consulta {

namespace json = boost::json;

namespace {

/// When a session begins, as far as that is known.
RowDate beginningOf(const State& state, EntityId id) {
  const auto row = state.row(id);
  const auto* session = tryAs<SessionRow>(row.get());
  if (session == nullptr) return {};
  return session->began.edtf.empty() ? session->dates : session->began;
}

/// The times of a running step as they follow from what is known now.
json::object timesOfRun(const State& state, const Consultation& row, const ConsultationStep& run) {
  const auto definition = procedureOf(state, row);
  const auto* step = definition ? stepOf(*definition, run.step) : nullptr;
  return step == nullptr ? json::object{}
                         : timesOf(state, *definition, *step, row, run.started.edtf);
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

HangingDeadlines::HangingDeadlines(const State& state, const RecordPtr& cause)
    : cause_(cause), on_(cause->entity()) {
  const auto event = cause->get().getEvent();
  const bool canMove =
      event.isSession() || event.isCalendar() || event.isCorrigendum() || event.isRetraction();
  if (!canMove) return;
  const auto row = state.row(on_);
  const bool isSession = tryAs<SessionRow>(row.get()) != nullptr;
  if (!isSession && tryAs<CalendarRow>(row.get()) == nullptr) return;
  session_ = beginningOf(state, on_);
  for (const auto id : state.linkedTo(on_)) {
    if (const auto hanging = state.row(id)) add(state, *hanging);
  }
}

void HangingDeadlines::add(const State& state, const Row& row) {
  for (const auto& due : row.head.dues) {
    const bool isBefore = due.due.date.edtf.empty() && due.due.beforeSession == on_;
    if (due.noted || due.kind == DueKind::step || !isBefore) continue;
    all_.push_back(Hanging{row.head.id, due, dueBounds(state, due.due)});
  }
  const auto* consultation = tryAs<Consultation>(&row);
  if (consultation == nullptr) return;
  for (const auto& run : consultation->steps) {
    if (run.state != StepState::started || (run.calendar != on_ && run.session != on_)) continue;
    RowDue due;
    due.kind = DueKind::step;
    due.number = run.step;
    auto bounds = dueBounds(state, run.due);
    if (!run.deadline.local.empty()) bounds.latestNs = run.deadline.utcNs;
    all_.push_back(Hanging{row.head.id, due, bounds, timesOfRun(state, *consultation, run)});
  }
}

std::vector<Following> HangingDeadlines::moved(const State& state) const {
  std::vector<Following> out;
  const auto sinceNs = cause_->get().getOrderNs();
  for (const auto& one : all_) {
    const auto row = state.row(one.entity);
    if (one.bounds.latestNs < sinceNs || !row) continue;
    const bool isStep = one.due.kind == DueKind::step;
    auto data = isStep ? stepMoved(state, one) : deadlineMoved(state, one);
    if (data.empty()) continue;
    // It comes after what has happened there: a change may be entered late.
    const bool isLast = sinceNs >= row->head.lastOrderNs;
    json::object entry{{"type", isStep ? "consultation.stepMoved" : "common.deadlineMoved"},
                       {"entity", entryText(one.entity)},
                       {"occurred", isLast ? cause_->get().getOccurred().getEdtf().cStr()
                                           : row->head.changed.edtf},
                       {"data", std::move(data)}};
    // The engine's own entries are well formed; anything else is a bug of these rules.
    out.push_back(Following{orBroken(readEntry(state.catalogue(), entry, EntryDefaults{})),
                            row->head.lastOrderNs});
  }
  return out;
}

/// Nothing when it stays where it was.
json::object HangingDeadlines::stepMoved(const State& state, const Hanging& one) const {
  const auto kept = state.row(one.entity);
  const auto& row = as<Consultation>(*kept);
  const auto& run = *lastRunOf(row, one.due.number);
  const auto now = timesOfRun(state, row, run);
  if (now == one.times) return {};
  json::object out{{"step", run.step}, {"from", deadlineBefore(run)}, {"because", entryText(on_)}};
  for (const char* name : {"due", "deadline", "escalateOn"}) {
    if (const auto* value = now.if_contains(name)) out[name] = *value;
  }
  if (auto reminders = remindersNow(now, run); !reminders.empty()) {
    out["reminders"] = std::move(reminders);
  }
  return out;
}

json::object HangingDeadlines::deadlineMoved(const State& state, const Hanging& one) const {
  const auto bounds = dueBounds(state, one.due.due);
  if (bounds.earliestNs == one.bounds.earliestNs && bounds.latestNs == one.bounds.latestNs) {
    return {};  // it is held on the days that were known
  }
  const auto now = beginningOf(state, on_);
  json::object out{{"kind", boost::describe::enum_to_string(one.due.kind, "")},
                   {"session", entryText(on_)}};
  if (!one.due.number.empty()) out["number"] = one.due.number;
  if (one.due.of) out["of"] = entryText(one.due.of);
  if (!session_.edtf.empty()) out["from"] = session_.edtf;
  if (!now.edtf.empty()) out["to"] = now.edtf;
  return out;
}

}  // namespace consulta
