#include "engine/log/database.h"

#include <rocksdb/cache.h>
#include <rocksdb/convenience.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/sst_file_writer.h>
#include <rocksdb/utilities/checkpoint.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cassert>
#include <utility>

#include "engine/log/database_failure.h"
#include "engine/log/database_options.h"
#include "engine/log/wal_recovery.h"

namespace consulta {
namespace {

::rocksdb::Slice slice(std::string_view text) {
  return {text.data(), text.size()};
}
std::string_view view(const ::rocksdb::Slice& slice) {
  return {slice.data(), slice.size()};
}

Failure readFailure(const ::rocksdb::Status& status, const std::filesystem::path& path,
                    ::rocksdb::ColumnFamilyHandle& family, std::string_view key) {
  return rocks::failureOf(status,
                          msg("{path}, table {table}, key {key}", arg("path", path.string()),
                              arg("table", family.GetName()), arg("key", rocks::keyText(key))));
}

}  // namespace

struct Batch::State {
  ::rocksdb::WriteBatch batch;
};

Batch::Batch() : state_(std::make_unique<State>()) {}
Batch::~Batch() = default;

// Every status is about keys beyond 4 GiB or a batch with a bound of its own; neither exists here.
void Batch::put(Family family, std::string_view key, std::string_view value) {
  state_->batch.Put(family.handle_, slice(key), slice(value)).PermitUncheckedError();
}

void Batch::put(Family family, std::string_view key, std::span<const std::string_view> valueParts) {
  constexpr std::size_t parts_max = 8;
  assert(valueParts.size() <= parts_max);
  std::array<::rocksdb::Slice, parts_max> parts;
  std::ranges::transform(valueParts, parts.begin(), slice);
  const ::rocksdb::Slice wholeKey = slice(key);
  state_->batch
      .Put(family.handle_, ::rocksdb::SliceParts(&wholeKey, 1),
           ::rocksdb::SliceParts(parts.data(), static_cast<int>(valueParts.size())))
      .PermitUncheckedError();
}

void Batch::erase(Family family, std::string_view key) {
  state_->batch.Delete(family.handle_, slice(key)).PermitUncheckedError();
}

void Batch::clear() {
  state_->batch.Clear();
}
bool Batch::empty() const {
  return state_->batch.Count() == 0;
}
std::size_t Batch::bytes() const {
  return state_->batch.GetDataSize();
}

/// RocksDB keeps pointers to the options and the bound, so they must not move.
struct Cursor::State {
  std::filesystem::path path;
  ::rocksdb::ColumnFamilyHandle* family = nullptr;
  std::string end;
  ::rocksdb::Slice endSlice;
  std::unique_ptr<::rocksdb::Iterator> iterator;
  std::string sought;
};

Cursor::Cursor(std::unique_ptr<State> state) : state_(std::move(state)) {}
Cursor::Cursor(Cursor&&) noexcept = default;
Cursor& Cursor::operator=(Cursor&&) noexcept = default;
Cursor::~Cursor() = default;

void Cursor::seek(std::string_view key) {
  state_->sought = key;
  state_->iterator->Seek(slice(key));
}
void Cursor::seekToLast() {
  state_->sought.clear();
  state_->iterator->SeekToLast();
}
void Cursor::next() {
  state_->iterator->Next();
}
bool Cursor::valid() const {
  return state_->iterator->Valid();
}
std::string_view Cursor::key() const {
  return view(state_->iterator->key());
}
std::string_view Cursor::value() const {
  return view(state_->iterator->value());
}

Status Cursor::status() const {
  const ::rocksdb::Status status = state_->iterator->status();
  if (status.ok()) return Done{};
  return readFailure(status, state_->path, *state_->family, state_->sought);
}

struct Database::State {
  std::filesystem::path path;
  // In this order: the database is closed before the file system below it goes.
  std::shared_ptr<::rocksdb::Env> env;
  std::shared_ptr<rocks::TablesReach> reach = std::make_shared<rocks::TablesReach>();
  rocks::WalContinuity continuity{reach};
  std::unique_ptr<::rocksdb::DB> db;
  std::vector<::rocksdb::ColumnFamilyHandle*> families;
  std::vector<FamilySpec> specs;
  bool readOnly = false;
  std::atomic<bool> broken = false;
};

namespace {

Failure openFailure(const ::rocksdb::Status& status, const Database::Options& options) {
  const std::string path = options.path.string();
  if (status.IsInvalidArgument() && !options.create) {
    // Without CURRENT RocksDB finds no database; with it, families that it does not know.
    std::error_code ignored;
    if (!std::filesystem::exists(options.path / "CURRENT", ignored)) {
      return damaged("database.missing",
                     msg("There is no database in {path}, though the register says that there is "
                         "one. Restore the register from a backup.",
                         arg("path", path)));
    }
    return unavailable("database.newer",
                       msg("The database in {path} cannot be opened by this version of the "
                           "program: {detail}. Use the version that wrote it, or a newer one.",
                           arg("path", path), arg("detail", status.ToString())));
  }
  if (status.IsInvalidArgument()) {
    return refused("database.exists", msg("There is a database in {path} already. Choose an empty "
                                          "directory for a new register.",
                                          arg("path", path)));
  }
  return rocks::failureOf(status, msg("opening {path}", arg("path", path)));
}

}  // namespace

Database::Database(std::unique_ptr<State> state) : state_(std::move(state)) {}

Result<std::unique_ptr<Database>> Database::open(const Options& options) {
  auto state = std::make_unique<State>();
  state->path = options.path;
  state->specs = options.families;
  state->readOnly = options.readOnly;
  ::rocksdb::DBOptions dbOptions = rocks::databaseOptions(options);
  if (options.fileSystem) {
    state->env = ::rocksdb::NewCompositeEnv(options.fileSystem);
    dbOptions.env = state->env.get();
  }
  dbOptions.info_log = state->reach;
  dbOptions.wal_filter = &state->continuity;
  ::rocksdb::DB* db = nullptr;
  const auto path = options.path.string();
  const ::rocksdb::Status status =
      options.readOnly
          ? ::rocksdb::DB::OpenForReadOnly(dbOptions, path, rocks::familiesOf(options),
                                           &state->families, &db)
          : ::rocksdb::DB::Open(dbOptions, path, rocks::familiesOf(options), &state->families, &db);
  if (state->continuity.gap()) return *state->continuity.gap();
  if (!status.ok()) return openFailure(status, options);
  state->db.reset(db);
  auto database = std::unique_ptr<Database>(new Database(std::move(state)));
  if (options.readOnly) return database;
  auto durable = rocks::syncRecovered(*database->state_->db, options.path);
  if (!durable) return std::move(durable).failures();
  return database;
}

namespace {

bool walHasGrown(::rocksdb::DB& db, const std::filesystem::path& path) {
  std::vector<::rocksdb::Env::FileAttributes> files;
  if (!rocks::walFilesOf(db, path, files).ok()) return false;
  std::uint64_t bytes = 0;
  for (const auto& file : files) bytes += file.size_bytes;
  return files.size() > rocks::wal_files_kept_at_close || bytes > rocks::wal_bytes_kept_at_close;
}

}  // namespace

Database::~Database() {
  // A broken database is left as it is: what is in memory may differ from what is on the disk.
  if (!state_->readOnly && !broken() && walHasGrown(*state_->db, state_->path)) {
    // When this fails nothing is lost but time: the write-ahead log is still there.
    (void)flush();
  }
  for (::rocksdb::ColumnFamilyHandle* family : state_->families) {
    state_->db->DestroyColumnFamilyHandle(family).PermitUncheckedError();
  }
  state_->db->Close().PermitUncheckedError();
}

Family Database::family(std::string_view name) const {
  const auto found = std::ranges::find(state_->families, name,
                                       [](const auto* handle) { return handle->GetName(); });
  assert(found != state_->families.end());
  return Family(*found);
}

struct Snapshot::State {
  ::rocksdb::DB* db;
  const ::rocksdb::Snapshot* of;
};

Snapshot::Snapshot(std::unique_ptr<State> state) : state_(std::move(state)) {}
Snapshot::~Snapshot() {
  state_->db->ReleaseSnapshot(state_->of);
}

std::unique_ptr<const Snapshot> Database::snapshot() const {
  auto* db = state_->db.get();
  return std::unique_ptr<const Snapshot>(
      new Snapshot(std::make_unique<Snapshot::State>(Snapshot::State{db, db->GetSnapshot()})));
}

Result<std::optional<std::string>> Database::get(Family family, std::string_view key,
                                                 const Snapshot* at) const {
  std::string value;
  ::rocksdb::ReadOptions options;
  if (at != nullptr) options.snapshot = at->state_->of;
  const ::rocksdb::Status status = state_->db->Get(options, family.handle_, slice(key), &value);
  if (status.IsNotFound()) return std::optional<std::string>{};
  if (!status.ok()) return readFailure(status, state_->path, *family.handle_, key);
  return std::optional<std::string>{std::move(value)};
}

Status Database::multiGet(Family family, std::span<const std::string_view> keys, const Found& found,
                          const Snapshot* at) const {
  std::vector<::rocksdb::Slice> slices(keys.size());
  std::ranges::transform(keys, slices.begin(), slice);
  std::vector<::rocksdb::PinnableSlice> values(keys.size());
  std::vector<::rocksdb::Status> statuses(keys.size());
  ::rocksdb::ReadOptions options;
  if (at != nullptr) options.snapshot = at->state_->of;
  state_->db->MultiGet(options, family.handle_, keys.size(), slices.data(), values.data(),
                       statuses.data());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (statuses[i].IsNotFound()) continue;
    if (!statuses[i].ok()) return readFailure(statuses[i], state_->path, *family.handle_, keys[i]);
    found(i, view(values[i]));
  }
  return Done{};
}

Cursor Database::cursor(Family family, std::string_view end, CursorUse use,
                        const Snapshot* at) const {
  auto state = std::make_unique<Cursor::State>();
  state->path = state_->path;
  state->family = family.handle_;
  state->end = end;
  state->endSlice = slice(state->end);
  ::rocksdb::ReadOptions options;
  options.fill_cache = use == CursorUse::lookUp;
  if (at != nullptr) options.snapshot = at->state_->of;
  // RocksDB 7.8 forgets the failure of a damaged table when it looks for erased ranges while going
  // from one table to the next, and the cursor would pass over the table in silence.
  options.ignore_range_deletions = true;
  if (!end.empty()) options.iterate_upper_bound = &state->endSlice;
  state->iterator.reset(state_->db->NewIterator(options, family.handle_));
  return Cursor(std::move(state));
}

Status Database::write(const Batch& batch, Durability durability) {
  if (broken()) {
    return unavailable("database.broken",
                       msg("An earlier write to the disk failed, so the database takes nothing "
                           "more. Check the disk and its free space, then start the program "
                           "again: what was acknowledged is safe."));
  }
  ::rocksdb::WriteOptions options;
  options.sync = durability == Durability::synced;
  // RocksDB wants a batch that it may change; it only stamps its own number into the header.
  const ::rocksdb::Status status = state_->db->Write(options, &batch.state_->batch);
  if (status.ok()) return Done{};
  state_->broken.store(true);
  return rocks::failureOf(status, msg("writing"));
}

bool Database::broken() const {
  return state_->broken.load();
}

struct NewTable::State {
  State(const ::rocksdb::Options& options, ::rocksdb::ColumnFamilyHandle* of)
      : env(options.env),
        family(of),
        writer(::rocksdb::EnvOptions(options), options, of, /*invalidate_page_cache=*/false) {}

  ::rocksdb::Env* env;
  ::rocksdb::ColumnFamilyHandle* family;
  std::string file;
  bool empty = true;
  bool finished = false;
  bool ingested = false;
  ::rocksdb::SstFileWriter writer;

  [[nodiscard]] Status outcome(const ::rocksdb::Status& status) const {
    return status.ok() ? Status(Done{})
                       : rocks::failureOf(status, msg("writing {path}", arg("path", file)));
  }
};

NewTable::NewTable(std::unique_ptr<State> state) : state_(std::move(state)) {}

NewTable::~NewTable() {
  if (!state_->ingested) state_->env->DeleteFile(state_->file).PermitUncheckedError();
}

Status NewTable::put(std::string_view key, std::string_view value) {
  state_->empty = false;
  return state_->outcome(state_->writer.Put(slice(key), slice(value)));
}

Status NewTable::erase(std::string_view key) {
  state_->empty = false;
  return state_->outcome(state_->writer.Delete(slice(key)));
}

Status NewTable::finish() {
  if (state_->empty || std::exchange(state_->finished, true)) return Done{};
  return state_->outcome(state_->writer.Finish());
}

Result<std::unique_ptr<NewTable>> Database::newTable(Family family, unsigned number) {
  auto state =
      std::make_unique<NewTable::State>(state_->db->GetOptions(family.handle_), family.handle_);
  // RocksDB takes a name that begins with no number for none of its files. What a crash leaves of
  // this name is removed, not written over: it can be another name of a table that was taken in
  // already.
  const auto name = "new-" + family.handle_->GetName() + "-" + std::to_string(number);
  state->file = (state_->path / name).string();
  auto status = state->env->FileExists(state->file);
  if (status.ok()) status = state->env->DeleteFile(state->file);
  if (status.ok() || status.IsNotFound()) status = state->writer.Open(state->file);
  if (auto opened = state->outcome(status); !opened) return std::move(opened).failures();
  return std::unique_ptr<NewTable>(new NewTable(std::move(state)));
}

Status Database::ingest(std::vector<std::unique_ptr<NewTable>> tables) {
  std::erase_if(tables, [](const auto& one) { return one->state_->empty; });
  if (tables.empty()) return Done{};
  std::vector<::rocksdb::IngestExternalFileArg> all;
  for (const auto& one : tables) {
    if (auto done = one->finish(); !done) return done;
    const auto& table = *one->state_;
    auto arg =
        std::ranges::find(all, table.family, &::rocksdb::IngestExternalFileArg::column_family);
    if (arg == all.end()) {
      arg = all.emplace(arg);
      arg->column_family = table.family;
      arg->options.move_files = true;
      arg->options.write_global_seqno = false;
    }
    arg->external_files.push_back(table.file);
  }
  const auto status = state_->db->IngestExternalFiles(all);
  if (!status.ok()) return rocks::failureOf(status, msg("adding tables"));
  for (const auto& one : tables) one->state_->ingested = true;
  return Done{};
}

Status Database::drop(Family family, std::string_view from, std::string_view to) {
  // No deletion of a range: to compact only such, on a full disk, aborts in RocksDB 7.8.
  constexpr std::size_t batch_bytes = std::size_t{1} << 20U;
  if (from >= to) return Done{};
  const std::array bounds{slice(from), slice(to)};
  const auto freed = ::rocksdb::DeleteFilesInRange(state_->db.get(), family.handle_, &bounds[0],
                                                   &bounds[1], /*include_end=*/false);
  const auto table = arg("table", family.handle_->GetName());
  if (!freed.ok()) return rocks::failureOf(freed, msg("tidying table {table}", table));
  Batch batch;
  Status done = Done{};
  auto keys = cursor(family, to);
  for (keys.seek(from); done && keys.valid(); keys.next()) {
    batch.erase(family, keys.key());
    if (batch.bytes() < batch_bytes) continue;
    done = write(batch, Durability::unsynced);
    batch.clear();
  }
  return done && !batch.empty() ? write(batch, Durability::unsynced) : done;
}

Status Database::checkpoint(const std::filesystem::path& directory) const {
  ::rocksdb::Checkpoint* made = nullptr;
  ::rocksdb::Status status = ::rocksdb::Checkpoint::Create(state_->db.get(), &made);
  const std::unique_ptr<::rocksdb::Checkpoint> owner(made);
  // What is in memory becomes tables first, so that the next backup finds them unchanged.
  if (status.ok()) status = owner->CreateCheckpoint(directory.string(), 0);
  if (status.ok()) return Done{};
  return rocks::failureOf(status, msg("copying to {path}", arg("path", directory.string())));
}

const std::vector<FamilySpec>& Database::families() const {
  return state_->specs;
}

Status Database::flush() {
  const ::rocksdb::Status status = state_->db->Flush(::rocksdb::FlushOptions(), state_->families);
  if (status.ok()) return Done{};
  return rocks::failureOf(status, msg("writing tables"));
}

Status Database::compact(Family family) {
  ::rocksdb::CompactRangeOptions options;
  options.bottommost_level_compaction = ::rocksdb::BottommostLevelCompaction::kForceOptimized;
  const ::rocksdb::Status status =
      state_->db->CompactRange(options, family.handle_, nullptr, nullptr);
  if (status.ok()) return Done{};
  return rocks::failureOf(status,
                          msg("rewriting table {table}", arg("table", family.handle_->GetName())));
}

std::vector<Database::TableRange> Database::tables(Family family) const {
  ::rocksdb::ColumnFamilyMetaData meta;
  state_->db->GetColumnFamilyMetaData(family.handle_, &meta);
  std::vector<TableRange> ranges;
  for (const auto& level : meta.levels) {
    for (const auto& file : level.files) {
      ranges.push_back({file.name, file.smallestkey, file.largestkey});
    }
  }
  std::ranges::sort(ranges, {}, &TableRange::first);
  return ranges;
}

}  // namespace consulta
