// The parts of an open register. Inside part of register.h.
#pragma once

#include <memory>
#include <mutex>

#include "engine/log/directory.h"
#include "engine/log/rocks_log.h"
#include "engine/runtime/consumers.h"
#include "engine/runtime/desk.h"
#include "engine/runtime/register.h"
#include "engine/runtime/secrets.h"
#include "engine/runtime/stored_files.h"
#include "engine/runtime/writer.h"
#include "engine/store/row_store.h"

namespace consulta {

/// In the order in which they depend on each other.
class Register::Impl {
 public:
  Impl(const Catalogue& catalogue_, RegisterOptions options_, Directory directory_);
  ~Impl();

  /// `create`: makes the database, the key store and the head first.
  [[nodiscard]] Status openParts(bool create);
  [[nodiscard]] Database::Options databaseOptions(bool create) const;
  /// Checks what a restore has unpacked, and begins a new epoch if one is needed.
  [[nodiscard]] Result<EpochChoice> examineRestored(const BackupList& list,
                                                    const std::optional<KnownHead>& behind);
  [[nodiscard]] static Owner ownerOf(const RegisterOptions& options);

  const Catalogue& catalogue;
  RegisterOptions options;
  Directory directory;
  std::unique_ptr<Database> database;
  std::unique_ptr<RocksLog> records;
  std::unique_ptr<RowStore> rows;
  std::unique_ptr<Consumers> consumers;
  std::unique_ptr<Desk> desk;
  std::unique_ptr<Secrets> secrets;
  std::unique_ptr<StoredFiles> files;
  std::unique_ptr<Writer> writer;
  std::mutex backingUp;
  std::mutex enteringDue;

 private:
  [[nodiscard]] Status makeParts();
};

}  // namespace consulta
