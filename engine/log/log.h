// The log: an append-only sequence of records, the only truth of a register.
//
// `Log` is an interface so that a replicated engine can stand in RocksDB's place; every
// implementation passes the one contract suite in tests/engine/log_contract.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/ids.h"
#include "events/result.h"

namespace consulta {

/// Something that lies beside a record and becomes durable with it: a sealed personal value.
/// `key` is unique within the record (the field's name).
struct Beside {
  std::string key;
  std::string bytes;
};

/// One record to append: the encoded bytes exactly as they will be hashed, served and replayed.
struct NewRecord {
  std::string bytes;           // 1 .. limits::record_bytes_max
  std::vector<Beside> beside;  // usually empty
};

/// What a reader sees. Valid until the visitor returns; copy what is to outlive it. The bytes are
/// aligned for nothing.
struct StoredRecord {
  Position position;
  std::string_view bytes;
};

/// Threads: `append` is for one thread at a time, the register's writer; everything else may be
/// called from any thread at any time, also while an append is under way, and sees only what was
/// acknowledged.
class Log {
 public:
  Log() = default;
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;
  virtual ~Log() = default;

  /// Appends `batch` (never empty) at `at`, all or nothing, and returns the last position only
  /// once everything is durable. `at` must be last() + 1: it is the fence against a second writer;
  /// otherwise a conflict is returned and nothing is written. After a failed write or sync the
  /// outcome is unknown, the log is broken() for good, and every later append fails at once:
  /// nothing is retried.
  [[nodiscard]] virtual Result<Position> append(Position at, std::span<const NewRecord> batch) = 0;

  /// The last acknowledged position; none when the log is empty.
  [[nodiscard]] virtual Position last() const = 0;

  /// True once a write or a sync has failed. Reading goes on.
  [[nodiscard]] virtual bool broken() const = 0;

  /// Visits the acknowledged records from `from` (1 or later) to `to`, both included, in order,
  /// until the visitor returns false. `to` beyond last() means last(). A missing position or
  /// damaged bytes are a `damaged` failure that names the position; nothing is ever skipped.
  /// `Status` is also ok when the visitor stopped early. An exception of the visitor passes.
  using Visitor = std::function<bool(const StoredRecord&)>;
  [[nodiscard]] virtual Status read(Position from, Position to, const Visitor& visit) const = 0;

  /// The bytes of one acknowledged record; asking beyond last() is a bug (asserted).
  [[nodiscard]] virtual Result<std::string> at(Position position) const = 0;

  /// What lies beside a record under `key`. An absent value (erased, never given) is an empty
  /// optional, not a failure.
  [[nodiscard]] virtual Result<std::optional<std::string>> beside(Position position,
                                                                  std::string_view key) const = 0;

  /// Blocks until last() > `after`, or `timeout_ms` has passed, or the log broke; returns last().
  [[nodiscard]] virtual Position wait(Position after, std::uint32_t timeout_ms) const = 0;
};

}  // namespace consulta
