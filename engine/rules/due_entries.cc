#include "engine/rules/due_entries.h"

#include <algorithm>
#include <boost/json.hpp>
#include <stdexcept>
#include <string>
#include <utility>

#include "engine/rules/rule_values.h"
#include "engine/rules/tally.h"
#include "events/values/calendar.h"
#include "events/values/edtf.h"
#include "projections/due.h"
#include "projections/dues.h"
#include "projections/rows/consultation.h"

namespace consulta {

namespace json = boost::json;

namespace {

struct Act {
  const char* type;
  json::object data;
};

/// The day that was missed: as it was stated, or the last one on which it could be done.
std::string dayMissed(const RowDue& due, std::int64_t lastNs) {
  return due.due.date.edtf.empty() ? Edtf::day(dayAt(lastNs)).text() : due.due.date.edtf;
}

json::object tallyOf(const Row& row, const RowDue& due) {
  const auto& votes = as<Consultation>(row).votes;
  const auto round = std::ranges::find_if(votes, [&](const ConsultationVoteRound& one) {
    return one.open && std::to_string(one.round) == due.number;
  });
  const auto tally = consulta::tallyOf(*round);
  return {{"round", due.number},
          {"eligible", tally.eligible},
          {"inFavour", tally.inFavour},
          {"against", tally.against},
          {"abstained", tally.abstained},
          {"notVoting", tally.notVoting},
          {"quorumReached", tally.quorumReached},
          {"carried", tally.carried}};
}

json::object silenceOf(const Row& row, const RowDue& due) {
  const auto* silence = runningSilence(as<Consultation>(row));
  return {{"revision", due.number}, {"deadline", entryText(silence->deadline)}};
}

/// Its day, where one is stated beside the hour.
json::object stepOf(const Row& row, const RowDue& due, const std::string& missed) {
  const auto* run = lastRunOf(as<Consultation>(row), due.number);
  const auto& day = run->due.date.edtf;
  return {{"step", due.number}, {"due", day.empty() ? missed : day}};
}

json::object reminderOf(const Row& row, const RowDue& due) {
  const auto* run = lastRunOf(as<Consultation>(row), due.number);
  json::object out{{"step", due.number}};
  if (!run->due.date.edtf.empty()) out["due"] = run->due.date.edtf;
  return out;
}

json::object escalationOf(const Row& row, const RowDue& due) {
  const auto* run = lastRunOf(as<Consultation>(row), due.number);
  json::object out{{"step", due.number}};
  if (run->escalateTo) out["office"] = entryText(run->escalateTo);
  return out;
}

/// What is entered of each kind that the engine enters (entersItself).
Act actOf(const Row& row, const RowDue& due, std::int64_t lastNs) {
  const auto missed = dayMissed(due, lastNs);
  switch (due.kind) {
    case DueKind::request:
      return Act{"mandate.requestOverdue", {{"request", due.number}, {"due", missed}}};
    case DueKind::recommendation:
      return Act{"recommendation.overdue", {{"due", missed}}};
    case DueKind::instalment:
      return Act{"funding.instalmentOverdue", {{"number", due.number}, {"due", missed}}};
    case DueKind::followUp:
      return Act{"liaison.overdue", {{"due", missed}}};
    case DueKind::reply:
      return Act{tryAs<Consultation>(&row) != nullptr ? "consultation.answerOverdue"
                                                      : "meeting.answerOverdue",
                 {{"party", entryText(due.of)}, {"due", missed}}};
    case DueKind::silence:
      return Act{"consultation.silenceObserved", silenceOf(row, due)};
    case DueKind::vote:
      return Act{"consultation.voteClosed", tallyOf(row, due)};
    case DueKind::entryIntoForce:
      return Act{"mou.enteredIntoForce", {{"entry", "on-date"}, {"date", missed}}};
    case DueKind::expiry:
      return Act{"mou.expired", {{"endedOn", missed}}};
    case DueKind::step:
      return Act{"consultation.stepOverdue", stepOf(row, due, missed)};
    case DueKind::reminder:
      return Act{"consultation.reminderDue", reminderOf(row, due)};
    case DueKind::escalation:
      return Act{"consultation.escalated", escalationOf(row, due)};
    case DueKind::meeting:
    case DueKind::consultation:
    case DueKind::document:
    case DueKind::indicator:
    case DueKind::opening:
    case DueKind::conclusion:
    case DueKind::join:
    case DueKind::resumption:
    case DueKind::answer:
    case DueKind::signature:
      break;
  }
  throw std::logic_error("the engine enters nothing of a day that is only listed");
}

/// When it came about: at its hour, on its day, or, of what was to be done by a day, on the next.
std::string occurredOf(const RowDue& due, std::int64_t lastNs) {
  const auto& stated = due.due.date.edtf;
  if (isOnItsDay(due.kind) || stated.find('T') != stated.npos) return stated;
  return Edtf::day(dayAt(lastNs + 1)).text();
}

/// Of a consultation: when the one was resumed that was suspended at that moment; empty when it was
/// not, or still is. What closes or is missed meanwhile takes effect then.
std::string resumedAfter(const State& state, const Row& row, std::int64_t momentNs) {
  const auto* consultation = tryAs<Consultation>(&row);
  if (consultation == nullptr || consultation->suspensions == 0) return {};
  bool suspended = false;
  for (const auto& step : state.timeline(row.head.id).steps()) {
    const auto fold = step.fold();
    if (!fold.event.isConsultation()) continue;
    const auto event = fold.event.getConsultation();
    if (event.isSuspended()) suspended = step.orderNs <= momentNs;
    if (!event.isResumed()) continue;
    if (suspended && step.orderNs > momentNs) return fold.occurred.getEdtf().cStr();
    suspended = false;
  }
  return {};
}

std::string occurredOf(const State& state, const Row& row, const ComeDue& come) {
  const auto kind = come.due.kind;
  if (kind == DueKind::vote || kind == DueKind::step || kind == DueKind::escalation) {
    if (auto resumed = resumedAfter(state, row, come.momentNs); !resumed.empty()) return resumed;
  }
  return occurredOf(come.due, come.momentNs);
}

}  // namespace

Proposal entryOf(const State& state, const Row& row, const ComeDue& come, std::int64_t nowNs) {
  auto act = actOf(row, come.due, come.momentNs);
  act.data["lateSeconds"] = secondsBetween(come.momentNs, nowNs);
  json::object entry{{"type", act.type},
                     {"entity", entryText(row.head.id)},
                     {"occurred", occurredOf(state, row, come)},
                     {"data", std::move(act.data)}};
  // The engine's own entries are well formed; anything else is a bug of these rules.
  return orBroken(readEntry(state.catalogue(), entry, EntryDefaults{}));
}

std::vector<DueEntry> dueEntries(const State& state, const Row& row, std::int64_t momentNs,
                                 std::int64_t nowNs) {
  std::vector<DueEntry> out;
  for (const auto& due : row.head.dues) {
    if (lastMomentBefore(state, due) != momentNs || !firesByClock(state, due)) continue;
    out.push_back(DueEntry{entryOf(state, row, ComeDue{due, momentNs}, nowNs), due.at});
  }
  return out;
}

std::vector<ComeDue> pastDues(const State& state, const Row& row, std::int64_t untilNs,
                              std::int64_t nowNs) {
  std::vector<ComeDue> out;
  for (const auto& due : row.head.dues) {
    const auto momentNs = lastMomentBefore(state, due);
    if (due.noted || !entersItself(due.kind) || momentNs >= nowNs) continue;
    const ComeDue one{due, momentNs};
    // Nobody was reminded while everything was suspended, and nobody is afterwards.
    const bool isReminder = due.kind == DueKind::reminder;
    if (isReminder && !resumedAfter(state, row, momentNs).empty()) continue;
    if (orBroken(dateBounds(occurredOf(state, row, one))).earliestNs > untilNs) continue;
    out.push_back(one);
  }
  std::ranges::stable_sort(out, {}, &ComeDue::momentNs);
  return out;
}

}  // namespace consulta
