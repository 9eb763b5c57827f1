#include "engine/store/row_store.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "events/limits.h"
#include "projections/rows.h"

namespace consulta {

namespace {

/// Records folded in memory before a rebuild writes rows.
constexpr std::uint64_t rebuild_batch_records = 50'000;

std::string big(std::uint64_t number, unsigned bytes) {
  std::string out;
  while (bytes-- > 0) out += static_cast<char>((number >> (8U * bytes)) & 0xFFU);
  return out;
}

std::uint64_t readBig(std::string_view bytes) {
  std::uint64_t out = 0;
  for (const char c : bytes) out = (out << 8U) | static_cast<unsigned char>(c);
  return out;
}

struct Meta {
  std::uint64_t version = rows_version;
  std::uint64_t generation = 1;
  Position folded;

  [[nodiscard]] std::string encode() const {
    return big(version, 4) + big(generation, 4) + big(folded.value, 8);
  }
  static std::optional<Meta> decode(std::string_view bytes) {
    if (bytes.size() != 16) return std::nullopt;
    return Meta{readBig(bytes.substr(0, 4)), readBig(bytes.substr(4, 4)),
                Position(readBig(bytes.substr(8)))};
  }
};

/// What comes right after all keys that begin with `prefix`.
std::string after(std::string prefix) {
  while (!prefix.empty() && static_cast<unsigned char>(prefix.back()) == 0xFF) prefix.pop_back();
  if (!prefix.empty()) prefix.back() = static_cast<char>(prefix.back() + 1);
  return prefix;
}

Failure damagedRow(EntityId id) {
  return damaged("rows.readable", msg("the row of entity #{id} cannot be read; the history itself "
                                      "is not concerned: run \"consulta rebuild\"",
                                      arg("id", id.value)));
}

}  // namespace

/// One generation of the tables, read.
class RowStore::Disk final : public State {
 public:
  Disk(Database& database, const Log& log, const Catalogue& catalogue, Meta at)
      : State(catalogue),
        meta(at),
        database_(database),
        log_(log),
        rows_(database.family("rows")),
        entries_(database.family("entries")),
        index_(database.family("index")),
        metaFamily_(database.family("meta")) {}

  [[nodiscard]] RowPtr row(EntityId id) const override {
    const auto bytes = orBroken(database_.get(rows_, key(big(id.value, 8))));
    if (!bytes) return nullptr;
    auto row = decodeRow(*bytes);
    if (!row) throw Broken(damagedRow(id));
    return row;
  }

  [[nodiscard]] Timeline timeline(EntityId id) const override {
    Timeline out;
    each(entries_, key(big(id.value, 8)), [&](std::string_view found) {
      out.add(orBroken(recordAt(log_, Position(readBig(found.substr(12))))));
      return true;
    });
    return out;
  }

  void scan(std::string_view prefix,
            const std::function<bool(std::string_view)>& visit) const override {
    each(index_, key(std::string(prefix)),
         [&](std::string_view found) { return visit(found.substr(4)); });
  }

  void put(Batch& batch, const Overlay& tail) const {
    for (const auto& [id, row] : tail.rows()) {
      if (row) {
        batch.put(rows_, key(big(id.value, 8)), row->encode());
      } else {
        batch.erase(rows_, key(big(id.value, 8)));  // withdrawn
      }
    }
    for (const auto& [name, there] : tail.keys()) {
      if (there) {
        batch.put(index_, key(name), std::string_view());
      } else {
        batch.erase(index_, key(name));
      }
    }
    for (const auto& record : tail.records()) {
      const auto name = big(record->entity().value, 8) + big(record->position().value, 8);
      batch.put(entries_, key(name), std::string_view());
    }
  }

  void putMeta(Batch& batch) const { batch.put(metaFamily_, "rows", meta.encode()); }

  // All generations from `first` up to but without `end`.
  void drop(Batch& batch, std::uint64_t first, std::uint64_t end) const {
    for (const auto family : {rows_, entries_, index_}) {
      batch.dropRange(family, big(first, 4), big(end, 4));
    }
  }

  Meta meta;

 private:
  [[nodiscard]] std::string key(std::string name) const {
    return big(meta.generation, 4) + std::move(name);
  }

  void each(Family family, const std::string& prefix,
            const std::function<bool(std::string_view)>& visit) const {
    auto cursor = database_.cursor(family, after(prefix));
    for (cursor.seek(prefix); cursor.valid(); cursor.next()) {
      if (!visit(cursor.key())) return;
    }
    orBroken(cursor.status());
  }

  Database& database_;
  const Log& log_;
  Family rows_;
  Family entries_;
  Family index_;
  Family metaFamily_;
};

std::vector<FamilySpec> RowStore::families() {
  return {{"rows", FamilyUse::keyed},
          {"entries", FamilyUse::keyed},
          {"index", FamilyUse::keyed},
          {"meta", FamilyUse::keyed}};
}

RowStore::RowStore(Database& database, const Log& log, const Catalogue& catalogue)
    : database_(database), log_(log), catalogue_(catalogue) {}

RowStore::~RowStore() = default;

Result<std::unique_ptr<RowStore>> RowStore::open(Database& database, const Log& log,
                                                 const Catalogue& catalogue) {
  auto bytes = database.get(database.family("meta"), "rows");
  if (!bytes) return std::move(bytes).failures();
  std::unique_ptr<RowStore> store(new RowStore(database, log, catalogue));
  Meta meta;
  if (*bytes) {
    const auto found = Meta::decode(**bytes);
    if (!found) return damagedRow(EntityId{});
    meta = *found;
  }
  // Rows never run ahead of the log. Where they do, the log is not the one they were folded from.
  store->outdated_ = meta.version != rows_version || meta.folded > log.last();
  store->disk_ = std::make_unique<Disk>(database, log, catalogue, meta);
  return store;
}

const State& RowStore::state() const {
  return *disk_;
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
  const auto before = disk_->meta;
  disk_->meta.folded = upto;
  disk_->putMeta(batch);
  auto written = database_.write(batch, Durability::unsynced);
  if (!written) disk_->meta = before;
  return written;
}

Result<std::uint64_t> RowStore::beginGeneration() {
  const auto family = database_.family("meta");
  auto bytes = database_.get(family, "begun");
  if (!bytes) return std::move(bytes).failures();
  const auto current = disk_->meta.generation;
  const auto next = std::max(*bytes ? readBig(**bytes) : current, current) + 1;
  Batch batch;
  batch.put(family, "begun", big(next, 4));
  disk_->drop(batch, current + 1, next);  // what interrupted rebuilds may have left
  if (auto done = database_.write(batch, Durability::unsynced); !done) {
    return std::move(done).failures();
  }
  return next;
}

Status RowStore::rebuild(const std::function<void(Position, Position)>& progress) {
  auto fresh = beginGeneration();
  if (!fresh) return std::move(fresh).failures();
  auto next =
      std::make_unique<Disk>(database_, log_, catalogue_, Meta{rows_version, *fresh, Position{}});
  Overlay tail(*next);
  const auto all = log_.last();
  Failures failures;
  SubmissionId submission;
  const auto flush = [&]() -> Status {
    Batch batch;
    next->put(batch, tail);
    tail.clear();
    return database_.write(batch, Durability::unsynced);
  };
  auto read = log_.read(Position(1), all, [&](const StoredRecord& stored) {
    auto record = Record::read(stored.position, stored.bytes);
    if (!record) {
      failures = std::move(record).failures();
      return false;
    }
    SubmissionId own;
    own.high = (*record)->get().getSubmissionHigh();
    own.low = (*record)->get().getSubmissionLow();
    if (own != submission && tail.records().size() >= rebuild_batch_records) {
      if (auto done = flush(); !done) {
        failures = std::move(done).failures();
        return false;
      }
      progress(stored.position, all);
    }
    submission = own;
    tail.add(std::move(*record));
    return true;
  });
  if (!failures.empty()) return failures;
  if (!read) return read;
  if (auto done = flush(); !done) return done;
  next->meta.folded = all;
  Batch swap;
  next->putMeta(swap);
  disk_->drop(swap, disk_->meta.generation, next->meta.generation);
  if (auto done = database_.write(swap, Durability::synced); !done) return done;
  disk_->meta = next->meta;  // state() stays the same object
  outdated_ = false;
  progress(all, all);
  return Done{};
}

Result<RecordPtr> recordAt(const Log& log, Position position) {
  auto bytes = log.at(position);
  if (!bytes) return std::move(bytes).failures();
  return Record::read(position, *bytes);
}

}  // namespace consulta
