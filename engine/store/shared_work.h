// Pieces of work that depend on nothing of each other, done by helping threads and, once it waits
// for them, by the one that wants them done.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <future>
#include <vector>

namespace consulta {

/// For one thread. Its destructor waits until nothing is under way.
class SharedWork {
 public:
  using Piece = std::function<void()>;

  /// Helpers, as many as there are other cores, begin at once. finish() comes before the next one.
  void start(std::vector<Piece> pieces);
  /// Does what nobody has begun yet, and waits for the rest. What a piece threw is thrown here.
  void finish();

 private:
  void work();

  std::vector<Piece> pieces_;
  std::atomic<std::size_t> next_ = 0;
  std::vector<std::future<void>> helpers_;  // the last member: waited for before anything else goes
};

}  // namespace consulta
