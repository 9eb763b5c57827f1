// A command line that runs where its register is served.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "cli/session.h"

namespace consulta {

/// Runs the words at the server that --connect names, or else at the one whose socket is in the
/// directory of the register; returns the exit code. Nothing when nobody serves there: a socket
/// that a server left behind is none.
[[nodiscard]] std::optional<int> runElsewhere(Session& session, std::span<const std::string> words);

}  // namespace consulta
