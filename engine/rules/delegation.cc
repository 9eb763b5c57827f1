#include "engine/rules/delegation.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "engine/rules/rule_values.h"
#include "events/message.h"
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

bool covers(const Delegation& one, const Concerned& what) {
  const bool isOfKind =
      one.kinds.empty() || std::ranges::find(one.kinds, what.kind()) != one.kinds.end();
  return isOfKind && scopeOf(one).covers(what);
}

std::string scopeText(const State& state, const Delegation& one) {
  auto parts = one.kinds;
  if (auto scope = scopeOf(one).text(state); !scope.empty()) parts.push_back(std::move(scope));
  return joined(parts);
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

void refuseScope(const Acting& acting, const std::vector<Delegation>& holding, Refusals& no) {
  std::string scopes;
  for (const auto& one : holding) {
    scopes += (scopes.empty() ? "" : "; ") + scopeText(acting.state, one);
  }
  no.refuse("delegation.scope",
            msg("the delegation to you covers {scopes}, and {entity} is none of that; have a wider "
                "one entered with \"register delegate\", or enter it in your own name, without "
                "--on-behalf-of",
                arg("scopes", scopes), arg("entity", acting.on.name())));
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

void checkDelegation(const Acting& acting, Refusals& no) {
  if (acting.onBehalfOf == acting.actor) {
    return no.refuse("delegation.self",
                     msg("you enter in your own name anyway; leave out --on-behalf-of"));
  }
  if (acting.on.isRegister()) {
    return no.refuse("delegation.register",
                     msg("roles and delegations are entered in one's own name, so that none is "
                         "passed on; leave out --on-behalf-of"));
  }
  std::vector<Delegation> given;
  if (acting.reg != nullptr) {
    std::ranges::copy_if(acting.reg->delegations, std::back_inserter(given),
                         [&](const Delegation& one) {
                           return one.from == acting.onBehalfOf && one.to == acting.actor;
                         });
  }
  if (given.empty()) {
    return no.refuse("delegation.none",
                     msg("nothing was delegated to you by the one you name with --on-behalf-of; "
                         "have \"register delegate\" entered first, or enter it in your own name"));
  }
  const std::string day = acting.record.getOccurred().getEdtf().cStr();
  std::vector<Delegation> holding;
  std::ranges::copy_if(given, std::back_inserter(holding),
                       [&](const Delegation& one) { return holdsOn(one, day); });
  if (holding.empty()) return refuseDay(given, day, no);
  if (std::ranges::any_of(holding, [&](const Delegation& one) { return covers(one, acting.on); })) {
    return;
  }
  refuseScope(acting, holding, no);
}

}  // namespace consulta
