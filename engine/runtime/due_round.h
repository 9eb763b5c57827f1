// Entering what has fallen due: found by the index of what waits for a day, submitted like anything
// else.
#pragma once

#include <cstdint>

#include "engine/runtime/desk.h"
#include "engine/runtime/register.h"
#include "engine/runtime/writer.h"

namespace consulta {

/// Each thing is entered once, whatever stops and starts in between: once entered, it is no longer
/// due in the state that the next look reads. One call at a time.
[[nodiscard]] Result<DueReceipt> enterWhatIsDue(const Desk& desk, Writer& writer,
                                                std::int64_t nowNs);

}  // namespace consulta
