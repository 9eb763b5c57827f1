// The single writer of a register: decides, appends, acknowledges.
//
// Whoever submits while nothing is under way is the writer for that one submission: to wake another
// thread and be woken by it would take longer than everything but the sync. What comes meanwhile is
// queued and taken together by a thread of its own.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "engine/log/log.h"
#include "engine/runtime/append_pace.h"
#include "engine/runtime/confirmed_clock.h"
#include "engine/runtime/desk.h"
#include "engine/runtime/latency.h"
#include "engine/runtime/register.h"
#include "engine/runtime/secrets.h"

namespace consulta {

/// Threads: submit and dryRun from any; they wait for the answer. After a failed append or sync
/// the writer stops for good, and every later submission is told so.
class Writer {
 public:
  /// All of these must outlive the writer.
  Writer(Log& log, Desk& desk, Secrets& secrets, Clock clock, ConfirmedClock confirmed,
         bool clockConfirmed);
  /// Answers what is queued, then stops.
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  [[nodiscard]] Result<Receipt> submit(Submission submission);
  /// Without waiting; see Register::submit().
  void submit(Submission submission, Register::Answer answer);
  [[nodiscard]] Result<Receipt> dryRun(Submission submission);
  /// Several that do not depend on each other, at most limits::due_entries_at_once; the answers in
  /// their order.
  [[nodiscard]] std::vector<Result<Receipt>> submitAll(std::vector<Submission> submissions);
  /// Does `work` while nothing is decided or written; what is submitted meanwhile waits.
  void alone(const std::function<void()>& work);

  /// What it has done since it was made. Valid as long as the writer.
  [[nodiscard]] const WriterFigures& figures() const { return figures_; }

 private:
  struct Job {
    Submission submission;
    bool dry = false;
    Register::Answer answer;
  };
  class Group;

  using Jobs = std::vector<std::unique_ptr<Job>>;
  using Answer = std::future<Result<Receipt>>;
  /// All at once, or each is told that too many are waiting.
  void enqueue(Jobs jobs);
  [[nodiscard]] static std::unique_ptr<Job> awaited(Submission submission, bool dry,
                                                    Answer& answer);
  Result<Receipt> await(Submission submission, bool dry);
  void run();
  [[nodiscard]] std::unique_ptr<Job> next(const Group& group);
  void processAlone(std::unique_ptr<Job> job) noexcept;
  void processQueue() noexcept;
  void letRowsFollow();
  Status clockIsSound(const Job& job);

  Log& log_;
  Desk& desk_;
  Secrets& secrets_;
  const Clock clock_;
  const ConfirmedClock confirmed_;
  // Of whoever is the writer:
  bool clockConfirmed_;  // until an entry is recorded by it
  std::int64_t lastRecordedNs_ = 0;
  AppendPace pace_;
  WriterFigures figures_;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::unique_ptr<Job>> queue_;  // at most limits::queue_submissions_max
  bool writing_ = false;                    // somebody is the writer
  std::size_t wantAlone_ = 0;               // those who wait to be alone: nobody goes before them
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace consulta
