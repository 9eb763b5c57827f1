// Threads for commands that run for peers: one each, at most so many at once.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>

namespace consulta {

/// Threads: any.
class CommandThreads {
 public:
  explicit CommandThreads(std::size_t at_once) : at_once_(at_once) {}
  /// Waits for those that run.
  ~CommandThreads();
  CommandThreads(const CommandThreads&) = delete;
  CommandThreads& operator=(const CommandThreads&) = delete;

  /// Runs `work`, which throws nothing, in a thread of its own; false when too many run.
  [[nodiscard]] bool start(std::function<void()> work);

 private:
  const std::size_t at_once_;
  std::mutex mutex_;
  std::condition_variable ended_;
  std::size_t running_ = 0;
};

}  // namespace consulta
