// How a test starts the program: with what words and environment, and what its streams lead to.
#pragma once

#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

#include <csignal>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace consulta::test {

/// One start. Nothing of this process is copied for it, as fork() would: a test under the
/// sanitizers has so much mapped that its copies take longer than most programs that it starts.
/// Time zone and language are fixed, so that the same words give the same answer everywhere.
class Start {
 public:
  explicit Start(std::vector<std::string> words) : words_(std::move(words)) {
    posix_spawn_file_actions_init(&streams_);
    for (auto* const* one = environ; *one != nullptr; ++one) {
      const std::string text = *one;
      const auto equals = text.find('=');
      environment_[text.substr(0, equals)] = text.substr(equals + 1);
    }
    environment_.erase("CONSULTA_DATA");
    set("LC_ALL", "C.UTF-8");
    set("TZ", "UTC");
  }
  ~Start() {
    for (const int one : own_) ::close(one);
    posix_spawn_file_actions_destroy(&streams_);
  }
  Start(const Start&) = delete;
  Start& operator=(const Start&) = delete;

  void set(const std::string& name, const std::string& value) { environment_[name] = value; }
  /// The program has that file under this number.
  void open(int number, const std::string& file, int flags) {
    const auto error =
        posix_spawn_file_actions_addopen(&streams_, number, file.c_str(), flags, 0600);
    if (error != 0) throw std::runtime_error("no file can be handed over");
  }
  /// The program has that one of the test's under this number.
  void hand(int number, int descriptor) {
    if (posix_spawn_file_actions_adddup2(&streams_, descriptor, number) != 0) {
      throw std::runtime_error("no descriptor can be handed over");
    }
  }
  /// Nobody reads what the program writes there, nor will.
  void hearNothing(int number) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe could be made");
    ::close(ends[0]);
    own_.push_back(ends[1]);
    hand(number, ends[1]);
  }
  /// A shell takes these lines and becomes the program ("$0") with its words ("$@").
  void through(const std::string& shell) { shell_ = shell; }

  /// The process that runs the program from now on.
  [[nodiscard]] pid_t begin() {
    std::string program = CONSULTA_PROGRAM;
    std::vector<std::string> all = {program};
    if (!shell_.empty()) {
      program = "/bin/sh";
      all.insert(all.begin(), {"sh", "-c", shell_});
    }
    all.insert(all.end(), words_.begin(), words_.end());
    std::vector<std::string> settings;
    for (const auto& [name, value] : environment_) settings.push_back(name + "=" + value);
    // What a test ignores or blocks is none of the program's.
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t usual;
    sigemptyset(&usual);
    posix_spawnattr_setsigmask(&attributes, &usual);
    sigaddset(&usual, SIGPIPE);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    pid_t child = 0;
    const int error = posix_spawn(&child, program.c_str(), &streams_, &attributes,
                                  pointersTo(all).data(), pointersTo(settings).data());
    posix_spawnattr_destroy(&attributes);
    if (error != 0) throw std::runtime_error("no process could be made");
    return child;
  }

 private:
  static std::vector<char*> pointersTo(std::vector<std::string>& texts) {
    std::vector<char*> out;
    for (auto& one : texts) out.push_back(one.data());
    out.push_back(nullptr);
    return out;
  }

  const std::vector<std::string> words_;
  std::map<std::string, std::string> environment_;
  posix_spawn_file_actions_t streams_{};
  std::vector<int> own_;  // closed here once the program has them
  std::string shell_;
};

}  // namespace consulta::test
