#include "engine/store/shared_work.h"

#include <algorithm>
#include <thread>
#include <utility>

namespace consulta {

namespace {

/// One even where there is only one core: it works while the other thread waits for the disk.
unsigned helpersWanted() {
  constexpr unsigned helpers_max = 3;
  return std::clamp(std::thread::hardware_concurrency(), 2U, helpers_max + 1) - 1;
}

}  // namespace

void SharedWork::start(std::vector<Piece> pieces) {
  pieces_ = std::move(pieces);
  next_ = 0;
  for (auto left = helpersWanted(); left > 0; --left) {
    helpers_.push_back(std::async(std::launch::async, [this] { work(); }));
  }
}

void SharedWork::finish() {
  work();
  for (auto& one : helpers_) one.get();
  helpers_.clear();
}

void SharedWork::work() {
  for (auto i = next_++; i < pieces_.size(); i = next_++) pieces_[i]();
}

}  // namespace consulta
