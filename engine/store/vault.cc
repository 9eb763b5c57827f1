#include "engine/store/vault.h"

#include <mutex>
#include <vector>

#include "events/limits.h"

namespace consulta {

namespace {

Failure damagedValue(Position position, std::string_view field) {
  return damaged("vault.damaged",
                 msg("the sealed value of {field} beside record {position} is not what was written "
                     "there; verify the register and restore the values from a backup",
                     arg("field", field), arg("position", position.value)));
}

Failure noKey(SubjectId subject) {
  return refused("vault.no-key",
                 msg("nothing can be entered about person {subject}: their key was erased or is "
                     "not in the key store; enter the person anew, or restore the newest key store",
                     arg("subject", toText(subject))));
}

}  // namespace

/// Idle cryptographic contexts: as many are made as readers ever worked at the same time, since
/// making one costs about as much as opening a value.
class Vault::Readers {
 public:
  /// One context, given back on leaving.
  class Loan {
   public:
    explicit Loan(Readers& readers) : readers_(readers), crypto_(readers.take()) {}
    ~Loan() { readers_.giveBack(std::move(crypto_)); }
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;

    Crypto& operator*() { return *crypto_; }

   private:
    Readers& readers_;
    std::unique_ptr<Crypto> crypto_;
  };

 private:
  std::unique_ptr<Crypto> take() {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        auto crypto = std::move(idle_.back());
        idle_.pop_back();
        return crypto;
      }
      // Room for all that are out, so that giving one back never needs memory.
      idle_.reserve(++made_);
    }
    return std::make_unique<Crypto>();
  }

  void giveBack(std::unique_ptr<Crypto> crypto) noexcept {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(crypto));
  }

  std::mutex mutex_;
  std::vector<std::unique_ptr<Crypto>> idle_;
  std::size_t made_ = 0;
};

Vault::Vault(KeyStore& keys, RegisterId registerId)
    : keys_(keys), origin_(toText(registerId)), readers_(std::make_unique<Readers>()) {}
Vault::~Vault() = default;

Result<SealedValue> Vault::seal(SubjectId subject, Position position, std::string_view field,
                                std::string_view value) {
  if (value.size() > limits::text_bytes_max) {
    return usage("vault.length", msg("{field} has {bytes} bytes and may have {most}; shorten it",
                                     arg("field", field), arg("bytes", value.size()),
                                     arg("most", limits::text_bytes_max)));
  }
  const auto key = keys_.keyOf(subject);
  if (!key) return key.failures();
  if (!*key) return noKey(subject);
  const auto where = place(position, field);
  const auto keys = placeKeys(writing_, **key, where);
  return SealedValue{commitmentTo(writing_, keys.commit, value),
                     sealValue(writing_, keys.seal, where, subject, value)};
}

Result<std::optional<std::string>> Vault::open(SubjectId subject, Position position,
                                               std::string_view field,
                                               std::string_view sealed) const {
  const auto key = keys_.keyOf(subject);
  if (!key) return key.failures();
  if (!*key) return std::optional<std::string>();
  Readers::Loan crypto(*readers_);
  const auto where = place(position, field);
  auto value = openValue(*crypto, sealKey(*crypto, **key, where), where, subject, sealed);
  if (!value) return damagedValue(position, field);
  return value;
}

Result<Match> Vault::matches(SubjectId subject, Position position, std::string_view field,
                             std::string_view value, const Commitment& commitment) const {
  const auto key = keys_.keyOf(subject);
  if (!key) return key.failures();
  if (!*key) return Match::erased;
  Readers::Loan crypto(*readers_);
  const auto made = commitmentTo(*crypto, commitKey(*crypto, **key, place(position, field)), value);
  return sameBytes(bytesOf(made), bytesOf(commitment)) ? Match::same : Match::different;
}

Result<std::optional<Disclosure>> Vault::disclose(SubjectId subject, Position position,
                                                  std::string_view field, std::string_view sealed,
                                                  const Commitment& commitment) const {
  const auto key = keys_.keyOf(subject);
  if (!key) return key.failures();
  if (!*key) return std::optional<Disclosure>();
  Readers::Loan crypto(*readers_);
  const auto where = place(position, field);
  auto keys = placeKeys(*crypto, **key, where);
  auto value = openValue(*crypto, keys.seal, where, subject, sealed);
  if (!value) return damagedValue(position, field);
  Disclosure disclosure{std::move(keys.commit), std::move(*value)};
  if (!verifyDisclosure(*crypto, disclosure, commitment)) return damagedValue(position, field);
  return std::optional<Disclosure>(std::move(disclosure));
}

}  // namespace consulta
