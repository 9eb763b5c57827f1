// The personal values of one register: seals them beside the log and opens them again, as long as
// their subjects have keys. Formats are described in commitment.h and keys.h.
//
// Threads: seal() is for one thread at a time, the register's writer; it never waits for a reader's
// cryptography. Everything else may be called from any thread at any time. The key store outlives
// the vault.
//
// "Damaged" (vault.damaged) always means: these bytes were not sealed at this place for this
// subject. An erased value is never damaged but absent.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/store/commitment.h"
#include "engine/store/keys.h"
#include "events/ids.h"
#include "events/result.h"

namespace consulta {

/// What a field marked personal becomes: the commitment goes into the record, the bytes beside it.
struct SealedValue {
  Commitment commitment;
  std::string bytes;

  bool operator==(const SealedValue&) const = default;
};

/// Whether a value is the one that was committed to. After an erasure nobody can tell.
enum class Match { same, different, erased };

/// In all functions `position` is that of the record in which the value was first entered, and
/// `field` names the value uniquely within that record; none or empty are bugs (see placeBytes).
class Vault {
 public:
  Vault(KeyStore& keys, RegisterId registerId);
  ~Vault();
  Vault(const Vault&) = delete;
  Vault& operator=(const Vault&) = delete;

  /// A new nonce each time, the same commitment. Refused when the subject has no key
  /// (vault.no-key); a usage failure beyond limits::text_bytes_max (vault.length).
  [[nodiscard]] Result<SealedValue> seal(SubjectId subject, Position position,
                                         std::string_view field, std::string_view value);

  /// None when the subject was erased. That the value is the one committed to in the record is
  /// what matches() tells; only the record is covered by the tree.
  [[nodiscard]] Result<std::optional<std::string>> open(SubjectId subject, Position position,
                                                        std::string_view field,
                                                        std::string_view sealed) const;

  /// For a submission that comes again, and for auditors.
  [[nodiscard]] Result<Match> matches(SubjectId subject, Position position, std::string_view field,
                                      std::string_view value, const Commitment& commitment) const;

  /// What an auditor needs to check this one value with verifyDisclosure(), never the subject's
  /// key. None when the subject was erased. Damaged when the sealed value is not the one committed
  /// to, so that nothing is given away that proves nothing.
  [[nodiscard]] Result<std::optional<Disclosure>> disclose(SubjectId subject, Position position,
                                                           std::string_view field,
                                                           std::string_view sealed,
                                                           const Commitment& commitment) const;

 private:
  class Readers;

  [[nodiscard]] Place place(Position position, std::string_view field) const {
    return {origin_, position, field};
  }

  KeyStore& keys_;
  const std::string origin_;
  Crypto writing_;
  const std::unique_ptr<Readers> readers_;
};

}  // namespace consulta
