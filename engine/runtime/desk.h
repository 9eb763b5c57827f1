// The acknowledged state in memory over the rows on disk, shared between one writer and readers.
#pragma once

#include <functional>
#include <shared_mutex>

#include "engine/log/log.h"
#include "engine/store/row_store.h"
#include "projections/overlay.h"

namespace consulta {

/// Threads: read() from any; everything else from whichever is the writer.
class Desk {
 public:
  /// Both must outlive the desk.
  Desk(const Log& log, RowStore& rows);
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  /// Folds forward what rows on disk have not caught up with; with rows of another edition, all.
  [[nodiscard]] Status catchUp();

  /// The state stays as it is while `look` runs.
  void read(const std::function<void(const State&)>& look) const;

  /// For the writer: nobody else changes it, so it may look without a lock.
  [[nodiscard]] const State& state() const { return tail_; }

  /// Makes acknowledged entries visible. `queued` is an overlay over state(); empty afterwards.
  /// Rows on disk follow when the tail has grown long enough; a failure there is reported, but the
  /// entries are acknowledged and visible all the same.
  [[nodiscard]] Status publish(Overlay& queued);

  /// Lets the rows on disk catch up.
  [[nodiscard]] Status flush();
  [[nodiscard]] Status rebuild(const std::function<void(Position, Position)>& progress);

 private:
  [[nodiscard]] Status flushLocked();

  const Log& log_;
  RowStore& rows_;
  Overlay tail_;
  mutable std::shared_mutex mutex_;
};

}  // namespace consulta
