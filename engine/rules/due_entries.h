// What the engine enters because a day has come: a silence observed, a request overdue.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "events/entry.h"
#include "events/ids.h"
#include "projections/row_due.h"
#include "projections/state.h"

namespace consulta {

/// One entry of the engine, ready to be submitted, and the entry that set the day.
struct DueEntry {
  Proposal proposal;
  Position cause;
};

/// What is to be entered on an entity of which something was due after `momentNs`, the moment of a
/// timer key. Each is dated by the day that had come, and says how late it is entered. Whether it
/// is still lawful is decided like that of any other entry.
[[nodiscard]] std::vector<DueEntry> dueEntries(const State& state, const Row& row,
                                               std::int64_t momentNs, std::int64_t nowNs);

/// Something that the engine enters, whose day has come.
struct ComeDue {
  RowDue due;
  std::int64_t momentNs = 0;  // the last one at which it was not yet due
};

/// What waits although its day has come by `untilNs`, the earliest first: what was past already
/// when it was entered, which the clock leaves alone, among it.
[[nodiscard]] std::vector<ComeDue> pastDues(const State& state, const Row& row,
                                            std::int64_t untilNs, std::int64_t nowNs);
/// The entry of one of these.
[[nodiscard]] Proposal entryOf(const State& state, const Row& row, const ComeDue& come,
                               std::int64_t nowNs);

}  // namespace consulta
