// The one database of a register: RocksDB with the options that this program needs, and only the
// operations it uses. The log and the row store share it, and so its write-ahead log.
//
// What follows from the shared write-ahead log: writes become durable in the order in which they
// were made. Rows that are written unsynced, after the records they follow from were acknowledged,
// can be lost by a power failure, but can never run ahead of the records.
//
// No header of RocksDB is needed to include this one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/result.h"

namespace rocksdb {
class ColumnFamilyHandle;
class FileSystem;
}  // namespace rocksdb

namespace consulta {

/// How a family is used; it decides block size, filter and buffers.
enum class FamilyUse {
  sequential,  // keys only ever grow, read by ranges: records and what lies beside them
  keyed,       // keys in any order, read one by one: rows
  prefixed,    // keys in any order, read by what they begin with: indexes
  random,      // keys that are random, and little beside them, read one by one: submissions
};

struct FamilySpec {
  std::string name;
  FamilyUse use = FamilyUse::keyed;
};

/// A column family of an open database: a copyable name for it, valid as long as the database.
class Family {
 public:
  Family() = default;

 private:
  friend class Database;
  friend class Batch;
  explicit Family(rocksdb::ColumnFamilyHandle* handle) : handle_(handle) {}
  rocksdb::ColumnFamilyHandle* handle_ = nullptr;
};

/// Changes that are written together or not at all. For one thread at a time. Keys and values are
/// copied in. A batch can be cleared and used again, which keeps its memory.
class Batch {
 public:
  Batch();
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;
  ~Batch();

  void put(Family family, std::string_view key, std::string_view value);
  /// A value in parts, so that a caller need not join them first.
  void put(Family family, std::string_view key, std::span<const std::string_view> valueParts);
  void erase(Family family, std::string_view key);
  void clear();
  [[nodiscard]] bool empty() const;
  /// The size in bytes that it takes in the write-ahead log.
  [[nodiscard]] std::size_t bytes() const;

 private:
  friend class Database;
  struct State;
  std::unique_ptr<State> state_;
};

/// Whether what a cursor reads will soon be read again, and so is worth its place in the cache: a
/// look-up is, a scan is not and would drive out what is.
enum class CursorUse { scan, lookUp };

/// A way through the keys of one family, in order, over one unchanging view of it (what was there
/// when it was made). For one thread at a time; not longer than the database.
class Cursor {
 public:
  Cursor(Cursor&&) noexcept;
  Cursor& operator=(Cursor&&) noexcept;
  ~Cursor();

  void seek(std::string_view key);  // to the first key at or behind `key`
  void seekToLast();
  void next();  // only when valid()
  /// False at the end, and also after a failure: look at status() then.
  [[nodiscard]] bool valid() const;
  /// Views that are valid until the cursor moves. Only when valid().
  [[nodiscard]] std::string_view key() const;
  [[nodiscard]] std::string_view value() const;
  /// Not ok when the cursor ended because something could not be read.
  [[nodiscard]] Status status() const;

 private:
  friend class Database;
  struct State;
  explicit Cursor(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// A table of one family, built beside the database and put into it as a whole: of many changes in
/// the order of their keys, many times cheaper than writing them. For one thread at a time; not
/// longer than the database. What is not ingested leaves nothing behind.
class NewTable {
 public:
  ~NewTable();
  NewTable(const NewTable&) = delete;
  NewTable& operator=(const NewTable&) = delete;

  /// Keys only grow from call to call.
  [[nodiscard]] Status put(std::string_view key, std::string_view value);
  [[nodiscard]] Status erase(std::string_view key);
  /// Writes what is left to the disk, after which nothing is added. Database::ingest() does it with
  /// what was not finished before.
  [[nodiscard]] Status finish();

 private:
  friend class Database;
  struct State;
  explicit NewTable(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// What was in the database at one moment; reading through it does not see what was written since.
/// It keeps what has been replaced since then from being given up, so it is not held for long
/// without need. Not longer than the database. Threads: any.
class Snapshot {
 public:
  ~Snapshot();
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

 private:
  friend class Database;
  struct State;
  explicit Snapshot(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

enum class Durability {
  synced,    // returned only once it is on the disk, with all that was written before it
  unsynced,  // survives a crash of the process, but perhaps not of the machine
};

/// Threads: everything but the destructor may be called from any thread at any time. Failures:
/// `damaged` when stored bytes are not what was written, `unavailable` when the disk does not do
/// what it should. After a failed write the database is broken() for good: reading goes on, every
/// later write fails at once, and nothing is retried.
class Database {
 public:
  struct Options {
    /// The database's own directory. Its parent must be there.
    std::filesystem::path path;
    /// All families of this program. One that is new is created; to open a database that has
    /// others is a failure, because a newer program made them.
    std::vector<FamilySpec> families;
    /// Make a new database, and fail if one is there; otherwise one must be there.
    bool create = false;
    /// Only to be read: nothing on the disk changes, and every write fails.
    bool readOnly = false;
    /// What stands between RocksDB and the disk; none: the operating system. For tests.
    std::shared_ptr<rocksdb::FileSystem> fileSystem;
  };

  [[nodiscard]] static Result<std::unique_ptr<Database>> open(const Options& options);

  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  /// Closes it. What was written stays, synced or not; a write-ahead log that has grown long is
  /// turned into tables so that the next opening is short.
  ~Database();

  /// The family of this name; asking for one that was not among the options is a bug (asserted).
  [[nodiscard]] Family family(std::string_view name) const;

  [[nodiscard]] std::unique_ptr<const Snapshot> snapshot() const;

  // Reading through a snapshot, or, with null, what is there now.

  /// An absent key is an empty optional.
  [[nodiscard]] Result<std::optional<std::string>> get(Family family, std::string_view key,
                                                       const Snapshot* at = nullptr) const;
  /// Visits what is there of `keys`, in their order: the place among them, and the value, which is
  /// valid during the call.
  using Found = std::function<void(std::size_t, std::string_view)>;
  [[nodiscard]] Status multiGet(Family family, std::span<const std::string_view> keys,
                                const Found& found, const Snapshot* at = nullptr) const;

  /// Goes up to but without `end`; an empty `end` means to the last key.
  [[nodiscard]] Cursor cursor(Family family, std::string_view end = {},
                              CursorUse use = CursorUse::scan, const Snapshot* at = nullptr) const;

  [[nodiscard]] Status write(const Batch& batch, Durability durability);

  /// Begins a table; `number` tells those of one family from each other that are under way at a
  /// time.
  [[nodiscard]] Result<std::unique_ptr<NewTable>> newTable(Family family, unsigned number = 0);
  /// Puts tables into the database, all of them or none: durable on return, and newer than all that
  /// was written before. The keys of two tables of one family do not overlap. It may take numbers
  /// that no write has, and a write-ahead log with a gap in them is taken for damaged
  /// (wal_recovery.h): so flush() comes before the first one, and nobody writes anything from then
  /// until after the last.
  [[nodiscard]] Status ingest(std::vector<std::unique_ptr<NewTable>> tables);
  /// Gives up the keys from `from` up to but without `to`, where nobody reads or writes any more: a
  /// cursor or snapshot made before may still find them, or no longer. Tables that hold nothing
  /// else go at once, the rest is erased key by key, and what cannot be read stays where it is. In
  /// several writes, none of them synced: after a crash some may be there again.
  [[nodiscard]] Status drop(Family family, std::string_view from, std::string_view to);

  [[nodiscard]] bool broken() const;

  /// Makes another database of what is in this one now, all families at one moment, that can be
  /// opened by itself. `directory` must not exist; its parent must, on the same file system: tables
  /// are linked. Writers go on meanwhile.
  [[nodiscard]] Status checkpoint(const std::filesystem::path& directory) const;
  /// The families it was opened with.
  [[nodiscard]] const std::vector<FamilySpec>& families() const;

  /// Turns what is in memory into tables; returns when that is done.
  [[nodiscard]] Status flush();
  /// Rewrites all tables of a family, dropping what was erased from them. Takes long.
  [[nodiscard]] Status compact(Family family);

  /// The ranges of keys that the tables of a family cover, smallest first. With this the log
  /// proves at opening that no table is missing between two others.
  struct TableRange {
    std::string file;
    std::string first;
    std::string last;
  };
  [[nodiscard]] std::vector<TableRange> tables(Family family) const;

 private:
  struct State;
  explicit Database(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace consulta
