#include "engine/server/native_connection.h"

#include <kj/exception.h>
#include <spdlog/logger.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>
#include <vector>

namespace consulta {

namespace asio = boost::asio;

namespace {

constexpr auto told = asio::as_tuple(asio::use_awaitable);
using Steady = std::chrono::steady_clock;

}  // namespace

void NativeConnection::start(Service& service, std::unique_ptr<Channel> channel, Peer peer) {
  const auto made =
      std::make_shared<NativeConnection>(service, std::move(channel), std::move(peer));
  ++service.figures.nativePeers;
  service.enter(made);
  asio::co_spawn(service.io, made->receiving(), asio::detached);
  asio::co_spawn(service.io, made->sending(), asio::detached);
  asio::co_spawn(service.io, made->watching(), asio::detached);
}

NativeConnection::NativeConnection(Service& service, std::unique_ptr<Channel> channel, Peer peer)
    : service_(service),
      channel_(std::move(channel)),
      peer_(std::move(peer)),
      frames_(service.limits.first_frame_bytes_max),
      rate_(service.limits.requests_per_second, service.limits.requests_burst,
            service.figures.slowed),
      toSend_(service.io),
      room_(service.io),
      watch_(service.io),
      began_(Steady::now()),
      lastHeard_(began_),
      frameBegan_(began_),
      writingSince_(began_) {
  toSend_.expires_at(Time::max());
}

bool NativeConnection::hasRoom() const {
  return !closed_ && outbox_.bytes() < service_.limits.unsent_bytes_max;
}

void NativeConnection::send(SharedBytes bytes, std::function<void()> sent) {
  if (closed_) {
    if (sent) sent();
    return;
  }
  outbox_.add(std::move(bytes), std::move(sent));
  toSend_.cancel();
}

void NativeConnection::close() {
  if (closed_) return;
  closed_ = true;
  channel_->close();
  outbox_.drop();
  toSend_.cancel();
  room_.cancel();
  watch_.cancel();
  for (const auto& [request, command] : commands_) command->leave();
  commands_.clear();
  subscriptions_.clear();
  service_.leave(shared_from_this());
}

asio::awaitable<void> NativeConnection::receiving() {
  const auto self = shared_from_this();
  while (!closed_ && !ending_) {
    const auto space = frames_.space();
    const auto begun = frames_.begun();
    boost::system::error_code error;
    reading_ = true;
    const auto count = co_await channel_->read(asio::buffer(space.data(), space.size()), error);
    reading_ = false;
    if (error) {
      close();
      co_return;
    }
    lastHeard_ = Steady::now();
    if (begun == 0) frameBegan_ = lastHeard_;
    frames_.received(count);
    bool paused = false;
    while (handleAll()) {
      paused = true;
      // The peer must read first, its submissions be answered, or some time pass.
      room_.expires_at(takesMore() ? rate_.until() : Time::max());
      co_await room_.async_wait(told);
    }
    // Others were taken before the one that is begun, or it waited for us: its time counts from
    // here.
    if (paused || frames_.begun() < begun + count) frameBegan_ = Steady::now();
  }
}

bool NativeConnection::takesMore() const {
  return hasRoom() && submittedBytes_ <= service_.limits.frame_bytes_max;
}

bool NativeConnection::handleAll() {
  try {
    while (!closed_ && !ending_) {
      if (!takesMore() || rate_.until() > Steady::now()) return true;
      auto frame = frames_.next();
      if (!frame) {
        end(frame.failures());
        return false;
      }
      if (!frame->has_value()) return false;
      rate_.count(Steady::now());
      handle((**frame).root<wire::ToServer>());
    }
  } catch (const kj::Exception&) {
    end({usage("frame.content", msg("what a frame holds leads out of it. Check the client"))});
  } catch (const Broken& broken) {
    service_.log.error("a request met a broken register: {}", inEnglish(broken.failure().text));
    end({broken.failure()});
  }
  return false;
}

asio::awaitable<void> NativeConnection::sending() {
  const auto self = shared_from_this();
  while (!closed_) {
    const auto pieces = outbox_.take();
    if (pieces.empty()) {
      closeWhenDone();
      if (!closed_) co_await toSend_.async_wait(told);
      continue;
    }
    std::vector<asio::const_buffer> buffers;
    buffers.reserve(pieces.size());
    for (const auto& piece : pieces) buffers.push_back(asio::buffer(*piece));
    writing_ = true;
    writingSince_ = Steady::now();
    boost::system::error_code error;
    co_await channel_->write(std::move(buffers), error);
    writing_ = false;
    outbox_.sent();
    if (error) close();
    if (hasRoom()) room_.cancel();
    pumpAll();
  }
}

asio::awaitable<void> NativeConnection::watching() {
  const auto self = shared_from_this();
  const auto every = service_.limits.lookEvery();
  while (!closed_) {
    // What is due and cannot be sent is not looked at all the time.
    constexpr std::chrono::milliseconds soonest(5);
    const auto now = Steady::now();
    auto until = now + every;
    for (const auto& [request, one] : subscriptions_) until = std::min(until, one.wakes());
    watch_.expires_at(std::max(until, now + soonest));
    co_await watch_.async_wait(told);
    if (!closed_) look();
  }
}

void NativeConnection::look() {
  const auto now = Steady::now();
  const auto& limits = service_.limits;
  if (writing_ && now - writingSince_ >= limits.stall) {
    ++service_.figures.stalled;
    service_.log.warn("{} does not read what it is sent; the connection is closed", peer_.where);
    return close();
  }
  if (stopping_ && now - stoppedAt_ >= limits.stall) return close();
  if (ending_) return;
  // Both count from the beginning, however steadily bytes drip.
  if (!actor_ && now - began_ >= limits.hello) {
    return end({usage("hello.late", msg("nothing was said for too long. Begin with hello"))});
  }
  const bool late = now - frameBegan_ >= limits.forRest(frames_.begun());
  if (reading_ && frames_.inFrame() && late) {
    return end({usage("frame.late", msg("the rest of a frame did not come in time"))});
  }
  if (openRequests() == 0 && outbox_.empty() && now - lastHeard_ >= limits.idle) {
    return end({usage("idle", msg("nothing was asked for a long time. Connect again"))});
  }
  for (auto one = subscriptions_.begin(); one != subscriptions_.end();) {
    if (!one->second.watch(*this, now)) {
      ++service_.figures.stalled;
      service_.log.warn("{} does not take the events that it subscribed to; they end", peer_.where);
      one->second.end(*this, wire::Ended::Reason::STALLED,
                      "the events that were asked for were not taken in time");
    }
    one = one->second.over() ? subscriptions_.erase(one) : std::next(one);
  }
  if (!subscriptions_.empty()) pumpAll();  // what was to be tried again later
}

void NativeConnection::advanced() {
  if (actor_) {
    if (const auto may = service_.admission.check(peer_, actor_); !may) return end(may.failures());
  }
  pumpAll();
}

/// One message each, then others have their turn.
void NativeConnection::pumpAll() {
  bool more = false;
  for (auto one = subscriptions_.begin(); one != subscriptions_.end();) {
    more = one->second.pump(*this) || more;
    one = one->second.over() ? subscriptions_.erase(one) : std::next(one);
  }
  // What has been sent calls again; without anything sent (a filter that lets nothing through)
  // nobody else would.
  if (!more || !outbox_.empty() || pumping_) return;
  pumping_ = true;
  asio::post(service_.io, [self = shared_from_this()] {
    self->pumping_ = false;
    self->pumpAll();
  });
}

void NativeConnection::end(const Failures& failures) {
  if (closed_ || ending_) return;
  service_.countRefusal(peer_, failures);
  send(refusal(service_.reg.id(), 0, failures));
  for (auto& [request, subscription] : subscriptions_) {
    subscription.end(*this, wire::Ended::Reason::FAILED, "the connection ends");
  }
  subscriptions_.clear();
  for (const auto& [request, command] : commands_) command->leave();
  ending_ = true;
}

void NativeConnection::stop() {
  if (stopping_) return;
  stopping_ = true;
  stoppedAt_ = Steady::now();
  for (auto& [request, subscription] : subscriptions_) {
    subscription.end(*this, wire::Ended::Reason::STOPPING, "the server stops");
  }
  subscriptions_.clear();
  for (const auto& [request, command] : commands_) command->stop();
  toSend_.cancel();
}

void NativeConnection::closeWhenDone() {
  if (ending_ || (stopping_ && openRequests() == 0)) close();
}

void NativeConnection::commandEnded(std::uint32_t request) {
  commands_.erase(request);
  toSend_.cancel();
}

}  // namespace consulta
