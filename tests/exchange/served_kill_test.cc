// kill -9 of a server with many at work, on the real program and real sockets: whatever it had
// acknowledged is there, and whoever was at work goes on.
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "engine/runtime/register.h"
#include "tests/cli/desk.h"
#include "tests/exchange/server_process.h"
#include "tests/support/replay.h"
#include "tests/support/seed.h"

namespace consulta::test {

namespace {

constexpr std::uint64_t kills = 20;
constexpr int writers = 4;

std::string meetingCalled(const std::string& id) {
  return R"({"type":"meeting.scheduled","entity":")" + id +
         R"(","occurred":"2006-04-06","data":{"title":{"en":"Meeting"},"kind":"expert-group"}})";
}

/// Those who enter and one who follows, each going on with the next server when one has gone.
/// Threads: one each, none of which may use the assertions that throw: what is wrong is noted.
class AtWork {
 public:
  explicit AtWork(const Desk& desk) : socket_(desk.data() + "/socket") {
    for (int i = 0; i < writers; ++i) {
      threads_.emplace_back([this, i] { enter(std::to_string(i)); });
    }
    threads_.emplace_back([this] { follow(); });
  }
  ~AtWork() { stop(); }
  AtWork(const AtWork&) = delete;
  AtWork& operator=(const AtWork&) = delete;

  void stop() {
    if (threads_.empty()) return;
    over_ = true;
    for (int i = 0; i < writers; ++i) threads_[static_cast<std::size_t>(i)].join();
    // The one who follows waits for an entry, if there is a server.
    if (const auto client = Client::connect(socket_, "test")) {
      static_cast<void>((*client)->submit(randomId<SubmissionId>(), meetingCalled("LAST")));
    }
    threads_.back().join();
    threads_.clear();
  }

  struct Entered {
    std::string entry;
    std::uint64_t position;
  };
  [[nodiscard]] std::uint64_t acknowledged() const { return count_; }
  // Once it was stopped.
  [[nodiscard]] const std::map<SubmissionId, Entered>& entered() const { return entered_; }
  [[nodiscard]] const std::vector<std::string>& wrong() const { return wrong_; }
  [[nodiscard]] std::uint64_t kept() const { return kept_; }

 private:
  void note(const std::string& what) {
    const std::scoped_lock lock(mutex_);
    wrong_.push_back(what);
  }

  std::unique_ptr<Client> connected() {
    while (!over_) {
      if (auto client = Client::connect(socket_, "test")) return std::move(*client);
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return nullptr;
  }

  /// A submission whose answer was lost is sent again under its id.
  void enter(const std::string& who) {
    int number = 0;
    auto id = randomId<SubmissionId>();
    while (const auto client = connected()) {
      while (!over_) {
        const auto entry = meetingCalled("W" + who + "-" + std::to_string(number));
        const auto receipt = client->submit(id, entry);
        if (!receipt) {
          const auto& why = receipt.failures().front();
          if (why.fault != Fault::unavailable) return note(why.rule + inEnglish(why.text));
          break;
        }
        const std::scoped_lock lock(mutex_);
        entered_[id] = {entry, receipt->records.front()->position().value};
        ++count_;
        ++number;
        id = randomId<SubmissionId>();
      }
    }
  }

  void follow() {
    SubscribeOptions options;
    options.consumer = "warehouse";
    std::uint64_t got = 0;  // the last one, of whatever server
    while (const auto client = connected()) {
      auto events = client->subscribe(options);
      if (!events) continue;
      bool first = true;
      while (!over_) {
        const auto event = events->next();
        if (!event || !*event) break;
        const auto at = (**event)->position().value;
        // After a break what was not acknowledged comes again, and nothing else.
        const bool fits = first ? at > kept_ && at <= got + 1 : at == got + 1;
        if (!fits) note("after " + std::to_string(got) + " came " + std::to_string(at));
        first = false;
        got = at;
        if (at % 7 == 0 && events->done() && events->settle()) kept_ = at;
      }
    }
  }

  const std::string socket_;
  std::atomic<bool> over_ = false;
  std::atomic<std::uint64_t> count_ = 0;
  std::atomic<std::uint64_t> kept_ = 0;  // acknowledged by the follower, and on the disk
  std::mutex mutex_;
  std::map<SubmissionId, Entered> entered_;
  std::vector<std::string> wrong_;
  std::vector<std::thread> threads_;
};

/// The log has each position once, and the rows are what a replay gives.
void checkRegister(const std::string& data) {
  const Catalogue catalogue;
  RegisterOptions options;
  options.directory = data;
  options.command = "test";
  options.clock = [] { return std::int64_t{4'000'000'000'000'000'000}; };
  auto opened = Register::open(catalogue, options);
  REQUIRE(opened.ok());
  std::uint64_t at = 0;
  const auto last = (*opened)->last();
  REQUIRE((*opened)
              ->log(Position(1), last,
                    [&](const RecordPtr& one) { return one->position().value == ++at; })
              .ok());
  CHECK(at == last.value);
  checkAgainstReplay(**opened);
}

}  // namespace

TEST_CASE("a server that is killed again and again under load loses nothing it acknowledged") {
  const auto seed = seedOr(std::random_device{}());
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  const Desk desk;
  AtWork work(desk);
  for (std::uint64_t round = 0; round < times(kills); ++round) {
    ServerProcess server(desk.data());
    const auto until = work.acknowledged() + 1 + random() % 100;
    while (work.acknowledged() < until) std::this_thread::yield();
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 5'000));
    CHECK(server.end(SIGKILL) == 128 + SIGKILL);
    if (round % 5 == 4) checkRegister(desk.data());
  }
  {
    const ServerProcess server(desk.data());
    const auto until = work.kept() + 7;  // the follower has come back too
    while (work.kept() < until && work.wrong().empty()) std::this_thread::yield();
    work.stop();
    const auto client = Client::connect(desk.data() + "/socket", "test");
    REQUIRE(client.ok());
    for (const auto& [id, one] : work.entered()) {
      const auto again = (*client)->submit(id, one.entry);
      REQUIRE(again.ok());
      REQUIRE(again->repeated);
      REQUIRE(again->records.front()->position().value == one.position);
    }
  }
  CHECK(work.wrong() == std::vector<std::string>());
  checkRegister(desk.data());
}

}  // namespace consulta::test
