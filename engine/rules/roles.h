// Who has been granted what in the register. Pure.
#pragma once

#include <set>
#include <string>

#include "events/ids.h"
#include "projections/rows/register.h"
#include "projections/state.h"

namespace consulta {

/// Those who can grant every role: administrators of one office or programme cannot.
[[nodiscard]] std::set<std::string> administratorsOf(const RegisterRow& row);

/// Whether somebody is one of them; where there are none, everybody is.
[[nodiscard]] bool isAdministrator(const State& state, ActorId actor);

}  // namespace consulta
