#include "engine/store/sealed_stream.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>

#include "engine/store/commitment.h"
#include "events/limits.h"

namespace consulta {

namespace {

constexpr std::size_t salt_bytes = 32;
constexpr std::size_t piece_bytes = limits::sealed_piece_bytes;
constexpr std::size_t sealed_piece_bytes = piece_bytes + Crypto::tag_bytes;

Secret keyOf(Crypto& crypto, const Secret& secret, std::string_view label, std::string_view salt) {
  std::string info = "stream";
  info += label;
  info += salt;
  return crypto.hkdf(secret, info);
}

std::string randomSalt() {
  std::array<std::uint8_t, salt_bytes> salt{};
  fillRandom(salt);
  return {salt.begin(), salt.end()};
}

std::string nonceOf(std::uint64_t number, bool last) {
  std::string nonce(3, '\0');
  appendU64(nonce, number);
  nonce.push_back(last ? '\1' : '\0');
  return nonce;
}

}  // namespace

SealedWriter::SealedWriter(const FileHandle& out, std::uint64_t offset, const Secret& secret,
                           std::string_view label)
    : out_(out),
      offset_(offset),
      salt_(randomSalt()),
      key_(keyOf(crypto_, secret, label, salt_)),
      sealed_(salt_) {
  clear_.reserve(piece_bytes);
}

SealedWriter::~SealedWriter() {
  wipe(clear_);
}

bool SealedWriter::put(bool last) {
  crypto_.sealWithNonce(key_, nonceOf(number_, last), {}, clear_, sealed_);
  ++number_;
  if (!out_.writeAt(sealed_, offset_)) return false;
  offset_ += sealed_.size();
  sealed_.clear();
  clear_.clear();
  return true;
}

bool SealedWriter::add(std::string_view clear) {
  while (!clear.empty()) {
    // A whole piece is kept until it is known whether it is the last.
    if (clear_.size() == piece_bytes && !put(false)) return false;
    const auto taken = clear.substr(0, piece_bytes - clear_.size());
    clear_ += taken;
    clear.remove_prefix(taken.size());
  }
  return true;
}

bool SealedWriter::finish() {
  return put(true);
}

Unsealing readSealed(const FileHandle& in, std::uint64_t offset, const Secret& secret,
                     std::string_view label, const ClearSink& sink) {
  struct stat about {};
  if (::fstat(in.descriptor(), &about) != 0) return Unsealing::unreadable;
  std::int64_t left = about.st_size - static_cast<std::int64_t>(offset);
  const auto take = [&](std::size_t bytes) {
    auto piece = in.readAt(bytes, offset);
    offset += piece.size();
    left -= static_cast<std::int64_t>(piece.size());
    return piece;
  };
  if (left < static_cast<std::int64_t>(salt_bytes + Crypto::tag_bytes)) return Unsealing::damaged;
  Crypto crypto;
  const auto salt = take(salt_bytes);
  if (salt.size() != salt_bytes) return Unsealing::unreadable;
  const auto key = keyOf(crypto, secret, label, salt);
  for (std::uint64_t number = 0;; ++number) {
    const auto bytes =
        static_cast<std::size_t>(std::min(left, static_cast<std::int64_t>(sealed_piece_bytes)));
    const bool last = left <= static_cast<std::int64_t>(sealed_piece_bytes);
    const auto piece = take(bytes);
    if (piece.size() != bytes) return Unsealing::unreadable;
    auto clear = crypto.open(key, {}, nonceOf(number, last) + piece);
    if (!clear) return Unsealing::damaged;
    const bool more = sink(*clear);
    wipe(*clear);
    if (!more) return Unsealing::stopped;
    if (last) return Unsealing::whole;
  }
}

std::uint64_t sealedBytes(std::uint64_t clearBytes) {
  const auto pieces = std::max<std::uint64_t>(1, (clearBytes + piece_bytes - 1) / piece_bytes);
  return salt_bytes + clearBytes + pieces * Crypto::tag_bytes;
}

}  // namespace consulta
