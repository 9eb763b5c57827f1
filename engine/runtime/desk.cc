#include "engine/runtime/desk.h"

#include <chrono>
#include <utility>

namespace consulta {

namespace {

/// How long the writer waits for those who look before it goes on with a copy.
constexpr std::chrono::microseconds readers_wait{1'000};
/// A tail that is longer is written to the disk rather than copied: it will be anyway, and what is
/// entered next is copied in no time.
constexpr std::size_t copied_records_max = 1'000;

}  // namespace

Desk::Desk(const Log& log, RowStore& rows, std::size_t tail_records_max)
    : log_(log),
      rows_(rows),
      tail_records_max_(tail_records_max),
      view_(std::make_shared<View>(rows.state(), rows.folded())),
      published_(view_->last.value) {}

Status Desk::catchUp(const std::function<void(Position, Position)>& rebuilding) {
  if (rows_.outdated()) return rebuild(rebuilding ? rebuilding : [](Position, Position) {});
  Failures failures;
  SubmissionId submission;
  auto read =
      log_.read(Position(rows_.folded().value + 1), log_.last(), [&](const StoredRecord& stored) {
        auto record = Record::read(stored.position, stored.bytes);
        if (!record) {
          failures = std::move(record).failures();
          return false;
        }
        const auto own = submissionOf((*record)->get());
        if (own != submission && view_->tail.records().size() >= tail_records_max_) {
          if (auto done = flushLocked(); !done) {
            failures = std::move(done).failures();
            return false;
          }
        }
        submission = own;
        view_->tail.add(std::move(*record));
        view_->last = stored.position;
        return true;
      });
  notePublished();
  if (!failures.empty()) return failures;
  return read;
}

/// Somebody who looks at the newest view.
class Desk::Reading {
 public:
  explicit Reading(const Desk& desk) : desk_(desk) {
    const std::scoped_lock lock(desk_.mutex_);
    view_ = desk_.view_;  // NOLINT(cppcoreguidelines-prefer-member-initializer): under the lock
    ++view_->readers;
    ++desk_.readers_;
  }
  ~Reading() {
    {
      const std::scoped_lock lock(desk_.mutex_);
      --view_->readers;
      --desk_.readers_;
    }
    desk_.left_.notify_all();
  }
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

  [[nodiscard]] const State& state() const { return view_->tail; }
  [[nodiscard]] Position last() const { return view_->last; }

 private:
  const Desk& desk_;
  std::shared_ptr<View> view_;
};

void Desk::read(const std::function<void(const State&)>& look) const {
  const Reading reading(*this);
  look(reading.state());
}

void Desk::read(const std::function<void(const State&, Position)>& look) const {
  const Reading reading(*this);
  look(reading.state(), reading.last());
}

void Desk::leaveToReaders(std::unique_lock<std::mutex>& lock) {
  if (left_.wait_for(lock, readers_wait, [&] { return view_->readers == 0; })) return;
  if (view_->tail.records().size() > copied_records_max && flushLocked()) return;
  auto own = std::make_shared<View>(view_->disk, view_->last);
  own->tail.copy(view_->tail);
  view_ = std::move(own);
}

void Desk::publish(Overlay& queued) {
  std::unique_lock lock(mutex_);
  if (view_->readers > 0) leaveToReaders(lock);
  view_->tail.absorb(queued);
  if (!view_->tail.records().empty()) view_->last = view_->tail.records().back()->position();
  notePublished();
}

Status Desk::letRowsFollow() {
  const std::scoped_lock lock(mutex_);
  return view_->tail.records().size() < tail_records_max_ ? Status(Done{}) : flushLocked();
}

Status Desk::flushLocked() {
  const auto& records = view_->tail.records();
  if (records.empty()) return Done{};
  auto written = rows_.write(view_->tail, records.back()->position());
  if (written) view_ = std::make_shared<View>(rows_.state(), rows_.folded());
  return written;
}

Status Desk::flush() {
  const std::scoped_lock lock(mutex_);
  return flushLocked();
}

Status Desk::rebuild(const std::function<void(Position, Position)>& progress) {
  std::unique_lock lock(mutex_);
  // Old rows are given up, so nobody may look at them, and nobody begins to meanwhile.
  left_.wait(lock, [&] { return readers_ == 0; });
  auto done = rows_.rebuild(progress);
  if (done) view_ = std::make_shared<View>(rows_.state(), rows_.folded());
  notePublished();
  return done;
}

}  // namespace consulta
