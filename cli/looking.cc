#include "cli/commands.h"

namespace consulta {

std::vector<Command> lookingCommands() {
  return {};
}

}  // namespace consulta
