#include "engine/runtime/due_round.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "engine/rules/due_entries.h"
#include "events/limits.h"
#include "projections/dues.h"
#include "projections/rows.h"

namespace consulta {

namespace {

using Keys = std::set<std::string, std::less<>>;

Submission submissionOf(DueEntry entry) {
  Submission out;
  out.id = randomId<SubmissionId>();
  out.cause = entry.cause;
  out.entries.push_back(std::move(entry.proposal));
  return out;  // the actor is none: the engine itself
}

/// What is due and was not looked at before, about as much as the bound: of each entity what came
/// first, since the rest may hang on it. The keys it was found by are then among `seen`, so that
/// what is refused does not come round again.
std::vector<Submission> nextRound(const State& state, std::int64_t nowNs, Keys& seen) {
  std::vector<Submission> out;
  std::set<EntityId> met;
  state.scan(timer_keys, [&](std::string_view key) {
    const auto moment = keyedMoment(key);
    if (moment >= nowNs || out.size() >= limits::due_entries_at_once) return false;
    if (seen.contains(key) || !met.insert(keyedId(key)).second) return true;
    seen.emplace(key);
    for (auto& one : dueEntries(state, *state.row(keyedId(key)), moment, nowNs)) {
      out.push_back(submissionOf(std::move(one)));
    }
    return true;
  });
  return out;
}

}  // namespace

Result<DueReceipt> enterWhatIsDue(const Desk& desk, Writer& writer, std::int64_t nowNs) {
  DueReceipt out;
  Keys seen;
  for (;;) {
    std::vector<Submission> round;
    desk.read([&](const State& state) { round = nextRound(state, nowNs, seen); });
    if (round.empty()) return out;
    for (auto& answer : writer.submitAll(std::move(round))) {
      if (answer) {
        out.entries += answer->records.size();
        continue;
      }
      const auto& failures = answer.failures();
      const bool broken = std::ranges::any_of(failures, [](const Failure& one) {
        return one.fault == Fault::unavailable || one.fault == Fault::damaged;
      });
      if (broken) return failures;
      out.refused.insert(out.refused.end(), failures.begin(), failures.end());
    }
  }
}

}  // namespace consulta
