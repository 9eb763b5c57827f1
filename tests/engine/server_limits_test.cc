// What one connection of a server may have of its time, its memory and its places.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "tests/engine/http_client.h"
#include "tests/engine/raw_peer.h"
#include "tests/engine/server_fixture.h"

namespace consulta::test {

namespace {

using std::chrono::milliseconds;

/// The length that a frame begins with.
std::string lengthBytes(std::size_t length) {
  std::string out;
  for (unsigned i = 0; i < 4; ++i) out += static_cast<char>((length >> (8U * i)) & 0xFFU);
  return out;
}

std::string helloBytes() {
  ToServer hello(RegisterId(), 1);
  hello.root.initHello().setVersion(1);
  return *hello.bytes();
}

/// The next thing that is refused.
std::string refusedWith(Client& client) {
  while (true) {
    const auto frame = client.receive();
    if (!frame) return frame.failures().front().rule;
    const auto message = frame->root<wire::ToClient>();
    if (message.isRefused()) return message.getRefused()[0].getCode().cStr();
  }
}

void subscribe(Client& client, std::uint32_t request, std::uint64_t credit) {
  ToServer out(client.registerId(), request);
  auto subscribe = out.root.initSubscribe();
  subscribe.setCredit(credit);
  subscribe.initFrom().setBeginning();
  REQUIRE(client.send(out).ok());
}

}  // namespace

TEST_CASE("bytes that drip hold no place, before a hello and in a frame") {
  ServerLimits limits;
  limits.hello = limits.restOfRequest = milliseconds(200);
  const Served served(limits);
  SUBCASE("a hello") {
    const RawPeer peer(served.socket());
    CHECK(peer.send(lengthBytes(4'096)));
    peer.drip('\0');
    CHECK(peer.readAll().find("hello.late") != std::string::npos);
  }
  SUBCASE("a frame as long as any may be") {
    const RawPeer peer(served.socket());
    CHECK(peer.send(helloBytes() + lengthBytes(std::size_t{1} << 20U)));
    peer.drip('\0');
    CHECK(peer.readAll().find("frame.late") != std::string::npos);
  }
  SUBCASE("a body of HTTP") {
    const RawPeer peer(served.socket());
    CHECK(peer.send("POST /v1/submissions HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n"));
    peer.drip(' ');
    CHECK(peer.readAll().find("http.late") != std::string::npos);
  }
  CHECK(served.connect()->submit(randomId<SubmissionId>(), Served::meeting("MTG-1")).ok());
}

TEST_CASE("a long frame or body that comes slowly and steadily is taken") {
  ServerLimits limits;
  limits.restOfRequest = milliseconds(200);
  limits.rest_of_request_bytes_per_second = 100;
  const Served served(limits);
  const auto slowly = [](const std::string& all, const auto& send) {
    const auto piece = all.size() / 50;
    for (std::size_t at = 0; at < all.size(); at += piece) {
      CHECK(send(all.substr(at, piece)));
      std::this_thread::sleep_for(milliseconds(8));
    }
  };
  const auto entry = Served::meeting("MTG-1") + std::string(100'000, ' ');
  SUBCASE("a frame") {
    const RawPeer peer(served.socket());
    CHECK(peer.send(helloBytes()));
    ToServer out(served.reg->id(), 2);
    auto submit = out.root.initSubmit();
    const auto id = randomId<SubmissionId>();
    ToServer::write(submit.initId(), id.high, id.low);
    submit.setEntries(kj::arrayPtr(reinterpret_cast<const kj::byte*>(entry.data()), entry.size()));
    slowly(*out.bytes(), [&](const std::string& piece) { return peer.send(piece); });
    while (served.reg->last() == Position(0)) std::this_thread::yield();
  }
  SUBCASE("a body") {
    HttpClient client(served.socket());
    const auto request = HttpClient::requestText(
        "POST /v1/submissions", "Idempotency-Key: " + toText(randomId<SubmissionId>()) + "\r\n",
        entry);
    slowly(request, [&](const std::string& piece) { return client.send(piece); });
    CHECK(client.reply().status == 201);
  }
}

TEST_CASE("who says nothing more is let go, and so many requests are open at once as may be") {
  ServerLimits limits;
  SUBCASE("idle") {
    limits.idle = milliseconds(200);
    const Served served(limits);
    CHECK(refusedWith(*served.connect()) == "idle");
  }
  SUBCASE("open") {
    limits.requests_open_max = 2;
    const Served served(limits);
    const auto client = served.connect();
    for (std::uint32_t request = 11; request <= 13; ++request) subscribe(*client, request, 1);
    CHECK(refusedWith(*client) == "requests.open");
    // One of them ends, and there is room for another.
    ToServer cancel(client->registerId(), 11);
    cancel.root.setCancel();
    REQUIRE(client->send(cancel).ok());
    CHECK(client->submit(randomId<SubmissionId>(), Served::meeting("MTG-1")).ok());
  }
}

TEST_CASE("beyond the most that may be connected another one is closed unheard, until one leaves") {
  ServerLimits limits;
  limits.connections_max = 3;
  const Served served(limits);
  std::vector<std::unique_ptr<Client>> all;
  for (int i = 0; i < 3; ++i) all.push_back(served.connect());
  CHECK(RawPeer(served.socket()).readAll().empty());
  all.pop_back();
  while (!Client::connect(served.socket(), "test")) std::this_thread::yield();
}

TEST_CASE("who does not even read from its socket is closed, and little waits for it in memory") {
  ServerLimits limits;
  limits.stall = std::chrono::seconds(2);
  limits.unsent_bytes_max = limits.event_batch_bytes = std::size_t{16} << 10U;
  Served served(limits);
  constexpr int entries = 8'000;
  for (int i = 0; i < 4; ++i) served.enter(entries / 4);
  const auto stuck = served.connect();
  subscribe(*stuck, 5, std::uint64_t{1} << 40U);
  HttpClient looks(served.socket());
  std::string figures;
  while (figures.find("consulta_stalled_total 1\n") == std::string::npos) {
    figures = looks.ask("GET /metrics").body;
  }
  // What was fetched for it is what its socket holds and a batch or two: far from everything.
  static const std::string sent = "\nconsulta_events_sent_total ";
  const auto at = figures.find(sent);
  REQUIRE(at != std::string::npos);
  CHECK(std::stoi(figures.substr(at + sent.size())) < entries / 2);
  while (stuck->receive().ok()) {
  }
}

TEST_CASE("one of a hundred that takes nothing holds up neither the others nor who enters") {
  ServerLimits limits;
  limits.stall = std::chrono::seconds(60);
  Served served(limits);
  const auto slow = served.connect();
  subscribe(*slow, 5, std::uint64_t{1} << 40U);  // and reads nothing of it
  constexpr int others = 99;
  constexpr int entries = 2'000;
  std::vector<int> got(others);
  std::vector<std::thread> threads;
  for (int i = 0; i < others; ++i) {
    threads.emplace_back([&, i] {
      const auto client = Client::connect(served.socket(), "test");
      if (!client) return;
      auto events = (*client)->subscribe({.to = Position(entries)});
      if (!events) return;
      for (auto next = events->next(); next && *next; next = events->next()) {
        if ((**next)->position().value !=
            static_cast<std::uint64_t>(got[static_cast<std::size_t>(i)] + 1))
          return;
        ++got[static_cast<std::size_t>(i)];
      }
    });
  }
  for (int i = 0; i < 20; ++i) served.enter(entries / 20);
  for (auto& one : threads) one.join();
  CHECK(std::ranges::count(got, entries) == others);
}

}  // namespace consulta::test
