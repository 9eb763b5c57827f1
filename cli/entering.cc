#include "cli/commands.h"

namespace consulta {

std::vector<Command> enteringCommands() {
  return {};
}

std::vector<const EventInfo*> typedActs(const Catalogue& catalogue,
                                        const AggregateInfo& aggregate) {
  std::vector<const EventInfo*> out;
  for (const auto& act : aggregate.events) {
    if (!act.verb.empty()) out.push_back(&act);
  }
  const auto& naming = catalogue.symbolGiven();
  if (aggregate.byVerb(naming.verb) == nullptr) out.push_back(&naming);
  return out;
}

}  // namespace consulta
