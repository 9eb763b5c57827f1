#include "engine/store/key_rows.h"

#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/options.h>
#include <rocksdb/utilities/checkpoint.h>
#include <rocksdb/write_batch.h>

#include <cerrno>
#include <mutex>

#include "engine/log/database_failure.h"
#include "engine/log/file.h"
#include "engine/log/head_file.h"
#include "engine/log/wal_recovery.h"

namespace consulta {

namespace {

constexpr char row_format = 0x01;

rocksdb::Options optionsFor(KeyRows::Opening opening) {
  rocksdb::Options options;
  options.create_if_missing = opening == KeyRows::Opening::fresh;
  options.error_if_exists = opening == KeyRows::Opening::fresh;
  // An unfinished write at the end was never acknowledged; damage before it must stop the opening.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  options.compression = rocksdb::kNoCompression;  // sealed bytes do not compress
  options.write_buffer_size = std::size_t{1} << 20U;
  options.max_open_files = 32;
  options.skip_stats_update_on_db_open = true;
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  return options;
}

rocksdb::Slice slice(std::string_view bytes) {
  return {bytes.data(), bytes.size()};
}
std::string_view view(const rocksdb::Slice& bytes) {
  return {bytes.data(), bytes.size()};
}

Failure unusable(const std::filesystem::path& directory, const rocksdb::Status& status) {
  const auto path = arg("path", directory.string());
  const auto reason = arg("reason", status.ToString());
  if (rocks::isDamage(status)) {
    return damaged("keys.damaged",
                   msg("the key store in {path} is damaged: {reason}; restore its newest copy from "
                       "where you keep it apart",
                       path, reason));
  }
  if (status.IsNoSpace()) return fileFailure(directory, ENOSPC);
  return unavailable("keys.unavailable",
                     msg("the key store in {path} cannot be used: {reason}; check the disk, and "
                         "that no other program has it open, then start again",
                         path, reason));
}

rocksdb::Status apply(rocksdb::DB& database, const RowChanges& changes, bool sync) {
  rocksdb::WriteBatch batch;
  for (const auto& [row, stored] : changes.puts) {
    if (auto status = batch.Put(row, stored); !status.ok()) return status;
  }
  for (const auto& row : changes.deletes) {
    if (auto status = batch.Delete(row); !status.ok()) return status;
  }
  rocksdb::WriteOptions options;
  options.sync = sync;
  return database.Write(options, &batch);
}

}  // namespace

std::string rowHeader(const MasterKeys& keys) {
  return row_format + keys.id;
}

std::string sealRow(Crypto& crypto, const MasterKeys& keys, const Secret& key, std::string_view row,
                    std::string_view clear) {
  std::string out = rowHeader(keys);
  const auto associated = out + std::string(row);
  crypto.seal(key, associated, clear, out);
  return out;
}

std::optional<std::string> openRow(Crypto& crypto, const MasterKeys& keys, const Secret& key,
                                   std::string_view row, std::string_view stored) {
  const auto header = rowHeader(keys);
  if (!stored.starts_with(header)) return std::nullopt;
  return crypto.open(key, header + std::string(row), stored.substr(header.size()));
}

Failure damagedRow(std::string_view what) {
  return damaged("keys.damaged", msg("{what} in the key store is not what was written; restore the "
                                     "newest copy of the key store from where you keep it apart",
                                     arg("what", what)));
}

namespace {

Failure keysLost(const std::filesystem::path& directory) {
  return damaged("keys.lost",
                 msg("the key store in {path} has lost what was written last; restore its newest "
                     "copy from where you keep it apart",
                     arg("path", directory.string())));
}

// What the log advises for its own head, a backup, holds no keys.
Failure headDamaged(const std::filesystem::path& directory) {
  return damaged("keys.damaged",
                 msg("the key store in {path} cannot tell how far it was written, for its file "
                     "\"head\" is missing or damaged; restore its newest copy from where you keep "
                     "it apart",
                     arg("path", directory.string())));
}

}  // namespace

struct KeyRows::Database {
  std::filesystem::path directory;
  // In this order: the database is closed before the file system below it goes.
  std::shared_ptr<rocksdb::Env> env;
  std::shared_ptr<rocks::TablesReach> reach = std::make_shared<rocks::TablesReach>();
  rocks::WalContinuity continuity{reach};
  std::unique_ptr<rocksdb::DB> rocks;
  std::mutex writing;  // one write at a time, and its head
  std::unique_ptr<HeadFile> head;

  [[nodiscard]] Position reached() const { return Position(rocks->GetLatestSequenceNumber()); }
  Status openHead(const DiskLayer& disk);
};

/// Proves that the database reaches as far as it was ever known to.
Status KeyRows::Database::openHead(const DiskLayer& disk) {
  auto opened = HeadFile::open(directory / "head", disk.files);
  if (!opened && opened.failures().front().fault == Fault::damaged) return headDamaged(directory);
  if (!opened) return std::move(opened).failures();
  head = std::move(opened).value();
  if (reached() < head->head().position) return keysLost(directory);
  if (reached() == head->head().position) return Done{};
  return head->write(reached(), {});  // the process ended between the two
}

KeyRows::KeyRows(std::unique_ptr<Database> database) : database_(std::move(database)) {}
KeyRows::~KeyRows() = default;

Result<std::unique_ptr<KeyRows>> KeyRows::open(const std::filesystem::path& directory,
                                               Opening opening, const DiskLayer& disk) {
  const auto place = directory / "db";
  std::error_code error;
  if (opening == Opening::existing && !std::filesystem::exists(place / "CURRENT", error)) {
    return damaged("keys.missing",
                   msg("the key store in {path} has no database; restore its newest "
                       "copy from where you keep it apart",
                       arg("path", directory.string())));
  }
  auto database = std::make_unique<Database>();
  database->directory = directory;
  auto options = optionsFor(opening);
  if (disk.databases) {
    database->env = rocksdb::NewCompositeEnv(disk.databases);
    options.env = database->env.get();
  }
  options.info_log = database->reach;
  options.wal_filter = &database->continuity;
  rocksdb::DB* opened = nullptr;
  const auto status = rocksdb::DB::Open(options, place.string(), &opened);
  if (database->continuity.gap()) return keysLost(directory);
  if (!status.ok()) return unusable(directory, status);
  database->rocks.reset(opened);
  if (auto durable = rocks::syncRecovered(*opened, place); !durable) {
    return std::move(durable).failures();
  }
  if (opening == Opening::fresh) {
    auto made = HeadFile::create(directory / "head", Head{}, disk.files);
    if (!made) return std::move(made).failures();
  }
  if (auto whole = database->openHead(disk); !whole) return std::move(whole).failures();
  return std::unique_ptr<KeyRows>(new KeyRows(std::move(database)));
}

Result<std::optional<std::string>> KeyRows::get(std::string_view row) const {
  std::string stored;
  const auto status = database_->rocks->Get(rocksdb::ReadOptions(), slice(row), &stored);
  if (status.IsNotFound()) return std::optional<std::string>();
  if (!status.ok()) return unusable(database_->directory, status);
  return std::optional<std::string>(std::move(stored));
}

Status KeyRows::write(const RowChanges& changes) {
  const std::lock_guard lock(database_->writing);
  const auto status = apply(*database_->rocks, changes, true);
  if (!status.ok()) return unusable(database_->directory, status);
  return database_->head->write(database_->reached(), {});
}

void KeyRows::writeLoosely(const RowChanges& changes) {
  const std::lock_guard lock(database_->writing);
  apply(*database_->rocks, changes, false).PermitUncheckedError();
}

Status KeyRows::copyTo(const std::filesystem::path& directory) const {
  rocksdb::Checkpoint* made = nullptr;
  auto status = rocksdb::Checkpoint::Create(database_->rocks.get(), &made);
  const std::unique_ptr<rocksdb::Checkpoint> owner(made);
  if (status.ok()) status = owner->CreateCheckpoint(directory.string());
  if (!status.ok()) return unusable(directory, status);
  return Done{};
}

Status KeyRows::visit(std::string_view prefix, const Visitor& visitor) const {
  rocksdb::ReadOptions options;
  options.ignore_range_deletions = true;  // there are none; see Database::cursor
  const std::unique_ptr<rocksdb::Iterator> at(database_->rocks->NewIterator(options));
  for (at->Seek(slice(prefix)); at->Valid() && at->key().starts_with(slice(prefix)); at->Next()) {
    if (auto visited = visitor(view(at->key()), view(at->value())); !visited) return visited;
  }
  if (!at->status().ok()) return unusable(database_->directory, at->status());
  return Done{};
}

}  // namespace consulta
