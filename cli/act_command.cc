#include "cli/commands.h"

namespace consulta {

Command actCommand(const Catalogue&, const AggregateInfo& aggregate, const EventInfo& act) {
  Command out;
  out.name = aggregate.name + " " + act.verb;
  out.help = act.help;
  out.run = [](Session&, const Arguments&) { return 0; };
  return out;
}

}  // namespace consulta
