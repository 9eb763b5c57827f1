// The program that goes on while a test does, and a server that is one.
#pragma once

#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>  // NOLINT: kill() is POSIX's, not <csignal>'s
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "engine/server/client.h"
#include "tests/support/start.h"

namespace consulta::test {

/// What a file holds.
inline std::string contentOf(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

/// The program in a process of its own, going on while the test does.
class Running {
 public:
  /// `prepare` may change how it starts.
  Running(const std::vector<std::string>& words, const std::string& out, const std::string& err,
          const std::function<void(Start&)>& prepare = {}) {
    Start start(words);
    start.open(STDOUT_FILENO, out, O_WRONLY | O_CREAT | O_APPEND);
    start.open(STDERR_FILENO, err, O_WRONLY | O_CREAT | O_APPEND);
    if (prepare) prepare(start);
    child_ = start.begin();
  }
  ~Running() { end(SIGTERM); }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  [[nodiscard]] bool isAlive() const { return ::waitpid(child_, nullptr, WNOHANG) == 0; }
  void send(int signal) const { ::kill(child_, signal); }
  /// Waits for it, after a signal unless that is 0. The exit code, or 128 and the signal.
  int end(int signal) {
    if (child_ == 0) return 0;
    if (signal != 0) ::kill(child_, signal);
    int status = 0;
    ::waitpid(child_, &status, 0);
    child_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

 private:
  pid_t child_ = 0;
};

/// "consulta serve" on a register, once it answers.
class ServerProcess {
 public:
  explicit ServerProcess(const std::string& data)
      : process_({"--data", data, "serve"}, data + "-serve.log", data + "-serve.log") {
    while (!Client::connect(data + "/socket", "test")) {
      REQUIRE(process_.isAlive());
      std::this_thread::yield();
    }
  }
  int end(int signal) { return process_.end(signal); }

 private:
  Running process_;
};

}  // namespace consulta::test
