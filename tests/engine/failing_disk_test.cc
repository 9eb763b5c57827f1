// A disk that fails under an open register: at each of its calls in turn. The writer stops for
// good, nothing is acknowledged that could be lost, and the message says what to do.
#include <atomic>
#include <cerrno>
#include <random>

#include "tests/engine/crash_recording.h"
#include "tests/support/replay.h"
#include "tests/support/seed.h"

namespace consulta::testing {
namespace {

enum class Failing {
  oneSync,  // one sync fails, and all is well again
  full,     // from there on there is no space
  gone,     // from there on nothing works
};

/// Of the log; the key store has one too.
bool isWal(std::string_view path) {
  return path.ends_with(".log") && path.find("/register/log/") != std::string_view::npos;
}

/// Fails from the n-th call on that can fail in this way. Any thread.
class FailingDisk {
 public:
  FailingDisk(Failing how, std::uint64_t nth) : how_(how), left_(nth) {}

  DiskLayer layer() {
    return guardedBy([this](const FileCall& call) { return outcome(call); });
  }
  /// It has failed something.
  [[nodiscard]] bool failed() const { return failed_; }
  /// What failed first was a sync of a write-ahead log, which every acknowledgement waits for.
  [[nodiscard]] bool lostEntries() const { return lostEntries_; }

 private:
  std::optional<int> outcome(const FileCall& call) {
    const auto passes = isSync(call) ? std::optional<int>(0) : std::nullopt;
    const bool counts = how_ == Failing::gone || isSync(call) == (how_ == Failing::oneSync);
    if (!counts || call.kind == FileCall::Kind::remove) return passes;
    const bool first = left_ > 0 && --left_ == 0;
    if (!first && (!failed_ || how_ == Failing::oneSync)) return passes;
    if (first) lostEntries_ = isSync(call) && isWal(call.path);
    failed_ = true;
    return how_ == Failing::full ? ENOSPC : EIO;
  }

  const Failing how_;
  std::atomic<std::uint64_t> left_;
  std::atomic<bool> failed_ = false;
  std::atomic<bool> lostEntries_ = false;
};

void checkSaysWhatToDo(const Failures& failures) {
  for (const auto& one : failures) {
    const std::string text = inEnglish(one.text);
    CAPTURE(text);
    CHECK(one.fault == Fault::unavailable);
    CHECK((text.find("disk") != std::string::npos || text.find("space") != std::string::npos));
    CHECK((text.find("again") != std::string::npos));
  }
}

/// What was acknowledged while the disk was failing, with all before it.
struct Session {
  Content acknowledged;
  bool stopped = false;
};

Session enterOn(FailingDisk& disk, const std::filesystem::path& root, const Content& before,
                RandomClerk& clerk) {
  Session session{before};
  auto opened = Register::open(wholeCatalogue(), optionsFor(root, disk.layer()));
  if (!opened) {
    CHECK(disk.failed());
    checkSaysWhatToDo(opened.failures());
    return session;
  }
  for (int i = 0; i < 5; ++i) {
    const bool failedBefore = disk.lostEntries();
    auto receipt = clerk.enter(**opened);
    if (!receipt) {
      CHECK(disk.failed());
      checkSaysWhatToDo(receipt.failures());
      session.stopped = true;
      continue;
    }
    CHECK_FALSE(session.stopped);
    CHECK_FALSE(failedBefore);
    session.acknowledged = Content::of(**opened);
  }
  return session;
}

/// Lets the disk fail at its first call, its second, and so on, until a session goes through. Where
/// a sanitizer is slow, at every fifth; but at each of the syncs, which are few.
void failAtEachCall(Failing how, std::uint64_t seed) {
  const TempDir founding(TempDir::inMemory());
  CrashRecording recording;
  RandomClerk clerk(seed);
  recordFounding(recording, founding.path(), clerk);
  recordSessions(recording, founding.path(), clerk, 3);
  DiskModel disk(founding.path().string());
  for (std::size_t call = 0; call < recording.calls(); ++call) recording.applyTo(disk, call);
  int stopped = 0;
  const std::uint64_t step = how == Failing::oneSync ? 1 : 5 / test::times(5);
  for (std::uint64_t nth = 1 + seed % step;; nth += step) {
    CAPTURE(nth);
    const TempDir directory(TempDir::inMemory());
    DiskModel(disk).writeTo(directory.path());
    FailingDisk failing(how, nth);
    const auto session = enterOn(failing, directory.path(), recording.content, clerk);
    stopped += session.stopped ? 1 : 0;
    auto opened = Register::open(wholeCatalogue(), optionsFor(directory.path(), quickDisk()));
    INFO((opened ? std::string() : inEnglish(opened.failures().front().text)));
    REQUIRE(opened.ok());
    const auto there = Content::of(**opened);
    const auto promised = session.acknowledged.records.size();
    REQUIRE(there.records.size() >= promised);
    REQUIRE(there.first(promised) == session.acknowledged);
    test::checkAgainstReplay(**opened);
    REQUIRE(clerk.enter(**opened).ok());
    if (!failing.failed()) break;
  }
  CHECK(stopped > 3);
}

TEST_CASE("whichever call of the disk fails, the writer stops and what it acknowledged is there") {
  const auto seed = test::seedOr(std::random_device()());
  CAPTURE(seed);
  SUBCASE("one sync") {
    failAtEachCall(Failing::oneSync, seed);
  }
  SUBCASE("no space from there on") {
    failAtEachCall(Failing::full, seed);
  }
  SUBCASE("nothing works from there on") {
    failAtEachCall(Failing::gone, seed);
  }
}

}  // namespace
}  // namespace consulta::testing
