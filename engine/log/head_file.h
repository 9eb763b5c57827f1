// The head file: how far the log was acknowledged, kept beside the database and not in it, so that
// a log that lost its end, or was replaced by an older one, is noticed.
//
// What it promises. A head is written after the log's sync and before the acknowledgement, so no
// crash of the process loses it. The sync of the head file itself runs in a thread of its own and
// is joined over the heads of about 20 ms, or of the time of 20 syncs where the disk is slow (at
// most half a second), because the disk serves one sync after the other and a second one on the way
// of each entry would halve the rate. After a power failure the head may therefore be behind by the
// commits of that time: it is a lower bound of what was acknowledged, never more than that. Closing
// waits until the newest head is durable.
//
// How. Three slots of 512 bytes, each in a block of its own of 4 KiB, so that the disk never
// writes two of them at once; each holds a running number and a checksum. At any time one slot is
// known to be durable, one may be under way to the disk, and new heads go to the third. So whatever
// a torn write destroys, the durable one is left. The valid slot with the highest number counts.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

#include "engine/log/file.h"
#include "events/ids.h"
#include "events/result.h"

namespace consulta {

using RecordHash = std::array<std::uint8_t, 32>;

/// The SHA-256 of a record's bytes as they are stored.
[[nodiscard]] RecordHash recordHash(std::string_view bytes);

/// Which register, and which of its epochs, a log belongs to.
struct LogIdentity {
  RegisterId registerId;
  std::uint64_t epoch = 1;

  bool operator==(const LogIdentity&) const = default;
};

/// The newest record that is known to have been acknowledged; position none and a hash of zeros
/// while there is no record.
struct Head {
  LogIdentity identity;
  Position position;
  RecordHash hash{};

  bool operator==(const Head&) const = default;
};

/// Threads: one thread at a time, but failed() may be called from any.
class HeadFile {
 public:
  /// Makes the file, or puts a new one in the old one's place, durably. Not while it is open.
  [[nodiscard]] static Status create(const std::filesystem::path& path, const Head& head,
                                     const FileGuard& guard = {});

  /// `damaged` when the file is missing or no slot of it can be read.
  [[nodiscard]] static Result<std::unique_ptr<HeadFile>> open(const std::filesystem::path& path,
                                                              const FileGuard& guard = {});

  /// The newest head in a file that nobody may be writing, without changing anything.
  [[nodiscard]] static Result<Head> read(const std::filesystem::path& path);

  HeadFile(const HeadFile&) = delete;
  HeadFile& operator=(const HeadFile&) = delete;
  /// Waits until the newest head is durable.
  ~HeadFile();

  /// The newest head, found or written.
  [[nodiscard]] const Head& head() const;

  /// Writes a newer head; when this returns it survives the process. Once a write or a sync has
  /// failed, this fails for good.
  [[nodiscard]] Status write(Position position, const RecordHash& hash);

  /// Returns once the newest head is durable.
  [[nodiscard]] Status sync();

  [[nodiscard]] bool failed() const;

 private:
  struct State;
  explicit HeadFile(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// For tests of damage: where the slots stand.
constexpr std::size_t head_slots = 3;
constexpr std::size_t head_slot_bytes = 512;
constexpr std::size_t head_slot_stride_bytes = 4096;

}  // namespace consulta
