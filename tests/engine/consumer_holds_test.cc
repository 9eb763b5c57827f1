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

}  // namespace consulta::test
