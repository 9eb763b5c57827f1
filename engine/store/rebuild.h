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
  /// Bytes of the records of a while; those of two are kept: of this one, which is being read, and
  /// of the one before, which is being folded.
  std::size_t bytes_of_a_while = std::size_t{32} << 20U;
  /// Index keys and submissions put in order at a time, some 50 and 24 bytes each.
  std::size_t sorted_at_a_time = 500'000;
};

/// Fills `tables`, which must be empty, with what the log holds up to `upto`; durable on return.
/// What Database::ingest() asks for holds here too: flush() before, and no write meanwhile.
///
/// The calling thread reads the log. The records of a while are put in order by entity and folded
/// beside the reading, some entities by this thread and some by that one, into sorted tables; with
/// the next while, an entity is read back if something is entered on it again. Memory is bounded.
///
/// `state` reads `tables`. `progress` is told now and then how far it is, from the calling thread.
[[nodiscard]] Status rebuildTables(Database& database, const Log& log, const State& state,
                                   const RowTables& tables, Position upto,
                                   const std::function<void(Position, Position)>& progress,
                                   const RebuildBounds& bounds = {});

}  // namespace consulta
