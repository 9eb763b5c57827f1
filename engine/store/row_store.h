// Rows and indexes on disk: what the log folds to, kept so that opening costs the same at any
// length.
//
// They follow the log and never run ahead of it: rows, index, entries and the position they are
// folded to are one batch in the same write-ahead log as the records. Whatever is lost of them, or
// was written by another edition of the folds, is folded again from the log.
// row_tables.h says how they stand there.
//
// A rebuild writes a generation that never was before beside the current one; one batch makes it
// the current one. What an interrupted rebuild leaves is given up by the next.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "engine/log/database.h"
#include "engine/log/log.h"
#include "engine/store/rebuild.h"
#include "engine/store/row_tables.h"
#include "events/catalogue.h"
#include "projections/overlay.h"
#include "projections/state.h"

namespace consulta {

/// Threads: what state() gives may be read from any thread, also while the store is written;
/// everything else is for one thread at a time.
class RowStore {
 public:
  [[nodiscard]] static std::vector<FamilySpec> families();

  /// All of these must outlive the store. Nothing is written on opening.
  [[nodiscard]] static Result<std::unique_ptr<RowStore>> open(Database& database, const Log& log,
                                                              const Catalogue& catalogue);
  ~RowStore();
  RowStore(const RowStore&) = delete;
  RowStore& operator=(const RowStore&) = delete;

  /// As folded up to folded(): it stays so, whatever is written later. Not longer than the
  /// database, and not across a rebuild.
  [[nodiscard]] std::shared_ptr<const State> state() const;
  [[nodiscard]] Position folded() const;
  /// The rows were written by another edition of the folds: only rebuild() helps.
  [[nodiscard]] bool outdated() const;

  /// Writes what `tail`, an overlay over state(), holds; it must reach from folded() + 1 to `upto`.
  [[nodiscard]] Status write(const Overlay& tail, Position upto);

  /// Folds the whole log anew beside what is there, then puts it in its place. `progress` is told
  /// how far it is, now and then.
  [[nodiscard]] Status rebuild(const std::function<void(Position done, Position all)>& progress,
                               const RebuildBounds& bounds = {});

 private:
  class Disk;
  RowStore(Database& database, const Log& log, const Catalogue& catalogue);
  Result<std::uint64_t> beginGeneration();

  Database& database_;
  const Log& log_;
  const Catalogue& catalogue_;
  std::shared_ptr<const Disk> disk_;
  bool outdated_ = false;
};

/// The record at a position; damage is a `damaged` failure that names it.
[[nodiscard]] Result<RecordPtr> recordAt(const Log& log, Position position);

}  // namespace consulta
