// Those who follow the entries by name, as the command line shows and changes them.
#include <doctest/doctest.h>

#include <csignal>
#include <string>
#include <thread>

#include "tests/cli/desk.h"
#include "tests/engine/http_client.h"
#include "tests/exchange/server_process.h"

namespace consulta::test {

namespace {

/// Follows as "warehouse" until two meetings have come: one is done, one is parked.
void followTwo(const Desk& desk) {
  const auto client = Client::connect(desk.data() + "/socket", "test");
  REQUIRE(client.ok());
  SubscribeOptions options;
  options.consumer = "warehouse";
  options.filter = "aggregate=meeting";
  auto events = (*client)->subscribe(options);
  REQUIRE(events.ok());
  REQUIRE(events->next().ok());
  REQUIRE(events->done().ok());
  REQUIRE(events->next().ok());
  REQUIRE(events->park("no such room").ok());
  REQUIRE(events->settle().ok());
  // Somebody follows in its name.
  const auto refused = desk.run({"consumer", "reset", "warehouse", "--to", "now"});
  CHECK(refused.code == 3);
  CHECK(says(refused.err, "somebody follows as \"warehouse\""));
}

void awaitFree(const Desk& desk) {
  while (desk.answer({"consumer", "show", "warehouse"}).at("connected").as_bool()) {
    std::this_thread::yield();
  }
}

}  // namespace

TEST_CASE("consumers are shown, tried again, reset and removed, at a server and without one") {
  const Desk desk;
  desk.meeting("MTG-1");
  desk.meeting("MTG-2");
  CHECK(says(desk.enter({"consumer", "list"}).out, "nobody follows by name"));
  {
    const ServerProcess server(desk.data());
    followTwo(desk);
    awaitFree(desk);
    CHECK(says(desk.wide({"consumer", "list"}), "warehouse"));
  }
  const auto shown = desk.wide({"consumer", "show", "warehouse"});
  CHECK(says(shown, "it wants: aggregate=meeting"));
  CHECK(says(shown, "MTG-2"));
  CHECK(says(shown, "no such room"));
  const auto facts = desk.answer({"consumer", "show", "warehouse"});
  CHECK(facts.at("parked") == 1);
  CHECK(facts.at("held").at(0).at("entity") == "MTG-2");
  CHECK(facts.at("lag").to_number<int>() > 0);

  const auto other = desk.run({"consumer", "retry", "warehouse", "MTG-1"});
  CHECK(other.code == 1);
  CHECK(says(other.err, "is held back"));
  desk.enter({"consumer", "retry", "warehouse", "MTG-2"});
  CHECK(desk.answer({"consumer", "show", "warehouse"}).at("waiting") == 1);

  CHECK(desk.run({"consumer", "reset", "warehouse", "--to", "soon"}).code == 2);
  desk.enter({"--dry-run", "consumer", "reset", "warehouse", "--to", "beginning"});
  CHECK(desk.answer({"consumer", "show", "warehouse"}).at("waiting") == 1);
  desk.enter({"consumer", "reset", "warehouse", "--to", "beginning"});
  CHECK(desk.answer({"consumer", "show", "warehouse"}).at("done") == 0);
  desk.enter({"consumer", "reset", "warehouse", "--to", "2"});  // which comes again
  CHECK(desk.answer({"consumer", "show", "warehouse"}).at("done") == 1);
  desk.enter({"consumer", "reset", "warehouse", "--to", "2006-04-01"});  // all came later
  CHECK(desk.answer({"consumer", "show", "warehouse"}).at("done") == 0);

  CHECK(desk.run({"consumer", "show", "warehouse", "--as-of", "2006-04-05"}).code == 2);
  desk.enter({"consumer", "remove", "warehouse"});
  const auto gone = desk.run({"consumer", "show", "warehouse"});
  CHECK(gone.code == 1);
  CHECK(says(gone.err, "there is no consumer \"warehouse\""));
}

TEST_CASE("after kill -9 a consumer goes on behind what it was told is kept") {
  const Desk desk;
  desk.meeting("MTG-1");
  desk.meeting("MTG-2");
  SubscribeOptions options;
  options.consumer = "warehouse";
  std::uint64_t done = 0;
  {
    ServerProcess server(desk.data());
    const auto client = Client::connect(desk.data() + "/socket", "test");
    REQUIRE(client.ok());
    auto events = (*client)->subscribe(options);
    REQUIRE(events.ok());
    for (int i = 0; i < 2; ++i) done = (**events->next())->position().value;
    REQUIRE(events->done().ok());
    REQUIRE(events->settle().ok());
    CHECK(server.end(SIGKILL) == 128 + SIGKILL);
  }
  const ServerProcess server(desk.data());
  const auto client = Client::connect(desk.data() + "/socket", "test");
  REQUIRE(client.ok());
  auto events = (*client)->subscribe(options);
  REQUIRE(events.ok());
  CHECK((**events->next())->position().value == done + 1);
}

TEST_CASE("the figures of a server say how far behind each consumer is") {
  const Desk desk;
  desk.meeting("MTG-1");
  desk.meeting("MTG-2");
  const ServerProcess server(desk.data());
  followTwo(desk);
  const auto figures = HttpClient(desk.data() + "/socket").ask("GET /metrics").body;
  CHECK(says(figures, "consulta_consumer_lag{consumer=\"warehouse\"} "));
  CHECK(says(figures, "consulta_consumer_held{consumer=\"warehouse\"} 1\n"));
}

}  // namespace consulta::test
