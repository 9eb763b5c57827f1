#include "engine/runtime/desk.h"

#include <mutex>
#include <utility>

#include "events/limits.h"

namespace consulta {

Desk::Desk(const Log& log, RowStore& rows) : log_(log), rows_(rows), tail_(rows.state()) {}

Status Desk::catchUp() {
  if (rows_.outdated()) return rebuild([](Position, Position) {});
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
        if (own != submission && tail_.records().size() >= limits::tail_records_max) {
          if (auto done = flushLocked(); !done) {
            failures = std::move(done).failures();
            return false;
          }
        }
        submission = own;
        tail_.add(std::move(*record));
        return true;
      });
  if (!failures.empty()) return failures;
  return read;
}

void Desk::read(const std::function<void(const State&)>& look) const {
  const std::shared_lock lock(mutex_);
  look(tail_);
}

Status Desk::publish(Overlay& queued) {
  const std::unique_lock lock(mutex_);
  tail_.absorb(queued);
  return tail_.records().size() < limits::tail_records_max ? Status(Done{}) : flushLocked();
}

Status Desk::flushLocked() {
  if (tail_.records().empty()) return Done{};
  auto written = rows_.write(tail_, tail_.records().back()->position());
  if (written) tail_.clear();
  return written;
}

Status Desk::flush() {
  const std::unique_lock lock(mutex_);
  return flushLocked();
}

Status Desk::rebuild(const std::function<void(Position, Position)>& progress) {
  const std::unique_lock lock(mutex_);
  auto done = rows_.rebuild(progress);
  if (done) tail_.clear();
  return done;
}

}  // namespace consulta
