// One subscription of a connection: what it has been sent, and how much more may be.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "engine/server/feed.h"
#include "engine/server/native_consumer.h"
#include "engine/server/server_limits.h"
#include "engine/server/wire.h"

namespace consulta {

class NativeConnection;

/// For the thread of sockets.
class NativeSubscription {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// `consumer`: in whose name it is; null: in nobody's.
  NativeSubscription(std::uint32_t request, Feed feed, std::uint64_t credit, Position last,
                     Time now, std::unique_ptr<NativeConsumer> consumer);

  void grant(std::uint64_t bytes);
  // What a consumer says of what it was sent; refused when that was something else.
  [[nodiscard]] Status ack(Position position, EntityId entity);
  [[nodiscard]] Status hold(const NativeConnection& connection, Position position, const Hold& how);
  /// Tells it what of that is on the disk now.
  void kept(NativeConnection& connection);
  /// Sends one message of events if there are any, they are paid for, and there is room. True: more
  /// could be sent at once.
  [[nodiscard]] bool pump(NativeConnection& connection);
  /// Ends it: the last that is said of it.
  void end(NativeConnection& connection, wire::Ended::Reason reason, const std::string& text);

  [[nodiscard]] bool over() const { return over_; }
  /// When it is to be looked at again, because what was held back is due then.
  [[nodiscard]] Time wakes() const {
    return consumer_ ? consumer_->wakes(feed_.next()) : Time::max();
  }
  /// Looks at the time: heartbeats, and whether the subscriber takes what it asked for. False: it
  /// does not, for longer than is waited.
  [[nodiscard]] bool watch(NativeConnection& connection, Time now);

 private:
  [[nodiscard]] LogPlace place(const NativeConnection& connection) const;
  void sayPlace(NativeConnection& connection,
                wire::Place::Builder (wire::ToClient::Builder::*what)());
  [[nodiscard]] bool stuck(const NativeConnection& connection, Position last) const;
  /// Sends what an entity was held back of, if its time has come. True: it did something.
  [[nodiscard]] bool pumpAgain(NativeConnection& connection);
  void sent(NativeConnection& connection, const EventBatch& batch, bool replayed, EntityId again);

  std::uint32_t request_;
  Feed feed_;
  std::uint64_t credit_;
  std::unique_ptr<NativeConsumer> consumer_;
  std::uint64_t toldKept_ = 0;
  Position last_;  // of the log when it began: what comes up to it is a replay
  std::int64_t placeNs_ = 0;
  bool caughtUp_ = false;
  bool toldBehind_ = false;
  bool over_ = false;
  Time lastSaid_;
  Time lastTook_;  // when it was not stuck
};

}  // namespace consulta
