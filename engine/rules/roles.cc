#include "engine/rules/roles.h"

#include <algorithm>
#include <functional>
#include <vector>

#include "engine/rules/concerned.h"
#include "engine/rules/delegation.h"

namespace consulta {

namespace {

using schema::Role;
using Grants = std::vector<GrantedRole>;

Grants grantsOf(const RegisterRow& row, ActorId actor) {
  Grants out;
  std::ranges::copy_if(row.roles, std::back_inserter(out),
                       [&](const GrantedRole& one) { return one.actor == toText(actor); });
  return out;
}

/// All roles let enter but that of an auditor, who reads and proves.
bool letsEnter(const GrantedRole& one) {
  return one.role != Role::AUDITOR;
}

/// "who": those who have such a role, each once.
Arg holders(const RegisterRow& row, const std::function<bool(const GrantedRole&)>& has) {
  std::set<std::string> ids;
  for (const auto& one : row.roles) {
    if (has(one)) ids.insert(one.actor);
  }
  std::vector<ActorArg> all;
  for (const auto& id : ids) all.push_back(ActorArg{id});
  return arg("who", allOf(all));
}

std::string scopeOf(const State& state, const GrantedRole& one) {
  std::string out;
  for (const auto id : {one.office, one.programme}) {
    if (id) out += (out.empty() ? "" : ", ") + state.nameOf(id);
  }
  return out;
}

bool sharesOutRoles(const EventInfo& act) {
  using E = schema::RegisterEvent;
  return act.aggregate == static_cast<std::uint16_t>(RegisterRow::aggregate) &&
         (act.tag == E::ROLE_GRANTED || act.tag == E::ROLE_WITHDRAWN);
}

void refuseScope(const State& state, const RegisterRow& row, const Grants& grants,
                 const Concerned& concerned, const std::string& entity, Refusals& no) {
  std::string scopes;
  for (const auto& one : grants) {
    if (letsEnter(one)) scopes += (scopes.empty() ? "" : "; ") + scopeOf(state, one);
  }
  no.refuse(
      "role.scope",
      msg("your role covers {scopes}, and {entity} is none of that; name the office or "
          "programme that it belongs to, or ask somebody whose role covers it: {who}",
          arg("scopes", scopes), arg("entity", entity), holders(row, [&](const GrantedRole& one) {
            return letsEnter(one) && concerned.isWithin(one.office, one.programme);
          })));
}

}  // namespace

std::set<std::string> administratorsOf(const RegisterRow& row) {
  std::set<std::string> out;
  for (const auto& one : row.roles) {
    if (one.role == Role::ADMINISTRATOR && !one.office && !one.programme) out.insert(one.actor);
  }
  return out;
}

bool isAdministrator(const State& state, ActorId actor) {
  const auto row = registerRow(state);
  if (!row) return true;
  const auto all = administratorsOf(as<RegisterRow>(*row));
  return all.empty() || all.contains(toText(actor));
}

void checkRole(const State& state, schema::Record::Reader record, const EventInfo& act,
               const Row* row, Refusals& no) {
  const auto actor = actorOf(record);
  const auto whole = registerRow(state);
  if (!actor || !whole) return;  // the engine itself, or a register that is being founded
  const auto& reg = as<RegisterRow>(*whole);
  if (sharesOutRoles(act) && !isAdministrator(state, actor)) {
    no.refuse("role.administrator",
              msg("roles are granted and withdrawn by an administrator of the whole register; ask "
                  "one: {who}",
                  holders(reg, [](const GrantedRole& one) {
                    return one.role == Role::ADMINISTRATOR && !one.office && !one.programme;
                  })));
  }
  // Whoever enters for somebody else enters what that one may.
  const auto behalf = onBehalfOfOf(record);
  const auto grants = grantsOf(reg, behalf ? behalf : actor);
  const auto entersNothing = [](const Grants& all) {
    return !all.empty() && std::ranges::none_of(all, letsEnter);
  };
  if (entersNothing(grants) || entersNothing(grantsOf(reg, actor))) {
    return no.refuse("role.enters",
                     msg("an auditor reads and proves, and enters nothing; it needs the role of a "
                         "clerk, which these have: {who}",
                         holders(reg, letsEnter)));
  }
  if (grants.empty()) return;
  const Concerned concerned(state, record, act, row);
  const bool isCovered = std::ranges::any_of(grants, [&](const GrantedRole& one) {
    return letsEnter(one) && concerned.isWithin(one.office, one.programme);
  });
  if (isCovered) return;
  const auto self = row != nullptr ? state.nameOf(row->head.id)
                                   : state.catalogue().aggregate(act.aggregate).name + ":" +
                                         std::string(record.getSymbol().cStr());
  refuseScope(state, reg, grants, concerned, self, no);
}

}  // namespace consulta
