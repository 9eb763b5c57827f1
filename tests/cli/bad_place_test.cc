// A directory that cannot be used, a disk that is full, a clock that jumped: one clear message, the
// right exit code, and nothing lost or half entered.
#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "engine/log/directory.h"
#include "events/values/utf8.h"
#include "tests/cli/desk.h"
#include "tests/cli/opened_register.h"
#include "tests/support/replay.h"
#include "tests/support/table_file.h"

namespace consulta::test {

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

constexpr int damagedRegister = 4;
constexpr int unreachable = 5;

const Words entering{"meeting", "relocate", "MTG-1", "--place", "Vienna", "--on", "2006-05-01"};

void checkOneMessage(const ProgramRun& run, int code, const std::string& part) {
  INFO(run.err);
  CHECK(run.code == code);
  CHECK(run.out.empty());
  CHECK(says(run.err, part));
  CHECK(std::ranges::count(run.err, '\n') == 1);
}

/// A meeting, so that something can be entered about it.
struct DeskWithMeeting : Desk {
  DeskWithMeeting() {
    meeting("MTG-1");
    entries = entriesIn(data());
  }
  std::uint64_t entries = 0;
};

/// Even the administrator of the machine is held to the rights on files; others are anyway.
void withoutPrivileges(Start& start) {
  start.through(R"(without="setpriv --bounding-set=-dac_override,-dac_read_search"
                   if $without true 2>/dev/null; then exec $without "$0" "$@"; fi
                   exec "$0" "$@")");
}

/// Files that are full at 64 KiB: what a program may do without any privilege.
void withSmallFiles(Start& start) {
  start.through(R"(trap "" XFSZ; ulimit -f 128; exec "$0" "$@")");
}

void takeRightsAway(const fs::path& below) {
  for (const auto& entry : fs::recursive_directory_iterator(below)) {
    fs::permissions(entry, fs::perms::owner_write, fs::perm_options::remove);
  }
  fs::permissions(below, fs::perms::owner_write, fs::perm_options::remove);
}
void giveRightsBack(const fs::path& below) {
  fs::permissions(below, fs::perms::owner_write, fs::perm_options::add);
  for (const auto& entry : fs::recursive_directory_iterator(below)) {
    fs::permissions(entry, fs::perms::owner_write, fs::perm_options::add);
  }
}

/// A note on each of many meetings: more than the small files hold.
std::string manyLines(int lines) {
  std::string out;
  for (int i = 0; i < lines; ++i) {
    out += R"({"type":"meeting.scheduled","entity":"BULK-)" + std::to_string(i) +
           R"(","occurred":"2006-04-06","data":{"title":{"en":"Meeting"},"kind":"technical"},)" +
           R"("note":")" + std::string(2'000, 'x') + "\"}\n";
  }
  return out;
}

}  // namespace

TEST_CASE("a register that another process holds is waited for, and then its holder is named") {
  const DeskWithMeeting desk;
  {
    const Directory held =
        Directory::open(desk.data(), Owner{"serve the office", 1'144'310'400'000'000'000}).value();
    const auto began = std::chrono::steady_clock::now();
    const auto run = desk.run(entering);
    const auto waited = std::chrono::steady_clock::now() - began;
    checkOneMessage(run, unreachable, "serve the office, process ");
    CHECK(says(run.err, "process " + std::to_string(::getpid()) + ", since 2006-04-06"));
    CHECK(waited >= std::chrono::seconds(5));
  }
  CHECK(desk.run(entering).code == 0);
  CHECK(entriesIn(desk.data()) == desk.entries + 1);
}

TEST_CASE("a directory that may not be written is named, and whom to ask") {
  const DeskWithMeeting desk;
  takeRightsAway(desk.data());
  checkOneMessage(desk.run(entering, {}, withoutPrivileges), unreachable,
                  "Ask whoever looks after");
  checkOneMessage(desk.run({"show", "MTG-1"}, {}, withoutPrivileges), unreachable,
                  "Ask whoever looks after");
  giveRightsBack(desk.data());
  CHECK(desk.run(entering).code == 0);
  CHECK(entriesIn(desk.data()) == desk.entries + 1);
}

TEST_CASE("damage at which the database aborts is named as damage, in words and in JSON") {
  const DeskWithMeeting desk;
  desk.enter(entering);  // the key store makes tables of what the commands before it wrote
  bool found = false;
  for (const auto& entry : fs::directory_iterator(fs::path(desk.data()) / "keys/db")) {
    if (entry.path().extension() != ".sst") continue;
    std::stringstream bytes;
    bytes << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    auto table = bytes.str();
    table[lastOfProperties(table)] ^= '\x80';
    std::ofstream(entry.path(), std::ios::binary) << table;
    found = true;
  }
  REQUIRE(found);
  const auto run = desk.run(entering);
  INFO(run.err);
  CHECK(run.code == damagedRegister);
  CHECK(says(run.err, "one of its files is damaged"));
  CHECK(says(run.err, desk.data()));
  Words inJson = entering;
  inJson.emplace_back("--json");
  const auto told = desk.run(inJson);
  CHECK(told.code == damagedRegister);
  CHECK(says(told.out, "register.aborted"));
}

TEST_CASE("a directory that is missing, foreign, newer or not whole is told apart") {
  const DeskWithMeeting desk;
  const fs::path data = desk.data();
  const auto elsewhere = [&](const Words& words) {
    Words all{"--data", desk.file("elsewhere").string()};
    all.insert(all.end(), words.begin(), words.end());
    return runProgram(all);
  };
  checkOneMessage(elsewhere(entering), unreachable, "consulta init");
  fs::create_directory(desk.file("elsewhere"));
  checkOneMessage(elsewhere(entering), unreachable, "does not hold a register");
  std::ofstream(data / "FORMAT") << "consulta register format 2\n";
  checkOneMessage(desk.run(entering), unreachable, "Use a newer version");
  std::ofstream(data / "FORMAT") << "something else\n";
  checkOneMessage(desk.run(entering), damagedRegister, "FORMAT");
  std::ofstream(data / "FORMAT") << "consulta register format 1\n";
  fs::rename(data / "head", data / "head.aside");
  checkOneMessage(desk.run(entering), damagedRegister, "is missing. Restore the register");
  fs::rename(data / "head.aside", data / "head");
  fs::rename(data / "keys/master.key", data / "aside.key");
  checkOneMessage(desk.run(entering), unreachable, "master.key is missing");
  fs::rename(data / "aside.key", data / "keys/master.key");
  fs::rename(data / "log", data / "log.aside");
  fs::create_directory(data / "log");
  checkOneMessage(desk.run(entering), damagedRegister, "There is no database");
  fs::remove_all(data / "log");
  fs::rename(data / "log.aside", data / "log");
  CHECK(desk.run(entering).code == 0);
  CHECK(entriesIn(data) == desk.entries + 1);
}

TEST_CASE("a file that can grow no further refuses the submission and keeps all before it") {
  const DeskWithMeeting desk;
  const auto file = desk.file("lines.ndjson");
  std::ofstream(file) << manyLines(100);
  const auto run = desk.run({"import", "--atomic", file.string()}, {}, withSmallFiles);
  INFO(run.err);
  CHECK(run.code == unreachable);
  CHECK(says(run.err, "again"));
  {
    OpenedRegister after(desk.data());
    CHECK(after->last().value == desk.entries);
    checkAgainstReplay(*after);
  }
  CHECK(desk.run({"import", "--atomic", file.string()}).code == 0);
  CHECK(entriesIn(desk.data()) == desk.entries + 100);
}

TEST_CASE("a full disk refuses the submission, keeps all before it, and says to free some space") {
  const TempDir directory;
  const auto in = [&](const char* name) { return (directory.path() / name).string(); };
  std::ofstream(in("lines.ndjson")) << manyLines(300);
  std::ofstream(in("script")) << R"(
mount -t tmpfs -o size=4m none "$1/disk" || { touch "$1/skipped"; exit 0; }
export CONSULTA_DATA=$1/disk/register LC_ALL=C.UTF-8
"$2" --quiet init --organization en:Test --time-zone Europe/Vienna >&2 || exit 1
dd if=/dev/zero of="$1/disk/filler" bs=4k 2>&-
truncate -s -100k "$1/disk/filler"
"$2" import --atomic "$1/lines.ndjson" >"$1/out" 2>"$1/err"
echo $? >"$1/code"
rm "$1/disk/filler"
"$2" log --json | wc -l >"$1/before"
"$2" --quiet import --atomic "$1/lines.ndjson" || exit 1
"$2" log --json | wc -l >"$1/after"
)";
  fs::create_directory(in("disk"));
  const std::string line = "unshare --mount --map-root-user sh '" + in("script") + "' '" +
                           directory.path().string() + "' '" CONSULTA_PROGRAM "' 2>'" + in("talk") +
                           "'";
  const int status = std::system(line.c_str());
  const auto read = [&](const char* name) {
    std::ostringstream text;
    text << std::ifstream(in(name)).rdbuf();
    return text.str();
  };
  if (status != 0 && read("code").empty()) std::ofstream(in("skipped")) << "";
  if (fs::exists(in("skipped"))) {
    MESSAGE("skipped: no small disk can be mounted here: " << read("talk"));
    return;
  }
  INFO(read("talk"));
  INFO(read("err"));
  CHECK(status == 0);
  CHECK(read("code") == "5\n");
  CHECK(says(read("err"), "full"));
  CHECK(says(read("err"), "Free some space"));
  const auto entries = entriesIn(Desk().data());  // of another new register
  CHECK(read("before") == std::to_string(entries) + "\n");
  CHECK(read("after") == std::to_string(entries + 300) + "\n");
}

TEST_CASE("a clock that jumped stops the writer until somebody confirms it") {
  const DeskWithMeeting desk;
  const auto real = [] {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
  };
  {
    OpenedRegister ahead(desk.data(), [&] { return real() + 2 * limits::clock_back_ns_max; });
    Submission submission;
    submission.id = randomId<SubmissionId>();
    submission.actor = ahead->actorFor("uid:other", "Other").value();
    submission.entries.push_back(readEntry(ahead->catalogue(),
                                           {{"type", "meeting.relocated"},
                                            {"entity", "MTG-1"},
                                            {"occurred", "2006-04-30"},
                                            {"data", {{"place", "Rome"}}}},
                                           EntryDefaults{})
                                     .value());
    REQUIRE(ahead->submit(std::move(submission)).ok());
  }
  checkOneMessage(desk.run(entering), unreachable, "confirm with --confirm-clock");
  CHECK(desk.run({"show", "MTG-1"}).code == 0);
  CHECK(entriesIn(desk.data()) == desk.entries + 1);
  auto confirmed = entering;
  confirmed.insert(confirmed.begin(), "--confirm-clock");
  CHECK(desk.run(confirmed).code == 0);
  CHECK(entriesIn(desk.data()) == desk.entries + 2);
}

TEST_CASE("a clock far behind or ahead of the newest entry is found in either direction") {
  const TempDir directory;
  const Catalogue catalogue;
  RegisterOptions options;
  options.directory = directory.path() / "register";
  options.command = "the test";
  options.clock = [] { return std::int64_t{1'144'310'400'000'000'000}; };  // 2006-04-06
  {
    auto made = Register::create(catalogue, options).value();
    Submission submission;
    submission.id = randomId<SubmissionId>();
    submission.actor = made->actorFor("uid:other", "Other").value();
    submission.entries.push_back(
        readEntry(catalogue,
                  {{"type", "meeting.scheduled"},
                   {"entity", "MTG-1"},
                   {"occurred", "2006-04-03"},
                   {"data", {{"title", {{"en", "Meeting"}}}, {"kind", "technical"}}}},
                  EntryDefaults{})
            .value());
    REQUIRE(made->submit(std::move(submission)).ok());
    REQUIRE(made->complete().ok());
  }
  Words words{"--data",    options.directory.string(),
              "meeting",   "relocate",
              "MTG-1",     "--place",
              "Vienna",    "--on",
              "2006-04-05"};
  checkOneMessage(runProgram(words), unreachable, "2006-04-06");
  CHECK(entriesIn(options.directory) == 1);
}

}  // namespace consulta::test
