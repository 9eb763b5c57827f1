// What follows from an entry by the rules of its aggregate, as entries of the engine.
#include <algorithm>
#include <boost/json.hpp>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/rules/decide.h"
#include "engine/rules/guard.h"

namespace consulta {

namespace {

/// Where the last of the entity's entries with this date takes its place.
std::int64_t lastOfDate(const State& state, EntityId id, const std::string& edtf) {
  auto out = std::numeric_limits<std::int64_t>::min();
  for (const auto& step : state.timeline(id).steps()) {
    if (edtf == step.fold().occurred.getEdtf().cStr()) out = std::max(out, step.orderNs);
  }
  return out;
}

/// The step from which something follows: of a corrigendum that of the entry it corrects, as it is
/// right now. Nothing of other acts that any entity can have.
std::optional<FoldStep> followedStep(const Timeline& timeline, const RecordPtr& record) {
  const auto event = record->get().getEvent();
  if (event.isRetraction() || event.isDeadlinesReleased() || event.isDeadlineMoved()) {
    return std::nullopt;
  }
  if (!event.isCorrigendum()) return Timeline::plainStep(record->get());
  const Position corrected(event.getCorrigendum().getCorrects());
  for (const auto& step : timeline.steps()) {
    if (step.position() != corrected) continue;
    // What the engine has entered has brought about what it does.
    return step.entry->get().getCause() == 0 ? std::optional(step.fold()) : std::nullopt;
  }
  return std::nullopt;
}

/// What the aggregate's rules say that follows from a step, dated by it or by what it rests on.
std::vector<Following> followingsOf(const State& state, EntityId id, const FoldStep& step,
                                    std::int64_t notBeforeNs) {
  std::vector<Following> out;
  const auto row = state.row(id);
  if (!row) return out;  // withdrawn as a whole
  const auto& rules = rulesOf(row->aggregate());
  if (rules.follow == nullptr) return out;
  for (const auto& one : rules.follow(state, *row, step)) {
    const auto resting = one.restsOn.empty() ? std::numeric_limits<std::int64_t>::min()
                                             : lastOfDate(state, id, one.restsOn);
    const bool behind = resting > step.orderNs;
    boost::json::object entry{{"type", one.type},
                              {"entity", "#" + std::to_string(id.value)},
                              {"occurred", behind ? one.restsOn : step.occurred.getEdtf().cStr()},
                              {"data", one.data}};
    // The engine's own entries are well formed; anything else is a bug of the rules.
    out.push_back(Following{orBroken(readEntry(state.catalogue(), entry, EntryDefaults{})),
                            behind ? resting : notBeforeNs});
  }
  return out;
}

}  // namespace

std::vector<Following> consequences(const RecordPtr& record, const State& state) {
  const bool corrects = record->get().getEvent().isCorrigendum();
  const auto timeline = corrects ? state.timeline(record->entity()) : Timeline{};
  const auto step = followedStep(timeline, record);
  if (!step) return {};
  constexpr auto anywhere = std::numeric_limits<std::int64_t>::min();
  return followingsOf(state, record->entity(), *step, corrects ? step->orderNs : anywhere);
}

std::vector<Following> consequencesNow(EntityId id, const State& state) {
  const auto steps = state.timeline(id).steps();
  if (steps.empty()) return {};
  const auto last = steps.back().fold();
  return followingsOf(state, id, last, last.orderNs);
}

}  // namespace consulta
