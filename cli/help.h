// Help at every level, from the same description that the words are parsed by.
#pragma once

#include <string>

#include "cli/arguments.h"
#include "cli/session.h"
#include "events/catalogue.h"

namespace consulta {

/// "consulta" alone: what it is, and how to begin.
void printWelcome(Session& session);
/// "consulta --help": every command and every kind of entity.
void printHelp(Session& session);
/// "consulta mou --help": what can be entered of that kind.
void printHelp(Session& session, const AggregateInfo& aggregate);
/// "consulta mou sign --help".
void printHelp(Session& session, const Command& command);
void printVersion(Session& session);
/// "consulta manual": the manual page, for the build.
[[nodiscard]] Command manualCommand();
/// "consulta texts": what the program says by its descriptions, for translators.
[[nodiscard]] Command textsCommand();

/// "consulta mou sign [ID] --party PARTY [--note TEXT] ...", in one line.
[[nodiscard]] std::string usageLine(const Command& command);

}  // namespace consulta
