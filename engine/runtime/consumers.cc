#include "engine/runtime/consumers.h"

#include <algorithm>
#include <set>
#include <utility>

#include "engine/runtime/consumer_bytes.h"
#include "events/limits.h"
#include "events/values/utf8.h"
#include "projections/key_bytes.h"

namespace consulta {

/// One consumer in memory, which is what counts; the database follows.
struct ConsumerSeat::Kept {
  ConsumerFacts facts;
  std::map<EntityId, HeldEntity> held;
  // What the database does not have yet.
  bool dirty = false;    // waits for the writer
  bool written = false;  // is with the writer
  bool moved = false;
  std::set<EntityId> changed;
  std::uint64_t changes = 0;   // made since it was read, by whomever
  std::uint64_t durable = 0;   // so many of them are on the disk
  std::function<void()> tell;  // of the seat that is taken
};

namespace {

Failure unreadable(std::string_view name) {
  return damaged("consumer.stored",
                 msg("what is stored of the consumer \"{name}\" cannot be read. Restore the "
                     "register from a backup",
                     arg("name", std::string(name))));
}

bool isName(std::string_view name) {
  return !name.empty() && name.size() <= limits::symbol_bytes_max &&
         std::ranges::all_of(name, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-' || c == '_' || c == '.';
         });
}

}  // namespace

Failure noSuchConsumer(std::string_view name) {
  return refused("consumer.missing",
                 msg("there is no consumer \"{name}\". See \"consulta consumer list\"",
                     arg("name", excerpt(name))));
}

// --- a seat ---

ConsumerSeat::ConsumerSeat(Consumers& consumers, std::shared_ptr<Kept> kept)
    : consumers_(consumers), kept_(std::move(kept)), held_(kept_->held), before_(kept_->changes) {}

ConsumerSeat::~ConsumerSeat() {
  const std::lock_guard lock(consumers_.mutex_);
  kept_->facts.connected = false;
  kept_->tell = {};
}

const std::string& ConsumerSeat::name() const {
  return kept_->facts.name;  // never changes, as what follows
}

const std::string& ConsumerSeat::filter() const {
  return kept_->facts.filter;
}

Position ConsumerSeat::done() const {
  return kept_->facts.done;  // changed by this thread alone while it is taken
}

void ConsumerSeat::finish(Position position) {
  const std::lock_guard lock(consumers_.mutex_);
  kept_->facts.done = std::max(kept_->facts.done, position);
  kept_->facts.doneAtNs = consumers_.clock_();
  kept_->moved = true;
  ++kept_->changes;
  consumers_.changed(kept_);
}

Status ConsumerSeat::hold(HeldEntity held) {
  if (!held_.contains(held.entity) && held_.size() >= limits::consumer_held_max) {
    return refused("consumer.held",
                   msg("{count} entities are held back. Look into them with \"consulta consumer "
                       "show\" before more of them fail",
                       arg("count", held_.size())));
  }
  held_.insert_or_assign(held.entity, held);
  const std::lock_guard lock(consumers_.mutex_);
  kept_->changed.insert(held.entity);
  kept_->held.insert_or_assign(held.entity, std::move(held));
  ++kept_->changes;
  consumers_.changed(kept_);
  return Done{};
}

void ConsumerSeat::release(EntityId entity) {
  held_.erase(entity);
  const std::lock_guard lock(consumers_.mutex_);
  kept_->changed.insert(entity);
  kept_->held.erase(entity);
  ++kept_->changes;
  consumers_.changed(kept_);
}

std::uint64_t ConsumerSeat::made() const {
  const std::lock_guard lock(consumers_.mutex_);
  return kept_->changes - before_;
}

std::uint64_t ConsumerSeat::kept() const {
  const std::lock_guard lock(consumers_.mutex_);
  return kept_->durable - std::min(kept_->durable, before_);
}

bool ConsumerSeat::broken() const {
  const std::lock_guard lock(consumers_.mutex_);
  return consumers_.broken_;
}

// --- all of them ---

std::vector<FamilySpec> Consumers::families() {
  return {{"consumers", FamilyUse::keyed}};
}

Consumers::Consumers(Database& database, Clock clock)
    : database_(database), family_(database.family("consumers")), clock_(std::move(clock)) {}

Consumers::~Consumers() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_.notify_one();
  if (writer_.joinable()) writer_.join();
}

Result<std::unique_ptr<Consumers>> Consumers::open(Database& database, Clock clock) {
  std::unique_ptr<Consumers> out(new Consumers(database, std::move(clock)));
  if (auto loaded = out->load(); !loaded) return std::move(loaded).failures();
  return out;
}

Status Consumers::load() {
  auto cursor = database_.cursor(family_);
  for (cursor.seek("c"); cursor.valid(); cursor.next()) {
    const auto key = cursor.key();
    if (key.starts_with('c')) {
      auto kept = std::make_shared<Kept>();
      kept->facts.name = key.substr(1);
      if (!decode(cursor.value(), kept->facts)) return unreadable(kept->facts.name);
      all_.emplace(kept->facts.name, std::move(kept));
      continue;
    }
    const auto end = key.find('\0');
    const auto owner = all_.find(key.substr(1, end == key.npos ? 0 : end - 1));
    HeldEntity held;
    if (end == key.npos || key.size() != end + 9 || owner == all_.end() ||
        !decode(cursor.value(), held)) {
      return unreadable(key.substr(1, end == key.npos ? key.npos : end - 1));
    }
    held.entity = EntityId(readBig(key.substr(end + 1)));
    owner->second->held.emplace(held.entity, std::move(held));
  }
  return cursor.status();
}

Result<std::unique_ptr<ConsumerSeat>> Consumers::take(const Request& request,
                                                      std::function<void()> kept) {
  if (!isName(request.name)) {
    return usage("consumer.name", msg("the name of a consumer has 1 to {count} of the letters a to "
                                      "z, digits, \"-\", \"_\" and \".\"",
                                      arg("count", limits::symbol_bytes_max)));
  }
  const std::lock_guard lock(mutex_);
  auto found = all_.find(request.name);
  if (found == all_.end()) {
    if (all_.size() >= limits::consumers_max) {
      return unavailable("consumer.many",
                         msg("there are {count} consumers. Remove one that nobody needs, with "
                             "\"consulta consumer remove\"",
                             arg("count", all_.size())));
    }
    auto made = std::make_shared<Kept>();
    made->facts = {.name = request.name,
                   .owner = request.actor,
                   .filter = request.filter,
                   .done = request.done,
                   .madeAtNs = clock_(),
                   .epoch = request.epoch};
    Batch batch;
    batch.put(family_, consumerKey(request.name), encoded(made->facts));
    if (auto written = writeNow(batch); !written) return std::move(written).failures();
    found = all_.emplace(request.name, std::move(made)).first;
  }
  const auto& one = found->second;
  if (one->facts.owner != request.actor) {
    return refused("consumer.owner",
                   msg("the consumer \"{name}\" is somebody else's. Choose another name",
                       arg("name", request.name)));
  }
  if (!request.filter.empty() && request.filter != one->facts.filter) {
    return refused(
        "consumer.filter",
        msg("the consumer \"{name}\" has the filter \"{filter}\". Follow without one, or "
            "under another name",
            arg("name", request.name), arg("filter", one->facts.filter)));
  }
  if (one->facts.epoch != request.epoch) {
    return conflict(
        "cursor.epoch",
        msg("the consumer \"{name}\" had got to entry {position} of epoch {other}, and the "
            "register "
            "has gone on from an older state in epoch {epoch}. Say where it goes on: \"consulta "
            "consumer reset {name} --to WHERE\"",
            arg("name", request.name), arg("position", one->facts.done.value),
            arg("other", one->facts.epoch), arg("epoch", request.epoch)));
  }
  if (one->facts.connected) {
    return conflict("consumer.taken",
                    msg("somebody follows as \"{name}\" already, and only one can at a time",
                        arg("name", request.name)));
  }
  if (!writer_.joinable()) writer_ = std::thread([this] { writing(); });
  one->facts.connected = true;
  one->tell = std::move(kept);
  return std::unique_ptr<ConsumerSeat>(new ConsumerSeat(*this, one));
}

namespace {

/// How many are held, counted when somebody asks.
ConsumerFacts counted(ConsumerFacts facts, const std::map<EntityId, HeldEntity>& held) {
  facts.parked = static_cast<std::size_t>(
      std::ranges::count_if(held, [](const auto& one) { return !one.second.dueNs; }));
  facts.waiting = held.size() - facts.parked;
  return facts;
}

}  // namespace

std::vector<ConsumerFacts> Consumers::all() const {
  const std::lock_guard lock(mutex_);
  std::vector<ConsumerFacts> out;
  out.reserve(all_.size());
  for (const auto& [name, one] : all_) out.push_back(counted(one->facts, one->held));
  return out;
}

std::optional<ConsumerFacts> Consumers::find(std::string_view name) const {
  const std::lock_guard lock(mutex_);
  const auto found = all_.find(name);
  if (found == all_.end()) return std::nullopt;
  return counted(found->second->facts, found->second->held);
}

std::vector<HeldEntity> Consumers::held(std::string_view name) const {
  std::vector<HeldEntity> out;
  {
    const std::lock_guard lock(mutex_);
    const auto found = all_.find(name);
    if (found == all_.end()) return out;
    for (const auto& [entity, one] : found->second->held) out.push_back(one);
  }
  std::ranges::stable_sort(out, {}, &HeldEntity::heldAtNs);
  return out;
}

Result<std::shared_ptr<ConsumerSeat::Kept>> Consumers::idle(std::unique_lock<std::mutex>& lock,
                                                            std::string_view name) {
  while (true) {
    const auto found = all_.find(name);  // each time: somebody may remove it meanwhile
    if (found == all_.end()) return noSuchConsumer(name);
    const auto& one = found->second;
    if (one->facts.connected) {
      return conflict("consumer.taken",
                      msg("somebody follows as \"{name}\". End that first, and then say it again",
                          arg("name", std::string(name))));
    }
    if (broken_ || paused_ || (!one->dirty && !one->written)) return one;
    written_.wait(lock);
  }
}

Status Consumers::writeNow(const Batch& batch) {
  if (paused_) {
    return unavailable("consumer.rebuild",
                       msg("the rows are being rebuilt, and meanwhile nothing is "
                           "changed about consumers. Try again"));
  }
  auto written = database_.write(batch, Durability::synced);
  if (!written) broken_ = true;
  return written;
}

Status Consumers::reset(std::string_view name, Position done, std::uint64_t epoch) {
  std::unique_lock lock(mutex_);
  auto one = idle(lock, name);
  if (!one) return std::move(one).failures();
  auto facts = (*one)->facts;
  facts.done = done;
  facts.doneAtNs = clock_();
  facts.epoch = epoch;
  Batch batch;
  batch.put(family_, consumerKey(name), encoded(facts));
  for (const auto& [entity, held] : (*one)->held) batch.erase(family_, heldKey(name, entity));
  if (auto written = writeNow(batch); !written) return written;
  (*one)->facts = std::move(facts);
  (*one)->held.clear();
  return Done{};
}

Status Consumers::remove(std::string_view name) {
  std::unique_lock lock(mutex_);
  auto one = idle(lock, name);
  if (!one) return std::move(one).failures();
  Batch batch;
  batch.erase(family_, consumerKey(name));
  for (const auto& [entity, held] : (*one)->held) batch.erase(family_, heldKey(name, entity));
  if (auto written = writeNow(batch); !written) return written;
  all_.erase(all_.find(name));
  return Done{};
}

Status Consumers::retry(std::string_view name, const std::vector<EntityId>& entities) {
  std::unique_lock lock(mutex_);
  auto one = idle(lock, name);
  if (!one) return std::move(one).failures();
  auto held = (*one)->held;
  for (const auto entity : entities) {
    if (held.contains(entity)) continue;
    return refused("consumer.notHeld",
                   msg("nothing of #{entity} is held back. See \"consulta consumer show {name}\"",
                       arg("entity", entity.value), arg("name", std::string(name))));
  }
  Batch batch;
  const auto now = clock_();
  for (auto& [entity, waits] : held) {
    if (!entities.empty() && std::ranges::find(entities, entity) == entities.end()) continue;
    waits.dueNs = now;
    waits.attempts = 0;
    batch.put(family_, heldKey(name, entity), encoded(waits));
  }
  if (auto written = writeNow(batch); !written) return written;
  (*one)->held = std::move(held);
  return Done{};
}

// --- what makes it durable ---

Consumers::Pause::Pause(Consumers& consumers) : consumers_(consumers) {
  std::unique_lock lock(consumers_.mutex_);
  consumers_.paused_ = true;
  consumers_.written_.wait(lock, [&] { return !consumers_.writing_; });
}

Consumers::Pause::~Pause() {
  {
    const std::lock_guard lock(consumers_.mutex_);
    consumers_.paused_ = false;
  }
  consumers_.work_.notify_one();
}

void Consumers::changed(const std::shared_ptr<Kept>& kept) {
  if (kept->dirty) return;
  kept->dirty = true;
  dirty_.push_back(kept);
  work_.notify_one();
}

void Consumers::writing() {
  std::unique_lock lock(mutex_);
  while (true) {
    work_.wait(lock, [&] { return !paused_ && (stopping_ || !dirty_.empty()); });
    if (dirty_.empty()) return;
    Batch batch;
    struct Written {
      std::shared_ptr<Kept> kept;
      std::uint64_t changes;
    };
    std::vector<Written> written;
    for (auto& one : std::exchange(dirty_, {})) {
      if (std::exchange(one->moved, false)) {
        batch.put(family_, consumerKey(one->facts.name), encoded(one->facts));
      }
      for (const auto entity : std::exchange(one->changed, {})) {
        const auto held = one->held.find(entity);
        const auto key = heldKey(one->facts.name, entity);
        if (held == one->held.end()) {
          batch.erase(family_, key);
        } else {
          batch.put(family_, key, encoded(held->second));
        }
      }
      one->dirty = false;
      one->written = true;
      written.push_back({std::move(one), 0});
      written.back().changes = written.back().kept->changes;
    }
    const bool broken = broken_;
    writing_ = true;
    lock.unlock();
    const bool durable = !broken && database_.write(batch, Durability::synced).ok();
    lock.lock();
    writing_ = false;
    broken_ = broken_ || !durable;
    for (auto& [kept, changes] : written) {
      kept->written = false;
      if (durable) kept->durable = std::max(kept->durable, changes);
      if (kept->tell) kept->tell();
    }
    written_.notify_all();
  }
}

}  // namespace consulta
