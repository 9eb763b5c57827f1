// Crashes at every moment of a register's life: of the process, which leaves what it wrote, and of
// the power, which leaves of the unsynced what it likes.
#include <random>

#include "tests/engine/crash_recording.h"
#include "tests/support/replay.h"
#include "tests/support/seed.h"

namespace consulta::testing {
namespace {

enum class Loss { nothing, all, some };

DiskModel afterCrash(const DiskModel& disk, Loss loss, std::mt19937_64& random) {
  DiskModel left = disk;
  if (loss == Loss::all) left.losePower(nullptr);
  if (loss == Loss::some) left.losePower(&random);
  return left;
}

/// What the crashes came to, so that it is seen that they tried something.
struct Tally {
  std::uint64_t points = 0;
  std::uint64_t noRegister = 0;
  std::uint64_t underWayKept = 0;
  std::uint64_t underWayLost = 0;
  std::uint64_t again = 0;
};

/// Opens what a crash left, and compares it with what was promised.
void checkRecovery(DiskModel& left, const CrashRecording& recording, std::size_t call,
                   RandomClerk& clerk, Tally& tally) {
  const TempDir directory(TempDir::inMemory());
  left.writeTo(directory.path());
  const auto [promised, underWay] = recording.around(call);
  ++tally.points;
  {
    auto opened = Register::open(wholeCatalogue(), optionsFor(directory.path(), quickDisk()));
    if (!promised.isRegister && !opened) {
      REQUIRE(opened.failures().front().fault == Fault::unavailable);
      ++tally.noRegister;
      return;
    }
    INFO((opened ? std::string() : inEnglish(opened.failures().front().text)));
    REQUIRE(opened.ok());
    REQUIRE(underWay.isRegister);
    Register& reg = **opened;
    const bool kept = reg.last() == underWay.acknowledged;
    REQUIRE((kept || reg.last() == promised.acknowledged));
    if (promised.acknowledged != underWay.acknowledged) {
      ++(kept ? tally.underWayKept : tally.underWayLost);
    }
    REQUIRE(Content::of(reg) == recording.content.first(reg.last().value));
    test::checkAgainstReplay(reg);
    checkClerks(reg);
    if (tally.points % 4 == 0) REQUIRE(clerk.enter(reg).ok());
  }
  if (tally.points % 16 != 0) return;
  auto again = Register::open(wholeCatalogue(), optionsFor(directory.path(), quickDisk()));
  REQUIRE(again.ok());
  test::checkAgainstReplay(**again);
}

/// The process has died; the register is opened and used again, and then the power goes. What the
/// first had left unsynced must not be lost from under what the second acknowledged.
void crashAgain(DiskModel disk, Position promised, std::uint64_t seed, Tally& tally) {
  const TempDir directory(TempDir::inMemory());
  disk.writeTo(directory.path());
  CrashRecording recording;
  RandomClerk clerk(seed);
  std::mt19937_64 random(seed);
  recording.reached(promised);
  recordSessions(recording, directory.path(), clerk, 2);
  const std::size_t moment = random() % recording.calls();
  for (std::size_t call = 0; call < moment; ++call) recording.applyTo(disk, call);
  auto left = afterCrash(disk, random() % 2 == 0 ? Loss::all : Loss::some, random);
  ++tally.again;
  CAPTURE(moment);
  checkRecovery(left, recording, moment, clerk, tally);
}

void tryCrashes(std::uint64_t seed, std::uint64_t most, Tally& tally) {
  CAPTURE(seed);
  const TempDir directory(TempDir::inMemory());
  CrashRecording recording;
  RandomClerk clerk(seed);
  recordFounding(recording, directory.path(), clerk);
  recordSessions(recording, directory.path(), clerk, 2 + clerk.below(20));
  std::mt19937_64 random(seed);
  DiskModel disk(directory.path().string());
  for (std::size_t call = 0; call < recording.calls() && tally.points < most; ++call) {
    const auto loss = random() % 3;
    CAPTURE(call);
    CAPTURE(loss);
    auto left = afterCrash(disk, static_cast<Loss>(loss), random);
    checkRecovery(left, recording, call, clerk, tally);
    const auto promised = recording.around(call).first;
    if (promised.isRegister && random() % 8 == 0) {
      crashAgain(disk, promised.acknowledged, random(), tally);
    }
    recording.applyTo(disk, call);
  }
}

TEST_CASE("after a crash at any moment every acknowledged entry is there, and none by half") {
  const auto most = test::numberGiven("CONSULTA_CRASH_POINTS", test::times(2'000));
  auto seed = test::seedOr(std::random_device()());
  Tally tally;
  for (; tally.points < most; ++seed) tryCrashes(seed, most, tally);
  MESSAGE(tally.points << " crashes: before there was a register " << tally.noRegister
                       << ", an entry under way was kept " << tally.underWayKept << " and lost "
                       << tally.underWayLost << " times, a second crash followed " << tally.again
                       << " times");
  CHECK(tally.noRegister > 0);
  CHECK(tally.underWayKept > 0);
  CHECK(tally.underWayLost > 0);
  CHECK(tally.again > 0);
}

}  // namespace
}  // namespace consulta::testing
