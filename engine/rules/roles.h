// Who has been granted what in the register, and what that lets them enter. Pure.
#pragma once

#include <set>
#include <string>

#include "engine/rules/acting.h"
#include "events/ids.h"
#include "projections/rows/register.h"
#include "projections/state.h"

namespace consulta {

/// Those who can grant every role: administrators of one office or programme cannot.
[[nodiscard]] std::set<std::string> administratorsOf(const RegisterRow& row);

/// Whether somebody is one of them; where there are none, everybody is.
[[nodiscard]] bool isAdministrator(const State& state, ActorId actor);

/// Whether some role of theirs lets somebody enter anything at all; who has none is not asked.
[[nodiscard]] bool mayEnter(const State& state, ActorId actor);

/// Whether somebody may see personal values in clear. Who is only an integrator may not, unless one
/// of the grants says so; who has no role is not asked.
[[nodiscard]] bool seesPersonal(const State& state, ActorId actor);

/// Refuses what the roles of its actor do not let them enter, and says who may. An actor to whom no
/// role was granted is trusted with whatever the directory lets them open; only administrators say
/// who acts in which role, and one gives and ends the delegations from oneself. To correct or
/// withdraw an entry takes what it took to enter it. The register is open.
void checkRole(const Acting& acting, Refusals& no);

}  // namespace consulta
