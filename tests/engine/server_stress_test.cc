// Peers that are slow, hostile or many.
#include <doctest/doctest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <random>

#include "tests/engine/raw_peer.h"
#include "tests/engine/server_fixture.h"
#include "tests/support/seed.h"

namespace consulta::test {

namespace {

/// What this process has of the machine's memory.
std::size_t residentBytes() {
  std::ifstream facts("/proc/self/statm");
  std::size_t pages = 0;
  facts >> pages >> pages;
  return pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

}  // namespace

TEST_CASE("who does not take the events it asked for is told so and where to go on") {
  ServerLimits limits;
  limits.stall = std::chrono::milliseconds(300);
  Served served(limits);
  served.enter(50);
  const auto client = served.connect();
  ToServer subscribe(client->registerId(), 5);
  subscribe.root.initSubscribe().setCredit(1);
  subscribe.root.getSubscribe().initFrom().setBeginning();
  REQUIRE(client->send(subscribe).ok());
  std::vector<wire::ToClient::Which> said;
  std::uint64_t resume = 0;
  while (resume == 0) {
    const auto frame = client->receive();
    REQUIRE(frame.ok());
    const auto message = frame->root<wire::ToClient>();
    said.push_back(message.which());
    if (message.isEnded()) {
      CHECK(message.getEnded().getReason() == wire::Ended::Reason::STALLED);
      resume = message.getEnded().getResume().getPosition();
    }
  }
  CHECK(said.front() == wire::ToClient::EVENTS);
  CHECK(resume == 2);
  // The connection is as good as before.
  CHECK(client->submit(randomId<SubmissionId>(), Served::meeting("MTG-99")).ok());
}

TEST_CASE("a live subscriber that stops reading is told that it fell behind, others are not held") {
  ServerLimits limits;
  limits.stall = std::chrono::milliseconds(400);
  Served served(limits);
  const auto slow = served.connect();
  ToServer subscribe(slow->registerId(), 5);
  subscribe.root.initSubscribe().setCredit(1);
  subscribe.root.getSubscribe().initFrom().setNow();
  REQUIRE(slow->send(subscribe).ok());
  REQUIRE(slow->receive()->root<wire::ToClient>().isCaughtUp());
  const auto fast = served.connect();
  auto events = fast->subscribe({});
  REQUIRE(events.ok());
  served.enter(100);
  for (int i = 0; i < 100; ++i) REQUIRE(events->next().ok());
  std::vector<wire::ToClient::Which> said;
  std::uint64_t got = 0;
  std::uint64_t resume = 0;
  while (resume == 0) {
    const auto frame = slow->receive();
    REQUIRE(frame.ok());
    const auto message = frame->root<wire::ToClient>();
    said.push_back(message.which());
    if (message.isEvents()) got += message.getEvents().getRecords().size();
    if (message.isFellBehind()) CHECK(message.getFellBehind().getPosition() == got);
    if (message.isEnded()) resume = message.getEnded().getResume().getPosition();
  }
  CHECK(std::ranges::find(said, wire::ToClient::FELL_BEHIND) != said.end());
  // From there on it gets the rest of them, without gap or repeat.
  CHECK(resume == got + 1);
  auto rest = slow->subscribe({.from = Position(resume), .to = Position(100)});
  REQUIRE(rest.ok());
  for (auto next = rest->next(); next && *next; next = rest->next()) {
    CHECK((**next)->position().value == ++got);
  }
  CHECK(got == 100);
}

TEST_CASE("whatever bytes come, the server answers, closes and serves the others") {
  ServerLimits limits;
  limits.hello = limits.restOfRequest = std::chrono::milliseconds(1'500);
  const Served served(limits);
  const auto seed = seedOr(11);
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  SUBCASE("nothing at all") {
    CHECK_FALSE(RawPeer(served.socket()).readAll().empty());
  }
  SUBCASE("half a frame, and then no more") {
    const RawPeer peer(served.socket());
    CHECK(peer.send(std::string("\x40\0\0\0half", 8)));
    CHECK_FALSE(peer.readAll().empty());
  }
  SUBCASE("a length beyond all bounds") {
    const RawPeer peer(served.socket());
    CHECK(peer.send("\xff\xff\xff\x7f"));
    CHECK(peer.readAll().find("frame.size") != std::string::npos);
  }
  SUBCASE("noise") {
    for (int i = 0; i < 200; ++i) {
      const RawPeer peer(served.socket());
      std::string noise(1 + random() % 3'000, '\0');
      for (auto& one : noise) one = static_cast<char>(random());
      // Often enough a length that is taken, so that what follows is read as a message.
      if (random() % 2 == 0) {
        const auto length = (random() % 64 + 1) * 8;
        noise.replace(0, std::min<std::size_t>(4, noise.size()),
                      std::string{static_cast<char>(length & 0xFFU),
                                  static_cast<char>(length >> 8U), '\0', '\0'});
      }
      peer.send(noise);
    }
  }
  CHECK(served.connect()->submit(randomId<SubmissionId>(), Served::meeting("MTG-1")).ok());
}

TEST_CASE("requests that break the order of things are answered and end the connection") {
  const Served served;
  const auto refusedWith = [&](Client& client, const std::string& code) {
    while (true) {
      const auto frame = client.receive();
      if (!frame) return false;
      const auto message = frame->root<wire::ToClient>();
      if (message.isRefused()) return message.getRefused()[0].getCode() == code;
    }
  };
  SUBCASE("hello twice") {
    const auto client = served.connect();
    ToServer again(client->registerId(), 9);
    again.root.initHello().setVersion(1);
    REQUIRE(client->send(again).ok());
    CHECK(refusedWith(*client, "hello.again"));
  }
  SUBCASE("another register") {
    const auto client = served.connect();
    ToServer other(randomId<RegisterId>(), 9);
    other.root.setPing();
    REQUIRE(client->send(other).ok());
    CHECK(refusedWith(*client, "register.other"));
  }
  SUBCASE("a number that is open already") {
    const auto client = served.connect();
    for (int i = 0; i < 2; ++i) {
      ToServer subscribe(client->registerId(), 9);
      subscribe.root.initSubscribe().initFrom().setNow();
      REQUIRE(client->send(subscribe).ok());
    }
    CHECK(refusedWith(*client, "request.number"));
  }
}

TEST_CASE("a million small requests are all answered, in bounded memory") {
  ServerLimits limits;
  limits.requests_per_second = 10'000'000;  // it is not to be slowed down
  limits.requests_burst = 10'000'000;
  const Served served(limits);
  const auto client = served.connect();
  const auto pings = static_cast<int>(times(1'000'000));
  const auto before = residentBytes();
  std::thread asking([&] {
    for (int i = 0; i < pings; ++i) {
      ToServer ping(client->registerId(), 1);
      ping.root.setPing();
      if (!client->send(ping)) return;
    }
  });
  int answered = 0;
  while (answered < pings && client->receive().ok()) ++answered;
  asking.join();
  CHECK(answered == pings);
  // The answers alone were some hundred megabytes. (A sanitizer keeps for a while what was freed.)
  const bool sanitized = times(5) < 5;
  if (!sanitized) CHECK(residentBytes() < before + (std::size_t{64} << 20U));
}

TEST_CASE("more than a frame of submissions is taken as fast as they are answered") {
  ServerLimits limits;
  limits.frame_bytes_max = 8'192;
  const Served served(limits);
  const auto client = served.connect();
  constexpr int submissions = 300;
  std::thread asking([&] {
    for (int i = 1; i <= submissions; ++i) {
      const auto entry = Served::meeting("MTG-" + std::to_string(i));
      ToServer out(client->registerId(), static_cast<std::uint32_t>(1'000 + i));
      auto submit = out.root.initSubmit();
      const auto id = randomId<SubmissionId>();
      ToServer::write(submit.initId(), id.high, id.low);
      submit.setEntries(
          kj::arrayPtr(reinterpret_cast<const kj::byte*>(entry.data()), entry.size()));
      if (!client->send(out)) return;
    }
  });
  int accepted = 0;
  for (int answered = 0; answered < submissions; ++answered) {
    const auto frame = client->receive();
    if (!frame) break;
    if (frame->root<wire::ToClient>().isAccepted()) ++accepted;
  }
  asking.join();
  CHECK(accepted == submissions);
}

TEST_CASE("a thousand subscribers all get everything") {
  // Both ends of each are in this process.
  rlimit files{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &files) == 0);
  files.rlim_cur = files.rlim_max;
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &files) == 0);
  constexpr rlim_t files_of_the_rest = 300;
  REQUIRE(files.rlim_cur > files_of_the_rest);
  const auto subscribers = std::min<rlim_t>(1'000, (files.rlim_cur - files_of_the_rest) / 2);
  Served served;
  std::vector<std::unique_ptr<Client>> clients;
  std::vector<ClientEvents> all;
  for (rlim_t i = 0; i < subscribers; ++i) {
    clients.push_back(served.connect());
    auto events = clients.back()->subscribe({});
    REQUIRE(events.ok());
    all.push_back(std::move(*events));
  }
  for (int i = 0; i < 10; ++i) served.enter(2);
  for (auto& events : all) {
    for (std::uint64_t expected = 1; expected <= 20; ++expected) {
      auto next = events.next();
      REQUIRE(next.ok());
      REQUIRE((**next)->position().value == expected);
    }
  }
}

}  // namespace consulta::test
