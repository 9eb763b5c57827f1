// The rows of the key store on disk: a small database, and the form that each row is sealed in.
// Inside part of keys.h, where the formats are described.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/log/disk_layer.h"
#include "engine/store/crypto.h"
#include "engine/store/master_key.h"
#include "events/result.h"

namespace consulta {

/// 0x01 || master id: what every row begins with.
[[nodiscard]] std::string rowHeader(const MasterKeys& keys);
/// header || sealed, under `key`, bound to the row's database key.
[[nodiscard]] std::string sealRow(Crypto& crypto, const MasterKeys& keys, const Secret& key,
                                  std::string_view row, std::string_view clear);
/// None when `stored` is not what sealRow() gave for this row and these keys.
[[nodiscard]] std::optional<std::string> openRow(Crypto& crypto, const MasterKeys& keys,
                                                 const Secret& key, std::string_view row,
                                                 std::string_view stored);

[[nodiscard]] Failure damagedRow(std::string_view what);

/// Changes that are written together or not at all.
struct RowChanges {
  std::vector<std::pair<std::string, std::string>> puts;
  std::vector<std::string> deletes;
};

/// A RocksDB database. Every function is safe from any thread.
class KeyRows {
 public:
  enum class Opening { existing, fresh };

  /// `directory` is the key store's; the database lies in `db/` below it. One opening at a time.
  [[nodiscard]] static Result<std::unique_ptr<KeyRows>> open(const std::filesystem::path& directory,
                                                             Opening opening,
                                                             const DiskLayer& disk = {});
  ~KeyRows();
  KeyRows(const KeyRows&) = delete;
  KeyRows& operator=(const KeyRows&) = delete;

  [[nodiscard]] Result<std::optional<std::string>> get(std::string_view row) const;
  /// Durable on return.
  [[nodiscard]] Status write(const RowChanges& changes);
  /// Durable some time later, perhaps never; for changes that nothing depends on.
  void writeLoosely(const RowChanges& changes);
  /// Makes another database of what is in this one now, in a directory that must not exist.
  [[nodiscard]] Status copyTo(const std::filesystem::path& directory) const;
  /// The rows that begin with `prefix`, as they were when the call began. The views end with the
  /// visitor's call; a failure of the visitor ends the visit and is returned.
  using Visitor = std::function<Status(std::string_view row, std::string_view stored)>;
  [[nodiscard]] Status visit(std::string_view prefix, const Visitor& visitor) const;

 private:
  struct Database;
  explicit KeyRows(std::unique_ptr<Database> database);

  std::unique_ptr<Database> database_;
};

}  // namespace consulta
