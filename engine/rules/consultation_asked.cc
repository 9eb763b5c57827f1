#include "engine/rules/consultation_asked.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/rules/decide.h"
#include "engine/rules/rule_values.h"
#include "projections/rows/party.h"

namespace consulta {

namespace json = boost::json;

namespace {

bool namesRole(std::string_view name) {
  return std::ranges::find(roleNames(), name) != roleNames().end();
}

/// A group asks itself, where it is on the roll, and its members; members that are groups likewise.
std::vector<EntityId> withMembers(const State& state, std::vector<EntityId> named,
                                  std::int64_t orderNs) {
  std::vector<RowPtr> parties;
  state.each(Party::aggregate, [&](const RowPtr& now) {
    const auto then = state.rowAt(now->head.id, orderNs);
    if (then && !as<Party>(*then).groups.empty()) parties.push_back(then);
    return true;
  });
  for (std::size_t i = 0; i < named.size(); ++i) {
    const auto group = named[i];
    for (const auto& one : parties) {
      const auto& groups = as<Party>(*one).groups;
      const bool isMember = stateOf<schema::PartyState>(one->head) == schema::PartyState::ACTIVE &&
                            std::ranges::find(groups, group) != groups.end();
      const bool isKnown = std::ranges::find(named, one->head.id) != named.end();
      if (isMember && !isKnown) named.push_back(one->head.id);
    }
  }
  return named;
}

json::array asTexts(const std::vector<EntityId>& ids) {
  json::array out;
  for (const auto id : ids) out.emplace_back(entryText(id));
  return out;
}

}  // namespace

void addAsked(json::object& data, const State& state, const ProcedureStep& step,
              std::int64_t orderNs) {
  data["kind"] = nameOf(step.kind);
  json::array roles;
  std::vector<EntityId> parties;
  std::vector<EntityId> offices;
  for (const auto& name : step.by) {
    if (namesRole(name)) {
      roles.emplace_back(name);
      continue;
    }
    if (const auto party = resolve(state, name, {"party"})) {
      parties.push_back(*party);
    } else if (const auto office = resolve(state, name, {"office"})) {
      offices.push_back(*office);
    }
  }
  if (!parties.empty()) parties = withMembers(state, std::move(parties), orderNs);
  if (!roles.empty()) data["roles"] = std::move(roles);
  if (!parties.empty()) data["asked"] = asTexts(parties);
  if (!offices.empty()) data["offices"] = asTexts(offices);
}

}  // namespace consulta
