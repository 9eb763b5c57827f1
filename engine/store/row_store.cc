#include "engine/store/row_store.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "events/limits.h"
#include "projections/rows.h"

namespace consulta {

namespace {

/// Keys of one look-up that are kept in memory.
constexpr std::size_t look_up_keys_kept_max = 16;

/// What was read lately: the rules ask for the same parties and offices again and again. Forgets
/// all when it is full, which is simple and seldom. Threads: any.
template <typename Key, typename Value>
class ReadLately {
 public:
  [[nodiscard]] std::shared_ptr<const Value> find(const Key& key) const {
    const std::lock_guard lock(mutex_);
    const auto found = kept_.find(key);
    return found == kept_.end() ? nullptr : found->second;
  }
  void keep(const Key& key, std::shared_ptr<const Value> value) {
    const std::lock_guard lock(mutex_);
    if (kept_.size() >= limits::rows_cached_max) kept_.clear();
    kept_.emplace(key, std::move(value));
  }

 private:
  mutable std::mutex mutex_;
  std::unordered_map<Key, std::shared_ptr<const Value>> kept_;
};

/// What a map holds, by its keys.
template <typename Map>
std::vector<const typename Map::value_type*> inOrder(const Map& map) {
  std::vector<const typename Map::value_type*> out;
  out.reserve(map.size());
  for (const auto& one : map) out.push_back(&one);
  std::ranges::sort(out, {}, [](const auto* one) { return one->first; });
  return out;
}

std::vector<std::pair<std::string_view, bool>> inOrder(const KeyChanges& keys) {
  std::vector<std::pair<std::string_view, bool>> out;
  keys.each([&](std::string_view key, bool there) { out.emplace_back(key, there); });
  std::ranges::sort(out);
  return out;
}

}  // namespace

/// One generation of the tables: as it was at a moment, or, without one, as it is and grows.
class RowStore::Disk final : public State {
 public:
  Disk(Database& database, const Log& log, const Catalogue& catalogue, RowsMeta meta_,
       std::unique_ptr<const Snapshot> at)
      : State(catalogue),
        meta(meta_),
        tables(database, meta_.generation),
        database_(database),
        log_(log),
        at_(std::move(at)) {}

  [[nodiscard]] RowPtr row(EntityId id) const override {
    if (isLater(id)) return nullptr;
    if (auto known = rows_.find(id)) return known;
    const auto bytes = orBroken(database_.get(tables.rows, tables.rowKey(id), at_.get()));
    if (!bytes) return nullptr;
    RowPtr row = decodeRow(*bytes);
    if (!row) throw Broken(damagedRow(id));
    rows_.keep(id, row);
    return row;
  }

  using State::rows;
  [[nodiscard]] std::vector<RowPtr> rows(std::span<const EntityId> ids,
                                         const Wanted& wanted) const override {
    std::vector<std::string> keys;
    keys.reserve(ids.size());
    for (const auto id : ids) keys.push_back(tables.rowKey(id));
    const std::vector<std::string_view> asked(keys.begin(), keys.end());
    std::vector<RowPtr> out(ids.size());
    const auto found = [&](std::size_t place, std::string_view bytes) {
      if (wanted && !wanted(startOfRow(bytes))) return;
      out[place] = decodeRow(bytes);
      if (!out[place]) throw Broken(damagedRow(ids[place]));
    };
    orBroken(database_.multiGet(tables.rows, asked, found, at_.get()));
    return out;
  }

  [[nodiscard]] Timeline timeline(EntityId id) const override {
    Timeline out;
    if (isLater(id)) return out;
    for (const auto at : positionsOf(database_, tables, id, at_.get())) {
      out.add(orBroken(recordAt(log_, at)));
    }
    return out;
  }

  void scan(std::string_view prefix,
            const std::function<bool(std::string_view)>& visit) const override {
    const bool wholeLookUp = !prefix.empty() && lookUpOf(prefix) == prefix;
    if (!wholeLookUp) return scanTable(prefix, visit);
    if (prefix.front() == 'l' && isLater(keyedId(prefix))) return;
    scanLookUp(std::string(prefix), visit);
  }

  [[nodiscard]] std::optional<Position> submitted(SubmissionId id) const override {
    const auto value =
        orBroken(database_.get(tables.submissions, tables.submissionKey(id), at_.get()));
    if (!value) return {};
    return submissionBegin(*value);
  }

  /// Table by table in the order of the keys: so each is put beside the one before, which the
  /// database need not look for.
  void put(Batch& batch, const Overlay& tail) const {
    for (const auto* const one : inOrder(tail.rows())) {
      const auto& [id, row] = *one;
      if (row) {
        batch.put(tables.rows, tables.rowKey(id), row->encode());
      } else {
        batch.erase(tables.rows, tables.rowKey(id));  // withdrawn
      }
    }
    for (const auto& [name, there] : inOrder(tail.keys())) {
      if (there) {
        batch.put(tables.index, tables.indexKey(name), std::string_view());
      } else {
        batch.erase(tables.index, tables.indexKey(name));
      }
    }
    std::vector<Position> positions;
    for (const auto* const one : inOrder(tail.entries())) {
      const auto& [id, records] = *one;
      positions.clear();
      for (const auto& record : records) positions.push_back(record->position());
      batch.put(tables.entries, tables.entriesKey(id, positions.front()), packBehind(positions));
    }
    for (const auto* const one : inOrder(tail.submissions())) {
      batch.put(tables.submissions, tables.submissionKey(one->first), submissionValue(one->second));
    }
  }

  const RowsMeta meta;
  const RowTables tables;

 private:
  /// An entity that was opened after the rows were written: nothing here is of it, or names it. Its
  /// id is the position of its opening entry.
  [[nodiscard]] bool isLater(EntityId id) const { return id.value > meta.folded.value; }

  /// Who has a symbol, and mostly nobody or one has it, is asked with nearly every entry: what has
  /// a short answer is kept.
  void scanLookUp(const std::string& beginning,
                  const std::function<bool(std::string_view)>& visit) const {
    if (const auto known = lookUps_.find(beginning)) {
      for (const auto& key : *known) {
        if (!visit(key)) return;
      }
      return;
    }
    auto read = std::make_shared<std::vector<std::string>>();
    bool isWhole = true;
    scanTable(beginning, [&](std::string_view key) {
      if (read->size() < look_up_keys_kept_max) {
        read->emplace_back(key);
      } else {
        isWhole = false;
      }
      const bool going = visit(key);
      isWhole = isWhole && going;
      return going;
    });
    if (isWhole) lookUps_.keep(beginning, std::move(read));
  }

  void scanTable(std::string_view prefix,
                 const std::function<bool(std::string_view)>& visit) const {
    const auto from = tables.indexKey(prefix);
    auto cursor = database_.cursor(tables.index, behindPrefix(from), CursorUse::lookUp, at_.get());
    for (cursor.seek(from); cursor.valid(); cursor.next()) {
      if (!visit(RowTables::nameOfIndexKey(cursor.key()))) return;
    }
    orBroken(cursor.status());
  }

  Database& database_;
  const Log& log_;
  const std::unique_ptr<const Snapshot> at_;
  mutable ReadLately<EntityId, Row> rows_;
  mutable ReadLately<std::string, std::vector<std::string>> lookUps_;  // by what they begin with
};

namespace {

void putMeta(Batch& batch, const RowTables& tables, const RowsMeta& meta) {
  batch.put(tables.meta, "rows", meta.encode());
}

}  // namespace

std::vector<FamilySpec> RowStore::families() {
  return RowTables::families();
}

RowStore::RowStore(Database& database, const Log& log, const Catalogue& catalogue)
    : database_(database), log_(log), catalogue_(catalogue) {}

RowStore::~RowStore() = default;

Result<std::unique_ptr<RowStore>> RowStore::open(Database& database, const Log& log,
                                                 const Catalogue& catalogue) {
  auto bytes = database.get(database.family("meta"), "rows");
  if (!bytes) return std::move(bytes).failures();
  std::unique_ptr<RowStore> store(new RowStore(database, log, catalogue));
  RowsMeta meta{RowsMeta::currentVersion(), 1, {}};
  if (*bytes) {
    const auto found = RowsMeta::decode(**bytes);
    if (!found) return damagedRow(EntityId{});
    meta = *found;
  }
  // Rows never run ahead of the log. Where they do, the log is not the one they were folded from.
  store->outdated_ = meta.version != RowsMeta::currentVersion() || meta.folded > log.last();
  store->disk_ = std::make_shared<const Disk>(database, log, catalogue, meta, database.snapshot());
  return store;
}

std::shared_ptr<const State> RowStore::state() const {
  return disk_;
}
Position RowStore::folded() const {
  return disk_->meta.folded;
}
bool RowStore::outdated() const {
  return outdated_;
}

Status RowStore::write(const Overlay& tail, Position upto) {
  if (tail.records().empty()) return Done{};
  Batch batch;
  disk_->put(batch, tail);
  auto meta = disk_->meta;
  meta.folded = upto;
  putMeta(batch, disk_->tables, meta);
  if (auto written = database_.write(batch, Durability::unsynced); !written) return written;
  disk_ = std::make_shared<const Disk>(database_, log_, catalogue_, meta, database_.snapshot());
  return Done{};
}

Result<std::uint64_t> RowStore::beginGeneration() {
  const auto family = database_.family("meta");
  auto bytes = database_.get(family, "begun");
  if (!bytes) return std::move(bytes).failures();
  const auto current = disk_->meta.generation;
  const auto next = std::max(*bytes ? generationOf(**bytes) : current, current) + 1;
  Batch batch;
  batch.put(family, "begun", generationValue(next));
  if (auto done = database_.write(batch, Durability::unsynced); !done) {
    return std::move(done).failures();
  }
  // What interrupted rebuilds may have left.
  auto done = RowTables::drop(database_, 0, current);
  if (done) done = RowTables::drop(database_, current + 1, next);
  if (!done) return std::move(done).failures();
  return next;
}

Status RowStore::rebuild(const std::function<void(Position, Position)>& progress,
                         const RebuildBounds& bounds) {
  auto fresh = beginGeneration();
  if (!fresh) return std::move(fresh).failures();
  if (auto done = database_.flush(); !done) return done;
  const auto all = log_.last();
  const RowsMeta meta{RowsMeta::currentVersion(), *fresh, all};
  const Disk growing(database_, log_, catalogue_, meta, nullptr);
  const auto& tables = growing.tables;
  auto made = rebuildTables(database_, log_, growing, tables, all, progress, bounds);
  if (!made) return made;
  Batch swap;
  putMeta(swap, tables, meta);
  if (auto done = database_.write(swap, Durability::synced); !done) return done;
  disk_ = std::make_shared<const Disk>(database_, log_, catalogue_, meta, database_.snapshot());
  outdated_ = false;
  progress(all, all);
  // The swap stands in a table before anything of the old generation goes: damage to the
  // write-ahead log would else lead back to rows that are there no more.
  if (auto done = database_.flush(); !done) return done;
  return RowTables::drop(database_, 0, meta.generation);
}

Result<RecordPtr> recordAt(const Log& log, Position position) {
  auto bytes = log.at(position);
  if (!bytes) return std::move(bytes).failures();
  return Record::read(position, *bytes);
}

}  // namespace consulta
