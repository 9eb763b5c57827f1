#include "engine/runtime/writer.h"

#include <doctest/doctest.h>

#include <atomic>
#include <boost/json.hpp>
#include <cerrno>
#include <future>
#include <string>
#include <vector>

#include "engine/runtime/register.h"
#include "events/entry.h"
#include "tests/support/replay.h"
#include "tests/support/story.h"
#include "tests/support/temp_dir.h"

namespace consulta::test {

namespace {

namespace json = boost::json;

/// A register to which many submissions come at a time.
struct Busy {
  Busy() {
    auto made = Register::create(Story::catalogue(), options());
    REQUIRE(made.ok());
    reg = std::move(made).value();
    REQUIRE(reg->complete().ok());
    actor = reg->actorFor("uid:1", "A. Clerk").value();
  }

  RegisterOptions options() {
    RegisterOptions out;
    out.directory = directory.path() / "register";
    out.command = "test";
    out.clock = [this] { return ++nowNs; };
    out.disk.files = [this](const FileCall& call) -> std::optional<int> {
      const bool isHead =
          call.kind == FileCall::Kind::write && call.path.ends_with("register/head");
      if (!isHead) return std::nullopt;
      if (auto* held = hold.exchange(nullptr)) {
        held->begun.set_value();
        held->queued.get_future().wait();
      }
      return headsLeft-- <= 0 ? std::optional(EIO) : std::nullopt;
    };
    return out;
  }

  void reopen() {
    reg.reset();
    headsLeft = 1'000'000;
    reg = Register::open(Story::catalogue(), options()).value();
  }

  Submission submission(const char* type, const std::string& entity, json::object data) {
    Submission out;
    out.id = randomId<SubmissionId>();
    out.actor = actor;
    const json::object entry{{"type", type},
                             {"entity", entity},
                             {"occurred", "2006-03-01"},
                             {"data", std::move(data)},
                             {"note", "personal"}};
    out.entries.push_back(readEntry(Story::catalogue(), entry, EntryDefaults{}).value());
    return out;
  }

  /// A meeting, then one item of its agenda after the other: each stands on all before it.
  std::vector<Submission> agenda(const std::string& meeting, int items) {
    std::vector<Submission> out;
    out.push_back(
        submission("meeting.scheduled", meeting,
                   {{"title", {{"en", "First"}}}, {"kind", "expert-group"}, {"dates", "2006-06"}}));
    for (int item = 1; item <= items; ++item) {
      out.push_back(submission("meeting.agendaItemAdded", "meeting:" + meeting,
                               {{"number", std::to_string(item)}, {"title", {{"en", "Item"}}}}));
      out.back().entries.front().expect =
          Expect{Expect::Kind::exact, Revision(static_cast<std::uint32_t>(item))};
    }
    return out;
  }

  /// A write of the head that waits.
  struct Hold {
    std::promise<void> begun;
    std::promise<void> queued;
  };

  /// All but the first come while that one, which must be accepted, is on its way to the disk.
  std::vector<Result<Receipt>> submitAll(std::vector<Submission> submissions) {
    std::vector<std::promise<Result<Receipt>>> answers(submissions.size());
    Hold first;
    hold = &first;
    for (std::size_t i = 0; i < submissions.size(); ++i) {
      if (i == 1) first.begun.get_future().wait();
      reg->submit(std::move(submissions[i]), [&answer = answers[i]](Result<Receipt> result) {
        answer.set_value(std::move(result));
      });
    }
    first.queued.set_value();
    std::vector<Result<Receipt>> out;
    out.reserve(answers.size());
    for (auto& one : answers) out.push_back(one.get_future().get());
    return out;
  }

  testing::TempDir directory;
  std::atomic<std::int64_t> nowNs = 1'144'000'000'000'000'000;
  std::atomic<Hold*> hold = nullptr;
  std::atomic<int> headsLeft = 1'000'000;  // writes of the head file that succeed
  std::unique_ptr<Register> reg;
  ActorId actor;
};

std::string why(const Result<Receipt>& result) {
  return result ? std::string() : inEnglish(result.failures().front().text);
}

}  // namespace

TEST_CASE("what comes while other entries are on their way to the disk stands on them") {
  Busy busy;
  constexpr int items = 1'500;
  auto position = busy.reg->last();
  for (const auto& answer : busy.submitAll(busy.agenda("MTG-1", items))) {
    INFO(why(answer));
    REQUIRE(answer.ok());
    CHECK(answer->records.front()->position() == Position(++position.value));
  }
  CHECK(busy.reg->last() == position);
  checkAgainstReplay(*busy.reg);
  busy.reopen();
  checkAgainstReplay(*busy.reg);
}

TEST_CASE("a submission that comes again while it is under way is entered once") {
  Busy busy;
  for (int i = 0; i < 40; ++i) {
    const auto name = "MTG-" + std::to_string(i);
    std::vector<Submission> all;
    for (auto& one : busy.agenda(name, 6)) all.push_back(std::move(one));
    auto again = busy.agenda(name, 0);
    again.front().id = all.front().id;
    all.insert(all.begin() + 1 + i % 6, std::move(again.front()));
    const auto before = busy.reg->last();
    int repeated = 0;
    for (const auto& answer : busy.submitAll(std::move(all))) {
      INFO(why(answer));
      REQUIRE(answer.ok());
      if (answer->repeated) {
        ++repeated;
        CHECK(answer->records.front()->position() == Position(before.value + 1));
      }
    }
    CHECK(repeated == 1);
    CHECK(busy.reg->last().value == before.value + 7);
  }
}

TEST_CASE("when an append fails, what would stand on it is not entered either") {
  for (const int heads : {0, 1}) {
    CAPTURE(heads);
    Busy busy;
    const auto before = busy.reg->last();
    busy.headsLeft = heads;
    const auto answers = busy.submitAll(busy.agenda("MTG-1", 400));
    std::uint64_t entered = 0;
    for (const auto& answer : answers) {
      if (!answer) continue;
      CHECK(answer->records.front()->position() == Position(before.value + ++entered));
    }
    REQUIRE(entered < answers.size());
    CHECK(entered == static_cast<std::uint64_t>(heads));
    for (std::size_t i = entered; i < answers.size(); ++i) {
      REQUIRE_FALSE(answers[i].ok());
      INFO(why(answers[i]));
      REQUIRE(answers[i].failures().front().fault == Fault::unavailable);
    }
    CHECK(busy.reg->last().value == before.value + entered);
    checkAgainstReplay(*busy.reg);
    auto more = busy.agenda("MTG-2", 0);
    CHECK_FALSE(busy.reg->submit(std::move(more.front())).ok());
    busy.reopen();
    CHECK(busy.reg->last().value >= before.value + entered);
    checkAgainstReplay(*busy.reg);
  }
}

}  // namespace consulta::test
