// A thread for one piece of work after the other, beside the one that owns it.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace consulta {

/// For one thread at a time. It costs nothing until there is work.
class HelpingThread {
 public:
  HelpingThread() = default;
  /// Waits for the work that was begun.
  ~HelpingThread();
  HelpingThread(const HelpingThread&) = delete;
  HelpingThread& operator=(const HelpingThread&) = delete;

  /// Only when the work before has told its owner that it is done. It must throw nothing.
  void begin(std::function<void()> work);

 private:
  void run() noexcept;

  std::mutex mutex_;
  std::condition_variable told_;
  std::function<void()> work_;  // none: there is nothing to do
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace consulta
