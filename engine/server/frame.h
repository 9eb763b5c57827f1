// Frames of the event protocol: how a stream of bytes is cut into messages.
//
//   length   4 bytes, little-endian: how many bytes follow; a multiple of 8, at least 8
//   message  a Cap'n Proto message in its usual stream form: table of segments, then segments
//
// What comes from outside may be anything: a length beyond the bound is refused before a byte of it
// is kept, and whatever is not a message is a failure, never an exception.
#pragma once

#include <capnp/message.h>
#include <capnp/serialize.h>
#include <kj/array.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/result.h"

namespace consulta {

constexpr std::size_t frame_length_bytes = 4;

/// A message that came in a frame, on words of its own. What its reader gives is valid as long as
/// the frame; reading what was made up throws kj::Exception, which whoever handles a frame catches.
class Frame {
 public:
  /// A usage failure when the bytes (a multiple of 8) are no message.
  [[nodiscard]] static Result<Frame> read(std::string_view message);

  template <typename Root>
  [[nodiscard]] typename Root::Reader root() const {
    return reader_->getRoot<Root>();
  }

 private:
  explicit Frame(kj::Array<capnp::word> words);
  kj::Array<capnp::word> words_;
  std::unique_ptr<capnp::FlatArrayMessageReader> reader_;
};

/// For one thread.
class FrameReader {
 public:
  explicit FrameReader(std::size_t frame_bytes_max) : frame_bytes_max_(frame_bytes_max) {}

  /// From now on frames may be so long.
  void allow(std::size_t frame_bytes_max) { frame_bytes_max_ = frame_bytes_max; }

  /// Where the next bytes are to be put, never empty. Valid until the next call of anything here.
  [[nodiscard]] std::span<char> space();
  /// So many bytes of it came.
  void received(std::size_t count) { filled_ += count; }

  /// The next message, or nothing until more has come. After a failure the stream cannot be cut any
  /// further.
  [[nodiscard]] Result<std::optional<Frame>> next();

  /// Whether something of a frame has come that is not whole yet.
  [[nodiscard]] bool inFrame() const { return filled_ > taken_; }
  /// How many bytes have come that were not taken.
  [[nodiscard]] std::size_t begun() const { return filled_ - taken_; }

 private:
  std::size_t frame_bytes_max_;
  std::vector<char> bytes_;
  std::size_t taken_ = 0;   // of bytes_: handed out
  std::size_t filled_ = 0;  // of bytes_: came
};

/// The frame of a message: its length and itself.
[[nodiscard]] std::string frameOf(capnp::MessageBuilder& message);

}  // namespace consulta
