// Folds the whole log anew into empty tables, as fast as the machine can.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

#include "engine/log/database.h"
#include "engine/log/log.h"
#include "engine/store/row_tables.h"
#include "events/catalogue.h"

namespace consulta {

/// What a rebuild keeps in memory; tests make it small.
struct RebuildBounds {
  /// Rows a thread keeps: twice as many, those of this while and of the one before.
  std::size_t rows_of_a_while = 16'384;
  /// Submissions put in order and written at a time, 24 bytes each.
  std::size_t submissions_at_a_time = 500'000;
  /// With fewer records a second thread takes longer to begin than to help.
  std::uint64_t records_for_two_threads = 20'000;
};

/// Fills `tables`, which must be empty, with what the log holds up to `upto`; durable on return.
///
/// A row is the fold of one entity's entries and of nothing else, so ranges of entities are folded
/// side by side. Each thread reads the log from the first entity of its range on, keeps the rows
/// that are being folded in memory, and writes those that nothing was entered on for a while as
/// sorted tables. Memory is bounded; rows that are asked for again are read back.
///
/// `progress` is told now and then how far it is, from the calling thread.
[[nodiscard]] Status rebuildTables(Database& database, const Log& log, const Catalogue& catalogue,
                                   const RowTables& tables, Position upto,
                                   const std::function<void(Position, Position)>& progress,
                                   const RebuildBounds& bounds = {});

}  // namespace consulta
