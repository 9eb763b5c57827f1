// What waits to be sent to one peer.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace consulta {

/// Bytes that are sent as they stand, perhaps to several peers.
using SharedBytes = std::shared_ptr<const std::string>;

/// For the thread of sockets.
class Outbox {
 public:
  /// `sent` is called once they have been handed to the operating system, or never will be.
  void add(SharedBytes bytes, std::function<void()> sent = {}) {
    bytes_ += bytes->size();
    waiting_.push_back({std::move(bytes), std::move(sent)});
  }

  [[nodiscard]] bool empty() const { return waiting_.empty() && sending_.empty(); }
  /// How much is not sent yet.
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

  /// The next pieces to send at once. Valid until sent() or drop().
  [[nodiscard]] std::vector<SharedBytes> take() {
    std::vector<SharedBytes> out;
    for (std::size_t size = 0; !waiting_.empty() && out.size() < pieces_at_once;) {
      size += waiting_.front().bytes->size();
      if (!out.empty() && size > bytes_at_once) break;
      out.push_back(waiting_.front().bytes);
      sending_.push_back(std::move(waiting_.front()));
      waiting_.pop_front();
    }
    return out;
  }

  /// What was taken has gone out.
  void sent() { forget(sending_); }
  /// Nothing more will be sent.
  void drop() {
    forget(sending_);
    forget(waiting_);
  }

 private:
  static constexpr std::size_t pieces_at_once = 64;
  static constexpr std::size_t bytes_at_once = std::size_t{256} << 10U;

  struct Piece {
    SharedBytes bytes;
    std::function<void()> sent;
  };

  void forget(std::deque<Piece>& pieces) {
    // What is called may add more.
    std::deque<Piece> gone;
    gone.swap(pieces);
    for (const auto& one : gone) bytes_ -= one.bytes->size();
    for (const auto& one : gone) {
      if (one.sent) one.sent();
    }
  }

  std::deque<Piece> waiting_;
  std::deque<Piece> sending_;
  std::size_t bytes_ = 0;
};

}  // namespace consulta
