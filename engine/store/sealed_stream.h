// Long byte strings sealed in pieces: stored files and backups, of any length, in bounded memory.
// Format 1, kept for ever; it begins at any offset of a file and ends with the file:
//
//   salt (32 random bytes), then pieces
//   piece = AES-256-GCM ciphertext of limits::sealed_piece_bytes, the last one of that many or
//           fewer (none only when all is empty) || tag (16 bytes)
//   key   = HKDF-SHA256(input the secret, no salt, info "stream" || label || salt)
//   nonce = 3 zeros || u64be(number of the piece, from 0) || 1 for the last piece, else 0
//
// Each string has a key of its own, so the counting nonces are never used twice. The number tells
// pieces that were moved or left out, the mark of the last one a string that was cut short, and the
// label one that was put in the place of another.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "engine/log/file.h"
#include "engine/store/crypto.h"

namespace consulta {

/// Takes clear bytes; false ends the reading. The view ends with the call.
using ClearSink = std::function<bool(std::string_view clear)>;

/// What reading a sealed string came to.
enum class Unsealing {
  whole,       // all of it was given to the sink, to its true end
  stopped,     // the sink wanted no more
  damaged,     // not what was sealed under this secret and label
  unreadable,  // errno says why
};

/// Seals one string. For one thread; the file must outlive it and stay at its place.
class SealedWriter {
 public:
  /// Writes from `offset` on.
  SealedWriter(const FileHandle& out, std::uint64_t offset, const Secret& secret,
               std::string_view label);
  SealedWriter(const SealedWriter&) = delete;
  SealedWriter& operator=(const SealedWriter&) = delete;
  ~SealedWriter();

  /// False when it could not be written; errno says why.
  [[nodiscard]] bool add(std::string_view clear);
  /// Writes the last piece. Does not sync.
  [[nodiscard]] bool finish();

 private:
  [[nodiscard]] bool put(bool last);

  const FileHandle& out_;
  std::uint64_t offset_;
  Crypto crypto_;
  std::string salt_;
  Secret key_;
  std::string clear_;  // less than a piece, or a whole one that may be the last
  std::string sealed_;
  std::uint64_t number_ = 0;
};

/// Gives the sink what was sealed from `offset` to the end of the file. Each piece is authentic
/// when it is given; that there was no more is known only with `whole`.
[[nodiscard]] Unsealing readSealed(const FileHandle& in, std::uint64_t offset, const Secret& secret,
                                   std::string_view label, const ClearSink& sink);

/// How long the sealed form of so many bytes is.
[[nodiscard]] std::uint64_t sealedBytes(std::uint64_t clearBytes);

}  // namespace consulta
