// Every command of the program. The acts of the schema are not listed one by one: they are made
// from the catalogue, as "AGGREGATE VERB", when one of them is typed.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "cli/arguments.h"
#include "events/catalogue.h"

namespace consulta {

/// All commands that have a name of their own, in the order of the help.
[[nodiscard]] std::vector<Command> fixedCommands(const Catalogue& catalogue);

/// The parts it is made of: each knows the commands of one kind.
[[nodiscard]] std::vector<Command> enteringCommands(
    const Catalogue& catalogue);  // init, import, correct, rebuild
[[nodiscard]] std::vector<Command> lookingCommands();   // show, list, status, history, ...

/// An act as a command: "mou sign". The verb is not empty.
[[nodiscard]] Command actCommand(const Catalogue& catalogue, const AggregateInfo& aggregate,
                                 const EventInfo& act);
/// The acts that can be typed after the name of an aggregate: its own, and those of any aggregate.
[[nodiscard]] std::vector<const EventInfo*> typedActs(const Catalogue& catalogue,
                                                      const AggregateInfo& aggregate);

/// What may be written before or after any command.
[[nodiscard]] std::span<const Parameter> globalOptions();

}  // namespace consulta
