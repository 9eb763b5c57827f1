#include "events/record.h"

#include <capnp/serialize.h>

#include <cstring>
#include <optional>
#include <utility>

#include "events/canonical.h"

namespace consulta {

namespace {

/// A record is at most 64 KiB; a reader that wants more follows pointers in circles.
capnp::ReaderOptions readerOptions() {
  capnp::ReaderOptions options;
  options.traversalLimitInWords = std::uint64_t{1} << 22U;
  options.nestingLimit = 16;
  return options;
}

Failure unreadable(Position position, const Message& why) {
  return damaged("record.readable",
                 msg("the record at position {position} cannot be read ({why}); the register is "
                     "damaged there: restore it from a backup",
                     arg("position", position.value), arg("why", why)));
}

}  // namespace

Record::Record(Key /*key*/, kj::Array<capnp::word> words, std::size_t count)
    : words_(kj::mv(words)),
      count_(count),
      root_(capnp::readMessageUnchecked<schema::Record>(words_.begin())) {}

std::string_view Record::bytes() const {
  const auto bytes = words_.slice(0, count_).asBytes();
  return {reinterpret_cast<const char*>(bytes.begin()), bytes.size()};
}

RecordPtr Record::received(std::string_view bytes) {
  const auto count = bytes.size() / sizeof(capnp::word);
  if (bytes.empty() || bytes.size() % sizeof(capnp::word) != 0) return nullptr;
  auto words = kj::heapArray<capnp::word>(count);
  std::memcpy(words.begin(), bytes.data(), bytes.size());
  // Then each pointer in it leads to something within it.
  if (!isCanonical({words.begin(), words.size()})) return nullptr;
  return std::make_shared<const Record>(Key(), kj::mv(words), count);
}

Result<RecordPtr> Record::read(Position position, std::string_view bytes) {
  auto record = received(bytes);
  if (!record) return unreadable(position, msg("it is not in the form that was written"));
  if (record->position() != position) {
    return unreadable(position, msg("it says it stands at another position"));
  }
  return record;
}

// As capnp::canonicalize() does, without reading all of it again to see that it has worked.
RecordPtr Record::of(schema::Record::Reader built) {
  auto words = kj::heapArray<capnp::word>(built.totalSize().wordCount + 1);
  std::memset(words.begin(), 0, words.asBytes().size());
  capnp::FlatMessageBuilder message(words);
  message.getRoot<capnp::AnyPointer>().setCanonicalAs<schema::Record>(built);
  const auto count = message.getSegmentsForOutput().front().size();
  return std::make_shared<const Record>(Key(), kj::mv(words), count);
}

struct RecordScan::Buffer {
  kj::Array<capnp::word> words;
  kj::ArrayPtr<const capnp::word> segment;
  std::optional<capnp::SegmentArrayMessageReader> message;
};

RecordScan::RecordScan() : buffer_(std::make_unique<Buffer>()) {}
RecordScan::~RecordScan() = default;

schema::Record::Reader RecordScan::read(std::string_view bytes) {
  auto& [words, segment, message] = *buffer_;
  const auto count = bytes.size() / sizeof(capnp::word);
  if (words.size() < count) words = kj::heapArray<capnp::word>(2 * count);
  std::memcpy(words.begin(), bytes.data(), count * sizeof(capnp::word));
  segment = words.slice(0, count);
  message.emplace(kj::arrayPtr(&segment, 1), readerOptions());
  return message->getRoot<schema::Record>();
}

std::string encode(schema::Record::Reader record) {
  const auto words = capnp::canonicalize(record);
  const auto bytes = words.asBytes();
  return {reinterpret_cast<const char*>(bytes.begin()), bytes.size()};
}

}  // namespace consulta
