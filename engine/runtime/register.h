// A register: one data directory, opened, with its single writer.
//
// The way of an act: a submission waits in a bounded queue; the writer takes what is there, decides
// entry by entry against state that holds what is already decided, appends everything accepted as
// one synced batch, and only then acknowledges, publishes and lets the rows follow. It is an
// object, not a global: one process can hold several.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <vector>

#include "events/entry.h"
#include "events/ids.h"
#include "events/limits.h"
#include "events/record.h"
#include "events/result.h"
#include "projections/overlay.h"
#include "projections/past.h"

namespace rocksdb {
class FileSystem;
}

namespace consulta {

/// 1..n entries that are accepted together or not at all.
struct Submission {
  SubmissionId id;  // random; the same one again is answered, not entered again
  CorrelationId correlation;
  ActorId actor;
  ActorId onBehalfOf;
  std::vector<Proposal> entries;
  bool dateWasFilledIn = false;  // the date was left to the default: a repetition may differ in it
};

/// The answer to an accepted submission.
struct Receipt {
  SubmissionId id;
  bool repeated = false;           // it had been accepted before; these are the entries of then
  std::vector<RecordPtr> records;  // what was entered, consequences among them
};

/// Nanoseconds since 1970 UTC. Passed in, so that nothing below depends on the machine's time.
using Clock = std::function<std::int64_t()>;

struct RegisterOptions {
  std::filesystem::path directory;
  std::string command;  // what this process does, for those who wait for the directory
  Clock clock;
  /// An administrator has looked at the clock: a jump beyond the limits is accepted once.
  bool clockConfirmed = false;
  /// Keys of future data subjects that are made durable together, ahead of their need: for a
  /// process that enters much. Without them each new subject costs a sync of its own.
  std::size_t subjectKeysAhead = 0;
  /// How long open() waits for another owner of the directory.
  std::uint32_t ownerWait_ms = limits::owner_wait_ms;
  /// What stands between the database and the disk; none: the operating system. For tests.
  std::shared_ptr<rocksdb::FileSystem> fileSystem;
};

/// Threads: all of it may be called from any thread, but rebuild() only while nobody submits.
class Register {
 public:
  /// Makes a new register in an empty or missing directory and opens it. It becomes a register
  /// for good with complete(), after the founding entries; before that a crash leaves nothing that
  /// could be taken for one. The catalogue must outlive it, here and below.
  [[nodiscard]] static Result<std::unique_ptr<Register>> create(const Catalogue& catalogue,
                                                                const RegisterOptions& options);
  [[nodiscard]] Status complete();

  /// Opens what is there. Records that rows have not caught up with are folded in memory; rows of
  /// another edition are reported by outdated() and answered by rebuild().
  [[nodiscard]] static Result<std::unique_ptr<Register>> open(const Catalogue& catalogue,
                                                              const RegisterOptions& options);
  /// Finishes what is queued, lets the rows catch up, and closes.
  ~Register();
  Register(const Register&) = delete;
  Register& operator=(const Register&) = delete;

  /// Returns once the entries are durable, or were refused: all failing checks, nothing entered.
  [[nodiscard]] Result<Receipt> submit(Submission submission);
  /// Returns at once; `answer` is called with the same answer by the writer's thread, in the order
  /// of the submissions, or by this one when too many wait. It must be quick and throw nothing.
  using Answer = std::function<void(Result<Receipt>)>;
  void submit(Submission submission, Answer answer);
  /// The same answer without entering anything; positions are what they would be now.
  [[nodiscard]] Result<Receipt> dryRun(Submission submission);

  /// Calls `look` with the acknowledged state of this moment, which does not change meanwhile.
  /// Keep it short: the writer waits with publishing.
  void read(const std::function<void(const State&)>& look) const;
  /// Likewise with the state as it stood, or as it was known.
  void read(const Moment& moment, const std::function<void(const State&)>& look) const;

  /// The newest position recorded at or before `recordedNs`; none when all came later.
  [[nodiscard]] Position knownAt(std::int64_t recordedNs) const;

  /// Visits acknowledged records in order, both ends included, until `visit` returns false.
  [[nodiscard]] Status log(Position from, Position to,
                           const std::function<bool(const RecordPtr&)>& visit) const;
  [[nodiscard]] Position last() const;

  /// A personal value in clear, if it has not been erased.
  [[nodiscard]] std::optional<std::string> reveal(Position at, std::string_view field) const;

  /// The actor an account of this machine acts as; made known when it is new, with a display name.
  [[nodiscard]] Result<ActorId> actorFor(const std::string& account, const std::string& name);
  /// The account's name behind an actor, if this key store knows it.
  [[nodiscard]] std::optional<std::string> nameOfActor(ActorId actor) const;

  [[nodiscard]] bool outdated() const;
  [[nodiscard]] Status rebuild(const std::function<void(Position, Position)>& progress);

  [[nodiscard]] RegisterId id() const;
  [[nodiscard]] std::uint64_t epoch() const;
  [[nodiscard]] std::int64_t now() const;
  [[nodiscard]] const Catalogue& catalogue() const;

 private:
  class Impl;
  explicit Register(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// A random 128-bit id.
template <typename Wide>
[[nodiscard]] Wide randomId();

}  // namespace consulta
