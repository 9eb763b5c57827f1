// The lifecycle guard: from which states an act is lawful, straight from the schema's moves.
#include <algorithm>

#include "engine/rules/decide.h"
#include "engine/rules/release.h"
#include "events/values/edtf.h"

namespace consulta {

namespace {

std::vector<std::string> stateNames(const AxisInfo& axis, std::uint64_t states) {
  std::vector<std::string> out;
  for (const auto& state : axis.states) {
    if (((states >> state.value) & 1U) != 0) out.push_back(state.name);
  }
  return out;
}

Message anyState(const AxisInfo& axis, std::uint64_t states) {
  std::vector<Message> out;
  for (const auto& name : stateNames(axis, states)) out.push_back(inWords(name));
  return anyOf(std::move(out));
}

bool isLawful(const EventInfo& act, const RowHead& head) {
  return std::ranges::all_of(
      act.moves, [&](const MoveInfo& move) { return move.lawfulIn(head.states[move.axis]); });
}

Message lawfulVerbs(const AggregateInfo& aggregate, const RowHead& head) {
  std::string out;
  for (const auto& act : aggregate.events) {
    if (act.opens || act.verb.empty() || !isLawful(act, head)) continue;
    out += (out.empty() ? "" : ", ") + act.verb;
  }
  return out.empty() ? msg("nothing more") : msg("{verbs}", arg("verbs", out));
}

/// The states from which acts lead to `state`, when another act leads back to where one was; none
/// when there is no such way back.
std::uint64_t suspendedFrom(const AggregateInfo& aggregate, std::size_t axis, std::uint16_t state) {
  std::uint64_t out = 0;
  bool back = false;
  for (const auto& act : aggregate.events) {
    for (const auto& move : act.moves) {
      if (move.axis != axis) continue;
      if (move.to == MoveInfo::To::state && move.state == state) out |= move.from;
      back = back || (move.to == MoveInfo::To::previous && move.lawfulIn(state));
    }
  }
  return back ? out : 0;
}

}  // namespace

Failures checkFoundStates(const Catalogue& catalogue, const EventInfo& act,
                          schema::Event::Reader event) {
  Failures out;
  if (!act.found) return out;
  const auto& aggregate = catalogue.aggregate(act.aggregate);
  const auto fields = eventFields(catalogue, act, event);
  for (const auto& field : act.fields) {
    if (!field.axisBefore || !fields.has(field.schema)) continue;
    const auto& axis = aggregate.axes[*field.axisBefore];
    const auto stated = std::ranges::find(act.fields, field.axisBefore, &FieldInfo::axis);
    const auto state = fields.get(stated->schema).as<capnp::DynamicEnum>().getRaw();
    const auto name = fields.get(field.schema).as<capnp::Text>();
    const auto before = std::ranges::find(axis.states, name.cStr(), &ChoiceInfo::name);
    const auto lawful = suspendedFrom(aggregate, *field.axisBefore, state);
    if (before != axis.states.end() && ((lawful >> before->value) & 1U) != 0) continue;
    out.push_back(refused(
        aggregate.name + ".found.state-before",
        lawful == 0
            ? msg("one that is {state} is not suspended; leave out --{field}",
                  arg("state", inWords(axis.states.at(state).name)), arg("field", field.option))
            : msg("{before} does not lead to {state}; --{field} is {lawful}",
                  arg("before", name.cStr()), arg("state", inWords(axis.states.at(state).name)),
                  arg("field", field.option), arg("lawful", anyOf(stateNames(axis, lawful))))));
  }
  return out;
}

Failures lifecycle(const State& state, const EventInfo& act, const Row& row) {
  Failures out;
  const auto& aggregate = state.catalogue().aggregate(row.aggregate());
  for (const auto& move : act.moves) {
    const auto now = row.head.states[move.axis];
    const auto& axis = aggregate.axes[move.axis];
    if (move.lawfulIn(now)) {
      if (move.to != MoveInfo::To::previous || row.head.before[move.axis] != now) continue;
      out.push_back(refused(
          aggregate.name + ".state-before",
          msg("{entity} was found {state}, and it is not known what it was before; correct the "
              "entry that opened it with --state-before, then enter \"{act}\" again",
              arg("entity", state.nameOf(row.head.id)),
              arg("state", inWords(axis.states.at(now).name)), arg("act", act.verb))));
      continue;
    }
    out.push_back(refused(
        aggregate.name + ".lifecycle",
        msg("{entity} is {state}; \"{act}\" is lawful when it is {lawful}. Lawful now: {now}",
            arg("entity", state.nameOf(row.head.id)),
            arg("state", inWords(axis.states.at(now).name)),
            arg("act", act.verb.empty() ? act.name : act.verb),
            arg("lawful", anyState(axis, move.from)),
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
  const auto& aggregate = state.catalogue().aggregate(row.aggregate());
  const auto examine = [&](const EventInfo& act) {
    Possible one{&act, lifecycle(state, act, row), {}};
    for (const auto& move : act.moves) {
      if (move.lawfulIn(row.head.states[move.axis])) continue;
      if (!one.lawfulIn.empty()) one.lawfulIn.push_back(Message{", ", {}});
      one.lawfulIn.push_back(anyState(aggregate.axes[move.axis], move.from));
    }
    if (one.inTheWay.empty()) {
      Refusals no;
      Case on{state, act};
      on.row = &row;
      on.entity = row.head.id;
      on.orderNs = nowNs;
      on.nowNs = nowNs;
      if (const auto& rules = rulesOf(row.aggregate()); rules.guard != nullptr) {
        rules.guard(on, no);
      }
      one.inTheWay = no.take();
    }
    out.push_back(std::move(one));
  };
  for (const auto& act : aggregate.events) {
    if (!act.opens && !act.verb.empty()) examine(act);
  }
  examine(state.catalogue().symbolGiven());
  if (hasToRelease(state, row, nowNs)) examine(state.catalogue().deadlinesReleased());
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
