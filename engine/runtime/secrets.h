// The key store and the vault of one register, opened when they are first needed: most commands of
// a clerk show nothing personal, and opening a second database costs as much as all the rest.
#pragma once

#include <atomic>
#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/log/disk_layer.h"
#include "engine/log/log.h"
#include "engine/rules/decide.h"
#include "engine/store/keys.h"
#include "engine/store/vault.h"

namespace consulta {

/// Threads: sealing is for one at a time, the writer's; the rest from any.
class Secrets {
 public:
  /// The log must outlive it. `keysAhead` is what KeyStore::open() takes.
  Secrets(std::filesystem::path directory, RegisterId registerId, const Log& log,
          DiskLayer disk = {}, std::size_t keysAhead = 0);
  Secrets(const Secrets&) = delete;
  Secrets& operator=(const Secrets&) = delete;

  /// A value in clear; nothing when its key is not there: erased, or a register that was restored
  /// without its keys. Damage throws Broken.
  [[nodiscard]] std::optional<std::string> reveal(Position at, std::string_view field) const;
  /// Whether `value` is what a record committed to.
  [[nodiscard]] bool matches(const Record& record, std::string_view field, std::string_view value,
                             std::string_view commitment) const;
  [[nodiscard]] Result<ActorId> actorFor(const std::string& account, const std::string& name);
  [[nodiscard]] std::optional<std::string> nameOfActor(ActorId actor) const;

  /// Makes the keys of new subjects durable: before the records that name them.
  [[nodiscard]] Status commitSubjects();

  /// Opens both, or throws Broken with the reason; a disk that failed is not tried again.
  [[nodiscard]] Vault& vault() const;
  [[nodiscard]] KeyStore& keys() const;
  /// Null when the directory holds no key store: then all that is personal is closed.
  [[nodiscard]] KeyStore* keysIfThere() const;

 private:
  void open() const;

  const std::filesystem::path directory_;
  const RegisterId registerId_;
  const Log& log_;
  const DiskLayer disk_;
  const std::size_t keysAhead_;
  mutable std::once_flag once_;
  mutable std::optional<Failure> failure_;  // why they could not be opened: tried once
  mutable std::unique_ptr<KeyStore> keys_;
  mutable std::unique_ptr<Vault> vault_;
  mutable std::atomic<bool> isOpen_ = false;
};

/// Seals the values of one batch and keeps the sealed bytes by position until they are appended.
class BatchSealing final : public Sealing {
 public:
  explicit BatchSealing(Secrets& secrets) : secrets_(secrets) {}
  [[nodiscard]] SubjectId newSubject() override;
  [[nodiscard]] std::string seal(SubjectId subject, Position position, const std::string& field,
                                 const std::string& value) override;
  /// Something else that is to lie beside the record.
  void put(Position position, Beside value);
  /// The values sealed for that position, in order; they are moved out.
  [[nodiscard]] std::vector<Beside> take(Position position);
  /// Forgets what was sealed from `position` on: the submission was refused.
  void forgetFrom(Position position);

 private:
  Secrets& secrets_;
  std::map<Position, std::vector<Beside>> sealed_;
};

/// For examining only: commits to nothing and keeps nothing.
class NoSealing final : public Sealing {
 public:
  [[nodiscard]] SubjectId newSubject() override;
  [[nodiscard]] std::string seal(SubjectId, Position, const std::string&,
                                 const std::string&) override;
};

}  // namespace consulta
