#include "engine/server/rate_limit.h"

#include <doctest/doctest.h>

#include <map>
#include <string>

#include "tests/engine/http_client.h"
#include "tests/engine/server_fixture.h"

namespace consulta::test {

TEST_CASE("a burst is let through, and what comes faster is made to wait until there is room") {
  using std::chrono::milliseconds;
  std::uint64_t pauses = 0;
  RateLimit limit(100, 50, pauses);  // one in ten milliseconds, and half a second's worth at once
  const RateLimit::Time begin(std::chrono::hours(1));
  for (int i = 1; i < 50; ++i) limit.count(begin);
  CHECK(limit.until() <= begin);
  limit.count(begin);
  CHECK(limit.until() == begin + milliseconds(50));  // until a tenth is there again
  CHECK(pauses == 1);
  auto now = limit.until();
  for (int i = 1; i < 5; ++i) limit.count(now);
  CHECK(limit.until() <= now);
  limit.count(now);
  CHECK(limit.until() == now + milliseconds(50));
  CHECK(pauses == 2);
  // Who asks steadily, and no more than is allowed, never waits; nor is more than a burst saved up.
  for (now += std::chrono::hours(1); now < begin + std::chrono::hours(2); now += milliseconds(10)) {
    limit.count(now);
    REQUIRE(limit.until() <= now);
  }
  CHECK(pauses == 2);
}

TEST_CASE("who asks too fast is slowed, refused nothing, and counted, over either protocol") {
  ServerLimits limits;
  limits.requests_per_second = 200;
  limits.requests_burst = 1;
  const Served served(limits);
  const auto slowed = [&] {
    const auto figures = HttpClient(served.socket()).ask("GET /metrics").body;
    const std::string name = "\nconsulta_slowed_total ";
    return std::stoi(figures.substr(figures.find(name) + name.size()));
  };
  constexpr int asked = 20;
  const auto client = served.connect();
  for (int i = 0; i < asked; ++i) {
    ToServer ping(client->registerId(), 1);
    ping.root.setPing();
    REQUIRE(client->send(ping));
  }
  for (int i = 0; i < asked; ++i) REQUIRE(client->receive()->root<wire::ToClient>().isHeartbeat());
  const int before = slowed();
  CHECK(before > asked);

  HttpClient http(served.socket());
  std::string all;
  for (int i = 0; i < asked; ++i) all += HttpClient::requestText("GET /healthz");
  http.send(all);
  for (int i = 0; i < asked; ++i) REQUIRE(http.reply().body == "ok\n");
  CHECK(slowed() > before + asked);
}

}  // namespace consulta::test
