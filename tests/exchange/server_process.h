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
  /// `prepare` is called in the new process before the program takes it over.
  Running(std::vector<std::string> words, const std::string& out, const std::string& err,
          const std::function<void()>& prepare = {}) {
    child_ = ::fork();
    REQUIRE(child_ >= 0);
    if (child_ != 0) return;
    ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600), STDOUT_FILENO);
    ::dup2(::open(err.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600), STDERR_FILENO);
    ::setenv("TZ", "UTC", 1);
    if (prepare) prepare();
    std::vector<char*> arguments;
    words.insert(words.begin(), "consulta");
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    ::execv(CONSULTA_PROGRAM, arguments.data());
    ::_exit(127);
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
