// The real program, driven as a user would: words in, two streams and an exit code out.
#pragma once

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/support/temp_dir.h"

namespace consulta::test {

using consulta::testing::TempDir;

struct ProgramRun {
  int code = -1;  // 128 + n when a signal ended it
  std::string out;
  std::string err;
};

/// Runs the program with these words; it has no terminal and reads `input`. Time zone and language
/// are fixed, so that the same words give the same answer everywhere. `prepare` is called in the
/// new process before the program takes it over.
inline ProgramRun runProgram(const std::vector<std::string>& words, const std::string& input = {},
                             void (*prepare)() = nullptr) {
  const TempDir scratch;
  const auto in = (scratch.path() / "in").string();
  const auto out = (scratch.path() / "out").string();
  const auto err = (scratch.path() / "err").string();
  std::ofstream(in) << input;
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("no process could be made");
  if (child == 0) {
    dup2(open(in.c_str(), O_RDONLY | O_CLOEXEC), STDIN_FILENO);
    dup2(open(out.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600), STDOUT_FILENO);
    dup2(open(err.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600), STDERR_FILENO);
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("TZ", "UTC", 1);
    unsetenv("CONSULTA_DATA");
    if (prepare != nullptr) prepare();
    std::vector<char*> arguments;
    std::string program = "consulta";
    auto copies = words;
    arguments.push_back(program.data());
    for (auto& word : copies) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    execv(CONSULTA_PROGRAM, arguments.data());
    _exit(127);
  }
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
