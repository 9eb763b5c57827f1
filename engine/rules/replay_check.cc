#include "engine/rules/replay_check.h"

#include <algorithm>
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
  on.ordered = step.record.hasAuthority();
  on.isEngines = step.record.getCause() != 0;
  on.stood = step.record.getRecordedAtNs() < nowNs;
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

/// The first in order of those that are hurt and were entered by the engine, but for `subject`.
RecordPtr firstOfEngine(const Timeline& timeline, const ByEntry& hurt, Position subject) {
  for (const auto& step : timeline.steps()) {
    if (!hurt.contains(step.position()) || step.position() == subject) continue;
    if (step.entry->get().getCause() != 0) return step.entry;
  }
  return nullptr;
}

class PlaceCheck {
 public:
  PlaceCheck(const State& state, const RecordPtr& candidate, std::int64_t nowNs)
      : state_(state),
        candidate_(candidate),
        nowNs_(nowNs),
        fromNs_(changedFrom(state, candidate)),
        retracts_(candidate->get().getEvent().isRetraction()) {}

  /// Whether the candidate is lawful itself, if need be where the engine's own has made room.
  bool checkOwn() {
    const auto before = state_.timeline(candidate_->entity());
    auto timeline = before;
    timeline.add(candidate_);
    const auto hurt = hurtIn(state_, before, timeline, fromNs_);
    const auto subject = subjectOf(candidate_);
    // What is wrong with the entry itself comes before what it would do to others.
    if (const auto own = hurt.find(subject); own != hurt.end()) out_.inTheWay = own->second;
    refuse(timeline, hurt);
    const auto left = makeRoom(state_, before, timeline, fromNs_, hurt);
    if (left.contains(subject)) {
      out_.undone.clear();
      out_.roots.clear();
      return false;
    }
    keep(timeline, hurt, left);
    return true;
  }

  /// Those that name the entity and reach to where its past changes, over the state in which the
  /// candidate stands.
  void checkDependents() {
    std::optional<Overlay> with;
    for (const auto id : state_.linkedTo(candidate_->entity())) {
      const auto row = state_.row(id);
      if (!row || id == candidate_->entity() || !reaches(row->head, fromNs_)) continue;
      if (!with) with.emplace(state_).add(candidate_);
      if (!with->row(candidate_->entity())) {
        refuseNamed(id);
        continue;
      }
      const auto timeline = state_.timeline(id);
      const auto hurt = hurtIn(*with, timeline, timeline, beginning);
      refuse(timeline, hurt);
      keep(timeline, hurt, makeRoom(*with, timeline, timeline, beginning, hurt));
    }
  }

  Standing take() { return std::move(out_); }

 private:
  /// What is in the way over `with` in the order of `timeline` and was not in that of `before`.
  ByEntry hurtIn(const State& with, const Timeline& before, const Timeline& timeline,
                 std::int64_t fromNs, const Positions& gone = {}) const {
    auto hurt = replay(with, timeline, fromNs, nowNs_, gone);
    if (hurt.empty()) return hurt;
    return newFailures(replay(state_, before, fromNs, nowNs_), std::move(hurt));
  }

  void refuse(const Timeline& timeline, const ByEntry& hurt) {
    for (const auto& [position, failures] : hurt) {
      if (position == subjectOf(candidate_)) continue;
      refuseFor(state_, timeline, candidate_, position, failures, out_.inTheWay);
    }
  }

  /// What is left when the engine's own has gone stays where it is.
  void keep(const Timeline& timeline, const ByEntry& told, ByEntry left) {
    if (left.empty()) return;
    out_.isFirm = true;
    std::erase_if(left, [&](const auto& one) { return told.contains(one.first); });
    refuse(timeline, left);
  }

  void refuseNamed(EntityId by) {
    out_.inTheWay.push_back(refused(
        "retraction.named",
        msg("{other} names {entity}, which would not be there any more; "
            "withdraw or correct that first",
            arg("other", state_.nameOf(by)), arg("entity", state_.nameOf(candidate_->entity())))));
  }

  /// Of what could not stand the engine's own goes, the first first. What is left comes back.
  ByEntry makeRoom(const State& with, const Timeline& before, const Timeline& timeline,
                   std::int64_t fromNs, ByEntry hurt) {
    Positions gone;
    while (!retracts_ && !hurt.empty()) {
      auto root = firstOfEngine(timeline, hurt, subjectOf(candidate_));
      if (root == nullptr) break;
      gone.insert(root->position());
      for (const auto& record : timeline.records()) {  // a cause stands before what follows from it
        const bool follows = gone.contains(Position(record->get().getCause()));
        if (record != root && !follows) continue;
        if (follows && !gone.insert(record->position()).second) continue;
        out_.undone.push_back(record);
      }
      out_.roots.push_back(std::move(root));
      hurt = hurtIn(with, before, timeline, fromNs, gone);
    }
    return hurt;
  }

  const State& state_;
  const RecordPtr& candidate_;
  std::int64_t nowNs_;
  std::int64_t fromNs_;
  bool retracts_;
  Standing out_;
};

}  // namespace

Standing standingAmongDependents(const State& state, const RecordPtr& candidate,
                                 std::int64_t nowNs) {
  PlaceCheck check(state, candidate, nowNs);
  check.checkDependents();
  return check.take();
}

Standing standingInOrder(const State& state, const RecordPtr& candidate, std::int64_t nowNs) {
  PlaceCheck check(state, candidate, nowNs);
  if (check.checkOwn()) check.checkDependents();
  return check.take();
}

}  // namespace consulta
