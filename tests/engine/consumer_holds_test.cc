// What a consumer holds back, and what does not let go of it.
#include <doctest/doctest.h>

#include "tests/engine/consumer_fixture.h"

namespace consulta::test {

TEST_CASE("what failed comes again whatever its entity has become for the filter") {
  Served served;
  served.enter(1);
  const auto first = served.reg->last().value;
  const SubscribeOptions meetings{.from = Position(first), .filter = "aggregate=meeting"};
  {
    Follower follower(served, meetings);
    CHECK(follower.next() == first);
    follower.park();
    enterText(served, boost::json::serialize(boost::json::object{
                          {"type", "common.retraction"},
                          {"entity", "MTG-1"},
                          {"occurred", "2006-03-02"},
                          {"data", {{"retracts", first}, {"reason", "entered by mistake"}}}}));
    bool isMeeting = true;
    served.reg->read(
        [&](const State& state) { isMeeting = state.row(EntityId(first)) != nullptr; });
    CHECK_FALSE(isMeeting);
  }
  awaitFree(served);
  REQUIRE(served.reg->consumers().retry("w", {}).ok());
  Follower follower(served, meetings);
  CHECK(follower.next() == first);
  follower.done();
}

TEST_CASE("what is parked stays parked when something before it fails") {
  Served served;
  served.enter(1);
  const auto first = served.reg->last().value;
  enterText(served, relocation("MTG-1", "Vienna"));
  const SubscribeOptions all{.from = Position(first)};
  {
    Follower follower(served, all);
    CHECK(follower.next() == first);
    CHECK(follower.next() == first + 1);
    follower.park();
  }
  awaitFree(served);
  CHECK(served.reg->consumers().find("w")->parked == 1);
  Follower follower(served, all);
  CHECK(follower.next() == first);
  follower.retry();
  CHECK(served.reg->consumers().find("w")->parked == 1);
  CHECK(served.reg->consumers().find("w")->waiting == 0);
  CHECK(heldFrom(served) == Position(first));
}

TEST_CASE("what keeps failing is parked with all of its entity, and everything else goes on") {
  ServerLimits limits;
  limits.consumer_attempts_max = 3;
  Served served(limits);
  served.enter(2);
  const auto first = served.reg->last().value - 1;
  Follower follower(served, {.from = Position(first)});
  CHECK(follower.next() == first);
  follower.retry();
  CHECK(follower.next() == first + 1);
  follower.done();
  CHECK(follower.next() == first);
  follower.retry();
  CHECK(follower.next() == first);
  CHECK(served.reg->consumers().find("w")->parked == 0);
  follower.retry();
  const auto held = served.reg->consumers().held("w");
  REQUIRE(held.size() == 1);
  CHECK_FALSE(held.front().dueNs);
  CHECK(held.front().attempts == 3);
  CHECK(held.front().reason == "not now");
  CHECK(served.logged().find("has failed 3 times at entry") != std::string::npos);
  enterText(served, relocation("MTG-1", "Vienna"));
  enterText(served, relocation("MTG-2", "Lima"));
  CHECK(follower.next() == first + 3);
  follower.done();
  // Whoever has seen to it says so, and it begins anew.
  served.restart(limits);
  REQUIRE(served.reg->consumers().retry("w", {}).ok());
  CHECK(served.reg->consumers().held("w").front().attempts == 0);
  Follower again(served);
  CHECK(again.next() == first);
  CHECK(again.next() == first + 2);
  again.done();
  CHECK(served.reg->consumers().held("w").empty());
}

TEST_CASE("what is to be tried again is not before its time") {
  Served served;
  served.enter(1);
  Follower follower(served, {.from = served.reg->last()});
  const auto first = follower.next();
  const auto begin = std::chrono::steady_clock::now();
  static constexpr std::chrono::milliseconds delay(60);
  follower.retry(delay);
  CHECK(follower.next() == first);
  CHECK(std::chrono::steady_clock::now() - begin >= delay);
}

}  // namespace consulta::test
