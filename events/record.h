// The stored bytes of a record and the reader over them.
//
// The stored form is a canonical single-segment Cap'n Proto message without a segment table: the
// same content always gives the same bytes, which are what is hashed, served and replayed.
#pragma once

#include <capnp/message.h>
#include <kj/array.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "events/envelope.capnp.h"
#include "events/ids.h"
#include "events/result.h"

namespace consulta {

/// The edition of the events that this program writes.
constexpr std::uint16_t schema_version = 1;

/// One record, decoded: owns an aligned copy of its bytes. Neither copies nor moves, so readers
/// taken from it stay valid as long as it lives; share it by pointer.
class Record {
 public:
  /// Copies and checks `bytes`: whole words, a message in canonical form, which says that it stands
  /// at `position`. Otherwise a `damaged` failure that names `position`.
  static Result<std::shared_ptr<const Record>> read(Position position, std::string_view bytes);
  /// The same of a record that somebody has sent, wherever it stands; nothing where it is none.
  static std::shared_ptr<const Record> received(std::string_view bytes);

  /// One that was just built, in the form in which it will be stored.
  static std::shared_ptr<const Record> of(schema::Record::Reader built);

  Record(const Record&) = delete;
  Record& operator=(const Record&) = delete;

  /// Valid as long as this record.
  [[nodiscard]] schema::Record::Reader get() const { return root_; }
  /// As they are stored. Valid as long as this record.
  [[nodiscard]] std::string_view bytes() const;
  [[nodiscard]] Position position() const { return Position(root_.getPosition()); }
  [[nodiscard]] EntityId entity() const { return EntityId(root_.getEntity()); }
  [[nodiscard]] Revision revision() const { return Revision(root_.getRevision()); }

 private:
  class Key {  // only we make records, wherever std::make_shared puts them
    Key() = default;
    friend class Record;
  };

 public:
  /// Of these words the first `count` are the message, which is known to be a whole one.
  Record(Key key, kj::Array<capnp::word> words, std::size_t count);

 private:
  kj::Array<capnp::word> words_;
  std::size_t count_;
  schema::Record::Reader root_;  // checks no bounds: they were checked once
};

using RecordPtr = std::shared_ptr<const Record>;

/// The submission that a record is of.
[[nodiscard]] inline SubmissionId submissionOf(schema::Record::Reader record) {
  SubmissionId out;
  out.high = record.getSubmissionHigh();
  out.low = record.getSubmissionLow();
  return out;
}

/// Reads many records one after the other without memory of its own for each: for scans over what
/// was checked before. For one thread.
class RecordScan {
 public:
  RecordScan();
  ~RecordScan();
  RecordScan(const RecordScan&) = delete;
  RecordScan& operator=(const RecordScan&) = delete;

  /// Copies `bytes`, which are those of a record as they were written: of anything else a reader
  /// throws, as Cap'n Proto does. Valid until the next call.
  schema::Record::Reader read(std::string_view bytes);

 private:
  struct Buffer;
  std::unique_ptr<Buffer> buffer_;
};

/// The stored bytes of a record that was built.
[[nodiscard]] std::string encode(schema::Record::Reader record);

}  // namespace consulta
