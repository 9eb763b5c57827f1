#include "engine/server/server.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <barrier>
#include <limits>
#include <random>

#include "tests/engine/server_fixture.h"
#include "tests/support/seed.h"

namespace consulta::test {

namespace {

std::string rule(const Failures& failures) {
  return failures.front().rule;
}

/// Positions of all that a subscription gives until it ends.
std::vector<std::uint64_t> positionsOf(ClientEvents& events) {
  std::vector<std::uint64_t> out;
  while (true) {
    auto next = events.next();
    REQUIRE(next.ok());
    if (!next->has_value()) return out;
    out.push_back((**next)->position().value);
  }
}

std::vector<std::uint64_t> through(std::uint64_t from, std::uint64_t to) {
  std::vector<std::uint64_t> out;
  for (auto at = from; at <= to; ++at) out.push_back(at);
  return out;
}

/// Reads what a command says.
class Reader final : public CommandCaller {
 public:
  bool output(OutputStream stream, std::string_view bytes) override {
    (stream == OutputStream::data ? data : talk) += bytes;
    return reads;
  }
  std::string input(std::size_t bytes_max) override {
    auto out = given.substr(0, bytes_max);
    given.erase(0, out.size());
    return out;
  }
  PathFacts look(const std::string&) override { return {}; }
  PeerBytes read(const std::string&, std::uint64_t, std::uint32_t) override { return {}; }
  int write(const std::string&, std::string_view, bool, bool) override { return 0; }
  void abandon(const std::string&) override {}
  int makeDirectory(const std::string&) override { return 0; }

  std::string data;
  std::string talk;
  std::string given;
  bool reads = true;
};

}  // namespace

TEST_CASE("an entry that is submitted at a socket is in the register, and its answer holds it") {
  const Served served;
  const auto client = served.connect();
  CHECK(client->registerId() == served.reg->id());
  const auto id = randomId<SubmissionId>();
  const auto receipt = client->submit(id, Served::meeting("MTG-1"));
  REQUIRE(receipt.ok());
  CHECK_FALSE(receipt->repeated);
  REQUIRE(receipt->records.size() == 1);
  CHECK(receipt->records.front()->get().getSymbol() == "MTG-1");
  CHECK(served.reg->last() == receipt->records.front()->position());

  SUBCASE("the same submission again is answered and not entered") {
    const auto again = served.connect()->submit(id, Served::meeting("MTG-1"));
    REQUIRE(again.ok());
    CHECK(again->repeated);
    CHECK(again->records.front()->bytes() == receipt->records.front()->bytes());
  }
  SUBCASE("the same id with other content is refused") {
    const auto other = client->submit(id, Served::meeting("MTG-2"));
    REQUIRE_FALSE(other.ok());
    CHECK(rule(other.failures()) == "submission.reused");
    CHECK(other.failures().front().fault == Fault::conflict);
  }
  SUBCASE("with a dry run nothing is entered") {
    SubmitOptions dry;
    dry.dryRun = true;
    CHECK(client->submit(randomId<SubmissionId>(), Served::meeting("MTG-2"), dry).ok());
    CHECK(served.reg->last() == receipt->records.front()->position());
  }
  SUBCASE("what the rules refuse is told with the name of the rule") {
    const auto twice = client->submit(randomId<SubmissionId>(), Served::meeting("MTG-1"));
    REQUIRE_FALSE(twice.ok());
    CHECK(twice.failures().front().fault == Fault::refused);
  }
}

TEST_CASE("what is no submission is refused with the reason, and the connection goes on") {
  const Served served;
  const auto client = served.connect();
  for (const auto* text : {"", "{", "17", "[]", "[17]", R"({"type":"meeting.scheduled"})",
                           R"({"type":"no.such","entity":"X","occurred":"2006","data":{}})"}) {
    CAPTURE(text);
    const auto answer = client->submit(randomId<SubmissionId>(), text);
    REQUIRE_FALSE(answer.ok());
    CHECK_FALSE(inEnglish(answer.failures().front().text).empty());
  }
  CHECK(client->submit(randomId<SubmissionId>(), Served::meeting("MTG-1")).ok());
}

TEST_CASE("a subscriber gets every event once, in order, from where it wants") {
  Served served;
  served.enter(300);
  const auto last = served.reg->last().value;
  const auto client = served.connect();
  SubscribeOptions options;
  options.to = Position(last);

  SUBCASE("from the beginning") {
    auto events = client->subscribe(options);
    REQUIRE(events.ok());
    CHECK(positionsOf(*events) == through(1, last));
    CHECK(events->resume().position.value == last + 1);
  }
  SUBCASE("from a position") {
    options.from = Position(100);
    auto events = client->subscribe(options);
    REQUIRE(events.ok());
    CHECK(positionsOf(*events) == through(100, last));
  }
  SUBCASE("from a time") {
    options.fromTimeNs = std::numeric_limits<std::int64_t>::min();
    auto all = client->subscribe(options);
    REQUIRE(all.ok());
    CHECK(positionsOf(*all) == through(1, last));
    options.fromTimeNs = served.reg->newestRecordedNs();
    auto newest = client->subscribe(options);
    REQUIRE(newest.ok());
    CHECK(positionsOf(*newest).back() == last);
  }
  SUBCASE("through a window of one event") {
    options.window_bytes = 1;
    auto events = client->subscribe(options);
    REQUIRE(events.ok());
    CHECK(positionsOf(*events) == through(1, last));
  }
  SUBCASE("only what a filter lets through") {
    options.filter = "entity=MTG-7";
    auto events = client->subscribe(options);
    REQUIRE(events.ok());
    CHECK(positionsOf(*events).size() == 1);
  }
  SUBCASE("and is refused what cannot be") {
    options.from = Position(last + 2);
    auto ahead = client->subscribe(options);
    REQUIRE(ahead.ok());
    const auto refused = ahead->next();
    REQUIRE_FALSE(refused.ok());
    CHECK(rule(refused.failures()) == "cursor.ahead");

    options.from = Position(1);
    options.epoch = served.reg->epoch() + 1;
    auto other = client->subscribe(options);
    REQUIRE(other.ok());
    CHECK(rule(other->next().failures()) == "cursor.epoch");

    options.epoch = 0;
    options.filter = "colour=red";
    auto filtered = client->subscribe(options);
    REQUIRE(filtered.ok());
    CHECK_FALSE(filtered->next().ok());
  }
}

TEST_CASE("catch-up goes over into live without gap or repeat while entries come") {
  Served served;
  served.enter(500);
  const auto client = served.connect();
  auto events = client->subscribe({});
  REQUIRE(events.ok());
  std::thread writer([&] {
    for (int i = 0; i < 50; ++i) served.enter(3);
  });
  std::uint64_t expected = 1;
  while (expected <= 650) {
    auto next = events->next();
    REQUIRE(next.ok());
    REQUIRE(next->has_value());
    REQUIRE((**next)->position().value == expected);
    ++expected;
  }
  writer.join();
}

TEST_CASE("an idle subscriber is told that all is well, and where it is") {
  ServerLimits limits;
  limits.heartbeat = std::chrono::milliseconds(50);
  Served served(limits);
  served.enter(3);
  const auto client = served.connect();
  ToServer subscribe(client->registerId(), 5);
  subscribe.root.initSubscribe().initFrom().setNow();
  REQUIRE(client->send(subscribe).ok());
  REQUIRE(client->receive()->root<wire::ToClient>().isCaughtUp());
  const auto frame = client->receive();
  REQUIRE(frame.ok());
  const auto message = frame->root<wire::ToClient>();
  REQUIRE(message.isHeartbeat());
  CHECK(message.getHeartbeat().getPosition() == 3);
}

TEST_CASE(
    "after a break anywhere a subscriber goes on from where it was, also while entries come") {
  const auto seed = seedOr(7);
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  Served served;
  constexpr std::uint64_t last = 400;
  served.enter(last / 2);
  std::thread writer([&] {
    for (std::uint64_t i = 0; i < last / 10; ++i) served.enter(5);
  });
  std::vector<std::string> got;
  SubscribeOptions options;
  options.to = Position(last);
  options.window_bytes = 4'096;
  while (got.size() < last) {
    const auto client = served.connect();
    options.from = Position(got.size() + 1);
    auto events = client->subscribe(options);
    REQUIRE(events.ok());
    // What is on its way then is lost with the connection.
    for (auto left = random() % 120; left > 0 && got.size() < last; --left) {
      auto next = events->next();
      REQUIRE(next.ok());
      got.emplace_back((**next)->bytes());
    }
  }
  writer.join();
  std::vector<std::string> all;
  REQUIRE(served.reg
              ->log(Position(1), Position(last),
                    [&](const RecordPtr& one) {
                      all.emplace_back(one->bytes());
                      return true;
                    })
              .ok());
  CHECK(got == all);
}

TEST_CASE("of a hundred who race for one entity with the same revision one wins") {
  Served served;
  served.enter(1);
  const auto rounds = static_cast<int>(times(20));
  constexpr int count = 100;
  std::vector<std::atomic<int>> won(static_cast<std::size_t>(rounds));
  std::vector<std::atomic<int>> lost(static_cast<std::size_t>(rounds));
  std::vector<std::thread> racers;
  racers.reserve(count);
  std::barrier start(count);
  for (int i = 0; i < count; ++i) {
    racers.emplace_back([&, i] {
      const auto client = Client::connect(served.socket(), "racer");
      for (int round = 0; round < rounds; ++round) {
        start.arrive_and_wait();
        if (!client) continue;
        const auto number = std::to_string(round) + "." + std::to_string(i);
        const auto entry = boost::json::serialize(
            boost::json::object{{"type", "meeting.agendaItemAdded"},
                                {"entity", "MTG-1"},
                                {"occurred", "2006-03-02"},
                                {"expect", 1 + round},  // one has won each round before
                                {"data", {{"number", number}, {"title", {{"en", "Item"}}}}}});
        const auto answer = (*client)->submit(randomId<SubmissionId>(), entry);
        ++(answer.ok() ? won : lost)[static_cast<std::size_t>(round)];
        if (!answer) CHECK(answer.failures().front().fault == Fault::conflict);
      }
    });
  }
  for (auto& one : racers) one.join();
  for (std::size_t round = 0; round < won.size(); ++round) {
    CHECK(won[round] == 1);
    CHECK(lost[round] == count - 1);
  }
}

TEST_CASE("a command runs as the account of its peer, with their input and both streams") {
  const Served served;
  const auto client = served.connect();
  Reader reader;
  reader.given = "what they typed";
  CommandLine line;
  line.words = {"who", "talk"};
  const auto code = client->run(line, reader);
  REQUIRE(code.ok());
  CHECK(*code == 3);
  CHECK(reader.data == "uid:" + std::to_string(::getuid()) + "whowhat they typed");
  CHECK(reader.talk == "talk");
}

TEST_CASE("a command ends when nobody wants more of it, and when they have gone") {
  Served served;
  CommandLine line;
  SUBCASE("they want no more") {
    line.words = {"for-ever"};
    Reader reader;
    reader.reads = false;
    const auto code = served.connect()->run(line, reader);
    REQUIRE(code.ok());
    CHECK(*code == 7);
  }
  SUBCASE("they are gone") {
    line.words = {"much"};
    {
      const auto client = served.connect();
      ToServer run(client->registerId(), client->newRequest());
      run.root.initRun().initWords(1).set(0, "much");
      REQUIRE(client->send(run).ok());
      REQUIRE(client->receive().ok());
    }
    while (served.host.ended == 0) std::this_thread::yield();
  }
  SUBCASE("the server stops") {
    const auto client = served.connect();
    ToServer run(client->registerId(), client->newRequest());
    run.root.initRun().initWords(1).set(0, "for-ever");
    REQUIRE(client->send(run).ok());
    REQUIRE(client->receive().ok());
    served.stop();
    CHECK(served.host.ended == 1);
  }
}

TEST_CASE("subscribers are told where to go on when the server stops") {
  Served served;
  served.enter(10);
  const auto client = served.connect();
  auto events = client->subscribe({});
  REQUIRE(events.ok());
  for (int i = 0; i < 10; ++i) REQUIRE(events->next().ok());
  served.stop();
  const auto end = events->next();
  REQUIRE(end.ok());
  CHECK_FALSE(end->has_value());
  CHECK(events->resume().position.value == 11);
  CHECK(events->resume().epoch == served.reg->epoch());
}

}  // namespace consulta::test
