#include "engine/log/acknowledged.h"

#include <cassert>
#include <chrono>

namespace consulta {

void Acknowledged::advance(Position last) {
  {
    const std::lock_guard lock(mutex_);
    assert(last > this->last());
    last_.store(last.value, std::memory_order_release);
  }
  bell_.notify_all();
}

void Acknowledged::breakForGood() {
  {
    const std::lock_guard lock(mutex_);
    broken_.store(true, std::memory_order_release);
  }
  bell_.notify_all();
}

Position Acknowledged::wait(Position after, std::uint32_t timeout_ms) const {
  std::unique_lock lock(mutex_);
  bell_.wait_for(lock, std::chrono::milliseconds(timeout_ms),
                 [&] { return last() > after || broken(); });
  return last();
}

}  // namespace consulta
