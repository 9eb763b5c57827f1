// Folds the whole log anew into empty tables, as fast as the machine can.
#pragma once

#include <cstddef>
#include <functional>

#include "engine/log/database.h"
#include "engine/log/log.h"
#include "engine/store/row_tables.h"
#include "projections/state.h"

namespace consulta {

/// What a rebuild keeps in memory; tests make it small.
struct RebuildBounds {
  /// Rows of a while; those of three are kept: of this one, of the one before, and what is written.
  std::size_t rows_of_a_while = 16'384;
  /// Index keys and submissions put in order at a time, some 50 and 24 bytes each.
  std::size_t sorted_at_a_time = 500'000;
};

/// Fills `tables`, which must be empty, with what the log holds up to `upto`; durable on return.
/// What Database::ingest() asks for holds here too: flush() before, and no write meanwhile.
///
/// The calling thread reads the log and folds; each row is folded in place, not copied for each
/// entry. Another thread encodes the rows that nothing was entered on for a while, and writes them
/// as sorted tables. Memory is bounded; rows that are asked for again are read back.
///
/// `state` reads `tables`. `progress` is told now and then how far it is, from the calling thread.
[[nodiscard]] Status rebuildTables(Database& database, const Log& log, const State& state,
                                   const RowTables& tables, Position upto,
                                   const std::function<void(Position, Position)>& progress,
                                   const RebuildBounds& bounds = {});

}  // namespace consulta
