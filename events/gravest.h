// Which of several failures counts, for answers that have room for one: the exit code of the
// program and the status of HTTP.
#pragma once

#include <string_view>

#include "events/result.h"

namespace consulta {

/// "refused", "usage", "conflict", "damaged", "unavailable": stable, for programs.
[[nodiscard]] std::string_view faultName(Fault fault);

/// The first of those of the gravest kind: what is broken, then what was not understood, then what
/// a rule says.
[[nodiscard]] const Failure& gravest(const Failures& failures);

}  // namespace consulta
