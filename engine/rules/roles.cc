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
  std::set<std::string> all;
  state.each(static_cast<std::uint16_t>(RegisterRow::aggregate), [&](const RowPtr& row) {
    all = administratorsOf(as<RegisterRow>(*row));
    return false;
  });
  return all.empty() || all.contains(toText(actor));
}

}  // namespace consulta
