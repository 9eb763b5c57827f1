// What has fallen due is entered by a real register: once, whatever stops and starts in between.
#include <doctest/doctest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <map>
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
    out.clockConfirmed = clockConfirmed;
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

  Result<Receipt> tryEntering(const std::vector<json::object>& entries) {
    Submission submission;
    submission.id = randomId<SubmissionId>();
    submission.actor = actor;
    for (auto entry : entries) {
      entry["occurred"] = "2006-03-01";
      submission.entries.push_back(readEntry(Story::catalogue(), entry, EntryDefaults{}).value());
    }
    return reg->submit(std::move(submission));
  }

  void enter(const std::vector<json::object>& entries) {
    const auto receipt = tryEntering(entries);
    INFO((receipt ? "" : inEnglish(receipt.failures().front().text)));
    REQUIRE(receipt);
  }

  /// A contact with a follow-up that is due on the last of March.
  static std::vector<json::object> contacts(int from, int to) {
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
    return entries;
  }
  void followUps(int from, int to) { enter(contacts(from, to)); }
  Result<Receipt> tryFollowUps(int from, int to) { return tryEntering(contacts(from, to)); }

  void parties() {
    enter({{{"type", "party.registered"},
            {"entity", "UY"},
            {"data", {{"name", "en:Uruguay"}, {"kind", "institution"}}}},
           {{"type", "office.established"},
            {"entity", "LAC"},
            {"data", {{"name", "en:Bureau"}, {"kind", "headquarters-unit"}}}}});
  }

  testing::TempDir directory;
  std::int64_t nowNs = instant("2006-03-15");
  bool clockConfirmed = false;
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

TEST_CASE("what falls due long after the newest entry takes effect once the clock is confirmed") {
  Clocked clocked;
  clocked.parties();
  clocked.followUps(0, 3);
  clocked.nowNs = instant("2006-05-15");
  clocked.reopen();
  const auto refused = clocked.reg->enterDue();
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.failures().front().rule == "writer.clock.due");
  CHECK(refused.failures().front().fault == Fault::unavailable);
  clocked.clockConfirmed = true;
  clocked.reopen();
  CHECK(clocked.reg->enterDue()->entries == 3);
  clocked.clockConfirmed = false;
  clocked.followUps(3, 4);  // it goes on from there
  clocked.nowNs = instant("2006-08-15");
  clocked.reopen();
  CHECK(clocked.reg->enterDue()->entries == 0);  // nothing would take effect, so nothing is asked
  clocked.followUps(4, 5);
}

TEST_CASE("a clock behind the newest entry is confirmed once, until it goes back further") {
  Clocked clocked;
  clocked.parties();
  clocked.nowNs = instant("2006-06-15");
  clocked.followUps(0, 1);  // by a wrong clock
  const auto newest = clocked.reg->newestRecordedNs();
  const auto isAsked = [&](int followUp) {
    auto answer = clocked.tryFollowUps(followUp, followUp + 1);
    if (!answer) CHECK(answer.failures().front().rule == "writer.clock");
    return !answer;
  };
  clocked.nowNs = instant("2006-03-16");
  clocked.reopen();
  CHECK(isAsked(1));
  clocked.clockConfirmed = true;
  clocked.reopen();
  CHECK_FALSE(isAsked(1));
  clocked.clockConfirmed = false;
  for (int i = 2; i < 4; ++i) {
    clocked.nowNs = instant("2006-03-2" + std::to_string(i));
    clocked.reopen();
    CHECK_FALSE(isAsked(i));
    CHECK(clocked.reg->newestRecordedNs() == newest);
  }
  clocked.nowNs = instant("2006-03-15");
  clocked.reopen();
  CHECK(isAsked(4));
  clocked.nowNs = instant("2006-06-16");  // it has caught up
  clocked.reopen();
  CHECK_FALSE(isAsked(4));
  CHECK(clocked.reg->newestRecordedNs() > newest);
  clocked.nowNs = instant("2006-04-01");
  clocked.reopen();
  CHECK(isAsked(5));  // what was confirmed was another newest entry
}

namespace {

constexpr const char* killed_register = "CONSULTA_KILLED_REGISTER";
constexpr const char* killed_write = "CONSULTA_KILLED_WRITE";

/// Runs the test below that kills itself, in a process of its own, in that register at that write.
void killAmidARound(const std::filesystem::path& directory, int write) {
  const auto program = std::filesystem::read_symlink("/proc/self/exe").string();
  const auto command = std::string(killed_register) + "='" + directory.string() + "' " +
                       killed_write + "=" + std::to_string(write) + " '" + program +
                       "' --no-skip --test-case='a program that is killed amid a round of due "
                       "entries' >/dev/null 2>&1";
  // What the shell says of a program that was killed.
  REQUIRE(WEXITSTATUS(std::system(command.c_str())) == 128 + SIGKILL);  // NOLINT: of the test
}

/// How often each follow-up is noted as overdue.
std::map<std::uint64_t, int> overdueIn(const Register& reg) {
  std::map<std::uint64_t, int> out;
  const Status read = reg.log(Position(1), reg.last(), [&](const RecordPtr& record) {
    const auto event = record->get().getEvent();
    if (event.isLiaison() && event.getLiaison().isOverdue()) ++out[record->entity().value];
    return true;
  });
  REQUIRE(read.ok());
  return out;
}

}  // namespace

TEST_CASE("a program that is killed amid a round of due entries" * doctest::skip()) {
  const char* directory = std::getenv(killed_register);
  if (directory == nullptr) return;  // it is run by the test below only
  int left = std::atoi(std::getenv(killed_write));
  std::int64_t nowNs = instant("2006-04-02");
  RegisterOptions options;
  options.directory = directory;
  options.command = "test";
  options.clock = [&] { return ++nowNs; };
  const auto head = (options.directory / "head").string();
  bool isRound = false;
  options.disk.files = [&](const FileCall& call) -> std::optional<int> {
    const bool counts = isRound && call.kind == FileCall::Kind::write && call.path == head;
    if (counts && --left == 0) std::raise(SIGKILL);
    return std::nullopt;
  };
  const auto reg = Register::open(Story::catalogue(), options);
  REQUIRE(reg);
  isRound = true;
  (void)(*reg)->enterDue();
}

TEST_CASE("a round of due entries that a kill breaks off is carried through once, and no more") {
  constexpr int count = 5'000;  // more than two rounds take
  bool wasBrokenOff = false;
  for (const int write : {1, 2, 3}) {
    CAPTURE(write);
    Clocked clocked;
    clocked.parties();
    for (int i = 0; i < count; i += 1'000) clocked.followUps(i, i + 1'000);
    clocked.reg.reset();
    killAmidARound(clocked.options().directory, write);
    clocked.nowNs = instant("2006-04-03");
    clocked.reopen();
    const auto done = overdueIn(*clocked.reg).size();
    wasBrokenOff = wasBrokenOff || (done > 0 && done < count);
    const auto rest = clocked.reg->enterDue();
    REQUIRE(rest);
    CHECK(rest->entries == count - done);
    CHECK(clocked.reg->enterDue()->entries == 0);
    const auto all = overdueIn(*clocked.reg);
    CHECK(all.size() == count);
    CHECK(std::ranges::all_of(all, [](const auto& one) { return one.second == 1; }));
  }
  CHECK(wasBrokenOff);
}
