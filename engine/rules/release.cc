#include "engine/rules/release.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/rules/due_entries.h"
#include "engine/rules/roles.h"
#include "events/values/edtf.h"
#include "projections/dues.h"

namespace consulta {

namespace {

/// The last moment that a release reaches.
std::int64_t untilOf(const RecordPtr& release) {
  const auto root = release->get();
  const auto event = root.getEvent().getDeadlinesReleased();
  const auto date = event.hasUntil() ? event.getUntil() : root.getOccurred();
  return orBroken(dateBounds(date.getEdtf().cStr())).latestNs;
}

std::string nameOf(const RowDue& due) {
  return fmt::format("{} {} {}", boost::describe::enum_to_string(due.kind, ""), due.number,
                     due.of.value);
}

/// What takes effect by itself, by the hour of `nowNs`.
std::vector<ComeDue> comeBy(const State& state, const Row& row, std::int64_t nowNs) {
  auto out = pastDues(state, row, nowNs, nowNs);
  std::erase_if(out, [](const ComeDue& one) { return !takesEffect(one.due.kind); });
  return out;
}

}  // namespace

Failures checkRelease(const State& state, ActorId actor) {
  if (isAdministrator(state, actor)) return {};
  return {refused("common.deadlinesReleased.administrator",
                  msg("past deadlines are released by an administrator of the register; ask one, "
                      "or enter yourself what became of each"))};
}

std::optional<Following> nextReleased(const State& state, const RecordPtr& release,
                                      std::int64_t nowNs, std::set<std::string>& tried) {
  const auto row = state.row(release->entity());
  for (const auto& one : pastDues(state, *row, untilOf(release), nowNs)) {
    const auto name = fmt::format("{} {} {}", nameOf(one.due), one.due.at.value, one.momentNs);
    if (tried.insert(name).second) return Following{entryOf(state, *row, one, nowNs)};
  }
  return std::nullopt;
}

Failures nothingToRelease(const State& state, const RecordPtr& release) {
  return {refused("common.deadlinesReleased.some",
                  msg("no deadline of {entity} had come by then that has not taken effect; "
                      "\"consulta tasks\" lists those that wait, --until says up to when they are "
                      "released",
                      arg("entity", state.nameOf(release->entity()))))};
}

std::set<std::string> comeAndWaiting(const State& state, EntityId id, std::int64_t nowNs) {
  std::set<std::string> out;
  const auto row = state.row(id);
  if (!row) return out;
  for (const auto& one : comeBy(state, *row, nowNs)) out.insert(nameOf(one.due));
  return out;
}

std::optional<Following> nextCome(const State& state, EntityId id, std::int64_t nowNs,
                                  std::set<std::string>& known) {
  const auto row = state.row(id);
  if (!row) return std::nullopt;
  for (const auto& one : comeBy(state, *row, nowNs)) {
    if (!known.insert(nameOf(one.due)).second) continue;
    return Following{entryOf(state, *row, one, nowNs)};
  }
  return std::nullopt;
}

bool hasToRelease(const State& state, const Row& row, std::int64_t nowNs) {
  return std::ranges::any_of(pastDues(state, row, nowNs, nowNs),
                             [&](const ComeDue& one) { return !firesByClock(state, one.due); });
}

}  // namespace consulta
