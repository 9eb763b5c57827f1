#include "engine/runtime/helping_thread.h"

#include <utility>

namespace consulta {

HelpingThread::~HelpingThread() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  told_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void HelpingThread::begin(std::function<void()> work) {
  {
    const std::lock_guard lock(mutex_);
    work_ = std::move(work);
  }
  if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
  told_.notify_one();
}

void HelpingThread::run() noexcept {
  std::unique_lock lock(mutex_);
  for (;;) {
    told_.wait(lock, [&] { return ending_ || work_; });
    if (!work_) return;
    const auto work = std::exchange(work_, nullptr);
    lock.unlock();
    work();
    lock.lock();
  }
}

}  // namespace consulta
