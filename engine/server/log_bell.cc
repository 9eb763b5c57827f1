#include "engine/server/log_bell.h"

#include <chrono>
#include <utility>

namespace consulta {

namespace {

/// How long the bell sleeps at most: what a stop waits for.
constexpr std::uint32_t wait_ms = 100;
/// What is durable is published within about so long.
constexpr std::chrono::microseconds publishing{20};

}  // namespace

LogBell::LogBell(const Register& reg, std::function<void()> ring)
    : reg_(reg), ring_(std::move(ring)), thread_([this] { run(); }) {}

LogBell::~LogBell() {
  stopping_ = true;
  thread_.join();
}

void LogBell::run() {
  auto seen = reg_.last();
  while (!stopping_) {
    const auto began = std::chrono::steady_clock::now();
    const auto last = reg_.wait(seen, wait_ms);
    if (last > seen) {
      seen = last;
      // Durable it is; whoever is told now may look at it, too.
      while (reg_.published() < last && !stopping_) std::this_thread::sleep_for(publishing);
      if (!rung_.exchange(true, std::memory_order_acq_rel)) ring_();
    } else if (std::chrono::steady_clock::now() - began < std::chrono::milliseconds(1)) {
      // A log that broke waits for nobody.
      std::this_thread::sleep_for(std::chrono::milliseconds(wait_ms));
    }
  }
}

}  // namespace consulta
