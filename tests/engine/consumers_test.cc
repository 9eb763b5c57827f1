#include "engine/runtime/consumers.h"

#include <doctest/doctest.h>

#include <map>
#include <random>
#include <set>
#include <thread>

#include "tests/engine/consumer_fixture.h"
#include "tests/support/seed.h"

namespace consulta::test {

namespace {

using std::chrono::milliseconds;

}  // namespace

TEST_CASE("a consumer goes on behind what it acknowledged, whatever was stopped in between") {
  Served served;
  served.enter(10);
  {
    Follower follower(served);
    CHECK(follower.next() == 1);
    CHECK(follower.next() == 2);
    CHECK(follower.next() == 3);
    follower.done();
    CHECK(follower.next() == 4);  // not acknowledged
  }
  awaitFree(served);
  SUBCASE("the connection") {}
  SUBCASE("the server") {
    served.stop();
    served.start();
  }
  SUBCASE("the register") {
    served.reopen();
  }
  CHECK(served.reg->consumers().find("w")->done == Position(3));
  // Where it begins is not asked again.
  Follower follower(served, {.onlyNew = true});
  for (std::uint64_t at = 4; at <= 10; ++at) CHECK(follower.next() == at);
  follower.done();
  CHECK(served.reg->consumers().find("w")->done == Position(10));
}

TEST_CASE("what fails waits with all of its entity, and everything else goes on") {
  Served served;
  served.enter(2);  // MTG-1, MTG-2
  const auto first = served.reg->last().value - 1;
  Follower follower(served, {.from = Position(first)});
  CHECK(follower.next() == first);
  SUBCASE("until it is tried again") {
    follower.retry(milliseconds(1));
  }
  SUBCASE("until somebody says so") {
    follower.park();
    enterText(served, relocation("MTG-1", "Vienna"));
    enterText(served, relocation("MTG-2", "Lima"));
    CHECK(follower.next() == first + 1);
    CHECK(follower.next() == first + 3);
    follower.done();
    const auto facts = served.reg->consumers().find("w");
    CHECK(facts->done == Position(first + 3));
    CHECK(facts->parked == 1);
    CHECK(served.reg->consumers().held("w").front().reason == "cannot be read");
    // Nobody changes it under the one who follows.
    CHECK(served.reg->consumers().retry("w", {}).failures().front().rule == "consumer.taken");
    return;
  }
  CHECK(follower.next() == first + 1);
  CHECK(follower.next() == first);
  follower.done();
}

TEST_CASE("what was parked comes again once somebody says so, in the order of its entity") {
  Served served;
  served.enter(2);
  const auto first = served.reg->last().value - 1;
  {
    Follower follower(served, {.from = Position(first)});
    CHECK(follower.next() == first);
    follower.park();
    enterText(served, relocation("MTG-1", "Vienna"));
    enterText(served, relocation("MTG-2", "Lima"));
    CHECK(follower.next() == first + 1);
    CHECK(follower.next() == first + 3);
    follower.done();
  }
  awaitFree(served);
  CHECK(served.reg->consumers().find("w")->parked == 1);
  CHECK(served.reg->consumers().retry("w", {EntityId(4711)}).failures().front().rule ==
        "consumer.notHeld");
  REQUIRE(served.reg->consumers().retry("w", {}).ok());
  Follower follower(served);
  CHECK(follower.next() == first);
  follower.done();
  CHECK(heldFrom(served) == Position(first + 1));
  CHECK(follower.next() == first + 2);
  follower.done();
  // Now nothing of it is held back, and what comes of it comes in its turn.
  enterText(served, relocation("MTG-1", "Quito"));
  CHECK(follower.next() == first + 4);
  follower.done();
  CHECK(served.reg->consumers().held("w").empty());
}

TEST_CASE("what cannot be acknowledged, or followed in that name, is refused") {
  Served served;
  served.enter(3);
  const auto code = [](Client& client) {
    while (true) {
      const auto frame = client.receive();
      REQUIRE(frame.ok());
      const auto message = frame->root<wire::ToClient>();
      if (message.isRefused()) return std::string(message.getRefused()[0].getCode().cStr());
    }
  };
  const auto subscribed = [&](Client& client, const std::string& consumer,
                              const std::string& filter = {}) {
    ToServer out(client.registerId(), 5);
    auto subscribe = out.root.initSubscribe();
    subscribe.initFrom().setBeginning();
    subscribe.setCredit(1);  // one event
    subscribe.setConsumer(consumer);
    subscribe.setFilter(filter);
    REQUIRE(client.send(out).ok());
  };
  const auto client = served.connect();
  const auto acknowledge = [&](std::uint64_t position) {
    ToServer ack(client->registerId(), 5);
    ack.root.initAck().setPosition(position);
    REQUIRE(client->send(ack).ok());
  };
  SUBCASE("a position that was not sent") {
    subscribed(*client, "w");
    acknowledge(2);
    CHECK(code(*client) == "consumer.position");
  }
  SUBCASE("one that was done before") {
    subscribed(*client, "w");
    acknowledge(1);
    ToServer retry(client->registerId(), 5);
    retry.root.initRetry().setPosition(1);
    REQUIRE(client->send(retry).ok());
    CHECK(code(*client) == "consumer.position");
  }
  SUBCASE("events of nobody's name") {
    subscribed(*client, "");
    ToServer park(client->registerId(), 5);
    park.root.initPark().setPosition(1);
    REQUIRE(client->send(park).ok());
    CHECK(code(*client) == "consumer.none");
  }
  SUBCASE("a name that is none") {
    subscribed(*client, "two words");
    CHECK(code(*client) == "consumer.name");
  }
  SUBCASE("a name that somebody follows in") {
    subscribed(*client, "w");
    REQUIRE(client->receive().ok());
    const auto other = served.connect();
    subscribed(*other, "w");
    CHECK(code(*other) == "consumer.taken");
  }
  SUBCASE("another filter than it was made with") {
    {
      const auto first = served.connect();
      subscribed(*first, "w", "aggregate=meeting");
      REQUIRE(first->receive().ok());
    }
    awaitFree(served);
    subscribed(*client, "w", "aggregate=mou");
    CHECK(code(*client) == "consumer.filter");
  }
  CHECK(served.connect()->submit(randomId<SubmissionId>(), Served::meeting("MTG-99")).ok());
}

TEST_CASE("a consumer that is reset is sent everything from there, and a removed one is gone") {
  Served served;
  served.enter(5);
  {
    Follower follower(served);
    CHECK(follower.next() == 1);
    follower.park();
    CHECK(follower.next() == 2);
    follower.done();
  }
  awaitFree(served);
  auto& consumers = served.reg->consumers();
  REQUIRE(consumers.reset("w", Position(0), served.reg->epoch()).ok());
  CHECK(consumers.held("w").empty());
  {
    Follower follower(served);
    CHECK(follower.next() == 1);
    CHECK(consumers.remove("w").failures().front().rule == "consumer.taken");
  }
  awaitFree(served);
  REQUIRE(consumers.remove("w").ok());
  CHECK_FALSE(consumers.find("w"));
  CHECK(consumers.remove("w").failures().front().rule == "consumer.missing");
  served.reopen();
  CHECK(served.reg->consumers().all().empty());
}

TEST_CASE("while the rows are rebuilt nothing about consumers is written, and afterwards all") {
  Served served;
  auto& consumers = served.reg->consumers();
  const auto actor = wideId<ActorId>(1, 2);
  const auto epoch = served.reg->epoch();
  auto seat = consumers.take({"w", actor, "", Position(0), epoch}, [] {});
  REQUIRE(seat);
  {
    const Consumers::Pause pause(consumers);
    (*seat)->finish(Position(3));
    CHECK(consumers.find("w")->done == Position(3));
    CHECK((*seat)->made() == 1);
    const auto refused = consumers.take({"other", actor, "", Position(0), epoch}, [] {});
    REQUIRE_FALSE(refused);
    CHECK(refused.failures().front().rule == "consumer.rebuild");
    CHECK((*seat)->kept() == 0);
  }
  while ((*seat)->kept() == 0) std::this_thread::yield();
  CHECK(consumers.take({"other", actor, "", Position(0), epoch}, [] {}));
}

TEST_CASE("a consumer of another epoch is refused until it is said where it goes on") {
  Served served;
  auto& consumers = served.reg->consumers();
  Consumers::Request request{"w", wideId<ActorId>(1, 2), "", Position(9), 1};
  REQUIRE(consumers.take(request, [] {}));
  request.epoch = 2;
  const auto refused = consumers.take(request, [] {});
  REQUIRE_FALSE(refused);
  CHECK(refused.failures().front().rule == "cursor.epoch");
  REQUIRE(consumers.reset("w", Position(4), 2).ok());
  const auto seat = consumers.take(request, [] {});
  REQUIRE(seat);
  CHECK((*seat)->done() == Position(4));
}

namespace {

/// A follower that fails and breaks off at random, and what it knows of what it is owed.
class Erratic {
 public:
  Erratic(Served& served, std::uint64_t seed) : served_(served), random_(seed) {}

  bool chance(unsigned percent) { return random_() % 100 < percent; }
  std::uint64_t below(std::uint64_t end) { return random_() % end; }

  /// Follows for a while, entering more now and then.
  void session(std::uint64_t entries) {
    Follower follower(served_);
    taken_.clear();
    unsettled_.clear();
    parked_.clear();
    for (auto left = below(40); left > 0; --left) {
      if (entered_ < entries && chance(50)) {
        enterText(served_, relocation("MTG-" + std::to_string(1 + below(8)),
                                      "Place " + std::to_string(++entered_)));
      }
      if (!isOwed()) return;
      handle(follower);
    }
  }

  [[nodiscard]] bool hasAll(std::uint64_t entries) {
    learn();
    std::size_t count = 0;
    for (const auto& [entity, positions] : handled_) count += positions.size();
    return entered_ >= entries && count == entities_.size();
  }

  /// Of each entity: what was handled, and all there is, in order.
  void checkOrder() {
    std::map<EntityId, std::vector<std::uint64_t>> all;
    for (std::size_t i = 0; i < entities_.size(); ++i) all[entities_[i]].push_back(i + 1);
    CHECK(handled_ == all);
  }

 private:
  /// Looks whose entry stands where.
  void learn() {
    const auto last = served_.reg->last();
    if (last.value == entities_.size()) return;
    REQUIRE(served_.reg
                ->log(Position(entities_.size() + 1), last,
                      [&](const RecordPtr& one) {
                        entities_.push_back(one->entity());
                        return true;
                      })
                .ok());
  }

  /// Whether anything will come without anything being entered.
  bool isOwed() {
    learn();
    for (std::size_t i = 0; i < entities_.size(); ++i) {
      if (!settled_.contains(i + 1) && !taken_.contains(i + 1) && !parked_.contains(entities_[i])) {
        return true;
      }
    }
    return false;
  }

  void handle(Follower& follower) {
    auto event = follower.events().next();
    INFO((event ? std::string() : inEnglish(event.failures().front().text)));
    REQUIRE(event.ok());
    REQUIRE(event->has_value());
    const auto entity = (**event)->entity();
    const auto position = (**event)->position().value;
    CHECK_FALSE(settled_.contains(position));
    if (chance(20)) {
      if (chance(25)) {
        follower.park();
        parked_.insert(entity);
      } else {
        follower.retry(milliseconds(below(2)));
      }
      for (const auto& held : served_.reg->consumers().held("w")) {
        if (held.entity != entity) continue;
        std::erase_if(taken_, [&](std::uint64_t at) {
          return at >= held.from.value && entities_[at - 1] == entity;
        });
        std::erase_if(unsettled_, [&](std::uint64_t at) { return !taken_.contains(at); });
      }
      return;
    }
    auto& of = handled_[entity];
    while (!of.empty() && of.back() >= position) of.pop_back();
    of.push_back(position);
    taken_.insert(position);
    unsettled_.insert(position);
    if (!chance(40)) return;
    follower.done();
    settled_.merge(unsettled_);
    unsettled_.clear();
  }

  Served& served_;
  std::mt19937_64 random_;
  std::uint64_t entered_ = 0;
  std::vector<EntityId> entities_;                          // by position
  std::map<EntityId, std::vector<std::uint64_t>> handled_;  // as they were handled last
  std::set<std::uint64_t> settled_;                         // acknowledged, and kept
  // Of this session.
  std::set<std::uint64_t> taken_;  // handled
  std::set<std::uint64_t> unsettled_;
  std::set<EntityId> parked_;
};

}  // namespace

TEST_CASE("whatever fails and breaks off, each entity is handled in order and nothing is lost") {
  const auto seed = seedOr(std::random_device()());
  CAPTURE(seed);
  Served served;
  served.enter(8);
  Erratic erratic(served, seed);
  const auto entries = times(150);
  for (std::size_t sessions = 0; !erratic.hasAll(entries); ++sessions) {
    REQUIRE(sessions < 10'000);
    erratic.session(entries);
    awaitFree(served);
    if (erratic.chance(10)) served.reopen();
    REQUIRE(served.reg->consumers().retry("w", {}).ok());
  }
  erratic.checkOrder();
}

}  // namespace consulta::test
