// From the words of a command line to the command that they name.
#pragma once

#include <span>
#include <string>

#include "cli/session.h"

namespace consulta {

/// Runs what `words` (without the program's name) say, and returns the exit code. Whatever breaks
/// on the way is reported as any other failure; nothing is thrown.
int dispatch(Session& session, std::span<const std::string> words);

}  // namespace consulta
