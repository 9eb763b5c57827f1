#include "engine/store/crypto.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include <algorithm>

#include "events/values/utf8.h"

namespace consulta {

namespace {

struct Free {
  void operator()(EVP_MD* it) const { EVP_MD_free(it); }
  void operator()(EVP_MD_CTX* it) const { EVP_MD_CTX_free(it); }
  void operator()(EVP_MAC* it) const { EVP_MAC_free(it); }
  void operator()(EVP_MAC_CTX* it) const { EVP_MAC_CTX_free(it); }
  void operator()(EVP_CIPHER* it) const { EVP_CIPHER_free(it); }
  void operator()(EVP_CIPHER_CTX* it) const { EVP_CIPHER_CTX_free(it); }
};
template <typename T>
using Owned = std::unique_ptr<T, Free>;

[[noreturn]] void broken(const char* what) {
  std::array<char, 256> reason{};
  ERR_error_string_n(ERR_get_error(), reason.data(), reason.size());
  ERR_clear_error();
  throw CryptoBroken(std::string("OpenSSL: ") + what + " failed: " + reason.data());
}

void check(int outcome, const char* what) {
  if (outcome != 1) broken(what);
}

template <typename T>
Owned<T> owned(T* it, const char* what) {
  if (it == nullptr) broken(what);
  return Owned<T>(it);
}

const unsigned char* in(std::string_view bytes) {
  // OpenSSL takes a null pointer for "no argument", which an empty message is not.
  return reinterpret_cast<const unsigned char*>(bytes.data() == nullptr ? "" : bytes.data());
}

unsigned char* at(std::string& out, std::size_t offset) {
  return reinterpret_cast<unsigned char*>(out.data() + offset);
}

void checkLength(std::string_view associated, std::string_view message) {
  if (associated.size() > Crypto::seal_bytes_max || message.size() > Crypto::seal_bytes_max) {
    throw std::length_error("a message to seal is longer than Crypto::seal_bytes_max");
  }
}

}  // namespace

std::optional<Secret> Secret::from(std::string_view bytes) {
  if (bytes.size() != size) return std::nullopt;
  return filledBy([&](Bytes out) { std::copy(bytes.begin(), bytes.end(), out.begin()); });
}

Secret::Secret(Secret&& other) noexcept : bytes_(other.bytes_) {
  OPENSSL_cleanse(other.bytes_.data(), size);
}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this != &other) {
    bytes_ = other.bytes_;
    OPENSSL_cleanse(other.bytes_.data(), size);
  }
  return *this;
}

Secret::~Secret() {
  OPENSSL_cleanse(bytes_.data(), size);
}

void wipe(std::string& text) noexcept {
  OPENSSL_cleanse(text.data(), text.size());
  text.clear();
}

bool sameBytes(std::string_view left, std::string_view right) noexcept {
  return left.size() == right.size() &&
         (left.empty() || CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0);
}

void fillRandom(std::span<std::uint8_t> out) {
  if (out.size() > Crypto::seal_bytes_max) throw std::length_error("too many random bytes");
  check(RAND_bytes(out.data(), static_cast<int>(out.size())), "RAND_bytes");
}

struct Crypto::Contexts {
  Owned<EVP_MD> sha256 = owned(EVP_MD_fetch(nullptr, "SHA256", nullptr), "fetching SHA-256");
  Owned<EVP_MD_CTX> hashing = owned(EVP_MD_CTX_new(), "a hash context");
  Owned<EVP_MAC> hmac = owned(EVP_MAC_fetch(nullptr, "HMAC", nullptr), "fetching HMAC");
  Owned<EVP_MAC_CTX> mac = owned(EVP_MAC_CTX_new(hmac.get()), "an HMAC context");
  Owned<EVP_CIPHER> gcm = owned(EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr), "fetching GCM");
  Owned<EVP_CIPHER_CTX> sealing = owned(EVP_CIPHER_CTX_new(), "a cipher context");
  Owned<EVP_CIPHER_CTX> opening = owned(EVP_CIPHER_CTX_new(), "a cipher context");
};

Crypto::Crypto() : contexts_(std::make_unique<Contexts>()) {
  std::string digest = "SHA256";
  const std::array<OSSL_PARAM, 2> params{
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), digest.size()),
      OSSL_PARAM_construct_end()};
  // The algorithms are bound here once; each later call gives only a key.
  check(EVP_MAC_CTX_set_params(contexts_->mac.get(), params.data()), "HMAC-SHA256");
  check(EVP_EncryptInit_ex2(contexts_->sealing.get(), contexts_->gcm.get(), nullptr, nullptr,
                            nullptr),
        "AES-256-GCM");
  check(EVP_DecryptInit_ex2(contexts_->opening.get(), contexts_->gcm.get(), nullptr, nullptr,
                            nullptr),
        "AES-256-GCM");
}

Crypto::~Crypto() = default;

Digest Crypto::sha256(std::string_view data) {
  Digest out;
  auto* hashing = contexts_->hashing.get();
  check(EVP_DigestInit_ex2(hashing, contexts_->sha256.get(), nullptr), "SHA-256");
  check(EVP_DigestUpdate(hashing, data.data(), data.size()), "SHA-256");
  check(EVP_DigestFinal_ex(hashing, out.data(), nullptr), "SHA-256");
  return out;
}

void Crypto::macInto(std::string_view key, std::span<const std::string_view> parts,
                     std::span<std::uint8_t, 32> out) {
  auto* mac = contexts_->mac.get();
  check(EVP_MAC_init(mac, in(key), key.size(), nullptr), "HMAC");
  for (const auto part : parts) {
    if (!part.empty()) check(EVP_MAC_update(mac, in(part), part.size()), "HMAC");
  }
  std::size_t written = 0;
  check(EVP_MAC_final(mac, out.data(), &written, out.size()), "HMAC");
}

Digest Crypto::hmac(std::string_view key, std::string_view data) {
  Digest out;
  macInto(key, std::array{data}, out);
  return out;
}

Secret Crypto::extract(std::string_view salt, std::string_view input) {
  return Secret::filledBy([&](Secret::Bytes out) { macInto(salt, std::array{input}, out); });
}

Secret Crypto::expand(const Secret& extracted, std::string_view info) {
  return Secret::filledBy([&](Secret::Bytes out) { expand(extracted, info, out); });
}

void Crypto::expand(const Secret& extracted, std::string_view info, std::span<std::uint8_t> out) {
  // OpenSSL 3.0's own HKDF fetches its algorithms again on every call and takes nearly three times
  // as long as these few lines over its HMAC, which the published vectors check.
  if (out.size() > 255 * Secret::size) throw std::length_error("HKDF gives at most 8160 bytes");
  std::optional<Secret> block;
  for (unsigned counter = 1; !out.empty(); ++counter) {
    const char last = static_cast<char>(counter);
    const std::array parts{block ? block->bytes() : std::string_view(), info,
                           std::string_view(&last, 1)};
    block = Secret::filledBy([&](Secret::Bytes next) { macInto(extracted.bytes(), parts, next); });
    const auto bytes = block->bytes().substr(0, out.size());
    std::copy(bytes.begin(), bytes.end(), out.begin());
    out = out.subspan(bytes.size());
  }
}

Secret Crypto::hkdf(const Secret& input, std::string_view info) {
  return expand(extract({}, input.bytes()), info);
}

void Crypto::sealWithNonce(const Secret& key, std::string_view nonce, std::string_view associated,
                           std::string_view clear, std::string& out) {
  checkLength(associated, clear);
  if (nonce.size() != nonce_bytes) throw std::invalid_argument("a nonce has 12 bytes");
  const std::size_t start = out.size();
  out.resize(start + clear.size() + tag_bytes);
  auto* sealing = contexts_->sealing.get();
  int written = 0;
  check(EVP_EncryptInit_ex2(sealing, nullptr, in(key.bytes()), in(nonce), nullptr), "sealing");
  check(EVP_EncryptUpdate(sealing, nullptr, &written, in(associated),
                          static_cast<int>(associated.size())),
        "sealing");
  if (!clear.empty()) {
    check(EVP_EncryptUpdate(sealing, at(out, start), &written, in(clear),
                            static_cast<int>(clear.size())),
          "sealing");
  }
  unsigned char* const tag = at(out, start + clear.size());
  check(EVP_EncryptFinal_ex(sealing, tag, &written), "sealing");
  check(EVP_CIPHER_CTX_ctrl(sealing, EVP_CTRL_AEAD_GET_TAG, tag_bytes, tag), "sealing");
}

void Crypto::seal(const Secret& key, std::string_view associated, std::string_view clear,
                  std::string& out) {
  std::array<std::uint8_t, nonce_bytes> random{};
  fillRandom(random);
  const std::string_view nonce(reinterpret_cast<const char*>(random.data()), random.size());
  out.reserve(out.size() + clear.size() + seal_overhead_bytes);
  out += nonce;
  sealWithNonce(key, nonce, associated, clear, out);
}

std::optional<std::string> Crypto::open(const Secret& key, std::string_view associated,
                                        std::string_view sealed) {
  if (sealed.size() < seal_overhead_bytes) return std::nullopt;
  checkLength(associated, sealed);
  const auto nonce = sealed.substr(0, nonce_bytes);
  const auto cipher = sealed.substr(nonce_bytes, sealed.size() - seal_overhead_bytes);
  std::array<char, tag_bytes> tag{};
  const auto end = sealed.substr(sealed.size() - tag_bytes);
  std::copy(end.begin(), end.end(), tag.begin());
  std::string clear(cipher.size(), '\0');
  auto* opening = contexts_->opening.get();
  int written = 0;
  check(EVP_DecryptInit_ex2(opening, nullptr, in(key.bytes()), in(nonce), nullptr), "opening");
  check(EVP_DecryptUpdate(opening, nullptr, &written, in(associated),
                          static_cast<int>(associated.size())),
        "opening");
  if (!cipher.empty()) {
    check(EVP_DecryptUpdate(opening, at(clear, 0), &written, in(cipher),
                            static_cast<int>(cipher.size())),
          "opening");
  }
  check(EVP_CIPHER_CTX_ctrl(opening, EVP_CTRL_AEAD_SET_TAG, tag_bytes, tag.data()), "opening");
  if (std::array<unsigned char, tag_bytes> rest{};
      EVP_DecryptFinal_ex(opening, rest.data(), &written) != 1) {
    // What was decrypted before the tag was checked is nobody's to read.
    wipe(clear);
    ERR_clear_error();
    return std::nullopt;
  }
  return clear;
}

struct Sha256::State {
  Owned<EVP_MD> algorithm = owned(EVP_MD_fetch(nullptr, "SHA256", nullptr), "fetching SHA-256");
  Owned<EVP_MD_CTX> hashing = owned(EVP_MD_CTX_new(), "a hash context");
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  check(EVP_DigestInit_ex2(state_->hashing.get(), state_->algorithm.get(), nullptr), "SHA-256");
}
Sha256::~Sha256() = default;

void Sha256::add(std::string_view piece) {
  check(EVP_DigestUpdate(state_->hashing.get(), piece.data(), piece.size()), "SHA-256");
}

Digest Sha256::finish() {
  Digest out;
  check(EVP_DigestFinal_ex(state_->hashing.get(), out.data(), nullptr), "SHA-256");
  return out;
}

std::string hexOf(const Digest& digest) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (const auto byte : digest) {
    out += digits[byte >> 4U];
    out += digits[byte & 15U];
  }
  return out;
}

bool readHex(std::string_view text, std::span<std::uint8_t> bytes) {
  if (text.size() != 2 * bytes.size()) return false;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto high = hexDigit(text[2 * i]);
    const auto low = hexDigit(text[2 * i + 1]);
    if (!high || !low) return false;
    bytes[i] = static_cast<std::uint8_t>(*high << 4U | *low);
  }
  return true;
}

}  // namespace consulta
