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

#include "engine/backup/restore.h"
#include "engine/log/disk_layer.h"
#include "engine/log/log.h"
#include "events/entry.h"
#include "events/ids.h"
#include "events/limits.h"
#include "events/record.h"
#include "events/result.h"
#include "projections/overlay.h"
#include "projections/past.h"

namespace consulta {

class Consumers;
class StoredFiles;
struct WriterFigures;

/// 1..n entries that are accepted together or not at all.
struct Submission {
  SubmissionId id;  // random; the same one again is answered, not entered again
  CorrelationId correlation;
  ActorId actor;
  ActorId onBehalfOf;
  std::vector<Proposal> entries;
  Position cause;  // of what the engine submits because a day has come: the entry that set it
  bool dateWasFilledIn = false;  // the date was left to the default: a repetition may differ in it
  std::vector<std::string> keptFiles{};  // the hashes of attached files that are stored already
};

/// The answer to an accepted submission.
struct Receipt {
  SubmissionId id;
  bool repeated = false;           // it had been accepted before; these are the entries of then
  std::vector<RecordPtr> records;  // what was entered, consequences among them
};

/// What became of what had fallen due.
struct DueReceipt {
  std::uint64_t entries = 0;  // entered, consequences among them
  Failures refused;           // what other entries have made unlawful: it waits for somebody
};

/// Nanoseconds since 1970 UTC. Passed in, so that nothing below depends on the machine's time.
using Clock = std::function<std::int64_t()>;

struct RegisterOptions {
  std::filesystem::path directory;
  std::string command;  // what this process does, for those who wait for the directory
  Clock clock;
  /// An administrator has looked at the clock: a jump beyond the limits is accepted, until an entry
  /// is recorded by it. That the clock is behind the newest entry is then kept, and not asked
  /// again.
  bool clockConfirmed = false;
  /// Keys of future data subjects that are made durable together, ahead of their need: for a
  /// process that enters much. Without them each new subject costs a sync of its own.
  std::size_t subjectKeysAhead = 0;
  /// How long open() waits for another owner of the directory.
  std::uint32_t ownerWait_ms = limits::owner_wait_ms;
  /// Told how far rows have come, where another edition of them stands there and open() makes them
  /// anew; nothing: nobody is.
  std::function<void(Position, Position)> rebuilding;
  DiskLayer disk;
};

/// What a register is restored from.
struct RestoreRequest {
  std::filesystem::path backup;   // the directory of backups
  std::filesystem::path keyFile;  // of the backups
  std::uint64_t number = 0;       // which of them; 0: the newest
  std::filesystem::path keys;     // a copy of the key store; empty: it is put in its place later
  std::optional<KnownHead> behind;
};

/// What came of it.
struct Restored {
  std::uint64_t number = 0;
  Position last;  // the newest entry of the backup
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
  std::int64_t madeAtNs = 0;  // when the backup was made
  EpochChoice epoch;
  bool keys = false;  // the key store is in place
};

/// Threads: all of it may be called from any thread. Who submits while it is rebuilt waits.
class Register {
 public:
  /// Makes a new register in an empty or missing directory and opens it. It becomes a register
  /// for good with complete(), after the founding entries; before that a crash leaves nothing that
  /// could be taken for one. The catalogue must outlive it, here and below.
  [[nodiscard]] static Result<std::unique_ptr<Register>> create(const Catalogue& catalogue,
                                                                const RegisterOptions& options);
  [[nodiscard]] Status complete();

  /// Opens what is there. Records that rows have not caught up with are folded in memory; rows of
  /// another edition are made anew first.
  [[nodiscard]] static Result<std::unique_ptr<Register>> open(const Catalogue& catalogue,
                                                              const RegisterOptions& options);
  /// Makes a register of a backup in an empty or missing directory, opens it and fills in `what`.
  /// All of the backup is checked first. When it fell back behind what had been acknowledged, or
  /// may have, a new epoch begins with an entry that says so. Like create(): complete() makes it a
  /// register; after a failure the directory is as it was.
  [[nodiscard]] static Result<std::unique_ptr<Register>> restore(const Catalogue& catalogue,
                                                                 const RegisterOptions& options,
                                                                 const RestoreRequest& request,
                                                                 const BackupProgress& progress,
                                                                 Restored& what);
  /// Reads all of a backup, and makes nothing.
  [[nodiscard]] static Status checkRestore(const RestoreRequest& request,
                                           const BackupProgress& progress, Restored& what);

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

  /// Enters what has fallen due by the clock, each thing once, many to a sync. Whoever writes calls
  /// it first; calls from several threads take turns.
  [[nodiscard]] Result<DueReceipt> enterDue();

  /// Calls `look` with the acknowledged state of this moment, which does not change meanwhile, and
  /// holds nobody up but a rebuild. What it hands out is valid while `look` runs.
  void read(const std::function<void(const State&)>& look) const;
  /// Likewise; `last` is the newest entry that the state holds.
  void read(const std::function<void(const State&, Position last)>& look) const;
  /// Likewise with the state as it stood, or as it was known.
  void read(const Moment& moment, const std::function<void(const State&)>& look) const;

  /// The newest position recorded at or before `recordedNs`; none when all came later.
  [[nodiscard]] Position knownAt(std::int64_t recordedNs) const;

  /// Visits acknowledged records in order, both ends included, until `visit` returns false.
  [[nodiscard]] Status log(Position from, Position to,
                           const std::function<bool(const RecordPtr&)>& visit) const;
  /// The same as they are stored: bytes that are valid until the visitor returns. For those who
  /// hand them on as they stand.
  [[nodiscard]] Status stored(Position from, Position to, const Log::Visitor& visit) const;
  [[nodiscard]] Position last() const;
  /// The newest one that whoever looks from now on sees: last(), or for a moment one before it.
  [[nodiscard]] Position published() const;
  /// Blocks until last() > `after`, `timeout_ms` has passed, or nothing can be entered any more;
  /// returns last().
  [[nodiscard]] Position wait(Position after, std::uint32_t timeout_ms) const;
  /// False once a write to the disk has failed: then nothing is entered until it is opened again.
  [[nodiscard]] bool takesEntries() const;
  /// What was entered since it was opened. Valid as long as the register.
  [[nodiscard]] const WriterFigures& figures() const;
  /// When the newest entry was recorded; 0 when there is none.
  [[nodiscard]] std::int64_t newestRecordedNs() const;

  /// A personal value in clear, if it has not been erased.
  [[nodiscard]] std::optional<std::string> reveal(Position at, std::string_view field) const;

  /// The actor an account of this machine acts as; made known when it is new, with a display name.
  [[nodiscard]] Result<ActorId> actorFor(const std::string& account, const std::string& name);
  /// The account's name behind an actor, if this key store knows it.
  [[nodiscard]] std::optional<std::string> nameOfActor(ActorId actor) const;

  /// The bytes of attached files. They live as long as the register.
  [[nodiscard]] StoredFiles& files();
  [[nodiscard]] const StoredFiles& files() const;

  /// Those who follow the log by name. They live as long as the register.
  [[nodiscard]] Consumers& consumers();
  [[nodiscard]] const Consumers& consumers() const;

  /// Adds a backup to a directory of backups, while others read and write; one at a time. It holds
  /// no keys. The key file is made when neither it nor any backup is there. `keep` > 0: older
  /// backups than the newest so many are removed afterwards.
  [[nodiscard]] Result<BackupMade> backup(const std::filesystem::path& directory,
                                          const std::filesystem::path& keyFile, std::size_t keep,
                                          const BackupProgress& progress);
  /// Copies the key store into a directory of its own, in the place of an older copy. Not among
  /// the backups: `backups` is where they are.
  [[nodiscard]] Status copyKeys(const std::filesystem::path& directory,
                                const std::filesystem::path& backups) const;
  /// Where the key store lies, and the key of backups when nobody says where else.
  [[nodiscard]] std::filesystem::path keysDirectory() const;

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
