// Going on with what others enter, for commands that print what has come.
#pragma once

#include <functional>

#include "cli/arguments.h"
#include "cli/looking.h"
#include "cli/session.h"
#include "events/ids.h"
#include "events/result.h"

namespace consulta {

/// Whether more can come, and nothing in the words says that it is not wanted.
[[nodiscard]] Status checkFollow(const Session& session, const Arguments& arguments);

/// Calls `more` whenever there are entries from `next` on, which it puts behind what it has
/// printed, until nobody wants more or it fails; the exit code.
int follow(Session& session, const Position& next, const std::function<int(const Looking&)>& more);

}  // namespace consulta
