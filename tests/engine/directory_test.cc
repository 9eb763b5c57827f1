#include "engine/log/directory.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "tests/engine/log_fixture.h"

namespace consulta::testing {
namespace {

namespace fs = std::filesystem;

const Owner me{"test", 1'164'962'096'000'000'000};  // 2006-12-01 08:34:56 UTC

fs::path madeIn(const TempDir& directory) {
  fs::path path = directory / "register";
  auto made = Directory::create(path, me);
  REQUIRE(made.ok());
  REQUIRE(made->complete().ok());
  return path;
}

std::string textOf(const auto& result) {
  REQUIRE_FALSE(result.ok());
  return inEnglish(result.failures().front().text);
}

/// Runs `work` in a process of its own and returns what it returns.
int inAnotherProcess(const auto& work) {
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) ::_exit(work());
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST_CASE("a directory that was made is opened, and its parts are where they should be") {
  const TempDir directory;
  const fs::path path = madeIn(directory);
  CHECK(readFile(path / "FORMAT") == "consulta register format 1\n");
  auto open = Directory::open(path, me);
  REQUIRE(open.ok());
  CHECK(fs::is_directory(open->database()));
  CHECK(fs::is_directory(open->keys()));
  CHECK(open->head() == path / "head");
  struct stat keys {};
  REQUIRE(::stat(open->keys().c_str(), &keys) == 0);
  CHECK((keys.st_mode & 0777U) == 0700U);
}

TEST_CASE("a directory whose making was not completed is no register") {
  const TempDir directory;
  const fs::path path = directory / "register";
  REQUIRE(Directory::create(path, me).ok());
  CHECK(ruleOf(Directory::open(path, me)) == "directory.foreign");
  CHECK(ruleOf(Directory::create(path, me)) == "directory.occupied");
}

TEST_CASE("what stands in the way of a new register is told apart") {
  const TempDir directory;
  SUBCASE("a register") {
    CHECK(ruleOf(Directory::create(madeIn(directory), me)) == "directory.register");
  }
  SUBCASE("other files") {
    writeFile(directory / "letter.txt", "Dear");
    CHECK(ruleOf(Directory::create(directory.path(), me)) == "directory.occupied");
  }
  SUBCASE("a file") {
    writeFile(directory / "register", "text");
    CHECK(ruleOf(Directory::create(directory / "register", me)) == "directory.kind");
  }
  SUBCASE("no parent") {
    CHECK(ruleOf(Directory::create(directory / "a/b", me)) == "directory.missing");
  }
  SUBCASE("nothing, for an empty directory is free") {
    CHECK(Directory::create(directory.path(), me).ok());
  }
}

TEST_CASE("what cannot be opened is told apart") {
  const TempDir directory;
  SUBCASE("missing") {
    CHECK(ruleOf(Directory::open(directory / "register", me)) == "directory.missing");
  }
  SUBCASE("a file") {
    writeFile(directory / "register", "text");
    CHECK(ruleOf(Directory::open(directory / "register", me)) == "directory.kind");
  }
  SUBCASE("not a register") {
    CHECK(ruleOf(Directory::open(directory.path(), me)) == "directory.foreign");
  }
  SUBCASE("a newer format") {
    const fs::path path = madeIn(directory);
    writeFile(path / "FORMAT", "consulta register format 2\n");
    CHECK(ruleOf(Directory::open(path, me)) == "directory.newer");
    CHECK(textOf(Directory::open(path, me)).find("format 2") != std::string::npos);
  }
  SUBCASE("a format that cannot be read") {
    const fs::path path = madeIn(directory);
    for (const char* text : {"", "consulta register format 1", "consulta register format x\n",
                             "consulta register format 0\n", "consulta register format 1\n\n",
                             "consulta register format 99999999999999999999\n"}) {
      writeFile(path / "FORMAT", text);
      CHECK(faultOf(Directory::open(path, me)) == Fault::damaged);
    }
  }
}

TEST_CASE("a directory that may not be read or written is said to need rights") {
  const TempDir directory;
  const fs::path path = madeIn(directory);
  fs::permissions(directory.path(), fs::perms::owner_all | fs::perms::others_exec);
  fs::permissions(path / "owner", fs::perms::owner_read | fs::perms::others_read);
  fs::permissions(path, fs::perms::owner_all | fs::perms::others_read | fs::perms::others_exec);
  fs::permissions(path / "FORMAT", fs::perms::owner_read | fs::perms::others_read);
  const int fault = inAnotherProcess([&] {
    constexpr uid_t nobody = 65'534;
    if (::geteuid() == 0 && ::seteuid(nobody) != 0) return -1;
    const auto open = Directory::open(path, me);
    if (open.ok() || open.failures().front().rule != "file.rights") return 0;
    return static_cast<int>(open.failures().front().fault);
  });
  CHECK(fault == static_cast<int>(Fault::unavailable));
}

TEST_CASE("a second owner in the same process or another is told who holds the directory") {
  const TempDir directory;
  const fs::path path = madeIn(directory);
  auto first = Directory::open(path, me);
  REQUIRE(first.ok());
  const auto second = Directory::open(path, me, 0);
  CHECK(faultOf(second) == Fault::unavailable);
  const std::string expected =
      "test, process " + std::to_string(::getpid()) + ", since 2006-12-01 08:34:56 UTC";
  CHECK(textOf(second).find(expected) != std::string::npos);
  const bool told =
      inAnotherProcess([&] {
        const auto third = Directory::open(path, {"other", 0}, 30);
        return !third.ok() &&
               inEnglish(third.failures().front().text).find(expected) != std::string::npos;
      }) == 1;
  CHECK(told);
  first = Failure{};
  CHECK(Directory::open(path, me, 0).ok());
}

TEST_CASE("who waits gets the directory when its owner ends, even by a crash") {
  const TempDir directory;
  const fs::path path = madeIn(directory);
  std::array<int, 2> owned{};
  std::array<int, 2> leave{};
  REQUIRE(::pipe(owned.data()) == 0);
  REQUIRE(::pipe(leave.data()) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  char byte = 'x';
  if (child == 0) {
    const auto held = Directory::open(path, {"child", 0}, 0);
    const bool told = held.ok() && ::write(owned[1], &byte, 1) == 1;
    const bool asked = told && ::read(leave[0], &byte, 1) == 1;
    ::_exit(asked ? 0 : 1);  // without any destructor, as a crash would
  }
  ::close(owned[1]);  // so that a child that fails ends the next line
  REQUIRE(::read(owned[0], &byte, 1) == 1);
  const auto refused = Directory::open(path, me, 0);
  CHECK(textOf(refused).find("child, process ") != std::string::npos);
  REQUIRE(::write(leave[1], &byte, 1) == 1);
  CHECK(Directory::open(path, me, 60'000).ok());
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  for (const int end : {owned[0], leave[0], leave[1]}) ::close(end);
}

}  // namespace
}  // namespace consulta::testing
