#include "engine/server/native_subscription.h"

#include <algorithm>
#include <limits>

#include "engine/server/native_connection.h"

namespace consulta {

NativeSubscription::NativeSubscription(std::uint32_t request, Feed feed, std::uint64_t credit,
                                       Position last, Time now)
    : request_(request),
      feed_(std::move(feed)),
      credit_(credit),
      last_(last),
      lastSaid_(now),
      lastTook_(now) {}

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

bool NativeSubscription::pump(NativeConnection& connection) {
  auto& service = connection.service();
  const auto last = service.reg.published();
  if (over_) return false;
  if (feed_.behind(last)) {
    if (credit_ == 0 || !connection.hasRoom()) return false;
    EventBatch batch;
    const auto bytes_max = std::min<std::uint64_t>(service.limits.event_batch_bytes, credit_);
    const bool replayed = feed_.next() <= last_;
    const auto read =
        feed_.read(service.reg, bytes_max, [&](std::string_view one) { batch.add(one); });
    if (!batch.empty()) {
      placeNs_ = batch.lastRecordedNs();
      lastTook_ = lastSaid_ = std::chrono::steady_clock::now();
      service.figures.events += batch.ends.size();
      credit_ -= std::min<std::uint64_t>(credit_, batch.bytes.size());
      connection.send(eventsMessage(service.reg.id(), request_, batch, feed_.next(), replayed));
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
  return false;
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
