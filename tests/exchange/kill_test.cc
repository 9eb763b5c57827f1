// kill -9 in the middle of imports, on the real program: whatever was acknowledged is there, the
// log is dense, and the rows are what a replay gives.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "engine/runtime/register.h"
#include "tests/support/replay.h"
#include "tests/support/run_program.h"
#include "tests/support/seed.h"
#include "tests/support/temp_dir.h"

namespace consulta::test {

namespace {

constexpr int kills = 50;

std::string meetingLine(int number) {
  return R"({"submission":")" + uuidText(0x4000, (2ULL << 62U) + static_cast<unsigned>(number)) +
         R"(","entries":[{"type":"meeting.scheduled","entity":"KILL-)" + std::to_string(number) +
         R"(","occurred":"2006-04-06","data":{"title":{"en":"Meeting )" + std::to_string(number) +
         R"("},"kind":"expert-group"},"note":"a personal note"}]})";
}

/// Runs the import, of more lines than that, and kills it after `lines` acknowledged submissions
/// (it says each with --json). Returns how many lines it had acknowledged, and whether it was
/// killed before its end.
std::pair<int, bool> importAndKill(const std::string& data, const std::string& file, int lines) {
  int out[2];
  REQUIRE(pipe2(out, O_CLOEXEC) == 0);
  Start start({"--data", data, "--json", "import", file});
  start.hand(STDOUT_FILENO, out[1]);
  const pid_t child = start.begin();
  close(out[1]);
  int seen = 0;
  char c = 0;
  while (read(out[0], &c, 1) == 1) {
    if (c == '\n' && ++seen == lines) {
      kill(child, SIGKILL);
    }
  }
  close(out[0]);
  int status = 0;
  waitpid(child, &status, 0);
  const bool killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
  CHECK((killed || (WIFEXITED(status) && WEXITSTATUS(status) == 0)));
  return {seen, killed};
}

void checkRegister(const std::string& data, int acknowledged) {
  const Catalogue catalogue;
  RegisterOptions options;
  options.directory = data;
  options.command = "test";
  options.clock = [] { return std::int64_t{4'000'000'000'000'000'000}; };
  auto opened = Register::open(catalogue, options);
  REQUIRE(opened.ok());
  checkAgainstReplay(**opened);
  (*opened)->read([&](const State& state) {
    for (int i = 0; i < acknowledged; ++i) {
      CHECK(state.named("KILL-" + std::to_string(i), std::nullopt).size() == 1);
    }
  });
}

}  // namespace

TEST_CASE("fifty kills in the middle of imports lose no acknowledged entry") {
  const auto seed = seedOr(std::random_device{}());
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  const TempDir directory;
  const auto data = (directory.path() / "register").string();
  const auto made = runProgram(
      {"--data", data, "init", "--organization", "en:Test", "--time-zone", "Europe/Vienna"});
  INFO(made.err);
  REQUIRE(made.code == 0);
  const auto file = (directory.path() / "lines.ndjson").string();
  int known = 0;
  for (int killed = 0; killed < kills;) {
    {
      std::ofstream lines(file, std::ios::trunc);
      for (int i = 0; i < known + 60; ++i) lines << meetingLine(i) << "\n";
    }
    // The same lines again each time: what was entered before is answered, not entered twice.
    const int more = std::uniform_int_distribution<int>(1, 40)(random);
    const auto [acknowledged, inTheMiddle] = importAndKill(data, file, known + more);
    known = std::max(known, acknowledged);
    killed += inTheMiddle ? 1 : 0;  // the last lines of a file can be entered before the signal
    checkRegister(data, known);
  }
  CHECK(known >= kills);
}

}  // namespace consulta::test
