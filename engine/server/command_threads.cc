#include "engine/server/command_threads.h"

#include <system_error>
#include <thread>
#include <utility>

namespace consulta {

CommandThreads::~CommandThreads() {
  std::unique_lock lock(mutex_);
  ended_.wait(lock, [&] { return running_ == 0; });
}

bool CommandThreads::start(std::function<void()> work) {
  {
    const std::scoped_lock lock(mutex_);
    if (running_ == at_once_) return false;
    ++running_;
  }
  const auto ended = [this] {
    // Told under the lock: whoever waits may destroy all this as soon as it is free.
    const std::scoped_lock lock(mutex_);
    --running_;
    ended_.notify_all();
  };
  try {
    std::thread([work = std::move(work), ended] {
      work();
      ended();
    }).detach();
  } catch (const std::system_error&) {
    ended();
    return false;
  }
  return true;
}

}  // namespace consulta
