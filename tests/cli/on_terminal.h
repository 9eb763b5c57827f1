// The real program on a pseudo terminal, as a person sits before it.
#pragma once

#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace consulta::test {

/// One run. It ends with end(), or is killed.
class OnTerminal {
 public:
  explicit OnTerminal(std::vector<std::string> words) {
    winsize size{};
    size.ws_row = 40;
    size.ws_col = 100;
    child_ = forkpty(&terminal_, nullptr, nullptr, &size);
    if (child_ < 0) throw std::runtime_error("no pseudo terminal could be made");
    if (child_ != 0) return;
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("TZ", "UTC", 1);
    setenv("TERM", "xterm", 1);
    unsetenv("CONSULTA_DATA");
    std::string program = "consulta";
    std::vector<char*> arguments{program.data()};
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    execv(CONSULTA_PROGRAM, arguments.data());
    _exit(127);
  }
  OnTerminal(const OnTerminal&) = delete;
  OnTerminal& operator=(const OnTerminal&) = delete;
  ~OnTerminal() {
    if (child_ > 0) {
      kill(child_, SIGKILL);
      waitpid(child_, nullptr, 0);
    }
    close(terminal_);
  }

  /// Waits until the program has written `part`, after what was seen before; false when it does not
  /// come or the program ends.
  bool sees(std::string_view part) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (true) {
      const auto at = shown_.find(part, seen_);
      if (at != shown_.npos) {
        seen_ = at + part.size();
        return true;
      }
      if (std::chrono::steady_clock::now() > until || !readSome()) return false;
    }
  }
  /// Types a line.
  void types(std::string line) {
    line += '\n';
    if (::write(terminal_, line.data(), line.size()) < 0) throw std::runtime_error("nobody reads");
  }
  /// Waits for a question and answers it.
  bool answers(std::string_view question, const std::string& line) {
    if (!sees(question)) return false;
    types(line);
    return true;
  }
  /// Ctrl-D.
  void endsInput() {
    const char end = 4;
    if (::write(terminal_, &end, 1) < 0) throw std::runtime_error("nobody reads");
  }
  /// Reads to the end; the exit code.
  int end() {
    while (readSome()) {
    }
    int status = 0;
    waitpid(child_, &status, 0);
    child_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  /// Everything that was on the screen.
  const std::string& shown() const { return shown_; }

 private:
  bool readSome() {
    pollfd one{terminal_, POLLIN, 0};
    if (poll(&one, 1, 60'000) <= 0) return false;
    char bytes[4096];
    const auto count = read(terminal_, bytes, sizeof bytes);
    if (count <= 0) return false;  // an error is how a terminal says that nobody is there any more
    shown_.append(bytes, static_cast<std::size_t>(count));
    return true;
  }

  int terminal_ = -1;
  pid_t child_ = -1;
  std::string shown_;
  std::size_t seen_ = 0;
};

}  // namespace consulta::test
