#include "engine/server/frame.h"

#include <kj/exception.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <utility>

namespace consulta {

namespace {

/// What is asked of a socket at once, unless a frame is longer.
constexpr std::size_t read_bytes = std::size_t{64} << 10U;

std::uint32_t lengthAt(const char* bytes) {
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < frame_length_bytes; ++i) {
    out |= std::uint32_t{static_cast<unsigned char>(bytes[i])} << (8U * i);
  }
  return out;
}

struct Appending final : kj::OutputStream {
  using kj::OutputStream::write;
  void write(const void* from, std::size_t size) override {
    bytes.append(static_cast<const char*>(from), size);
  }
  std::string bytes;
};

Failure noMessage() {
  return usage("frame.content", msg("a frame holds no message of the event protocol. Check that "
                                    "the client speaks it, as described beside protocol.capnp"));
}

}  // namespace

Frame::Frame(kj::Array<capnp::word> words) : words_(std::move(words)) {
  reader_ = std::make_unique<capnp::FlatArrayMessageReader>(words_.asPtr());
}

Result<Frame> Frame::read(std::string_view message) {
  auto words = kj::heapArray<capnp::word>(message.size() / sizeof(capnp::word));
  std::memcpy(words.begin(), message.data(), words.size() * sizeof(capnp::word));
  try {
    return Frame(std::move(words));
  } catch (const kj::Exception&) {
    return noMessage();
  }
}

std::span<char> FrameReader::space() {
  if (taken_ == filled_) {
    taken_ = filled_ = 0;
  } else if (taken_ > 0 && bytes_.size() - filled_ < read_bytes) {
    std::memmove(bytes_.data(), bytes_.data() + taken_, filled_ - taken_);
    filled_ -= taken_;
    taken_ = 0;
  }
  // A long frame that has begun gets its room as it comes: a length alone costs us nothing.
  if (bytes_.size() - filled_ < read_bytes) {
    bytes_.resize(std::max(filled_ + read_bytes, std::min(bytes_.size() * 2, filled_ * 2)));
  }
  return {bytes_.data() + filled_, bytes_.size() - filled_};
}

Result<std::optional<Frame>> FrameReader::next() {
  const auto there = filled_ - taken_;
  if (there < frame_length_bytes) return std::optional<Frame>();
  const std::size_t length = lengthAt(bytes_.data() + taken_);
  if (length > frame_bytes_max_) {
    return usage("frame.size", msg("a frame of {bytes} bytes is longer than the {limit} that are "
                                   "taken here. Send less at once",
                                   arg("bytes", length), arg("limit", frame_bytes_max_)));
  }
  if (length < sizeof(capnp::word) || length % sizeof(capnp::word) != 0) return noMessage();
  if (there < frame_length_bytes + length) return std::optional<Frame>();
  auto frame = Frame::read({bytes_.data() + taken_ + frame_length_bytes, length});
  if (!frame) return std::move(frame).failures();
  taken_ += frame_length_bytes + length;
  return std::optional<Frame>(std::move(frame).value());
}

std::string frameOf(capnp::MessageBuilder& message) {
  const auto segments = message.getSegmentsForOutput();
  const auto length = capnp::computeSerializedSizeInWords(segments) * sizeof(capnp::word);
  Appending out;
  out.bytes.reserve(frame_length_bytes + length);
  for (std::size_t i = 0; i < frame_length_bytes; ++i) {
    out.bytes += static_cast<char>((length >> (8U * i)) & 0xFFU);
  }
  capnp::writeMessage(out, segments);
  return std::move(out.bytes);
}

}  // namespace consulta
