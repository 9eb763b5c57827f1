// A clerk's command, the whole process, in a small register and in a huge one.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <random>
#include <stdexcept>

#include "tests/bench/benches.h"
#include "tests/bench/made_register.h"
#include "tests/bench/measure.h"

namespace consulta::bench {

namespace {

constexpr int runs = 21;

/// Starts the program with these words and waits for its end; seconds.
double runCommand(const std::filesystem::path& data, std::vector<std::string> words) {
  words.insert(words.begin(), {"consulta", "--quiet", "--data", data.string()});
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (auto& one : words) arguments.push_back(one.data());
  arguments.push_back(nullptr);
  return seconds([&] {
    const pid_t child = fork();
    if (child < 0) throw std::runtime_error("no process could be made");
    if (child == 0) {
      dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), STDOUT_FILENO);
      execv(CONSULTA_PROGRAM, arguments.data());
      _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
      throw std::runtime_error("the command failed: " + words.back());
    }
  });
}

std::uint64_t meetingsIn(const std::filesystem::path& directory) {
  std::uint64_t count = 0;
  std::ifstream(directory / "meetings") >> count;
  return count;
}

}  // namespace

void benchCommand(const Setting& setting) {
  const auto small = madeRegister(setting.catalogue, setting.base, setting.seed, 1'000);
  const auto huge = madeRegister(setting.catalogue, setting.base, setting.seed, setting.huge);
  std::mt19937_64 random(setting.seed);
  const auto anyMeeting = [&](const std::filesystem::path& directory) {
    return Lives::meetingName(1 + random() % std::max<std::uint64_t>(1, meetingsIn(directory) / 2));
  };
  const auto show = [&](const std::filesystem::path& directory) {
    return runCommand(directory, {"show", anyMeeting(directory)});
  };
  const auto enterWith = [&](const std::filesystem::path& directory,
                             const std::vector<std::string>& more) {
    std::vector<std::string> words{"liaison",
                                   "log",
                                   fmt::format("LIA-BENCH-{:x}", random()),
                                   "--office",
                                   "O-0000001",
                                   "--party",
                                   "P-0000001",
                                   "--channel",
                                   "call",
                                   "--subject",
                                   "A call about the agenda"};
    words.insert(words.end(), more.begin(), more.end());
    return runCommand(directory, std::move(words));
  };
  const auto enter = [&](const std::filesystem::path& directory) {
    return enterWith(directory, {});
  };
  const auto bench = [&](const std::string& what, const auto& command) {
    std::vector<double> inSmall;
    std::vector<double> inHuge;
    for (int i = 0; i < runs; ++i) {  // in turn, so that what disturbs one disturbs the other
      inSmall.push_back(command(small));
      inHuge.push_back(command(huge));
    }
    const auto ms = [](double took) { return fmt::format("{:.1f} ms", took * 1'000); };
    print({.what = what + ", huge register",
           .ours = ms(median(inHuge)),
           .reached = median(inHuge) * 1'000,
           .must = 40,
           .aim = 20,
           .lessIsBetter = true});
    print({.what = what + ", huge / small",
           .ours = ms(median(inHuge)),
           .limit = ms(median(inSmall)),
           .reached = median(inHuge) / median(inSmall),
           .must = 1.3,
           .aim = 1.1,
           .lessIsBetter = true});
  };
  bench("show", show);
  // The lives ended some time ago: what has fallen due since takes effect before it is measured.
  for (const auto* made : {&small, &huge}) enterWith(*made, {"--confirm-clock"});
  bench("enter", enter);
}

}  // namespace consulta::bench
