// A subscription in the name of a consumer: what it was sent and has not acknowledged, what is held
// back, and when that is sent again.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/runtime/consumers.h"
#include "engine/server/feed.h"
#include "engine/server/wire.h"
#include "events/ids.h"
#include "events/result.h"

namespace consulta {

/// How an entry that could not be handled is held back, and all of its entity behind it.
struct Hold {
  std::optional<std::chrono::milliseconds> delay;  // until it is tried again; none: it is parked
  std::string reason;
};

/// For the thread of sockets.
class NativeConsumer {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// `nowNs` is the register's time, by which what was held back earlier is due.
  NativeConsumer(std::unique_ptr<ConsumerSeat> seat, std::int64_t nowNs, Time now);

  /// Whether a record is sent in its turn, or waits with its entity.
  [[nodiscard]] bool inTurn(std::string_view record);

  // `next`: all before it was looked at for the consumer.
  /// When the next of those held back is due, of which something can be sent.
  [[nodiscard]] Time wakes(Position next) const;
  /// An entity that was held back and whose time has come.
  [[nodiscard]] std::optional<EntityId> due(Time now, Position next) const;
  /// What is to be sent of it again, of all that was looked at for the consumer before; nothing
  /// when all of that has been sent.
  [[nodiscard]] EventBatch again(const Register& reg, EntityId entity, const Feed& feed,
                                 std::size_t bytes_max);

  // `next`: everything before it has been sent, or was not wanted.
  [[nodiscard]] Status ack(Position position, EntityId entity, Position next);
  /// True: it has failed `attempts_max` times by now, and is parked whatever was asked.
  [[nodiscard]] Result<bool> hold(const Register& reg, Position position, Position next,
                                  const Hold& how, std::uint32_t attempts_max);

  /// One more thing was said and done; kept() counts it once it is on the disk.
  void said() { unkept_.push_back(seat_->made()); }
  [[nodiscard]] std::uint64_t kept();
  [[nodiscard]] const std::string& name() const { return seat_->name(); }
  [[nodiscard]] bool broken() const { return seat_->broken(); }

 private:
  /// What is held back of an entity and is not parked.
  struct Run {
    Time due;          // when there is something to be sent; max: all there is has been sent
    Position through;  // sent again up to here
  };
  [[nodiscard]] bool isReached(EntityId entity, const Run& run, Position next) const;
  /// Lets go of those of which all is done, once nothing of that can come in its turn again.
  void releaseDone();

  const std::unique_ptr<ConsumerSeat> seat_;
  std::map<EntityId, Run> runs_;
  std::deque<std::uint64_t> unkept_;  // for each that was said: changes made by then
  std::uint64_t kept_ = 0;
  RecordScan scan_;
};

}  // namespace consulta
