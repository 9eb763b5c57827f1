// The cryptographic primitives of the register, all of them OpenSSL's, and memory that is wiped.
//
// Byte strings come in as std::string_view (not text; any byte may stand in them) and are read
// during the call only. A failure of OpenSSL itself (no memory, no provider, no randomness) is a
// broken resource: CryptoBroken is thrown, and nothing may be written after it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace consulta {

/// The output of SHA-256 or HMAC-SHA256, when it is not itself a key.
using Digest = std::array<std::uint8_t, 32>;

class CryptoBroken : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// 32 secret bytes, wiped when they go. Moves (the source is wiped) and copies only when asked to
/// by name; there is no == and no way to print one.
class Secret {
 public:
  static constexpr std::size_t size = 32;
  using Bytes = std::span<std::uint8_t, size>;

  /// Calls `fill` once with the 32 bytes (zero at first) to be overwritten.
  template <typename Fill>
  [[nodiscard]] static Secret filledBy(Fill&& fill) {
    Secret secret;
    std::forward<Fill>(fill)(Bytes(secret.bytes_));
    return secret;
  }
  /// Copies the bytes; none when there are not exactly 32. The caller wipes the source.
  [[nodiscard]] static std::optional<Secret> from(std::string_view bytes);

  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret& operator=(const Secret&) = delete;
  ~Secret();

  [[nodiscard]] Secret copy() const { return *this; }
  bool operator==(const Secret&) const = delete;

  /// Valid as long as this object is, and stays where it is.
  [[nodiscard]] std::string_view bytes() const& {
    return {reinterpret_cast<const char*>(bytes_.data()), size};
  }
  void bytes() const&& = delete;

 private:
  Secret() = default;
  Secret(const Secret&) = default;

  std::array<std::uint8_t, size> bytes_{};
};

/// Wipes the text's bytes and empties it, in a way that the compiler cannot leave out.
void wipe(std::string& text) noexcept;

/// Equal length and bytes; the time taken depends on the lengths only.
[[nodiscard]] bool sameBytes(std::string_view left, std::string_view right) noexcept;

/// The bytes of a digest as the other functions take them; valid as long as `digest` is.
[[nodiscard]] inline std::string_view bytesOf(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}
void bytesOf(Digest&&) = delete;

/// Random bytes from the operating system's seeded generator. Safe from any thread.
void fillRandom(std::span<std::uint8_t> out);

/// Fetches the algorithms once and reuses its contexts, which is faster than OpenSSL's
/// one-call functions. Threads: one at a time; give each thread an object of its own. An
/// object keeps the schedule of its last key until the next call or its end, when it is wiped.
class Crypto {
 public:
  static constexpr std::size_t nonce_bytes = 12;
  static constexpr std::size_t tag_bytes = 16;
  /// What seal() adds to the length of the clear bytes.
  static constexpr std::size_t seal_overhead_bytes = nonce_bytes + tag_bytes;
  /// The longest message that seal() takes; far beyond anything that a record can hold.
  static constexpr std::size_t seal_bytes_max = std::size_t{1} << 30U;

  Crypto();
  ~Crypto();
  Crypto(const Crypto&) = delete;
  Crypto& operator=(const Crypto&) = delete;

  [[nodiscard]] Digest sha256(std::string_view data);
  /// A key of any length, also none.
  [[nodiscard]] Digest hmac(std::string_view key, std::string_view data);

  /// RFC 5869. hkdf is expand(extract(salt, input), info); a caller who derives several keys from
  /// one input saves time with the two halves. Outputs of expand are at most 255 * 32 bytes.
  [[nodiscard]] Secret extract(std::string_view salt, std::string_view input);
  [[nodiscard]] Secret expand(const Secret& extracted, std::string_view info);
  void expand(const Secret& extracted, std::string_view info, std::span<std::uint8_t> out);
  [[nodiscard]] Secret hkdf(const Secret& input, std::string_view info);

  /// AES-256-GCM: appends ciphertext || tag to `out`. A nonce must never be used twice under one
  /// key: everything but a test of known answers calls seal().
  void sealWithNonce(const Secret& key, std::string_view nonce, std::string_view associated,
                     std::string_view clear, std::string& out);
  /// Appends nonce || ciphertext || tag to `out`, the nonce 96 random bits.
  void seal(const Secret& key, std::string_view associated, std::string_view clear,
            std::string& out);
  /// Reverses seal(). None when a byte differs, or the key, or the associated data.
  [[nodiscard]] std::optional<std::string> open(const Secret& key, std::string_view associated,
                                                std::string_view sealed);

 private:
  void macInto(std::string_view key, std::span<const std::string_view> parts,
               std::span<std::uint8_t, 32> out);

  struct Contexts;
  std::unique_ptr<Contexts> contexts_;
};

/// SHA-256 of what comes in pieces. For one thread; finish() ends it.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void add(std::string_view piece);
  [[nodiscard]] Digest finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// 64 hexadecimal digits in lower case.
[[nodiscard]] std::string hexOf(const Digest& digest);
/// Reads hexadecimal digits of either case into exactly these bytes. False: it is something else,
/// and the bytes are not to be used.
[[nodiscard]] bool readHex(std::string_view text, std::span<std::uint8_t> bytes);

}  // namespace consulta
