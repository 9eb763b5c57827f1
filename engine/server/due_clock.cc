#include "engine/server/due_clock.h"

#include <spdlog/logger.h>

#include <chrono>

#include "events/limits.h"

namespace consulta {

DueClock::DueClock(Register& reg, spdlog::logger& log)
    : reg_(reg), log_(log), thread_([this] { run(); }) {}

DueClock::~DueClock() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  stop_.notify_all();
  thread_.join();
}

void DueClock::run() {
  const auto every = std::chrono::milliseconds(limits::due_look_ms);
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    look();
    lock.lock();
    stop_.wait_for(lock, every, [&] { return stopping_; });
  }
}

void DueClock::look() {
  std::string wrong;
  try {
    const auto due = reg_.enterDue();
    if (due && due->entries > 0)
      log_.info("{} entries had fallen due and were entered", due->entries);
    for (const auto& one : due ? due->refused : due.failures()) {
      wrong += inEnglish(one.text) + "; ";
    }
  } catch (const Broken& broken) {
    wrong = inEnglish(broken.failure().text);
  }
  if (wrong != said_ && !wrong.empty()) log_.error("something has fallen due, but: {}", wrong);
  said_ = wrong;
}

}  // namespace consulta
