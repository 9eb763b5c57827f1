// The real program, driven as a user would: words in, two streams and an exit code out.
#pragma once

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/start.h"
#include "tests/support/temp_dir.h"

namespace consulta::test {

using consulta::testing::TempDir;

struct ProgramRun {
  int code = -1;  // 128 + n when a signal ended it
  std::string out;
  std::string err;
};

/// Runs the program with these words; it has no terminal and reads `input`. `prepare` may change
/// how it starts.
inline ProgramRun runProgram(const std::vector<std::string>& words, const std::string& input = {},
                             const std::function<void(Start&)>& prepare = {}) {
  const TempDir scratch;
  const auto in = (scratch.path() / "in").string();
  const auto out = (scratch.path() / "out").string();
  const auto err = (scratch.path() / "err").string();
  std::ofstream(in) << input;
  Start start(words);
  start.open(STDIN_FILENO, in, O_RDONLY);
  start.open(STDOUT_FILENO, out, O_WRONLY | O_CREAT);
  start.open(STDERR_FILENO, err, O_WRONLY | O_CREAT);
  if (prepare) prepare(start);
  const pid_t child = start.begin();
  int status = 0;
  waitpid(child, &status, 0);
  const auto read = [](const std::string& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
  };
  ProgramRun run;
  run.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  run.out = read(out);
  run.err = read(err);
  return run;
}

}  // namespace consulta::test
