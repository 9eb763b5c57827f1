#include "engine/store/rebuild.h"

#include <kj/exception.h>

#include <algorithm>
#include <future>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/store/sorted_keys.h"
#include "events/record.h"
#include "projections/describe.h"
#include "projections/dues.h"
#include "projections/index_keys.h"
#include "projections/rows.h"
#include "projections/timeline.h"

namespace consulta {

namespace {

void orThrow(Status status) {
  if (!status) throw Broken(status.failures().front());
}

/// One entity under way.
struct Slot {
  std::unique_ptr<Row> row;
  Position first;  // of its entries that are not written yet
  Position last;
  std::string behind;             // those behind the first one, as they are stored
  std::vector<std::string> keys;  // of the row as it was written before
  bool written = false;           // entries of it stand in the tables already
  bool refold = false;            // an entry came that does not go behind all others
  bool corrected = false;         // one of them withdrew or corrected something

  void add(Position position) {
    if (first) {
      described::putNumber(behind, position.value - last.value);
    } else {
      first = position;
    }
    last = position;
  }
};
using Slots = std::unordered_map<EntityId, Slot>;

/// Where the entries of a submission begin.
struct Begin {
  SubmissionId submission;
  Position position;
};

/// What is due depends on sessions too, so those keys are made when all rows stand.
bool hangsOnSession(const Row& row) {
  return std::ranges::any_of(row.head.dues,
                             [](const RowDue& one) { return bool(one.due.beforeSession); });
}

/// Puts what was folded into the tables. write() may run beside the folding, once at a time.
class TableWriter {
 public:
  TableWriter(Database& database, const Log& log, const State& state, const RowTables& tables,
              const RebuildBounds& bounds)
      : database_(database), log_(log), state_(state), tables_(tables), bounds_(bounds) {}

  void write(Slots& slots, std::vector<Begin> begins) {
    begins_.insert(begins_.end(), begins.begin(), begins.end());
    std::vector<std::pair<EntityId, Slot*>> order;
    order.reserve(slots.size());
    for (auto& [id, slot] : slots) order.emplace_back(id, &slot);
    std::ranges::sort(order, {}, &std::pair<EntityId, Slot*>::first);
    std::vector<std::unique_ptr<NewTable>> news;
    auto& rows = *news.emplace_back(orBroken(database_.newTable(tables_.rows)));
    auto& entries = *news.emplace_back(orBroken(database_.newTable(tables_.entries)));
    for (const auto& [id, slot] : order) {
      if (slot->refold) refold(id, *slot);
      if (slot->row) {
        orThrow(rows.put(tables_.rowKey(id), slot->row->encode()));
      } else if (slot->written) {
        orThrow(rows.erase(tables_.rowKey(id)));
      }
      orThrow(entries.put(tables_.entriesKey(id, slot->first), slot->behind));
      changeKeys(*slot);
      if (slot->row && hangsOnSession(*slot->row)) waiting_.push_back(id);
      slot->row.reset();  // here, while it is at hand
    }
    if (keys_.size() >= bounds_.sorted_at_a_time) news.push_back(index());
    if (begins_.size() >= bounds_.sorted_at_a_time) news.push_back(submissions());
    orThrow(database_.ingest(std::move(news)));
  }

  /// What is left, after the last write().
  void finish() {
    std::vector<std::unique_ptr<NewTable>> news;
    news.push_back(index());
    news.push_back(submissions());
    orThrow(database_.ingest(std::move(news)));
    for (const auto id : waiting_) {
      const auto row = state_.row(id);
      if (!row || !hangsOnSession(*row)) continue;
      for (const auto& key : dueKeys(state_, *row)) keys_.add(key, true);
    }
    news.clear();
    news.push_back(index());
    orThrow(database_.ingest(std::move(news)));
  }

  /// The keys that write() gives a row, in order.
  [[nodiscard]] std::vector<std::string> keysOf(const Row& row) const {
    auto out = indexKeys(row);
    if (row.head.dues.empty() || hangsOnSession(row)) return out;
    for (auto& key : dueKeys(state_, row)) out.push_back(std::move(key));
    std::ranges::sort(out);
    return out;
  }

 private:
  void refold(EntityId id, Slot& slot) {
    auto positions = slot.written ? positionsOf(database_, tables_, id) : std::vector<Position>{};
    unpack(tables_.entriesKey(id, slot.first), slot.behind, positions);
    Timeline timeline;
    for (const auto at : positions) {
      timeline.add(orBroken(Record::read(at, orBroken(log_.at(at)))));
    }
    if (slot.corrected) keepFormerKeys(timeline);
    slot.row = timeline.fold(state_.catalogue());
  }

  /// Symbols that were taken away, and that an entity was there, are found as known before.
  void keepFormerKeys(const Timeline& timeline) {
    Timeline grown;
    std::vector<std::string> before;
    for (const auto& record : timeline.records()) {
      grown.add(record);
      const auto row = grown.fold(state_.catalogue());
      auto now = row ? indexKeys(*row) : std::vector<std::string>{};
      for (const auto& key : before) {
        if (keptAsFormer(key) && !std::ranges::binary_search(now, key)) {
          keys_.add(formerKey(key), true);
        }
      }
      before = std::move(now);
    }
  }

  void changeKeys(const Slot& slot) {
    if (!slot.written) {  // all are new
      if (!slot.row) return;
      forEachIndexKey(*slot.row, [&](std::string_view key) { keys_.add(key, true); });
      if (slot.row->head.dues.empty() || hangsOnSession(*slot.row)) return;
      for (const auto& key : dueKeys(state_, *slot.row)) keys_.add(key, true);
      return;
    }
    const auto now = slot.row ? keysOf(*slot.row) : std::vector<std::string>{};
    for (const auto& key : slot.keys) {
      if (!std::ranges::binary_search(now, key)) keys_.add(key, false);
    }
    for (const auto& key : now) {
      if (!std::ranges::binary_search(slot.keys, key)) keys_.add(key, true);
    }
  }

  std::unique_ptr<NewTable> index() {
    auto table = orBroken(database_.newTable(tables_.index));
    orThrow(keys_.write(*table, tables_));
    return table;
  }

  std::unique_ptr<NewTable> submissions() {
    auto table = orBroken(database_.newTable(tables_.submissions));
    std::ranges::sort(begins_, {}, &Begin::submission);
    for (const auto& one : begins_) {
      orThrow(table->put(tables_.submissionKey(one.submission), submissionValue(one.position)));
    }
    begins_.clear();
    return table;
  }

  Database& database_;
  const Log& log_;
  const State& state_;
  const RowTables& tables_;
  const RebuildBounds bounds_;
  SortedKeys keys_;
  std::vector<Begin> begins_;
  std::vector<EntityId> waiting_;  // hung on a session when written; perhaps twice
};

/// Reads and folds.
class Refolding {
 public:
  Refolding(Database& database, const Log& log, const State& state, const RowTables& tables,
            const RebuildBounds& bounds)
      : database_(database),
        log_(log),
        catalogue_(state.catalogue()),
        tables_(tables),
        bounds_(bounds),
        writer_(database, log, state, tables, bounds) {}

  void run(Position upto, const std::function<void(Position, Position)>& progress) {
    orThrow(log_.read(Position(1), upto, [&](const StoredRecord& stored) {
      take(stored);
      if (stored.position.value % bounds_.rows_of_a_while == 0) progress(stored.position, upto);
      return true;
    }));
    write(std::move(before_));
    write(std::move(now_));
    settle();
    writer_.finish();
  }

 private:
  void take(const StoredRecord& stored) try {
    const auto record = scan_.read(stored.bytes);
    if (record.getPosition() != stored.position.value) {  // says how it is damaged
      orBroken(Record::read(stored.position, stored.bytes));
    }
    const auto own = submissionOf(record);
    if (std::exchange(submission_, own) != own) begins_.push_back(Begin{own, stored.position});
    fold(EntityId(record.getEntity()), stored.position, record);
  } catch (const kj::Exception& exception) {
    throw Broken(damaged("record.readable",
                         msg("the record at position {position} cannot be read ({why}); the "
                             "register is damaged there: restore it from a backup",
                             arg("position", stored.position.value),
                             arg("why", exception.getDescription().cStr()))));
  }

  void fold(EntityId id, Position position, schema::Record::Reader record) {
    auto& slot = slotOf(id, position);
    slot.add(position);
    const auto event = record.getEvent();
    if (event.isCorrigendum() || event.isRetraction()) slot.corrected = slot.refold = true;
    if (slot.row) {
      slot.refold = slot.refold || record.getOrderNs() < slot.row->head.lastOrderNs;
    } else if (id.value == position.value) {
      slot.row = newRow(static_cast<std::uint16_t>(event.which()));
    } else {
      slot.refold = true;  // of one that was withdrawn
    }
    if (!slot.refold) applyEntry(catalogue_, *slot.row, Timeline::plainStep(record));
  }

  Slot& slotOf(EntityId id, Position position) {
    if (const auto found = now_.find(id); found != now_.end()) return found->second;
    if (now_.size() >= bounds_.rows_of_a_while) {
      write(std::exchange(before_, std::exchange(now_, Slots{})));
      now_.reserve(bounds_.rows_of_a_while);
    }
    if (auto kept = before_.extract(id)) return now_.insert(std::move(kept)).position->second;
    auto& slot = now_[id];
    if (id.value != position.value) readBack(id, slot);
    return slot;
  }

  void readBack(EntityId id, Slot& slot) {
    if (writing_.contains(id)) settle();
    slot.written = true;
    const auto bytes = orBroken(database_.get(tables_.rows, tables_.rowKey(id)));
    if (!bytes) return;  // withdrawn
    slot.row = decodeRow(*bytes);
    if (!slot.row) throw Broken(damagedRow(id));
    slot.keys = writer_.keysOf(*slot.row);
  }

  /// Lets them be written beside the folding.
  void write(Slots slots) {
    settle();
    writing_.swap(slots);
    written_ = std::async(std::launch::async,
                          [this, old = std::move(slots), begins = std::move(begins_)]() mutable {
                            old.clear();
                            writer_.write(writing_, std::move(begins));
                          });
    begins_ = {};
  }

  /// Waits until what is being written stands in the tables.
  void settle() {
    if (written_.valid()) written_.get();
  }

  Database& database_;
  const Log& log_;
  const Catalogue& catalogue_;
  const RowTables& tables_;
  const RebuildBounds bounds_;
  RecordScan scan_;
  SubmissionId submission_;  // of the record before
  std::vector<Begin> begins_;
  Slots now_;      // entities of this while
  Slots before_;   // of the one before, and not of this
  Slots writing_;  // being written, or written last; which entities it holds never changes
  TableWriter writer_;
  std::future<void> written_;  // the last member: it is waited for before anything else goes
};

}  // namespace

Status rebuildTables(Database& database, const Log& log, const State& state,
                     const RowTables& tables, Position upto,
                     const std::function<void(Position, Position)>& progress,
                     const RebuildBounds& bounds) try {
  Refolding(database, log, state, tables, bounds).run(upto, progress);
  return Done{};
} catch (const Broken& broken) {
  return broken.failure();
}

}  // namespace consulta
