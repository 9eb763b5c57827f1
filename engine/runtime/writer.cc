#include "engine/runtime/writer.h"

#include <spdlog/spdlog.h>

#include <algorithm>
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

/// What is decided together, appended as one batch and acknowledged together.
class Writer::Group {
 public:
  Group(Writer& writer, std::int64_t now)
      : writer_(writer), now_(now), queued_(writer.desk_.state()), sealing_(writer.secrets_) {}

  void take(std::unique_ptr<Job> job) {
    try {
      auto answer = examine(*job);
      if (!answer || job->dry) return job->answer(std::move(answer));
      waiting_.push_back(Waiting{std::move(job), std::move(answer).value()});
    } catch (const Broken& broken) {
      sealing_.forgetFrom(next());
      job->answer(broken.failure());
    }
  }

  /// Appends what was accepted; acknowledges only then.
  void commit() {
    if (!records_.empty()) {
      if (auto done = append(); !done) {
        for (auto& one : waiting_) one.job->answer(done.failures());
        return;
      }
      writer_.lastRecordedNs_ = now_;
      if (auto published = writer_.desk_.publish(queued_); !published) {
        spdlog::warn("rows could not be written, they will be folded again: {}",
                     inEnglish(published.failures().front().text));
      }
    }
    for (auto& one : waiting_) one.job->answer(std::move(one.receipt));
  }

 private:
  struct Waiting {
    std::unique_ptr<Job> job;
    Receipt receipt;
  };

  [[nodiscard]] Position next() const {
    return Position(writer_.log_.last().value + records_.size() + 1);
  }

  Result<Receipt> examine(Job& job) {
    auto& submission = job.submission;
    if (const auto first = queued_.submitted(submission.id)) return repeated(submission, *first);
    if (!job.dry && writer_.log_.broken()) return stopped();
    if (auto wrong = engineOnly(queued_.catalogue(), submission); !wrong.empty()) return wrong;
    Stamp stamp;
    stamp.position = next();
    stamp.recordedAtNs = now_;
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
    const auto last = writer_.log_.last();
    if (position > last) return records_.at(position.value - last.value - 1);
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

  Status append() {
    // A record must never name a subject whose key could be lost.
    if (auto done = writer_.secrets_.commitSubjects(); !done) return done;
    std::vector<NewRecord> batch;
    batch.reserve(records_.size());
    for (const auto& record : records_) {
      batch.push_back(NewRecord{std::string(record->bytes()), sealing_.take(record->position())});
    }
    auto appended = writer_.log_.append(Position(writer_.log_.last().value + 1), batch);
    if (!appended) return std::move(appended).failures();
    return Done{};
  }

  Writer& writer_;
  const std::int64_t now_;
  Overlay queued_;
  BatchSealing sealing_;
  std::vector<RecordPtr> records_;
  std::vector<Waiting> waiting_;
};

Writer::Writer(Log& log, Desk& desk, Secrets& secrets, Clock clock, bool clockConfirmed)
    : log_(log),
      desk_(desk),
      secrets_(secrets),
      clock_(std::move(clock)),
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
  enqueue(std::make_unique<Job>(Job{std::move(submission), false, std::move(answer)}));
}

std::vector<Result<Receipt>> Writer::submitAll(std::vector<Submission> submissions) {
  std::vector<std::future<Result<Receipt>>> answers;
  answers.reserve(submissions.size());
  for (auto& one : submissions) answers.push_back(enqueue(std::move(one), false));
  std::vector<Result<Receipt>> out;
  out.reserve(answers.size());
  for (auto& one : answers) out.push_back(one.get());
  return out;
}

Result<Receipt> Writer::await(Submission submission, bool dry) {
  bool alone = false;
  {
    const std::lock_guard lock(mutex_);
    alone = !writing_ && queue_.empty();
    writing_ = writing_ || alone;
  }
  if (!alone) return enqueue(std::move(submission), dry).get();
  std::optional<Result<Receipt>> own;
  Jobs jobs;
  jobs.push_back(
      std::make_unique<Job>(Job{std::move(submission), dry, [&own](Result<Receipt> answer) {
                                  own.emplace(std::move(answer));
                                }}));
  process(std::move(jobs));
  {
    const std::lock_guard lock(mutex_);
    writing_ = false;
  }
  wake_.notify_one();  // for what came meanwhile
  return std::move(own).value();
}

std::future<Result<Receipt>> Writer::enqueue(Submission submission, bool dry) {
  const auto promise = std::make_shared<std::promise<Result<Receipt>>>();
  auto answer = promise->get_future();
  enqueue(std::make_unique<Job>(Job{std::move(submission), dry, [promise](Result<Receipt> result) {
                                      promise->set_value(std::move(result));
                                    }}));
  return answer;
}

void Writer::enqueue(std::unique_ptr<Job> job) {
  {
    const std::lock_guard lock(mutex_);
    if (queue_.size() < limits::queue_submissions_max) queue_.push_back(std::move(job));
  }
  if (!job) return wake_.notify_one();
  job->answer(busy());
}

void Writer::run() {
  for (;;) {
    Jobs jobs;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [&] { return !writing_ && (stopping_ || !queue_.empty()); });
      if (queue_.empty()) return;
      writing_ = true;
      std::size_t entries = 0;
      while (!queue_.empty()) {
        entries += queue_.front()->submission.entries.size();
        if (!jobs.empty() && entries > limits::batch_entries_max) break;
        jobs.push_back(std::move(queue_.front()));
        queue_.pop_front();
      }
    }
    process(std::move(jobs));
    const std::lock_guard lock(mutex_);
    writing_ = false;
  }
}

void Writer::process(Jobs jobs) noexcept {
  const auto clock = clock_();
  if (auto sound = clockIsSound(clock); !sound) {
    for (auto& job : jobs) job->answer(sound.failures());
    return;
  }
  Group group(*this, std::max(clock, lastRecordedNs_));
  for (auto& job : jobs) group.take(std::move(job));
  group.commit();
}

Status Writer::clockIsSound(std::int64_t now) {
  if (lastRecordedNs_ == 0 || clockConfirmed_) {
    clockConfirmed_ = false;
    return Done{};
  }
  const bool back = now < lastRecordedNs_ - limits::clock_back_ns_max;
  const bool ahead = now > lastRecordedNs_ + limits::clock_ahead_ns_max;
  if (!back && !ahead) return Done{};
  return unavailable("writer.clock",
                     msg("the clock says {now}, but the newest entry was recorded at {last}; set "
                         "the clock right, or confirm with --confirm-clock that it is right",
                         arg("now", instantText(now)), arg("last", instantText(lastRecordedNs_))));
}

}  // namespace consulta
