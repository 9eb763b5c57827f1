// Peers of HTTP that are slow, hostile or gone.
#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

#include "tests/engine/http_client.h"
#include "tests/engine/server_fixture.h"
#include "tests/support/seed.h"

namespace consulta::test {

TEST_CASE("what is no request of HTTP, or too long, is refused and the connection closed") {
  ServerLimits limits;
  limits.frame_bytes_max = 100'000;
  const Served served(limits);
  const auto answered = [&](const std::string& bytes) {
    HttpClient client(served.socket());
    client.send(bytes);
    const auto answer = client.reply();
    CHECK(client.closed());
    return answer.status;
  };
  CHECK(answered("GET this is no request\r\n\r\n") == 400);
  CHECK(answered("GET http://else.where/ HTTP/1.1\r\n\r\n") == 400);
  CHECK(answered("GET /%zz HTTP/1.1\r\n\r\n") == 400);
  CHECK(answered("GET / HTTP/1.1\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n") == 431);
  CHECK(answered("POST / HTTP/1.1\r\nContent-Length: 200000\r\n\r\n") == 413);
  CHECK(answered("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n") == 400);
  CHECK(answered("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n") == 400);
  CHECK(HttpClient(served.socket()).ask("GET /healthz").status == 200);
}

TEST_CASE("a request that drips in is given up, and who says nothing more is let go") {
  ServerLimits limits;
  limits.restOfRequest = limits.idle = std::chrono::milliseconds(200);
  const Served served(limits);
  HttpClient slow(served.socket());
  slow.send("GET /healthz HTTP/1.1\r\nX: ");
  while (slow.send("x")) std::this_thread::yield();
  HttpClient stops(served.socket());
  stops.send("POST /v1/submissions HTTP/1.1\r\nContent-Length: 10\r\n\r\n123");
  CHECK(stops.reply().status == 408);
  CHECK(stops.closed());
  HttpClient idle(served.socket());
  CHECK(idle.ask("GET /healthz").status == 200);
  CHECK(idle.closed());
}

TEST_CASE("requests follow one another on a connection, also before they are answered") {
  const Served served;
  HttpClient client(served.socket());
  std::string all;
  for (int i = 0; i < 100; ++i) all += HttpClient::requestText("GET /healthz");
  CHECK(client.send(all));
  for (int i = 0; i < 100; ++i) REQUIRE(client.reply().body == "ok\n");
  client.send(
      "POST /v1/submissions HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n"
      "\r\n");
  CHECK(client.head().status == 100);
  client.send("{}");
  CHECK(client.reply().status == 400);
  CHECK(client.ask("GET /healthz", "Connection: close\r\n").status == 200);
  CHECK(client.closed());
}

TEST_CASE("a follower that reads nothing is given up, and the others and the writer go on") {
  Served served;
  served.enter(4'000);
  // Long enough for whoever reads, on however busy a machine.
  ServerLimits limits;
  limits.stall = std::chrono::seconds(4);
  served.restart(limits);
  HttpClient stuck(served.socket());
  stuck.send(HttpClient::requestText("GET /v1/events"));
  EventReader reads(served.socket());
  EventReader::Event event;
  while (reads.next(event) && event.name != "caughtUp") {
  }
  served.enter(1);
  REQUIRE(reads.next(event));
  CHECK(event.id == "1:" + std::to_string(served.reg->last().value));
  // It was sent a part, and then the connection was closed under it.
  HttpClient looks(served.socket());
  while (looks.ask("GET /metrics").body.find("consulta_stalled_total 1") == std::string::npos) {
    std::this_thread::yield();
  }
  const auto part = stuck.reply();
  CHECK(part.status == 200);
  CHECK_FALSE(part.whole);
}

TEST_CASE("a follower that did not keep up is told so, gets all the same, and catches up again") {
  ServerLimits limits;
  limits.stall = std::chrono::seconds(10);
  Served served(limits);
  EventReader events(served.socket(), "?from=now");
  EventReader::Event event;
  REQUIRE(events.next(event));
  CHECK(event.name == "caughtUp");
  // There is more to send than a socket holds, and it reads nothing for twice the tenth of that
  // after which it is told; counted from when all is entered, however long that took.
  served.enter(4'000);
  const auto until = std::chrono::steady_clock::now() + limits.stall / 5;
  HttpClient meanwhile(served.socket());
  while (std::chrono::steady_clock::now() < until) meanwhile.ask("GET /healthz");
  std::uint64_t entries = 0;
  std::vector<std::string> told;
  while (entries < 4'000 || (!told.empty() && told.back() != "caughtUp")) {
    REQUIRE(events.next(event));
    if (event.name.empty()) {
      ++entries;
    } else {
      told.push_back(event.name);
    }
  }
  CHECK(told == std::vector<std::string>{"fellBehind", "caughtUp"});
  CHECK(entries == 4'000);
}

TEST_CASE("whatever is sent to it, a server answers the next one") {
  const Served served;
  const auto before = served.reg->last();
  const auto seed = seedOr(std::random_device()());
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  const std::string good = HttpClient::requestText(
      "POST /v1/submissions?dry-run=true",
      "Idempotency-Key: " + toText(randomId<SubmissionId>()) + "\r\n", Served::meeting("MTG-1"));
  for (std::uint64_t i = 0; i < times(400); ++i) {
    auto bytes = good;
    for (auto changes = 1 + random() % 6; changes > 0; --changes) {
      bytes[4 + random() % (bytes.size() - 4)] = static_cast<char>(random());
    }
    bytes.resize(bytes.size() - random() % 20);
    HttpClient client(served.socket());
    client.send(bytes);
  }
  CHECK(HttpClient(served.socket()).ask("GET /healthz").status == 200);
  CHECK(served.reg->last() == before);
}

}  // namespace consulta::test
