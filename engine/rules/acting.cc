#include "engine/rules/acting.h"

#include "engine/rules/delegation.h"
#include "engine/rules/roles.h"

namespace consulta {

void checkActing(const State& state, schema::Record::Reader record, const EventInfo& act,
                 const Row* row, Refusals& no) {
  const auto actor = actorOf(record);
  if (!actor) return;
  const auto behalf = onBehalfOfOf(record);
  const auto reg = registerRow(state);
  const Acting acting{state,
                      record,
                      tryAs<RegisterRow>(reg.get()),
                      toText(actor),
                      behalf ? toText(behalf) : std::string(),
                      Concerned(state, record, act, row)};
  if (behalf) checkDelegation(acting, no);
  if (acting.reg != nullptr) checkRole(acting, no);
}

}  // namespace consulta
