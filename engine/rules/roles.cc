#include "engine/rules/roles.h"

#include <algorithm>
#include <functional>

#include "events/message.h"

namespace consulta {

namespace {

using schema::Role;
using Which = std::function<bool(const GrantedRole&)>;

bool isAny(const GrantedRole&) {
  return true;
}

/// All roles let enter but that of an auditor, who reads and proves.
bool letsEnter(const GrantedRole& one) {
  return one.role != Role::AUDITOR;
}

bool letsGrant(const GrantedRole& one) {
  return one.role == Role::ADMINISTRATOR && !one.office && !one.programme;
}

bool hasRole(const RegisterRow& row, const std::string& actor, const Which& which) {
  return std::ranges::any_of(
      row.roles, [&](const GrantedRole& one) { return one.actor == actor && which(one); });
}

/// Those who have such a role, each once.
std::set<std::string> holdersOf(const RegisterRow& row, const Which& which) {
  std::set<std::string> out;
  for (const auto& one : row.roles) {
    if (which(one)) out.insert(one.actor);
  }
  return out;
}

Arg whoHas(const Acting& acting, const Which& which) {
  std::vector<ActorArg> all;
  for (const auto& id : holdersOf(*acting.reg, which)) all.push_back(ActorArg{id});
  return arg("who", allOf(all));
}

/// Calls `visit` with what an entry on the register says: itself, or where it corrects or withdraws
/// another one, with all that was said by that, and is to be.
void eachSaid(const Acting& acting,
              const std::function<void(schema::RegisterEvent::Reader)>& visit) {
  const auto say = [&](schema::Event::Reader event) {
    if (event.isRegister()) visit(event.getRegister());
  };
  const auto event = acting.record.getEvent();
  say(event);
  if (event.isCorrigendum()) say(event.getCorrigendum().getRight());
  if (!event.isCorrigendum() && !event.isRetraction()) return;
  const auto timeline = acting.state.timeline(EntityId(acting.record.getEntity()));
  const auto target =
      timeline.corrected(Position(event.isCorrigendum() ? event.getCorrigendum().getCorrects()
                                                        : event.getRetraction().getRetracts()));
  for (const auto& step : timeline.steps()) {
    if (step.position() != target) continue;
    say(step.entry->get().getEvent());
    for (const auto& one : step.corrigenda) say(one->get().getEvent().getCorrigendum().getRight());
  }
}

/// What asks for more than a role that lets enter.
struct Said {
  bool grants = false;
  std::set<std::string> delegators;  // from whom a delegation is given or ended
};

Said saidOn(const Acting& acting) {
  Said out;
  if (!acting.on.isRegister()) return out;
  eachSaid(acting, [&](schema::RegisterEvent::Reader event) {
    out.grants = out.grants || event.isRoleGranted() || event.isRoleWithdrawn();
    if (event.isDelegated()) out.delegators.insert(event.getDelegated().getFrom());
    if (event.isDelegationEnded()) out.delegators.insert(event.getDelegationEnded().getFrom());
  });
  return out;
}

void checkSaid(const Acting& acting, const Said& said, bool delegatesOwn, Refusals& no) {
  const bool administers = hasRole(*acting.reg, acting.actor, letsGrant);
  if (said.grants && !administers && !administratorsOf(*acting.reg).empty()) {
    no.refuse("role.administrator",
              msg("roles are granted and withdrawn by an administrator of the whole register; ask "
                  "one: {who}",
                  whoHas(acting, letsGrant)));
  }
  if (said.delegators.empty() || delegatesOwn || administers) return;
  no.refuse("register.delegated.by",
            msg("a delegation is entered, and ended, by the one on whose behalf it lets enter, or "
                "by an administrator of the whole register; ask one of them"));
}

void refuseScope(const Acting& acting, const std::string& granted, Refusals& no) {
  std::string scopes;
  for (const auto& one : acting.reg->roles) {
    if (one.actor != granted || !letsEnter(one)) continue;
    scopes += (scopes.empty() ? "" : "; ") + scopeOf(one).text(acting.state);
  }
  no.refuse("role.scope",
            msg("your role covers {scopes}, and {entity} is none of that; name the office or "
                "programme that it belongs to, or ask somebody whose role covers it: {who}",
                arg("scopes", scopes), arg("entity", acting.on.name()),
                whoHas(acting, [&](const GrantedRole& one) {
                  return letsEnter(one) && scopeOf(one).covers(acting.on);
                })));
}

}  // namespace

std::set<std::string> administratorsOf(const RegisterRow& row) {
  return holdersOf(row, letsGrant);
}

bool isAdministrator(const State& state, ActorId actor) {
  const auto row = registerRow(state);
  if (!row) return true;
  const auto all = administratorsOf(as<RegisterRow>(*row));
  return all.empty() || all.contains(toText(actor));
}

bool mayEnter(const State& state, ActorId actor) {
  const auto row = registerRow(state);
  if (!row) return true;
  const auto& reg = as<RegisterRow>(*row);
  const auto id = toText(actor);
  return !hasRole(reg, id, isAny) || hasRole(reg, id, letsEnter);
}

bool seesPersonal(const State& state, ActorId actor) {
  const auto row = registerRow(state);
  if (!row) return true;
  const auto& reg = as<RegisterRow>(*row);
  const auto id = toText(actor);
  return !hasRole(reg, id, isAny) || hasRole(reg, id, [](const GrantedRole& one) {
    return one.role != Role::INTEGRATOR || one.personalValues;
  });
}

void checkRole(const Acting& acting, Refusals& no) {
  const auto& reg = *acting.reg;
  const auto said = saidOn(acting);
  const bool delegatesOwn = said.delegators.size() == 1 && said.delegators.contains(acting.actor);
  checkSaid(acting, said, delegatesOwn, no);
  const auto entersNothing = [&](const std::string& actor) {
    return hasRole(reg, actor, isAny) && !hasRole(reg, actor, letsEnter);
  };
  // Whoever enters for somebody else enters what that one may.
  const auto& granted = acting.onBehalfOf.empty() ? acting.actor : acting.onBehalfOf;
  if (entersNothing(granted) || entersNothing(acting.actor)) {
    return no.refuse("role.enters",
                     msg("an auditor reads and proves, and enters nothing; it needs the role of a "
                         "clerk, which these have: {who}",
                         whoHas(acting, letsEnter)));
  }
  if (delegatesOwn || !hasRole(reg, granted, isAny)) return;
  const auto covers = [&](const GrantedRole& one) {
    return letsEnter(one) && scopeOf(one).covers(acting.on);
  };
  if (!hasRole(reg, granted, covers)) refuseScope(acting, granted, no);
}

}  // namespace consulta
