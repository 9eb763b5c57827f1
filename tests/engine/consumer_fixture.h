// Somebody who follows a served register in the name of the consumer "w".
#pragma once

#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "engine/runtime/consumers.h"
#include "tests/engine/server_fixture.h"

namespace consulta::test {

inline std::string relocation(const std::string& id, const std::string& place) {
  return boost::json::serialize(boost::json::object{{"type", "meeting.relocated"},
                                                    {"entity", id},
                                                    {"occurred", "2006-03-02"},
                                                    {"data", {{"place", place}}}});
}

/// Somebody who follows in the name of a consumer, over a connection of its own.
class Follower {
 public:
  explicit Follower(const Served& served, SubscribeOptions options = {}) {
    options.consumer = "w";
    client_ = served.connect();
    auto made = client_->subscribe(options);
    REQUIRE(made.ok());
    events_.emplace(std::move(made).value());
  }

  /// The position of the next event.
  std::uint64_t next() {
    auto event = events_->next();
    INFO((event ? std::string() : inEnglish(event.failures().front().text)));
    REQUIRE(event.ok());
    REQUIRE(event->has_value());
    return (**event)->position().value;
  }
  void done() {
    REQUIRE(events_->done().ok());
    REQUIRE(events_->settle().ok());
  }
  void retry(std::chrono::milliseconds delay = std::chrono::milliseconds(0)) {
    REQUIRE(events_->retry(delay, "not now").ok());
    REQUIRE(events_->settle().ok());
  }
  void park() {
    REQUIRE(events_->park("cannot be read").ok());
    REQUIRE(events_->settle().ok());
  }
  ClientEvents& events() { return *events_; }
  Client& client() { return *client_; }

 private:
  std::unique_ptr<Client> client_;
  std::optional<ClientEvents> events_;
};

inline void awaitFree(const Served& served) {
  while (served.reg->consumers().find("w")->connected) std::this_thread::yield();
}

inline void enterText(const Served& served, const std::string& entry) {
  REQUIRE(served.connect()->submit(randomId<SubmissionId>(), entry).ok());
}

inline Position heldFrom(const Served& served) {
  const auto held = served.reg->consumers().held("w");
  REQUIRE(held.size() == 1);
  return held.front().from;
}

}  // namespace consulta::test
