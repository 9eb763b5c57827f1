// The commands that look and enter nothing, each in the file of its name.
#pragma once

#include "cli/arguments.h"

namespace consulta {

[[nodiscard]] Command showCommand();
[[nodiscard]] Command fileSaveCommand();
[[nodiscard]] Command fileCheckCommand();
[[nodiscard]] Command listCommand();
[[nodiscard]] Command findCommand();
[[nodiscard]] Command statusCommand();
[[nodiscard]] Command tasksCommand();
[[nodiscard]] Command nextCommand();
[[nodiscard]] Command historyCommand();
[[nodiscard]] Command logCommand();
[[nodiscard]] Command changesCommand();
[[nodiscard]] Command todayCommand();
[[nodiscard]] Command repliesCommand();
[[nodiscard]] Command whyCommand();
[[nodiscard]] Command diffCommand();
[[nodiscard]] Command procedureShowCommand();
[[nodiscard]] Command draftCommand();
[[nodiscard]] Command catalogueCommand();
[[nodiscard]] Command consumerListCommand();
[[nodiscard]] Command consumerShowCommand();

}  // namespace consulta
