#include "engine/rules/replay_check.h"

#include <map>
#include <set>
#include <string>
#include <utility>

#include "engine/rules/decide.h"
#include "events/entry.h"
#include "projections/rows.h"

namespace consulta {

namespace {

/// The failures of each step, by the position of its entry.
using ByEntry = std::map<Position, Failures>;

ByEntry replay(const State& state, const Timeline& timeline, std::int64_t nowNs) {
  ByEntry out;
  std::unique_ptr<Row> row;
  for (const auto& step : timeline.steps()) {
    const auto fold = step.fold();
    auto failures = checkStep(state, row.get(), fold, nowNs);
    if (!failures.empty()) out[step.position()] = std::move(failures);
    if (!row) row = newRow(aggregateOf(*timeline.records().front()));
    applyEntry(state.catalogue(), *row, fold);
  }
  return out;
}

std::string describe(const State& state, const RecordPtr& record) {
  const auto* act = actOf(state.catalogue(), record->get().getEvent());
  return std::string(act == nullptr ? "entry" : act->type) + " of " +
         record->get().getOccurred().getEdtf().cStr();
}

}  // namespace

Failures checkStep(const State& state, const Row* before, const FoldStep& step,
                   std::int64_t nowNs) {
  const auto* act = actOf(state.catalogue(), step.event);
  if (act == nullptr) return {refused("entry.known", msg("this program does not know the entry"))};
  Refusals no;
  if (before == nullptr && !act->opens) {
    no.refuse("entry.before-opening",
              msg("on {date} {entity} had not been opened yet; give a later --on, or correct the "
                  "date of its opening entry",
                  arg("date", step.occurred.getEdtf().cStr()),
                  arg("entity", state.nameOf(step.entity()))));
    return no.take();
  }
  no.add(before != nullptr ? lifecycle(state, *act, *before)
                           : checkFoundStates(state.catalogue(), *act, step.event));
  if (!no.empty() || act->type.starts_with("common.")) return no.take();
  const auto& rules = rulesOf(act->aggregate);
  Case on{state, *act};
  on.row = before;
  on.entity = step.entity();
  on.orderNs = step.orderNs;
  on.nowNs = nowNs;
  on.actor.high = step.record.getActorHigh();
  on.actor.low = step.record.getActorLow();
  for (auto ground : step.record.getGrounds()) on.grounds.emplace_back(ground);
  on.occurred = step.occurred.getEdtf().cStr();
  on.symbol = step.record.getSymbol().cStr();
  if (rules.guard != nullptr) rules.guard(on, no);
  if (rules.check != nullptr) rules.check(on, step.event, no);
  return no.take();
}

Failures checkOrder(const State& state, const RecordPtr& candidate, std::int64_t nowNs) {
  auto timeline = state.timeline(candidate->entity());
  const auto earlier = replay(state, timeline, nowNs);
  timeline.add(candidate);
  Failures out;
  for (auto& [position, failures] : replay(state, timeline, nowNs)) {
    std::set<std::string> known;
    if (const auto before = earlier.find(position); before != earlier.end()) {
      for (const auto& failure : before->second) known.insert(failure.rule);
    }
    for (auto& failure : failures) {
      if (known.contains(failure.rule)) continue;
      if (position == candidate->position()) {
        out.push_back(std::move(failure));
        continue;
      }
      RecordPtr hurt;
      for (const auto& record : timeline.records()) {
        if (record->position() == position) hurt = record;
      }
      out.push_back(
          refused("order." + failure.rule,
                  msg("entered there, it would make the later entry {position} ({entry}) "
                      "unlawful: {why}",
                      arg("position", position.value), arg("entry", describe(state, hurt)),
                      arg("why", inEnglish(failure.text)))));
    }
  }
  return out;
}

}  // namespace consulta
