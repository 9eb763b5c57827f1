#include "engine/server/native_consumer.h"

#include <algorithm>
#include <utility>

#include "events/limits.h"
#include "projections/timeline.h"

namespace consulta {

namespace {

Failure notSent(Position position) {
  return usage("consumer.position",
               msg("{position} was not sent, or was acknowledged before. Subscribe again: what is "
                   "not done is sent again",
                   arg("position", position.value)));
}

}  // namespace

NativeConsumer::NativeConsumer(std::unique_ptr<ConsumerSeat> seat, std::int64_t nowNs, Time now)
    : seat_(std::move(seat)) {
  for (const auto& [entity, held] : seat_->held()) {
    if (!held.dueNs) continue;
    const auto wait = std::max<std::int64_t>(*held.dueNs - nowNs, 0);
    runs_.emplace(entity, Run{now + std::chrono::nanoseconds(wait), {}});
  }
}

bool NativeConsumer::inTurn(std::string_view record) {
  if (seat_->held().empty()) return true;
  const auto read = scan_.read(record);
  const EntityId entity(read.getEntity());
  const Position position(read.getPosition());
  const auto held = seat_->held().find(entity);
  if (held == seat_->held().end() || position < held->second.begin) return true;
  // What came before it has been sent: it follows. Where that waits, it waits behind it.
  const auto run = runs_.find(entity);
  if (run != runs_.end() && run->second.due == Time::max()) run->second.due = Time::min();
  return false;
}

std::uint64_t NativeConsumer::kept() {
  for (const auto changes = seat_->kept(); !unkept_.empty() && unkept_.front() <= changes;
       ++kept_) {
    unkept_.pop_front();
  }
  return kept_;
}

/// What failed is owed until it was done, and cannot be sent before the feed has come to it.
bool NativeConsumer::isReached(EntityId entity, const Run& run, Position next) const {
  const auto& held = seat_->held().at(entity);
  return run.through || held.from != held.begin || held.from < next;
}

NativeConsumer::Time NativeConsumer::wakes(Position next) const {
  auto out = Time::max();
  for (const auto& [entity, run] : runs_) {
    if (run.due < out && isReached(entity, run, next)) out = run.due;
  }
  return out;
}

std::optional<EntityId> NativeConsumer::due(Time now, Position next) const {
  const auto found = std::ranges::find_if(runs_, [&](const auto& one) {
    return one.second.due <= now && isReached(one.first, one.second, next);
  });
  return found == runs_.end() ? std::nullopt : std::optional(found->first);
}

EventBatch NativeConsumer::again(const Register& reg, EntityId entity, const Feed& feed,
                                 std::size_t bytes_max) {
  auto& run = runs_.at(entity);
  const auto from = std::max(seat_->held().at(entity).from, Position(run.through.value + 1));
  EventBatch out;
  reg.read([&](const State& state) {
    auto records = state.timeline(entity).records();
    std::ranges::sort(records, {}, [](const RecordPtr& one) { return one->position(); });
    for (const auto& one : records) {
      const bool wanted = one->entity() == entity && one->position() >= from &&
                          one->position() < feed.next() && feed.wantsActOf(state, *one);
      if (!wanted) continue;
      if (out.bytes.size() >= bytes_max) break;
      out.add(one->bytes());
      run.through = one->position();
    }
  });
  if (out.empty()) {
    run.due = Time::max();
    releaseDone();
  }
  return out;
}

void NativeConsumer::releaseDone() {
  std::erase_if(runs_, [&](const auto& one) {
    const auto& [entity, run] = one;
    if (run.due != Time::max()) return false;
    const auto& held = seat_->held().at(entity);
    const bool owed = held.from == held.begin || held.from <= run.through;
    if (owed || held.from.value > seat_->done().value + 1) return false;
    seat_->release(entity);
    return true;
  });
}

Status NativeConsumer::ack(Position position, EntityId entity, Position next) {
  if (!entity) {
    if (position >= next) return notSent(position);
    if (position > seat_->done()) seat_->finish(position);
    releaseDone();
    return Done{};
  }
  const auto run = runs_.find(entity);
  if (run == runs_.end() || position > run->second.through) return notSent(position);
  auto held = seat_->held().at(entity);
  if (position < held.from) return Done{};
  held.from = Position(position.value + 1);
  held.attempts = 0;
  if (auto kept = seat_->hold(std::move(held)); !kept) return kept;
  releaseDone();
  return Done{};
}

Result<bool> NativeConsumer::hold(const Register& reg, Position position, Position next,
                                  const Hold& how, std::uint32_t attempts_max) {
  if (how.reason.size() > limits::consumer_reason_bytes_max) {
    return usage("consumer.reason", msg("a reason has at most {bytes} bytes",
                                        arg("bytes", limits::consumer_reason_bytes_max)));
  }
  EntityId entity;
  if (position < next) {
    auto read = reg.stored(position, position, [&](const StoredRecord& one) {
      entity = EntityId(scan_.read(one.bytes).getEntity());
      return false;
    });
    if (!read) return std::move(read).failures();
  }
  if (!entity) return notSent(position);
  const auto before = seat_->held().find(entity);
  const bool wasHeld = before != seat_->held().end();
  const auto run = runs_.find(entity);
  const bool again = wasHeld && position >= before->second.begin;
  const bool known = again ? run != runs_.end() && position >= before->second.from &&
                                 position <= run->second.through
                           : position > seat_->done();
  if (!known) return notSent(position);
  HeldEntity held;
  held.entity = entity;
  held.begin = again ? before->second.begin : position;
  held.from = again ? before->second.from : position;  // what came again moves on by ack alone
  held.attempts = again ? before->second.attempts + 1 : 1;
  held.reason = how.reason;
  held.heldAtNs = wasHeld ? before->second.heldAtNs : reg.now();
  // What is parked stays so until somebody says otherwise, also when what comes before it fails.
  const bool waits = how.delay && !(wasHeld && !again && !before->second.dueNs);
  const bool tooOften = waits && held.attempts >= attempts_max;
  const bool parked = !waits || tooOften;
  if (!parked) held.dueNs = reg.now() + std::chrono::nanoseconds(*how.delay).count();
  if (auto kept = seat_->hold(std::move(held)); !kept) return std::move(kept).failures();
  runs_.erase(entity);
  if (!parked) runs_.emplace(entity, Run{std::chrono::steady_clock::now() + *how.delay, {}});
  return tooOften;
}

}  // namespace consulta
