// The lifecycle guard: from which states an act is lawful, straight from the schema's moves.
#include <algorithm>

#include "engine/rules/decide.h"
#include "events/values/edtf.h"

namespace consulta {

namespace {

std::string stateNames(const AxisInfo& axis, std::uint64_t states) {
  std::string out;
  for (const auto& state : axis.states) {
    if (((states >> state.value) & 1U) == 0) continue;
    out += (out.empty() ? "" : " or ") + state.name;
  }
  return out;
}

bool isLawful(const EventInfo& act, const RowHead& head) {
  return std::ranges::all_of(
      act.moves, [&](const MoveInfo& move) { return move.lawfulIn(head.states[move.axis]); });
}

std::string lawfulVerbs(const AggregateInfo& aggregate, const RowHead& head) {
  std::string out;
  for (const auto& act : aggregate.events) {
    if (act.opens || act.verb.empty() || !isLawful(act, head)) continue;
    out += (out.empty() ? "" : ", ") + act.verb;
  }
  return out.empty() ? "nothing more" : out;
}

}  // namespace

Failures lifecycle(const State& state, const EventInfo& act, const Row& row) {
  Failures out;
  const auto& aggregate = state.catalogue().aggregate(row.aggregate());
  for (const auto& move : act.moves) {
    const auto now = row.head.states[move.axis];
    if (move.lawfulIn(now)) continue;
    const auto& axis = aggregate.axes[move.axis];
    out.push_back(refused(
        aggregate.name + ".lifecycle",
        msg("{entity} is {state}; \"{act}\" is lawful when it is {lawful}. Lawful now: {now}",
            arg("entity", state.nameOf(row.head.id)), arg("state", axis.states.at(now).name),
            arg("act", act.verb.empty() ? act.name : act.verb),
            arg("lawful", stateNames(axis, move.from)),
            arg("now", lawfulVerbs(aggregate, row.head)))));
  }
  return out;
}

std::int64_t orderingInstant(std::string_view edtf, const RowHead* before) {
  const auto bounds = orBroken(dateBounds(edtf));
  if (before != nullptr && bounds.earliestNs <= before->newestOrderNs &&
      before->newestOrderNs <= bounds.latestNs) {
    const auto date = readEdtf(edtf);
    if (!date->isExact()) return before->newestOrderNs;
  }
  return bounds.earliestNs;
}

std::vector<Possible> possibleActs(const State& state, const Row& row, std::int64_t nowNs) {
  std::vector<Possible> out;
  const auto examine = [&](const EventInfo& act) {
    Possible one{&act, lifecycle(state, act, row)};
    if (one.inTheWay.empty()) {
      Refusals no;
      Case on{state, act};
      on.row = &row;
      on.orderNs = nowNs;
      on.nowNs = nowNs;
      if (const auto& rules = rulesOf(row.aggregate()); rules.guard != nullptr) {
        rules.guard(on, no);
      }
      one.inTheWay = no.take();
    }
    out.push_back(std::move(one));
  };
  for (const auto& act : state.catalogue().aggregate(row.aggregate()).events) {
    if (!act.opens && !act.verb.empty()) examine(act);
  }
  examine(state.catalogue().symbolGiven());
  return out;
}

const Rules& rulesOf(std::uint16_t aggregate) {
  using Getter = const Rules& (*)();
  static constexpr Getter getters[] = {
#define CONSULTA_AGGREGATE(name) &rulesOf##name,
#include "projections/aggregates.inc"
#undef CONSULTA_AGGREGATE
  };
  return getters[aggregate]();
}

}  // namespace consulta
