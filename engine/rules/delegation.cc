#include "engine/rules/delegation.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "engine/rules/concerned.h"
#include "engine/rules/roles.h"
#include "engine/rules/rule_values.h"
#include "projections/rows/register.h"

namespace consulta {

namespace {

/// The person an actor is, as far as that was stated.
EntityId personOf(const RegisterRow* row, ActorId actor) {
  if (row == nullptr) return {};
  const auto found = std::ranges::find(row->actors, toText(actor), &Actor::id);
  return found == row->actors.end() ? EntityId{} : found->person;
}

/// Whether the delegation holds on the day of an act.
bool holdsOn(const Delegation& one, std::string_view day) {
  const auto& ended = one.ended.edtf;
  return !certainlyBefore(day, one.begins.edtf) && !certainlyBefore(one.ends.edtf, day) &&
         (ended.empty() || certainlyBefore(day, ended));
}

bool isWithin(const Delegation& one, const std::string& kind, const Concerned& concerned) {
  if (!one.kinds.empty() && std::ranges::find(one.kinds, kind) == one.kinds.end()) return false;
  return concerned.isWithin(one.office, one.programme);
}

std::string scopeOf(const State& state, const Delegation& one) {
  std::string out;
  const auto add = [&](const std::string& text) { out += (out.empty() ? "" : ", ") + text; };
  for (const auto& kind : one.kinds) add(kind);
  if (one.office) add(state.nameOf(one.office));
  if (one.programme) add(state.nameOf(one.programme));
  return out;
}

std::string periodOf(const Delegation& one) {
  const auto& end = one.ended.edtf.empty() ? one.ends.edtf : one.ended.edtf;
  return one.begins.edtf + "/" + (end.empty() ? ".." : end);
}

void refuseDay(const std::vector<Delegation>& given, std::string_view day, Refusals& no) {
  std::string periods;
  for (const auto& one : given) periods += (periods.empty() ? "" : "; ") + periodOf(one);
  no.refuse("delegation.in-force",
            msg("the delegation to you holds {periods}, not on {day}; give the day of the act with "
                "--on, have \"register delegate\" entered for that time, or enter it in your own "
                "name, without --on-behalf-of",
                arg("periods", periods), arg("day", day)));
}

void refuseScope(const State& state, const std::vector<Delegation>& holding,
                 const std::string& entity, Refusals& no) {
  std::string scopes;
  for (const auto& one : holding) scopes += (scopes.empty() ? "" : "; ") + scopeOf(state, one);
  no.refuse("delegation.scope",
            msg("the delegation to you covers {scopes}, and {entity} is none of that; have a wider "
                "one entered with \"register delegate\", or enter it in your own name, without "
                "--on-behalf-of",
                arg("scopes", scopes), arg("entity", entity)));
}

}  // namespace

ActorId actorOf(schema::Record::Reader record) {
  return wideId<ActorId>(record.getActorHigh(), record.getActorLow());
}

ActorId onBehalfOfOf(schema::Record::Reader record) {
  return wideId<ActorId>(record.getOnBehalfOfHigh(), record.getOnBehalfOfLow());
}

bool sharesHands(const Case& on, const std::string& actor, const std::string& onBehalfOf) {
  const auto read = [](const std::string& text) {
    const auto id = readWideId<ActorId>(text);
    return id ? *id : ActorId{};
  };
  return sharesHands(on, read(actor), read(onBehalfOf));
}

bool sharesHands(const Case& on, ActorId actor, ActorId onBehalfOf) {
  const auto whole = registerRow(on.state);
  const auto* row = tryAs<RegisterRow>(whole.get());
  for (const auto mine : {on.actor, on.onBehalfOf}) {
    for (const auto theirs : {actor, onBehalfOf}) {
      if (!mine || !theirs) continue;
      if (mine == theirs) return true;
      const auto person = personOf(row, mine);
      if (person && person == personOf(row, theirs)) return true;
    }
  }
  return false;
}

void checkDelegation(const State& state, schema::Record::Reader record, const EventInfo& act,
                     const Row* row, Refusals& no) {
  const auto behalf = onBehalfOfOf(record);
  if (!behalf) return;
  const auto actor = actorOf(record);
  if (behalf == actor) {
    return no.refuse("delegation.self",
                     msg("you enter in your own name anyway; leave out --on-behalf-of"));
  }
  const auto whole = registerRow(state);
  const auto kind = row != nullptr ? row->aggregate() : act.aggregate;
  if (kind == static_cast<std::uint16_t>(RegisterRow::aggregate)) {
    return no.refuse("delegation.register",
                     msg("roles and delegations are entered in one's own name, so that none is "
                         "passed on; leave out --on-behalf-of"));
  }
  std::vector<Delegation> given;
  if (const auto* all = tryAs<RegisterRow>(whole.get())) {
    std::ranges::copy_if(all->delegations, std::back_inserter(given), [&](const Delegation& one) {
      return one.from == toText(behalf) && one.to == toText(actor);
    });
  }
  if (given.empty()) {
    return no.refuse("delegation.none",
                     msg("nothing was delegated to you by the one you name with --on-behalf-of; "
                         "have \"register delegate\" entered first, or enter it in your own name"));
  }
  const std::string day = record.getOccurred().getEdtf().cStr();
  std::vector<Delegation> holding;
  std::ranges::copy_if(given, std::back_inserter(holding),
                       [&](const Delegation& one) { return holdsOn(one, day); });
  if (holding.empty()) return refuseDay(given, day, no);
  const Concerned concerned(state, record, act, row);
  const auto& name = state.catalogue().aggregate(kind).name;
  if (std::ranges::any_of(holding,
                          [&](const Delegation& one) { return isWithin(one, name, concerned); })) {
    return;
  }
  const std::string symbol = record.getSymbol().cStr();
  refuseScope(state, holding, row != nullptr ? state.nameOf(row->head.id) : name + ":" + symbol,
              no);
}

}  // namespace consulta
