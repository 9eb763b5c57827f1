// Named consumers: how far each of those who follow the log has got, kept for them.
//
// A consumer is a place in the log (`done`: all that it wants up to there is done) and, apart from
// it, the entities that are held back: from an entry that could not be handled on, everything of
// that entity waits, until it is tried again or somebody looks into it (parked), while others go
// on. So nothing is lost, the order of each entity is kept, and what is kept is small: whoever
// comes no more costs nothing, and holds nothing of the log.
//
// What is changed is visible at once, and durable a little later: many changes share a sync.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "engine/log/database.h"
#include "events/ids.h"
#include "events/result.h"

namespace consulta {

/// An entity whose entries are held back, those at and behind `begin`.
struct HeldEntity {
  EntityId entity;
  Position begin;                     // the one that failed first
  Position from;                      // those before it are done meanwhile
  std::optional<std::int64_t> dueNs;  // when it is tried again; none: it is parked
  std::uint32_t attempts = 0;         // how often the entry at `from` has failed
  std::string reason;                 // as the consumer gave it
  std::int64_t heldAtNs = 0;          // since when, ns since 1970 UTC
};

/// What there is to know of a consumer. A plain value.
struct ConsumerFacts {
  std::string name;
  ActorId owner;  // who made it
  std::string filter;
  Position done;              // all wanted up to here is done, but for what is held
  std::int64_t madeAtNs = 0;  // ns since 1970 UTC
  std::int64_t doneAtNs = 0;  // when `done` was last moved; 0: never
  std::uint64_t epoch = 0;    // in which the positions count
  std::size_t waiting = 0;    // entities that are tried again by themselves
  std::size_t parked = 0;     // those that wait for somebody
  bool connected = false;

  /// How many entries lie behind `done`, wanted or not.
  [[nodiscard]] std::uint64_t lag(Position last) const {
    return last.value - std::min(last.value, done.value);
  }
};

/// That there is no consumer of that name.
[[nodiscard]] Failure noSuchConsumer(std::string_view name);

class Consumers;

/// A consumer in the hands of the one who follows in its name; nobody else may meanwhile. For one
/// thread. Not longer than the consumers it is of.
class ConsumerSeat {
 public:
  ~ConsumerSeat();
  ConsumerSeat(const ConsumerSeat&) = delete;
  ConsumerSeat& operator=(const ConsumerSeat&) = delete;

  [[nodiscard]] const std::string& name() const;
  [[nodiscard]] const std::string& filter() const;
  [[nodiscard]] Position done() const;
  /// Those held when it was taken, and what was changed since.
  [[nodiscard]] const std::map<EntityId, HeldEntity>& held() const { return held_; }

  /// All up to `position` is done, but for what is held.
  void finish(Position position);
  /// Holds an entity back, or what is held of it otherwise. Refused when too many are.
  [[nodiscard]] Status hold(HeldEntity held);
  void release(EntityId entity);

  /// How many of the changes above were made so far, and how many of them are on the disk.
  [[nodiscard]] std::uint64_t made() const;
  [[nodiscard]] std::uint64_t kept() const;
  /// The disk does not take them: nothing more will be kept.
  [[nodiscard]] bool broken() const;

 private:
  friend class Consumers;
  struct Kept;
  ConsumerSeat(Consumers& consumers, std::shared_ptr<Kept> kept);

  Consumers& consumers_;
  const std::shared_ptr<Kept> kept_;
  std::map<EntityId, HeldEntity> held_;
  const std::uint64_t before_;  // changes of those who had it before
};

/// Threads: any.
class Consumers {
 public:
  using Clock = std::function<std::int64_t()>;

  [[nodiscard]] static std::vector<FamilySpec> families();
  /// Reads those there are. The database must outlive it.
  [[nodiscard]] static Result<std::unique_ptr<Consumers>> open(Database& database, Clock clock);
  /// Waits until what was changed is on the disk. All seats are gone by then.
  ~Consumers();
  Consumers(const Consumers&) = delete;
  Consumers& operator=(const Consumers&) = delete;

  struct Request {
    std::string name;
    ActorId actor;
    std::string filter;       // of a new one; of one that is there: the same, or empty
    Position done;            // where a new one begins: behind this position
    std::uint64_t epoch = 0;  // of the register now
  };
  /// Takes the consumer of that name, or makes it, durably. `kept` is called by a thread of its own
  /// whenever changes have become durable, or cannot any more; it must be quick. Refused: a name
  /// that is none, another filter, somebody else's consumer, one that is taken or of another epoch,
  /// too many of them.
  [[nodiscard]] Result<std::unique_ptr<ConsumerSeat>> take(const Request& request,
                                                           std::function<void()> kept);

  /// By their names.
  [[nodiscard]] std::vector<ConsumerFacts> all() const;
  [[nodiscard]] std::optional<ConsumerFacts> find(std::string_view name) const;
  /// What is held back of one, what has waited longest first.
  [[nodiscard]] std::vector<HeldEntity> held(std::string_view name) const;

  // Durable on return; a conflict while somebody follows in its name, and a refusal when there is
  // no such consumer.

  /// It goes on behind `done`, in this epoch, and nothing is held any more.
  [[nodiscard]] Status reset(std::string_view name, Position done, std::uint64_t epoch);
  [[nodiscard]] Status remove(std::string_view name);
  /// What is held of these entities (none named: of all) is tried again as soon as it comes back,
  /// as if it had not failed yet.
  /// Those that are not held are refused, and then nothing is changed.
  [[nodiscard]] Status retry(std::string_view name, const std::vector<EntityId>& entities);

  /// While it lives nothing is written: what seats change is kept after it, and whatever is durable
  /// on return is not to be had. For a rebuild, whose tables must follow each other undisturbed.
  class Pause {
   public:
    explicit Pause(Consumers& consumers);
    ~Pause();
    Pause(const Pause&) = delete;
    Pause& operator=(const Pause&) = delete;

   private:
    Consumers& consumers_;
  };

 private:
  friend class ConsumerSeat;
  using Kept = ConsumerSeat::Kept;

  Consumers(Database& database, Clock clock);
  [[nodiscard]] Status load();
  /// The consumer, once nobody has it and all that was changed is on the disk.
  [[nodiscard]] Result<std::shared_ptr<Kept>> idle(std::unique_lock<std::mutex>& lock,
                                                   std::string_view name);
  /// Called with the lock: somebody's change is to be written.
  void changed(const std::shared_ptr<Kept>& kept);
  void writing();
  [[nodiscard]] Status writeNow(const Batch& batch);

  Database& database_;
  const Family family_;
  const Clock clock_;
  mutable std::mutex mutex_;
  std::condition_variable work_;
  std::condition_variable written_;
  std::map<std::string, std::shared_ptr<Kept>, std::less<>> all_;
  std::vector<std::shared_ptr<Kept>> dirty_;
  bool broken_ = false;
  bool writing_ = false;  // a batch, without the lock
  bool paused_ = false;
  bool stopping_ = false;
  std::thread writer_;  // begins with the first seat
};

}  // namespace consulta
