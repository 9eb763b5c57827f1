// Damage anywhere in the files of a register: a byte that is not what was written, a write-ahead
// log that ends too early. Each is found and named, or it is shown that nothing hangs on it.
#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "tests/engine/crash_recording.h"
#include "tests/support/replay.h"
#include "tests/support/seed.h"
#include "tests/support/table_file.h"

namespace consulta::testing {
namespace {

namespace fs = std::filesystem;

/// The files of a register in memory, by their path below its root.
using Image = std::map<std::string, std::string>;

Image imageOf(const fs::path& root) {
  Image image;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    image[fs::relative(entry.path(), root).string()] = {std::istreambuf_iterator<char>(in), {}};
  }
  return image;
}

void writeImage(const Image& image, const fs::path& root) {
  for (const auto& [name, bytes] : image) {
    const fs::path path = root / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
  }
}

bool hasTables(const fs::path& root) {
  return std::any_of(fs::directory_iterator(root / "register/log"), fs::directory_iterator(),
                     [](const auto& entry) { return entry.path().extension() == ".sst"; });
}

enum class Lies {
  inLogs,       // everything in write-ahead logs, of several sessions
  inNewTables,  // everything in tables that were written by the session that ended last
  inBoth,       // the newest in write-ahead logs, the older in tables
};

/// A small register.
struct SmallRegister {
  SmallRegister(std::uint64_t seed, Lies lies) {
    constexpr int sessions = 4;
    const TempDir directory(TempDir::inMemory());
    RandomClerk clerk(seed);
    CrashRecording recording;
    recordFounding(recording, directory.path(), clerk);
    while (lies != Lies::inLogs && !hasTables(directory.path())) {
      recordSessions(recording, directory.path(), clerk, 1);
    }
    for (int i = 0; lies != Lies::inNewTables && i < sessions; ++i) {
      recordSessions(recording, directory.path(), clerk, 1, Rebuilds::never);
    }
    REQUIRE((lies == Lies::inLogs) != hasTables(directory.path()));
    content = recording.content;
    image = imageOf(directory.path());
  }

  Content content;
  Image image;
};

struct Answer {
  bool found = false;
  Failure failure;
};

/// Opens what is in the image and reads all of it. When no failure comes back, all must be as it
/// was: the records, the personal values, the rows, and who the accounts are.
Answer look(const Image& image, const Content& content) {
  const TempDir directory(TempDir::inMemory());
  writeImage(image, directory.path());
  auto opened = Register::open(wholeCatalogue(), optionsFor(directory.path(), quickDisk()));
  if (!opened) return {true, opened.failures().front()};
  const Register& reg = **opened;
  const Status read =
      reg.log(Position(1), reg.last(), [](const RecordPtr& /*record*/) { return true; });
  if (!read) return {true, read.failures().front()};
  try {
    // What may throw stands outside of the checks, which would catch it.
    const auto there = Content::of(reg);
    REQUIRE(there == content);
    test::checkAgainstReplay(reg);
    checkClerks(reg);
  } catch (const Broken& broken) {
    return {true, broken.failure()};
  }
  return {};
}

/// It is no weak disk but damage, or the file says that it is another's; and it says where.
void checkNamed(const Failure& failure) {
  const std::string text = inEnglish(failure.text);
  CAPTURE(text);
  const bool known = failure.rule == "directory.newer" || failure.rule == "database.newer";
  CHECK((failure.fault == Fault::damaged || known));
  CHECK((text.find('/') != std::string::npos || text.find("position") != std::string::npos));
}

struct Flip {
  std::string file;
  std::size_t at = 0;
  char mask = 0;  // the bits that become others
};

/// In one file: each of the first bytes up to `each`, and `more` of the others.
void addFlips(const std::string& name, const std::string& whole, std::mt19937_64& random,
              std::size_t each, std::size_t more, std::vector<Flip>& flips) {
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at < std::min(each, whole.size()); ++at) places.push_back(at);
  for (; whole.size() > each && more > 0; --more) {
    places.push_back(each + random() % (whole.size() - each));
  }
  const bool isTable = name.ends_with(".sst");
  for (const std::size_t at : places) {
    // That one aborts the process; how the program ends then is tested with the real one.
    if (isTable && at == test::lastOfProperties(whole)) continue;
    flips.push_back({name, at, static_cast<char>(1 + random() % 255)});
  }
}

void flipEverywhere(Lies lies) {
  const auto seed = test::seedOr(std::random_device()());
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  const SmallRegister small(seed, lies);
  const char* const wholly = std::getenv("CONSULTA_ALL_FLIPS");
  constexpr std::size_t each = test::times(24);
  constexpr std::size_t more = test::times(24);
  std::vector<Flip> flips;
  for (const auto& [name, bytes] : small.image) {
    const bool all = wholly != nullptr && name.find(wholly) != std::string::npos;
    addFlips(name, bytes, random, all ? bytes.size() : each, more, flips);
  }
  std::atomic<std::size_t> next = 0;
  std::atomic<std::size_t> found = 0;
  const auto work = [&] {
    Image image = small.image;
    for (auto i = next++; i < flips.size(); i = next++) {
      const auto& flip = flips[i];
      INFO("seed " << seed << ", " << flip.file << " at " << flip.at << ", bits "
                   << static_cast<int>(flip.mask));
      auto& byte = image[flip.file][flip.at];
      byte = static_cast<char>(byte ^ flip.mask);
      const auto answer = look(image, small.content);
      byte = static_cast<char>(byte ^ flip.mask);
      if (!answer.found) continue;
      ++found;
      checkNamed(answer.failure);
    }
  };
  // RocksDB waits for a second when it cannot compact a damaged table: many wait at once.
  constexpr int at_once = 12;
  std::vector<std::jthread> threads;
  threads.reserve(at_once);
  for (int i = 0; i < at_once; ++i) threads.emplace_back(work);
  threads.clear();
  MESSAGE(flips.size() << " flipped bytes in " << small.image.size() << " files, " << found.load()
                       << " found, the others harmless");
  CHECK(found > flips.size() / 4);
}

/// Where the blocks of a write-ahead log of at most 32 KiB begin and end: a checksum of four bytes,
/// a length of two, a kind, and so many bytes.
std::vector<std::size_t> boundariesOf(const std::string& wal) {
  constexpr std::size_t header_bytes = 7;
  std::vector<std::size_t> boundaries{0};
  while (boundaries.back() + header_bytes <= wal.size()) {
    const std::size_t at = boundaries.back();
    const std::size_t length = static_cast<unsigned char>(wal[at + 4]) +
                               std::size_t{static_cast<unsigned char>(wal[at + 5])} * 256;
    boundaries.push_back(at + header_bytes + length);
  }
  REQUIRE(boundaries.back() == wal.size());
  return boundaries;
}

TEST_CASE("a flipped byte in any file is found and named, or nothing hangs on it") {
  SUBCASE("when all lies in write-ahead logs") {
    flipEverywhere(Lies::inLogs);
  }
  SUBCASE("when all lies in tables") {
    flipEverywhere(Lies::inNewTables);
  }
  SUBCASE("when the older lies in tables") {
    flipEverywhere(Lies::inBoth);
  }
}

TEST_CASE("a write-ahead log cut anywhere is found, or only rows are lost that are folded again") {
  const auto seed = test::seedOr(std::random_device()());
  CAPTURE(seed);
  const SmallRegister small(seed, Lies::inLogs);
  std::uint64_t found = 0;
  for (const auto& file : small.image) {
    const auto& name = file.first;
    const auto& bytes = file.second;
    if (!name.ends_with(".log") || bytes.empty()) continue;
    CAPTURE(name);
    std::set<std::size_t> cuts;
    for (const std::size_t boundary : boundariesOf(bytes)) {
      for (const std::size_t cut : {boundary, boundary + 1, boundary + 6, boundary + 20}) {
        if (cut < bytes.size()) cuts.insert(cut);
      }
      if (boundary > 0) cuts.insert(boundary - 1);
    }
    for (const std::size_t cut : cuts) {
      CAPTURE(cut);
      Image image = small.image;
      image[name].resize(cut);
      const auto answer = look(image, small.content);
      if (!answer.found) continue;
      ++found;
      checkNamed(answer.failure);
    }
  }
  CHECK(found > 0);
}

}  // namespace
}  // namespace consulta::testing
