#include "engine/rules/hanging_deadlines.h"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "engine/rules/consultation_course.h"
#include "engine/rules/replay_check.h"
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

/// The times of a run as they follow from what is known now.
json::object timesOfRun(const State& state, const Consultation& row, const ConsultationStep& run) {
  const auto definition = procedureOf(state, row);
  const auto* step = definition ? stepOf(*definition, run.step) : nullptr;
  return step == nullptr ? json::object{}
                         : timesOf(state, *definition, *step, row, run.started.edtf, &run);
}

/// Whether a run is late, or has ended because it was.
bool wasLate(const ConsultationStep& run) {
  if (run.state == StepState::overdue) return true;
  return run.state == StepState::completed && run.reported.empty() &&
         (run.outcome == "overdue" || run.outcome == "closed");
}

/// Due before a session, on no day of its own: its entry states no other times.
bool isDueBefore(const RowDeadline& due, EntityId session) {
  return due.date.edtf.empty() && due.beforeSession == session;
}

/// The entry that is corrected, as it stands.
std::optional<Timeline::Step> correctedStep(const State& state, const RecordPtr& cause) {
  const auto event = cause->get().getEvent();
  if (!event.isCorrigendum()) return std::nullopt;
  for (auto& step : state.timeline(cause->entity()).steps()) {
    if (step.position() == Position(event.getCorrigendum().getCorrects())) return step;
  }
  return std::nullopt;
}

}  // namespace

HangingDeadlines::HangingDeadlines(const State& state, const RecordPtr& cause)
    : cause_(cause),
      ownNs_(cause->get().getOrderNs()),
      sinceNs_(ownNs_),
      since_(cause->get().getOccurred().getEdtf().cStr()),
      on_(cause->entity()) {
  const auto event = cause->get().getEvent();
  const bool canMove =
      event.isSession() || event.isCalendar() || event.isCorrigendum() || event.isRetraction();
  if (!canMove) return;
  const auto row = state.row(on_);
  const bool isSession = tryAs<SessionRow>(row.get()) != nullptr;
  if (!isSession && tryAs<CalendarRow>(row.get()) == nullptr) return;
  if (const auto corrected = correctedStep(state, cause)) {
    const auto step = corrected->fold();
    sinceNs_ = step.orderNs;
    since_ = step.occurred.getEdtf().cStr();
  }
  session_ = beginningOf(state, on_);
  for (const auto id : state.linkedTo(on_)) {
    if (const auto hanging = state.row(id)) add(state, *hanging);
  }
}

void HangingDeadlines::add(const State& state, const Row& row) {
  for (const auto& due : row.head.dues) {
    if (!isDueBefore(due.due, on_)) continue;
    all_.push_back(Hanging{row.head.id, due, dueBounds(state, due.due)});
  }
  if (tryAs<Consultation>(&row) != nullptr) addRuns(state, row);
}

void HangingDeadlines::addRuns(const State& state, const Row& row) {
  const auto& consultation = as<Consultation>(row);
  for (const auto& run : consultation.steps) {
    if (run.calendar != on_ && run.session != on_) continue;
    if (run.state != StepState::started && !wasLate(run)) continue;
    runs_.push_back(
        HangingRun{row.head.id, run.step, run.startedBy, timesOfRun(state, consultation, run)});
  }
}

std::optional<Following> HangingDeadlines::nextMoved(const State& state) {
  while (runsDone_ < runs_.size()) {
    const auto& one = runs_[runsDone_++];
    auto moved = runMoved(state, one);
    if (!moved) continue;
    told_.emplace(one.entity, one.step);
    return moved;
  }
  while (done_ < all_.size()) {
    const auto& one = all_[done_++];
    if (one.due.kind == DueKind::step && told_.contains({one.entity, one.due.number})) continue;
    if (auto moved = deadlineMoved(state, one)) return moved;
  }
  return std::nullopt;
}

namespace {

// The engine's own entries are well formed; anything else is a bug of these rules.
Following following(const State& state, EntityId id, const char* type, const std::string& occurred,
                    json::object data, std::int64_t notBeforeNs) {
  json::object entry{
      {"type", type}, {"entity", entryText(id)}, {"occurred", occurred}, {"data", std::move(data)}};
  return Following{orBroken(readEntry(state.catalogue(), entry, EntryDefaults{})), notBeforeNs};
}

}  // namespace

/// Nothing when it stays where it was. It comes after what has happened there, since a change may
/// be entered late; but where the engine has noted meanwhile that the limit had passed, which was
/// still ahead when the change came about, it comes before that.
std::optional<Following> HangingDeadlines::runMoved(const State& state,
                                                    const HangingRun& one) const {
  const auto kept = state.row(one.entity);
  if (!kept) return std::nullopt;
  const auto& row = as<Consultation>(*kept);
  const auto* found = runBegunBy(row, one.startedBy);
  if (found == nullptr) return std::nullopt;  // undone with what was moved before it
  const auto& run = *found;
  const auto times = timesOfRun(state, row, run);
  if (times == one.times) return std::nullopt;
  const bool hadPassed = lastMomentNs(run) < sinceNs_;
  const bool isLater = lastMomentNs(times) > lastMomentNs(run);
  const bool getsTime = run.state == StepState::overdue &&
                        carriesAuthority(state.catalogue(), cause_->get()) &&
                        lastMomentNs(times) >= ownNs_;
  if (wasLate(run) ? !isLater : hadPassed) return std::nullopt;
  if (hadPassed && !getsTime) return std::nullopt;
  auto data = movedTo(run, times);
  data["because"] = entryText(on_);
  const char* type = "consultation.stepMoved";
  if (wasLate(run) && !hadPassed) {
    const auto steps = state.timeline(one.entity).steps();
    const auto begunNs =
        std::ranges::find(steps, Position(run.startedBy), &Timeline::Step::position)->orderNs;
    const bool isBegun = begunNs <= sinceNs_;
    return following(state, one.entity, type, isBegun ? since_ : run.started.edtf, std::move(data),
                     std::max(begunNs, sinceNs_));
  }
  const bool isLast = ownNs_ >= kept->head.lastOrderNs;
  return following(state, one.entity, type,
                   isLast ? cause_->get().getOccurred().getEdtf().cStr() : kept->head.changed.edtf,
                   std::move(data), kept->head.lastOrderNs);
}

/// Nothing of what is held on the days that were known, and of what is noted as missed.
std::optional<Following> HangingDeadlines::deadlineMoved(const State& state,
                                                         const Hanging& one) const {
  const auto row = state.row(one.entity);
  if (!row || one.bounds.latestNs < sinceNs_) return std::nullopt;
  const auto waits = std::ranges::any_of(row->head.dues, [&](const RowDue& due) {
    return due.kind == one.due.kind && due.number == one.due.number && due.of == one.due.of &&
           due.due == one.due.due && !due.noted;
  });
  const auto bounds = dueBounds(state, one.due.due);
  const bool stays =
      bounds.earliestNs == one.bounds.earliestNs && bounds.latestNs == one.bounds.latestNs;
  if (!waits || stays) return std::nullopt;
  const auto now = beginningOf(state, on_);
  json::object data{{"kind", boost::describe::enum_to_string(one.due.kind, "")},
                    {"session", entryText(on_)}};
  if (!one.due.number.empty()) data["number"] = one.due.number;
  if (one.due.of) data["of"] = entryText(one.due.of);
  if (!session_.edtf.empty()) data["from"] = session_.edtf;
  if (!now.edtf.empty()) data["to"] = now.edtf;
  const bool isLast = ownNs_ >= row->head.lastOrderNs;
  return following(state, one.entity, "common.deadlineMoved",
                   isLast ? cause_->get().getOccurred().getEdtf().cStr() : row->head.changed.edtf,
                   std::move(data), row->head.lastOrderNs);
}

}  // namespace consulta
