// What stands in a record in place of a personal value, and how the value is sealed beside it.
// Format 1, kept for ever:
//
//   place      = u16be(len origin) || origin || u64be(position) || u16be(len field) || field
//   commit key = HKDF-SHA256(input K_subject, no salt, info "commit" || place), 32 bytes
//   seal key   = HKDF-SHA256(input K_subject, no salt, info "seal" || place), 32 bytes
//   commitment = HMAC-SHA256(commit key, value)
//   sealed     = 0x01 || nonce (12 random bytes) || AES-256-GCM ciphertext || tag (16 bytes)
//                under the seal key, associated data 0x01 || place || subject
//   subject    = u64be(high) || u64be(low), the 16 bytes of its UUID
//
// Every part has a fixed or a stated length and neither label begins the other, so two different
// places or purposes never give the same bytes.
//
// `origin` is the text of the register's id, without the epoch. A restore opens a new epoch but
// keeps the records below it with their positions, subjects and leaves; whoever opens or checks
// one of them must not need to know in which epoch it was written. The price: a position lost by
// a restore and used again, by the same subject and field, has the same commit key. Two values may
// then be tested with one disclosed key, by somebody who also holds the lost leaf; the sealed
// values stay apart by their nonces.
//
// A commitment can be checked for one value at a time by giving away its commit key and the value:
// the key says nothing about K_subject or any other key. No two pairs of key and value with the
// same commitment can be found, since keys have a fixed length, so a disclosure cannot lie.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/store/crypto.h"
#include "events/ids.h"

namespace consulta {

/// Stands in the record. Says nothing about the value to somebody without the commit key.
using Commitment = Digest;

/// Where a personal value was entered. Views; valid as long as what they look at.
struct Place {
  std::string_view origin;  // the register's id as text
  Position position;        // of the record whose field it is; not none
  std::string_view field;   // unique within the record; not empty
};

/// Origin or field longer than limits::symbol_bytes_max or empty, and a position of none, are bugs:
/// std::invalid_argument.
[[nodiscard]] std::string placeBytes(const Place& place);

/// The two keys of one place.
struct PlaceKeys {
  Secret commit;
  Secret seal;
};
[[nodiscard]] PlaceKeys placeKeys(Crypto& crypto, const Secret& subjectKey, const Place& place);
/// One of them alone.
[[nodiscard]] Secret commitKey(Crypto& crypto, const Secret& subjectKey, const Place& place);
[[nodiscard]] Secret sealKey(Crypto& crypto, const Secret& subjectKey, const Place& place);

[[nodiscard]] Commitment commitmentTo(Crypto& crypto, const Secret& commitKey,
                                      std::string_view value);

[[nodiscard]] std::string sealValue(Crypto& crypto, const Secret& sealKey, const Place& place,
                                    SubjectId subject, std::string_view value);
/// None when the bytes are not what sealValue() gave for this very place, subject and key.
[[nodiscard]] std::optional<std::string> openValue(Crypto& crypto, const Secret& sealKey,
                                                   const Place& place, SubjectId subject,
                                                   std::string_view sealed);

/// What an auditor gets to check one value: never a subject's key.
struct Disclosure {
  Secret commitKey;
  std::string value;
};
/// True when `disclosure` is what `commitment` was made of. Needs nothing of the register's.
[[nodiscard]] bool verifyDisclosure(Crypto& crypto, const Disclosure& disclosure,
                                    const Commitment& commitment);

/// Big-endian numbers, as every byte format of the store writes them.
void appendU16(std::string& out, std::size_t number);  // must fit; else std::invalid_argument
void appendU64(std::string& out, std::uint64_t number);
[[nodiscard]] std::uint64_t readU64(std::string_view eightBytes);

template <typename Tag>
void appendId(std::string& out, const WideId<Tag>& id) {
  appendU64(out, id.high);
  appendU64(out, id.low);
}

}  // namespace consulta
