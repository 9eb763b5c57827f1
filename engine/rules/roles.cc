#include "engine/rules/roles.h"

namespace consulta {

std::set<std::string> administratorsOf(const RegisterRow& row) {
  std::set<std::string> out;
  for (const auto& one : row.roles) {
    if (one.role == schema::Role::ADMINISTRATOR && !one.office && !one.programme) {
      out.insert(one.actor);
    }
  }
  return out;
}

bool isAdministrator(const State& state, ActorId actor) {
  const auto row = registerRow(state);
  if (!row) return true;
  const auto all = administratorsOf(as<RegisterRow>(*row));
  return all.empty() || all.contains(toText(actor));
}

}  // namespace consulta
