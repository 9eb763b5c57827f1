// The acknowledged state in memory over the rows on disk, shared between one writer and readers.
//
// Whoever reads is given a view: the rows as they were when they were last written, and over them
// what was entered since. It stays as it is however long they look, and the writer goes on without
// it: while somebody looks, it leaves them what they have and goes on with a copy of the tail,
// which is bounded by limits::tail_records_max. Most looks are over sooner than a copy is made, so
// it waits for them a moment first.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>

#include "engine/log/log.h"
#include "engine/store/row_store.h"
#include "events/limits.h"
#include "projections/overlay.h"

namespace consulta {

/// Threads: read() from any; everything else from whichever is the writer.
class Desk {
 public:
  /// Both must outlive the desk. `tail_records_max`: rows on disk follow when so many wait.
  Desk(const Log& log, RowStore& rows, std::size_t tail_records_max = limits::tail_records_max);
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  /// Folds forward what rows on disk have not caught up with; with rows of another edition, all, of
  /// which `rebuilding` is told how far it has come.
  [[nodiscard]] Status catchUp(const std::function<void(Position, Position)>& rebuilding = {});

  /// The state stays as it is while `look` runs; nobody waits for it but a rebuild and the end.
  void read(const std::function<void(const State&)>& look) const;
  /// Likewise; `last` is the newest entry that the state holds.
  void read(const std::function<void(const State&, Position last)>& look) const;

  /// The newest entry that whoever looks from now on sees.
  [[nodiscard]] Position published() const {
    return Position(published_.load(std::memory_order_acquire));
  }

  /// For the writer: nobody else changes it, so it may look without a lock, until publish().
  [[nodiscard]] const State& state() const { return view_->tail; }

  /// Makes acknowledged entries visible. `queued` is an overlay over state(), and of no use
  /// afterwards.
  void publish(Overlay& queued);
  /// To be called after publish(), when whoever waited for the entries has been answered: rows on
  /// disk follow when the tail has grown long enough. A failure is reported, but the entries are
  /// acknowledged and visible all the same.
  [[nodiscard]] Status letRowsFollow();

  /// Lets the rows on disk catch up.
  [[nodiscard]] Status flush();
  [[nodiscard]] Status rebuild(const std::function<void(Position, Position)>& progress);

 private:
  struct View {
    View(std::shared_ptr<const State> below, Position folded)
        : disk(std::move(below)), tail(*disk), last(folded) {}
    std::shared_ptr<const State> disk;
    Overlay tail;
    Position last;            // of what it holds
    std::size_t readers = 0;  // guarded by the desk's mutex
  };
  class Reading;

  /// The view to go on with: nobody looks at it.
  void leaveToReaders(std::unique_lock<std::mutex>& lock);
  [[nodiscard]] Status flushLocked();
  void notePublished() { published_.store(view_->last.value, std::memory_order_release); }

  const Log& log_;
  RowStore& rows_;
  const std::size_t tail_records_max_;
  mutable std::mutex mutex_;
  mutable std::condition_variable left_;  // a reader has
  mutable std::size_t readers_ = 0;       // of all views
  std::shared_ptr<View> view_;
  std::atomic<std::uint64_t> published_;  // view_->last, for those who ask without the mutex
};

}  // namespace consulta
