#include "engine/rules/replay_check.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "engine/rules/decide.h"
#include "engine/rules/delegation.h"
#include "events/entry.h"
#include "events/values/edtf.h"
#include "projections/overlay.h"
#include "projections/rows.h"

namespace consulta {

namespace {

/// The failures of each step, by the position of its entry.
using ByEntry = std::map<Position, Failures>;

using Positions = std::set<Position>;

/// Of the steps from `fromNs` on; those before are only folded. Those `without` are not there.
ByEntry replay(const State& state, const Timeline& timeline, std::int64_t fromNs,
               std::int64_t nowNs, const Positions& without = {}) {
  ByEntry out;
  std::unique_ptr<Row> row;
  for (const auto& step : timeline.steps()) {
    if (without.contains(step.position())) continue;
    const auto fold = step.fold();
    if (step.orderNs >= fromNs) {
      auto failures = checkStep(state, row.get(), fold, nowNs);
      if (!failures.empty()) out[step.position()] = std::move(failures);
    }
    if (!row) row = newRow(aggregateOf(*timeline.records().front()));
    applyEntry(state.catalogue(), *row, fold);
  }
  return out;
}

}  // namespace

bool carriesAuthority(const Catalogue& catalogue, schema::Record::Reader record) {
  if (record.hasAuthority()) return true;
  const auto* act = actOf(catalogue, record.getEvent());
  const auto* field = act == nullptr ? nullptr : act->field("authority");
  return field != nullptr && eventFields(catalogue, *act, record.getEvent()).has(field->schema);
}

Message describe(const State& state, const RecordPtr& record) {
  const auto* act = actOf(state.catalogue(), record->get().getEvent());
  return msg("{act} of {date}",
             act == nullptr ? arg("act", inWords("unknown")) : arg("act", act->type),
             arg("date", record->get().getOccurred().getEdtf().cStr()));
}

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
  on.position = Position(step.record.getPosition());
  on.orderNs = step.orderNs;
  on.nowNs = nowNs;
  on.actor = actorOf(step.record);
  on.onBehalfOf = onBehalfOfOf(step.record);
  for (auto ground : step.record.getGrounds()) on.grounds.emplace_back(ground);
  on.occurred = step.occurred.getEdtf().cStr();
  on.symbol = step.record.getSymbol().cStr();
  if (rules.guard != nullptr) rules.guard(on, no);
  if (rules.check != nullptr) rules.check(on, step.event, no);
  return no.take();
}

namespace {

RecordPtr entryAt(const Timeline& timeline, Position position) {
  const auto found = std::ranges::find(timeline.records(), position, &Record::position);
  return found == timeline.records().end() ? nullptr : *found;
}

/// What is in the way afterwards and was not before, by entry.
ByEntry newFailures(const ByEntry& before, ByEntry after) {
  for (auto& [position, failures] : after) {
    const auto known = before.find(position);
    if (known == before.end()) continue;
    std::erase_if(failures, [&](const Failure& one) {
      return std::ranges::find(known->second, one.rule, &Failure::rule) != known->second.end();
    });
  }
  std::erase_if(after, [](const auto& one) { return one.second.empty(); });
  return after;
}

bool corrects(const RecordPtr& candidate, Position position) {
  const auto event = candidate->get().getEvent();
  return event.isCorrigendum() && Position(event.getCorrigendum().getCorrects()) == position;
}

void refuseFor(const State& state, const Timeline& timeline, const RecordPtr& candidate,
               Position position, const Failures& failures, Failures& out) {
  const auto hurt = entryAt(timeline, position);
  const bool retracts = candidate->get().getEvent().isRetraction();
  for (const auto& failure : failures) {
    if (corrects(candidate, position)) {
      out.push_back(
          refused("order." + failure.rule,
                  msg("with these values the entry {position} of {entity} ({entry}) would "
                      "be unlawful itself: {why}",
                      arg("position", position.value), arg("entity", state.nameOf(hurt->entity())),
                      arg("entry", describe(state, hurt)), arg("why", failure.text))));
      continue;
    }
    if (retracts) {
      out.push_back(refused(
          "order." + failure.rule,
          msg("without it the entry {position} of {entity} ({entry}) would be unlawful: {why}",
              arg("position", position.value), arg("entity", state.nameOf(hurt->entity())),
              arg("entry", describe(state, hurt)), arg("why", failure.text))));
      continue;
    }
    out.push_back(
        refused("order." + failure.rule,
                msg("entered there, it would make the later entry {position} of {entity} ({entry}) "
                    "unlawful: {why}",
                    arg("position", position.value), arg("entity", state.nameOf(hurt->entity())),
                    arg("entry", describe(state, hurt)), arg("why", failure.text))));
  }
}

/// From which instant on the entity's past is another one with `candidate` in it.
std::int64_t changedFrom(const State& state, const RecordPtr& candidate) {
  const auto root = candidate->get();
  if (root.getEvent().isRetraction()) return std::numeric_limits<std::int64_t>::min();
  if (!root.getEvent().isCorrigendum()) return root.getOrderNs();
  const auto corrigendum = root.getEvent().getCorrigendum();
  auto from = corrigendum.hasOccurred() ? corrigendum.getOrderNs() : Timeline::the_end;
  for (const auto& step : state.timeline(candidate->entity()).steps()) {
    if (step.position() == Position(corrigendum.getCorrects())) from = std::min(from, step.orderNs);
  }
  return from;
}

/// The entry whose own lawfulness is in question: the candidate, or the one it corrects.
Position subjectOf(const RecordPtr& candidate) {
  const auto event = candidate->get().getEvent();
  return event.isCorrigendum() ? Position(event.getCorrigendum().getCorrects())
                               : candidate->position();
}

/// Whether the last of the entity's entries can have come after that instant.
bool reaches(const RowHead& head, std::int64_t fromNs) {
  return head.lastOrderNs >= fromNs || orBroken(dateBounds(head.changed.edtf)).latestNs >= fromNs;
}

/// An imprecise date reaches beyond its place, so all steps of others may have seen what changes.
constexpr auto beginning = std::numeric_limits<std::int64_t>::min();

/// Calls `visit` with each entity that names that of the candidate and reaches to where its past
/// changes, and with the state in which the candidate stands.
void eachDependent(const State& state, const RecordPtr& candidate,
                   const std::function<void(const RowPtr&, const Overlay&)>& visit) {
  const auto from = changedFrom(state, candidate);
  std::optional<Overlay> with;
  for (const auto id : state.linkedTo(candidate->entity())) {
    const auto row = state.row(id);
    if (!row || id == candidate->entity() || !reaches(row->head, from)) continue;
    if (!with) with.emplace(state).add(candidate);
    visit(row, *with);
  }
}

}  // namespace

Failures checkDependents(const State& state, const RecordPtr& candidate, std::int64_t nowNs) {
  Failures out;
  eachDependent(state, candidate, [&](const RowPtr& row, const Overlay& with) {
    if (!with.row(candidate->entity())) {
      out.push_back(refused("retraction.named",
                            msg("{other} names {entity}, which would not be there any more; "
                                "withdraw or correct that first",
                                arg("other", state.nameOf(row->head.id)),
                                arg("entity", state.nameOf(candidate->entity())))));
      return;
    }
    const auto timeline = state.timeline(row->head.id);
    auto after = replay(with, timeline, beginning, nowNs);
    if (after.empty()) return;
    const auto hurt = newFailures(replay(state, timeline, beginning, nowNs), std::move(after));
    for (const auto& [position, failures] : hurt) {
      refuseFor(state, timeline, candidate, position, failures, out);
    }
  });
  return out;
}

Failures checkOrder(const State& state, const RecordPtr& candidate, std::int64_t nowNs) {
  const auto before = state.timeline(candidate->entity());
  auto timeline = before;
  timeline.add(candidate);
  Failures out;
  const auto from = changedFrom(state, candidate);
  auto hurt = replay(state, timeline, from, nowNs);
  if (!hurt.empty()) hurt = newFailures(replay(state, before, from, nowNs), std::move(hurt));
  // What is wrong with the entry itself comes before what it would do to others.
  if (const auto own = hurt.find(subjectOf(candidate)); own != hurt.end()) {
    out = std::move(own->second);
    hurt.erase(own);
  }
  for (const auto& [position, failures] : hurt) {
    refuseFor(state, timeline, candidate, position, failures, out);
  }
  return out.empty() ? checkDependents(state, candidate, nowNs) : out;
}

namespace {

/// The first in order of those that are hurt and were entered by the engine.
RecordPtr firstOfEngine(const Timeline& timeline, const ByEntry& hurt) {
  for (const auto& step : timeline.steps()) {
    if (hurt.contains(step.position()) && step.entry->get().getCause() != 0) return step.entry;
  }
  return nullptr;
}

/// Of one entity: what of its order could not stand over `with` goes, the first first, until the
/// rest stands. `known` is what was in the way before.
void undoIn(const State& state, const State& with, const Timeline& timeline, const ByEntry& known,
            std::int64_t fromNs, const RecordPtr& candidate, std::int64_t nowNs, Undone& out) {
  Positions gone;
  for (;;) {
    const auto hurt = newFailures(known, replay(with, timeline, fromNs, nowNs, gone));
    if (hurt.empty()) return;
    auto root = firstOfEngine(timeline, hurt);
    if (root == nullptr) {
      for (const auto& [position, failures] : hurt) {
        refuseFor(state, timeline, candidate, position, failures, out.inTheWay);
      }
      return;
    }
    gone.insert(root->position());
    for (const auto& record : timeline.records()) {  // a cause stands before what follows from it
      const bool follows = gone.contains(Position(record->get().getCause()));
      if (record != root && !follows) continue;
      if (follows && !gone.insert(record->position()).second) continue;
      out.all.push_back(record);
    }
    out.roots.push_back(std::move(root));
  }
}

}  // namespace

Undone undoneBy(const State& state, const RecordPtr& candidate, std::int64_t nowNs) {
  const auto before = state.timeline(candidate->entity());
  auto timeline = before;
  timeline.add(candidate);
  const auto from = changedFrom(state, candidate);
  Undone out;
  undoIn(state, state, timeline, replay(state, before, from, nowNs), from, candidate, nowNs, out);
  eachDependent(state, candidate, [&](const RowPtr& row, const Overlay& with) {
    const auto other = state.timeline(row->head.id);
    const auto known = replay(state, other, beginning, nowNs);
    undoIn(state, with, other, known, beginning, candidate, nowNs, out);
  });
  return out;
}

}  // namespace consulta
