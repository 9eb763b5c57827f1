// What has fallen due is entered by a real register: once, whatever stops and starts in between.
#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "engine/runtime/register.h"
#include "events/entry.h"
#include "events/values/edtf.h"
#include "tests/support/story.h"
#include "tests/support/temp_dir.h"

using namespace consulta;  // NOLINT
using test::Story;

namespace {

namespace json = boost::json;

std::int64_t instant(const std::string& edtf) {
  return dateBounds(edtf).value().earliestNs;
}

/// A register whose clock goes on by a nanosecond each time it is read.
struct Clocked {
  Clocked() {
    auto made = Register::create(Story::catalogue(), options());
    REQUIRE(made);
    reg = std::move(made).value();
    REQUIRE(reg->complete());
    actor = reg->actorFor("uid:1", "A. Clerk").value();
  }

  RegisterOptions options() {
    RegisterOptions out;
    out.directory = directory.path() / "register";
    out.command = "test";
    out.clock = [this] { return ++nowNs; };
    const auto head = (out.directory / "head").string();
    out.disk.files = [this, head](const FileCall& call) -> std::optional<int> {
      if (call.kind == FileCall::Kind::write && call.path == head) ++batches;
      return std::nullopt;
    };
    return out;
  }

  void reopen() {
    reg.reset();
    auto opened = Register::open(Story::catalogue(), options());
    REQUIRE(opened);
    reg = std::move(opened).value();
  }

  void enter(const std::vector<json::object>& entries) {
    Submission submission;
    submission.id = randomId<SubmissionId>();
    submission.actor = actor;
    for (auto entry : entries) {
      entry["occurred"] = "2006-03-01";
      submission.entries.push_back(readEntry(Story::catalogue(), entry, EntryDefaults{}).value());
    }
    const auto receipt = reg->submit(std::move(submission));
    INFO((receipt ? "" : inEnglish(receipt.failures().front().text)));
    REQUIRE(receipt);
  }

  /// A contact with a follow-up that is due on the last of March.
  void followUps(int from, int to) {
    std::vector<json::object> entries;
    for (int i = from; i < to; ++i) {
      const auto name = "LIA-" + std::to_string(i);
      entries.push_back({{"type", "liaison.logged"},
                         {"entity", name},
                         {"data", {{"office", "LAC"}, {"party", "UY"}, {"channel", "letter"}}}});
      entries.push_back({{"type", "liaison.followUpAsked"},
                         {"entity", "liaison:" + name},
                         {"data", {{"what", "Ask again"}, {"due", "2006-03-31"}}}});
    }
    enter(entries);
  }

  void parties() {
    enter({{{"type", "party.registered"},
            {"entity", "UY"},
            {"data", {{"name", "en:Uruguay"}, {"kind", "institution"}}}},
           {{"type", "office.established"},
            {"entity", "LAC"},
            {"data", {{"name", "en:Bureau"}, {"kind", "headquarters-unit"}}}}});
  }

  testing::TempDir directory;
  std::int64_t nowNs = instant("2006-03-01");
  int batches = 0;  // that were written
  std::unique_ptr<Register> reg;
  ActorId actor;
};

}  // namespace

TEST_CASE("what falls due while a register is closed is entered once after it is opened") {
  Clocked clocked;
  clocked.parties();
  clocked.followUps(0, 3);
  const auto before = clocked.reg->last();
  CHECK(clocked.reg->enterDue()->entries == 0);
  clocked.reg.reset();
  clocked.nowNs = instant("2006-04-02");
  clocked.reopen();
  CHECK(clocked.reg->enterDue()->entries == 3);
  CHECK(clocked.reg->enterDue()->entries == 0);
  clocked.reopen();
  CHECK(clocked.reg->enterDue()->entries == 0);
  CHECK(clocked.reg->last().value == before.value + 3);
}

TEST_CASE("much that falls due at once is entered in a few syncs") {
  Clocked clocked;
  clocked.parties();
  constexpr int count = 5'000;
  for (int i = 0; i < count; i += 1'000) clocked.followUps(i, i + 1'000);
  const auto before = clocked.reg->last();
  clocked.nowNs = instant("2006-04-02");
  clocked.batches = 0;
  const auto entered = clocked.reg->enterDue();
  REQUIRE(entered);
  CHECK(entered->entries == count);
  CHECK(clocked.reg->last().value == before.value + count);
  CHECK(clocked.batches < 50);
}
