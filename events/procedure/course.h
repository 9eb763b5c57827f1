// What can come about when a procedure runs: whether parallel steps always meet where they should,
// and whether steps can follow each other round and round without anybody having acted.
//
// Pure, of a definition in which every name means something (checkDefinition).
#pragma once

#include <string>
#include <vector>

#include "events/procedure/definition.h"

namespace consulta {

/// The steps with `waits-for` that can be led to and then wait for ever, because what they wait for
/// is not under way and nothing brings it about any more. Looks through all ways up to a number far
/// beyond that of a procedure that people can follow; what lies behind it is not told.
[[nodiscard]] std::vector<std::string> joinsWithoutEnd(const ProcedureDefinition& definition);

/// A round of steps each of which can be complete as it begins: everybody was invited already, or
/// the text stands agreed. Empty when there is none.
[[nodiscard]] std::vector<std::string> idleRound(const ProcedureDefinition& definition);

}  // namespace consulta
