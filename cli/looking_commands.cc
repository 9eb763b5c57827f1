#include "cli/looking_commands.h"

#include "cli/commands.h"

namespace consulta {

std::vector<Command> lookingCommands() {
  std::vector<Command> out;
  out.push_back(statusCommand());
  out.push_back(showCommand());
  out.push_back(listCommand());
  out.push_back(findCommand());
  out.push_back(tasksCommand());
  out.push_back(nextCommand());
  out.push_back(historyCommand());
  out.push_back(logCommand());
  out.push_back(changesCommand());
  out.push_back(todayCommand());
  out.push_back(repliesCommand());
  out.push_back(whyCommand());
  out.push_back(diffCommand());
  out.push_back(fileSaveCommand());
  out.push_back(fileCheckCommand());
  out.push_back(procedureShowCommand());
  out.push_back(draftCommand());
  out.push_back(catalogueCommand());
  out.push_back(consumerListCommand());
  out.push_back(consumerShowCommand());
  return out;
}

}  // namespace consulta
