#include "engine/server/native_subscription.h"

#include <spdlog/logger.h>

#include <algorithm>
#include <limits>

#include "engine/server/native_connection.h"

namespace consulta {

NativeSubscription::NativeSubscription(std::uint32_t request, Feed feed, std::uint64_t credit,
                                       Position last, Time now,
                                       std::unique_ptr<NativeConsumer> consumer)
    : request_(request),
      feed_(std::move(feed)),
      credit_(credit),
      consumer_(std::move(consumer)),
      last_(last),
      lastSaid_(now),
      lastTook_(now) {}

namespace {

/// So many events fill a batch, more or less.
constexpr std::uint64_t many = 100;

Failure notOfConsumer() {
  return usage("consumer.none", msg("a subscription without the name of a consumer is not "
                                    "acknowledged"));
}

}  // namespace

void NativeSubscription::grant(std::uint64_t bytes) {
  credit_ += std::min(bytes, std::numeric_limits<std::uint64_t>::max() - credit_);
}

LogPlace NativeSubscription::place(const NativeConnection& connection) const {
  return {connection.service().reg.epoch(), Position(feed_.next().value - 1), placeNs_};
}

void NativeSubscription::sayPlace(NativeConnection& connection,
                                  wire::Place::Builder (wire::ToClient::Builder::*what)()) {
  ToClient out(connection.service().reg.id(), request_);
  write((out.root.*what)(), place(connection));
  connection.send(out.bytes());
  lastSaid_ = std::chrono::steady_clock::now();
}

void NativeSubscription::end(NativeConnection& connection, wire::Ended::Reason reason,
                             const std::string& text) {
  over_ = true;
  ToClient out(connection.service().reg.id(), request_);
  auto ended = out.root.initEnded();
  auto resume = place(connection);
  resume.position = feed_.next();
  write(ended.initResume(), resume);
  ended.setReason(reason);
  ended.setText(text);
  connection.send(out.bytes());
}

bool NativeSubscription::stuck(const NativeConnection& connection, Position last) const {
  return feed_.behind(last) && (credit_ == 0 || !connection.hasRoom());
}

void NativeSubscription::sent(NativeConnection& connection, const EventBatch& batch, bool replayed,
                              EntityId again) {
  auto& service = connection.service();
  lastTook_ = lastSaid_ = std::chrono::steady_clock::now();
  service.figures.events += batch.ends.size();
  credit_ -= std::min<std::uint64_t>(credit_, batch.bytes.size());
  connection.send(eventsMessage(service.reg.id(), request_, batch, feed_.next(), replayed, again));
}

Status NativeSubscription::ack(Position position, EntityId entity) {
  if (!consumer_) return notOfConsumer();
  auto done = consumer_->ack(position, entity, feed_.next());
  if (done) consumer_->said();
  return done;
}

Status NativeSubscription::hold(const NativeConnection& connection, Position position,
                                const Hold& how) {
  if (!consumer_) return notOfConsumer();
  auto& service = connection.service();
  const auto most = service.limits.consumer_attempts_max;
  auto parked = consumer_->hold(service.reg, position, feed_.next(), how, most);
  if (!parked) return std::move(parked).failures();
  consumer_->said();
  if (*parked) {
    service.log.warn(
        "the consumer \"{0}\" of {1} has failed {2} times at entry {3}: it is parked with all "
        "later "
        "ones of its entity until \"consulta consumer retry {0}\"",
        consumer_->name(), connection.peer().account, most, position.value);
  }
  return Done{};
}

void NativeSubscription::kept(NativeConnection& connection) {
  if (over_ || !consumer_) return;
  if (consumer_->broken()) {
    return end(connection, wire::Ended::Reason::FAILED,
               "the disk of the server does not keep what is acknowledged");
  }
  const auto kept = consumer_->kept();
  if (kept == toldKept_) return;
  toldKept_ = kept;
  ToClient out(connection.service().reg.id(), request_);
  out.root.setKept(kept);
  connection.send(out.bytes());
}

bool NativeSubscription::pumpAgain(NativeConnection& connection) {
  const auto entity = consumer_->due(std::chrono::steady_clock::now(), feed_.next());
  if (!entity || credit_ == 0 || !connection.hasRoom()) return false;
  auto& service = connection.service();
  const auto bytes_max = std::min<std::uint64_t>(service.limits.event_batch_bytes, credit_);
  const auto batch = consumer_->again(service.reg, *entity, feed_, bytes_max);
  if (!batch.empty()) sent(connection, batch, true, *entity);
  return true;
}

bool NativeSubscription::pump(NativeConnection& connection) {
  auto& service = connection.service();
  const auto last = service.reg.published();
  if (over_) return false;
  if (consumer_ && pumpAgain(connection)) return true;
  if (feed_.behind(last)) {
    if (credit_ == 0 || !connection.hasRoom()) return false;
    EventBatch batch;
    const auto bytes_max = std::min<std::uint64_t>(service.limits.event_batch_bytes, credit_);
    const bool replayed = feed_.next() <= last_;
    // The last one may reach beyond.
    if (feed_.next().value + many < last.value) batch.bytes.reserve(bytes_max + bytes_max / 8);
    const auto read = feed_.read(service.reg, bytes_max, [&](std::string_view one) {
      if (!consumer_ || consumer_->inTurn(one)) batch.add(one);
    });
    if (!batch.empty()) {
      placeNs_ = batch.lastRecordedNs();
      sent(connection, batch, replayed, {});
    }
    if (!read) {
      end(connection, wire::Ended::Reason::FAILED, inEnglish(read.failures().front().text));
      return false;
    }
  }
  if (feed_.complete()) {
    end(connection, wire::Ended::Reason::COMPLETE, "");
    return false;
  }
  if (feed_.behind(last)) return true;
  if (!caughtUp_) sayPlace(connection, &wire::ToClient::Builder::initCaughtUp);
  caughtUp_ = true;
  toldBehind_ = false;
  // What was read just now may follow what came again, and then it is due at once.
  return consumer_ && credit_ > 0 && connection.hasRoom() &&
         consumer_->due(std::chrono::steady_clock::now(), feed_.next()).has_value();
}

bool NativeSubscription::watch(NativeConnection& connection, Time now) {
  const auto& limits = connection.service().limits;
  if (!stuck(connection, connection.service().reg.published())) {
    lastTook_ = now;
    if (now - lastSaid_ >= limits.heartbeat) {
      sayPlace(connection, &wire::ToClient::Builder::initHeartbeat);
    }
    return true;
  }
  if (caughtUp_ && !toldBehind_) {
    if (now - lastTook_ < limits.stall / 10) return true;
    sayPlace(connection, &wire::ToClient::Builder::initFellBehind);
    ++connection.service().figures.fellBehind;
    toldBehind_ = true;
    caughtUp_ = false;  // it is told again once it has caught up
    return true;
  }
  return now - lastTook_ < limits.stall;
}

}  // namespace consulta
