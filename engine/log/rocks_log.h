// The log in the register's database, guarded by the head file beside it.
//
// An append writes records and what lies beside them in one synced batch, then the head, and then
// is acknowledged. An opening proves, before anything else may be written, that the log is dense
// up to its end, reaches as far as the head says, and holds the record there that the head knows.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "engine/log/database.h"
#include "engine/log/head_file.h"
#include "engine/log/log.h"

namespace consulta {

class RocksLog : public Log {
 public:
  /// The families that the log needs among those that the database is opened with.
  [[nodiscard]] static std::vector<FamilySpec> families();

  /// Writes a head file that says that `database`, as far as its log reaches, belongs to
  /// `identity`: for a new register, and for a new epoch after a restore. It replaces what an old
  /// head file knew about lost records, so only an administrator's explicit act may lead here.
  [[nodiscard]] static Status createHead(const Database& database,
                                         const std::filesystem::path& headPath,
                                         const LogIdentity& identity, const FileGuard& guard = {});

  /// Opens the log; the database must outlive it. `damaged` when acknowledged records are missing
  /// or different: the failure names their positions. A log that goes beyond the head (the process
  /// ended between the two) is whole, and the head is brought forward, durably.
  [[nodiscard]] static Result<std::unique_ptr<RocksLog>> open(Database& database,
                                                              const std::filesystem::path& headPath,
                                                              const FileGuard& guard = {});

  /// Waits until the head file is durable.
  ~RocksLog() override;

  /// Which register and epoch the head file names.
  [[nodiscard]] const LogIdentity& identity() const;

  /// Returns once the head file is durable: then even a power failure leaves a head that knows
  /// every acknowledged record.
  [[nodiscard]] Status syncHead();

  [[nodiscard]] Result<Position> append(Position at, std::span<const NewRecord> batch) override;
  [[nodiscard]] Position last() const override;
  [[nodiscard]] bool broken() const override;
  [[nodiscard]] Status read(Position from, Position to, const Visitor& visit) const override;
  [[nodiscard]] Result<std::string> at(Position position) const override;
  [[nodiscard]] Result<std::optional<std::string>> beside(Position position,
                                                          std::string_view key) const override;
  [[nodiscard]] Position wait(Position after, std::uint32_t timeout_ms) const override;

 private:
  struct State;
  explicit RocksLog(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace consulta
