// Tells the thread of sockets that the log has grown.
#pragma once

#include <atomic>
#include <functional>
#include <thread>

#include "engine/runtime/register.h"

namespace consulta {

/// Waits for new entries by a thread of its own. `ring` is called by that thread, and then not
/// again before heard(): however much is entered, one message waits for those who follow.
class LogBell {
 public:
  LogBell(const Register& reg, std::function<void()> ring);
  ~LogBell();
  LogBell(const LogBell&) = delete;
  LogBell& operator=(const LogBell&) = delete;

  /// Threads: any. What is entered from now on rings again.
  void heard() { rung_.store(false, std::memory_order_release); }

 private:
  void run();

  const Register& reg_;
  const std::function<void()> ring_;
  std::atomic<bool> rung_ = false;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace consulta
