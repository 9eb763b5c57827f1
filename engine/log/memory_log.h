// A log in memory, for tests of what stands above a log. It keeps the whole contract of `Log` but
// durability, and fails on demand.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <shared_mutex>

#include "engine/log/acknowledged.h"
#include "engine/log/log.h"

namespace consulta {

class MemoryLog : public Log {
 public:
  MemoryLog() = default;

  /// What became of the records of a failed append: nobody can know before the next opening.
  enum class Outcome { lost, kept };

  /// Lets the n-th append from now on (1 is the next one) fail as a disk would, and the log be
  /// broken from then on. A refused append counts as none.
  void failAppend(std::uint64_t nth, Outcome outcome = Outcome::lost);

  /// A new log as an opening after a crash would find it: with all that was acknowledged, and with
  /// the records of a failed append when its outcome is `kept`. Not during an append.
  [[nodiscard]] std::unique_ptr<MemoryLog> reopened() const;

  [[nodiscard]] Result<Position> append(Position at, std::span<const NewRecord> batch) override;
  [[nodiscard]] Position last() const override { return acknowledged_.last(); }
  [[nodiscard]] bool broken() const override { return acknowledged_.broken(); }
  [[nodiscard]] Status read(Position from, Position to, const Visitor& visit) const override;
  [[nodiscard]] Result<std::string> at(Position position) const override;
  [[nodiscard]] Result<std::optional<std::string>> beside(Position position,
                                                          std::string_view key) const override;
  [[nodiscard]] Position wait(Position after, std::uint32_t timeout_ms) const override {
    return acknowledged_.wait(after, timeout_ms);
  }

 private:
  explicit MemoryLog(std::deque<NewRecord> records);
  const NewRecord& record(Position position) const;

  Acknowledged acknowledged_{Position{}};
  // The mutex guards the deque's own structure; a record never moves and never changes, so a
  // reference to it may be used without the lock.
  mutable std::shared_mutex mutex_;
  std::deque<NewRecord> records_;
  std::uint64_t untilFailure_ = 0;  // 0: never
  Outcome outcome_ = Outcome::lost;
};

}  // namespace consulta
