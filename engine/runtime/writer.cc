#include "engine/runtime/writer.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <future>
#include <optional>
#include <utility>

#include "engine/rules/same_entry.h"
#include "engine/rules/submission.h"
#include "engine/runtime/stored_files.h"
#include "engine/store/row_store.h"
#include "events/entry_json.h"
#include "events/limits.h"
#include "projections/rows.h"

namespace consulta {

namespace {

Failure stopped() {
  return unavailable("writer.stopped",
                     msg("a write to the disk failed before, so nothing more is entered until the "
                         "register is opened again; check the disk, then open it"));
}

Failure busy() {
  return unavailable("writer.busy",
                     msg("too many submissions are waiting; nothing was entered, try "
                         "again in a moment"));
}

/// Some entries are the engine's alone: it enters them when they come about.
Failures engineOnly(const Catalogue& catalogue, const Submission& submission) {
  Failures out;
  if (!submission.actor) return out;
  for (const auto& entry : submission.entries) {
    if (!catalogue.isEngines(*entry.act)) continue;
    out.push_back(refused("entry.engine-only",
                          msg("{type} is entered by the register itself when it comes about; leave "
                              "it out",
                              arg("type", entry.act->type))));
  }
  return out;
}

}  // namespace

/// What is decided together, appended as one batch and acknowledged together: take() as often as
/// there is something, then append().
class Writer::Group {
 public:
  explicit Group(Writer& writer)
      : writer_(writer),
        first_(writer.log_.last().value + 1),
        queued_(writer.desk_.state()),
        sealing_(writer.secrets_) {}

  void take(std::unique_ptr<Job> job) {
    examined_ += job->submission.entries.size();
    try {
      auto answer = examine(*job);
      if (!answer || job->dry) return job->answer(std::move(answer));
      waiting_.push_back(Waiting{std::move(job), std::move(answer).value()});
    } catch (const Broken& broken) {
      sealing_.forgetFrom(next());
      job->answer(broken.failure());
    }
  }

  /// Submissions that wait for the disk.
  [[nodiscard]] std::size_t size() const { return waiting_.size(); }
  [[nodiscard]] bool hasRoomFor(const Job& job) const {
    const auto entries = std::max(records_.size(), examined_) + job.submission.entries.size();
    return examined_ == 0 || entries <= limits::batch_entries_max;
  }

  /// What was accepted becomes durable and is published; acknowledges only then.
  void append() {
    if (auto written = write(); !written) {
      for (auto& one : waiting_) one.job->answer(written.failures());
      return;
    }
    if (!records_.empty()) writer_.desk_.publish(queued_);
    for (auto& one : waiting_) one.job->answer(std::move(one.receipt));
  }

 private:
  struct Waiting {
    std::unique_ptr<Job> job;
    Receipt receipt;
  };

  [[nodiscard]] Position next() const { return Position(first_.value + records_.size()); }

  Result<Receipt> examine(Job& job) {
    if (auto sound = writer_.clockIsSound(job); !sound) return std::move(sound).failures();
    auto& submission = job.submission;
    if (const auto first = queued_.submitted(submission.id)) return repeated(submission, *first);
    if (!job.dry && writer_.log_.broken()) return stopped();
    if (auto wrong = engineOnly(queued_.catalogue(), submission); !wrong.empty()) return wrong;
    const auto now = std::max(writer_.clock_(), writer_.lastRecordedNs_);
    Stamp stamp;
    stamp.position = next();
    stamp.recordedAtNs = now;
    stamp.actor = submission.actor;
    stamp.onBehalfOf = submission.onBehalfOf;
    stamp.submission = submission.id;
    stamp.correlation = submission.correlation;
    stamp.cause = submission.cause;
    Overlay scratch(static_cast<const State&>(queued_));  // over it, not a copy of it
    NoSealing nothing;
    Sealing& sealing = job.dry ? static_cast<Sealing&>(nothing) : sealing_;
    auto decided = decideSubmission(submission.entries, stamp, scratch, sealing);
    if (!decided) {
      sealing_.forgetFrom(stamp.position);
      return std::move(decided).failures();
    }
    if (!job.dry) {
      markKept(submission.keptFiles, *decided);
      queued_.absorb(scratch);
      records_.insert(records_.end(), decided->begin(), decided->end());
      writer_.lastRecordedNs_ = now;
      writer_.clockConfirmed_ = false;
    }
    return Receipt{submission.id, false, std::move(decided).value()};
  }

  /// Beside an entry whose bytes are stored lies that they are.
  void markKept(const std::vector<std::string>& kept, const std::vector<RecordPtr>& decided) {
    for (const auto& record : decided) {
      const auto event = record->get().getEvent();
      if (!event.isFile() || !event.getFile().isAttached()) continue;
      std::string sha256 = event.getFile().getAttached().getSha256().cStr();
      if (std::ranges::find(kept, sha256) == kept.end()) continue;
      sealing_.put(record->position(), Beside{std::string(stored_bytes_beside), std::move(sha256)});
    }
  }

  [[nodiscard]] RecordPtr record(Position position) const {
    if (position >= first_) return records_.at(position.value - first_.value);
    return orBroken(recordAt(writer_.log_, position));
  }

  /// The first answer again, if the content is the same.
  Result<Receipt> repeated(Submission& submission, Position first) const {
    Receipt receipt{submission.id, true, {}};
    const auto end = next();
    for (auto at = first; at < end; ++at.value) {
      auto one = record(at);
      if (submissionOf(one->get()) != submission.id) break;
      receipt.records.push_back(std::move(one));
    }
    const auto matches = [&](const Record& stored, std::string_view field, std::string_view value,
                             std::string_view commitment) {
      return writer_.secrets_.matches(stored, field, value, commitment);
    };
    std::size_t entered = 0;
    bool same = true;
    for (const auto& stored : receipt.records) {
      if (stored->get().getCause() != 0) continue;
      same = same && entered < submission.entries.size() &&
             isSameEntry(submission.entries[entered], *stored, queued_, submission.dateWasFilledIn,
                         matches);
      ++entered;
    }
    if (same && entered == submission.entries.size()) return receipt;
    return conflict("submission.reused",
                    msg("the submission {id} was entered before with other content, at position "
                        "{position}; give a new submission its own id",
                        arg("id", toText(submission.id)), arg("position", first.value)));
  }

  Status write() {
    if (records_.empty()) return Done{};
    // A record must never name a subject whose key could be lost.
    if (auto done = writer_.secrets_.commitSubjects(); !done) return done;
    std::vector<NewRecord> batch;
    batch.reserve(records_.size());
    for (const auto& record : records_) {
      batch.push_back(NewRecord{std::string(record->bytes()), sealing_.take(record->position())});
    }
    const auto begins = Time::now();
    auto appended = writer_.log_.append(first_, batch);
    if (!appended) return std::move(appended).failures();
    const auto ended = Time::now();
    writer_.figures_.syncs.note(ended - begins);
    writer_.figures_.commits.note(ended - began_);
    writer_.figures_.entries.fetch_add(records_.size(), std::memory_order_relaxed);
    return Done{};
  }

  using Time = std::chrono::steady_clock;

  Writer& writer_;
  const Time::time_point began_ = Time::now();
  const Position first_;
  Overlay queued_;
  BatchSealing sealing_;
  std::size_t examined_ = 0;  // entries: what is accepted must not wait for ever behind refusals
  std::vector<RecordPtr> records_;
  std::vector<Waiting> waiting_;
};

Writer::Writer(Log& log, Desk& desk, Secrets& secrets, Clock clock, ConfirmedClock confirmed,
               bool clockConfirmed)
    : log_(log),
      desk_(desk),
      secrets_(secrets),
      clock_(std::move(clock)),
      confirmed_(std::move(confirmed)),
      clockConfirmed_(clockConfirmed) {
  if (log_.last()) {
    lastRecordedNs_ = orBroken(recordAt(log_, log_.last()))->get().getRecordedAtNs();
  }
  thread_ = std::thread([this] { run(); });
}

Writer::~Writer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

Result<Receipt> Writer::submit(Submission submission) {
  return await(std::move(submission), false);
}

Result<Receipt> Writer::dryRun(Submission submission) {
  return await(std::move(submission), true);
}

void Writer::submit(Submission submission, Register::Answer answer) {
  Jobs jobs;
  jobs.push_back(std::make_unique<Job>(Job{std::move(submission), false, std::move(answer)}));
  enqueue(std::move(jobs));
}

std::vector<Result<Receipt>> Writer::submitAll(std::vector<Submission> submissions) {
  std::vector<Answer> answers(submissions.size());
  Jobs jobs;
  jobs.reserve(submissions.size());
  for (auto& one : submissions) {
    jobs.push_back(awaited(std::move(one), false, answers[jobs.size()]));
  }
  enqueue(std::move(jobs));
  std::vector<Result<Receipt>> out;
  out.reserve(answers.size());
  for (auto& one : answers) out.push_back(one.get());
  return out;
}

Result<Receipt> Writer::await(Submission submission, bool dry) {
  bool alone = false;
  {
    const std::lock_guard lock(mutex_);
    alone = !writing_ && wantAlone_ == 0 && queue_.empty() &&
            pace_.waitsUntil(1) < AppendPace::Time::now();
    writing_ = writing_ || alone;
  }
  if (!alone) {
    Answer answer;
    Jobs jobs;
    jobs.push_back(awaited(std::move(submission), dry, answer));
    enqueue(std::move(jobs));
    return answer.get();
  }
  std::optional<Result<Receipt>> own;
  processAlone(
      std::make_unique<Job>(Job{std::move(submission), dry, [&own](Result<Receipt> answer) {
                                  own.emplace(std::move(answer));
                                }}));
  bool isWaitedFor = false;
  {
    const std::lock_guard lock(mutex_);
    writing_ = false;
    isWaitedFor = stopping_ || wantAlone_ > 0 || !queue_.empty();
  }
  if (isWaitedFor) wake_.notify_all();
  return std::move(own).value();
}

std::unique_ptr<Writer::Job> Writer::awaited(Submission submission, bool dry, Answer& answer) {
  const auto promise = std::make_shared<std::promise<Result<Receipt>>>();
  answer = promise->get_future();
  return std::make_unique<Job>(Job{std::move(submission), dry, [promise](Result<Receipt> result) {
                                     promise->set_value(std::move(result));
                                   }});
}

void Writer::enqueue(Jobs jobs) {
  {
    const std::lock_guard lock(mutex_);
    if (queue_.size() + jobs.size() <= limits::queue_submissions_max) {
      std::ranges::move(jobs, std::back_inserter(queue_));
      jobs.clear();
    }
  }
  wake_.notify_all();
  for (auto& one : jobs) one->answer(busy());
}

void Writer::run() {
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock,
                 [&] { return !writing_ && wantAlone_ == 0 && (stopping_ || !queue_.empty()); });
      if (queue_.empty()) return;
      writing_ = true;
    }
    processQueue();
    const std::lock_guard lock(mutex_);
    writing_ = false;
    if (wantAlone_ > 0) wake_.notify_all();
  }
}

void Writer::alone(const std::function<void()>& work) {
  {
    std::unique_lock lock(mutex_);
    ++wantAlone_;
    wake_.wait(lock, [&] { return !writing_; });
    --wantAlone_;
    writing_ = true;
  }
  // However it ends, the others have their turn.
  struct Turn {
    Writer& writer;
    ~Turn() {
      const std::lock_guard lock(writer.mutex_);
      writer.writing_ = false;
      writer.wake_.notify_all();
    }
  };
  const Turn turn{*this};
  work();
}

void Writer::processAlone(std::unique_ptr<Job> job) noexcept {
  Group group(*this);
  group.take(std::move(job));
  group.append();
  letRowsFollow();
}

/// When all have been answered: to write the rows of a long tail takes a while.
void Writer::letRowsFollow() {
  if (auto followed = desk_.letRowsFollow(); !followed) {
    spdlog::warn("rows could not be written, they will be folded again: {}",
                 inEnglish(followed.failures().front().text));
  }
}

/// None when nothing more belongs to the group.
std::unique_ptr<Writer::Job> Writer::next(const Group& group) {
  std::unique_lock lock(mutex_);
  const auto any = [&] { return !queue_.empty() && group.hasRoomFor(*queue_.front()); };
  if (group.size() > 0) wake_.wait_until(lock, pace_.waitsUntil(group.size()), any);
  if (!any()) return nullptr;
  auto job = std::move(queue_.front());
  queue_.pop_front();
  return job;
}

void Writer::processQueue() noexcept {
  Group group(*this);
  while (auto job = next(group)) group.take(std::move(job));
  if (group.size() == 0) return;
  const auto begin = AppendPace::Time::now();
  group.append();
  pace_.note(group.size(), begin);
  letRowsFollow();
}

Status Writer::clockIsSound(const Job& job) {
  const auto now = clock_();
  const bool isDue = !job.submission.actor && job.submission.cause;
  const auto ahead = isDue ? limits::clock_ahead_of_due_ns_max : limits::clock_ahead_ns_max;
  const bool isBack = now < lastRecordedNs_ - limits::clock_back_ns_max;
  const bool isAhead = now > lastRecordedNs_ + ahead;
  if (lastRecordedNs_ == 0 || (!isBack && !isAhead)) return Done{};
  if (isBack && confirmed_.isConfirmed(now, lastRecordedNs_)) return Done{};
  if (clockConfirmed_) {
    return isBack && !job.dry ? confirmed_.confirm(now, lastRecordedNs_) : Done{};
  }
  const auto says = arg("now", instantText(now));
  const auto last = arg("last", instantText(lastRecordedNs_));
  if (isDue) {
    return unavailable("writer.clock.due",
                       msg("the clock says {now}, but the newest entry was recorded at {last}, and "
                           "deadlines that passed meanwhile would take effect. If the clock is "
                           "right, confirm that once with --confirm-clock; else set it right first",
                           says, last));
  }
  return unavailable("writer.clock",
                     msg("the clock says {now}, but the newest entry was recorded at {last}; set "
                         "the clock right, or confirm with --confirm-clock that it is right",
                         says, last));
}

}  // namespace consulta
