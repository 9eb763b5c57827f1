// Enters what falls due by the clock, while a server runs.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "engine/runtime/register.h"

namespace spdlog {
class logger;
}

namespace consulta {

/// Looks every limits::due_look_ms, by a thread of its own. What cannot be entered is said in the
/// log once, and again when something else stands in the way.
class DueClock {
 public:
  DueClock(Register& reg, spdlog::logger& log);
  ~DueClock();
  DueClock(const DueClock&) = delete;
  DueClock& operator=(const DueClock&) = delete;

 private:
  void run();
  void look();

  Register& reg_;
  spdlog::logger& log_;
  std::string said_;
  std::mutex mutex_;
  std::condition_variable stop_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace consulta
