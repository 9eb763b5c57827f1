// Entries as CloudEvents 1.0 in JSON, for whoever does not speak Cap'n Proto.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>

#include "events/ids.h"
#include "events/record.h"
#include "projections/state.h"

namespace consulta {

/// Whose events they are. Positions count in an epoch, so both are part of an event's source.
struct EventSource {
  RegisterId reg;
  std::uint64_t epoch = 0;
};

/// "time" is when it occurred, of an imprecise date the moment by which it is put in order, and is
/// not there when nothing is known of it; the extensions are "recordedtime", "sequence" (the
/// position, with zeros in front) and "replayed": whether it was there before whoever reads it
/// came. "data" is the entry as "consulta log --json" prints it, with commitments in the place of
/// personal values.
[[nodiscard]] boost::json::object cloudEvent(const State& state, const EventSource& source,
                                             const Record& record, bool replayed);

}  // namespace consulta
