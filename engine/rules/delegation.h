// Acting on behalf of somebody else: whether a delegation covers an entry, and whether two entries
// came from different hands. Pure.
#pragma once

#include <string>

#include "engine/rules/acting.h"
#include "engine/rules/guard.h"
#include "projections/state.h"

namespace consulta {

/// Who entered a record, and on whose behalf; none: the engine, or nobody's.
[[nodiscard]] ActorId actorOf(schema::Record::Reader record);
[[nodiscard]] ActorId onBehalfOfOf(schema::Record::Reader record);

/// Whether one of those who stand behind the act, by entering it or by having it entered, stands
/// behind the other entry too. Two actors who are the same person are one.
[[nodiscard]] bool sharesHands(const Case& on, ActorId actor, ActorId onBehalfOf);
/// The same, the actors as rows name them.
[[nodiscard]] bool sharesHands(const Case& on, const std::string& actor,
                               const std::string& onBehalfOf);

/// An entry that is made on somebody's behalf needs a delegation that holds on the day of the act
/// and whose scope it lies in.
void checkDelegation(const Acting& acting, Refusals& no);

}  // namespace consulta
