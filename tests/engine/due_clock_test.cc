// What falls due takes effect while a server runs, by the clock it is given, and is told to those
// who follow.
#include <doctest/doctest.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include <atomic>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "engine/server/client.h"
#include "engine/server/server.h"
#include "tests/support/story.h"
#include "tests/support/temp_dir.h"

namespace consulta::test {

namespace {

std::int64_t instant(const std::string& edtf) {
  return dateBounds(edtf).value().earliestNs;
}

class NoCommands final : public CommandHost {
 public:
  int run(const Peer&, const CommandLine&, CommandPeer&) override { return 0; }
};

/// A register with two follow-ups, due on the last of March and on the second of April, and a
/// server for it whose clock stands still in between readings.
class ByTheClock {
 public:
  ByTheClock() {
    RegisterOptions options;
    options.directory = directory_.path() / "register";
    options.command = "test";
    options.clock = [this] { return ++now; };
    auto made = Register::create(Story::catalogue(), options);
    REQUIRE(made);
    reg = std::move(made).value();
    REQUIRE(reg->complete());
    actor_ = reg->actorFor("uid:1", "A. Clerk").value();
    enter("party.registered", "UY", {{"name", "en:Uruguay"}, {"kind", "institution"}});
    enter("office.established", "LAC", {{"name", "en:Bureau"}, {"kind", "headquarters-unit"}});
    followUp("LIA-1", "2006-03-31");
    followUp("LIA-2", "2006-04-02");
    server_ = std::make_unique<Server>(*reg, host_, log_, ServerLimits{});
    REQUIRE(server_->listen(socketOf(directory_.path())).ok());
    thread_ = std::thread([this] { server_->run(false); });
  }
  ~ByTheClock() {
    server_->stop();
    thread_.join();
  }
  ByTheClock(const ByTheClock&) = delete;
  ByTheClock& operator=(const ByTheClock&) = delete;

  [[nodiscard]] std::unique_ptr<Client> connect() const {
    auto out = Client::connect(socketOf(directory_.path()), "test");
    REQUIRE(out.ok());
    return std::move(out).value();
  }

  std::atomic<std::int64_t> now = instant("2006-03-15");
  std::unique_ptr<Register> reg;

 private:
  void enter(const std::string& type, const std::string& entity, boost::json::object data) {
    Submission submission;
    submission.id = randomId<SubmissionId>();
    submission.actor = actor_;
    const boost::json::object entry{
        {"type", type}, {"entity", entity}, {"occurred", "2006-03-01"}, {"data", std::move(data)}};
    submission.entries.push_back(readEntry(Story::catalogue(), entry, EntryDefaults{}).value());
    REQUIRE(reg->submit(std::move(submission)));
  }
  void followUp(const std::string& id, const std::string& due) {
    enter("liaison.logged", id, {{"office", "LAC"}, {"party", "UY"}, {"channel", "letter"}});
    enter("liaison.followUpAsked", id, {{"what", "Ask again"}, {"due", due}});
  }

  testing::TempDir directory_;
  ActorId actor_;
  NoCommands host_;
  std::ostringstream logged_;
  spdlog::logger log_{"test", std::make_shared<spdlog::sinks::ostream_sink_mt>(logged_)};
  std::unique_ptr<Server> server_;
  std::thread thread_;
};

}  // namespace

TEST_CASE("a server enters what falls due by its clock, each thing once, and tells who follows") {
  ByTheClock served;
  const auto before = served.reg->last();
  const auto client = served.connect();
  auto events = client->subscribe({.from = Position(before.value + 1)});
  REQUIRE(events.ok());
  const auto nextFalls = [&](const std::string& name) {
    auto next = events->next();  // comes as soon as the server has looked at its clock
    REQUIRE(next.ok());
    REQUIRE(next->has_value());
    const auto record = (**next)->get();
    CHECK(actOf(Story::catalogue(), record.getEvent())->type == "liaison.overdue");
    served.reg->read([&](const State& state) {
      CHECK(state.nameOf(EntityId(record.getEntity())) == "liaison:" + name);
    });
  };
  served.now = instant("2006-04-01T08:00:00Z");
  nextFalls("LIA-1");
  served.now = instant("2006-04-03T08:00:00Z");
  nextFalls("LIA-2");
  CHECK(served.reg->last().value == before.value + 2);
}

}  // namespace consulta::test
