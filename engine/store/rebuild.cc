#include "engine/store/rebuild.h"

#include <kj/exception.h>

#include <algorithm>
#include <future>
#include <memory>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/store/row_store.h"
#include "engine/store/sorted_keys.h"
#include "events/record.h"
#include "projections/index_keys.h"
#include "projections/rows.h"
#include "projections/timeline.h"

namespace consulta {

namespace {

/// One entity under way.
struct Slot {
  std::unique_ptr<Row> row;
  std::vector<Position> positions;  // of its entries that are not written yet
  std::vector<std::string> keys;    // of the row as it was written before
  bool written = false;             // entries of it stand in the tables already
  bool refold = false;              // an entry came that does not go behind all others
  bool corrected = false;           // one of them withdrew or corrected something
};
using Slots = std::unordered_map<EntityId, Slot>;

struct Begin {
  SubmissionId submission;
  Position position;
};

void orThrow(Status status) {
  if (!status) throw Broken(status.failures().front());
}

/// Folds the entities from `from` up to but without `to`, and notes the submissions that begin at
/// these positions.
class RangeFold {
 public:
  RangeFold(Database& database, const Log& log, const Catalogue& catalogue, const RowTables& tables,
            const RebuildBounds& bounds, Position from, Position to)
      : database_(database),
        log_(log),
        catalogue_(catalogue),
        tables_(tables),
        bounds_(bounds),
        from_(from),
        to_(to) {}

  void run(Position upto, const std::function<void(Position)>& progress) {
    // One earlier: whether a submission begins is seen from the record before.
    const Position first(std::max<std::uint64_t>(1, from_.value - 1));
    orThrow(log_.read(first, upto, [&](const StoredRecord& stored) {
      take(stored);
      if (stored.position.value % bounds_.rows_of_a_while == 0) progress(stored.position);
      return true;
    }));
    write(std::move(before_));
    write(std::move(now_));
    writeSubmissions();
  }

 private:
  void take(const StoredRecord& stored) try {
    const auto record = scan_.read(stored.bytes);
    if (stored.position < to_) noteSubmission(stored.position, submissionOf(record));
    const EntityId id(record.getEntity());
    if (id.value >= from_.value && id.value < to_.value) fold(id, stored.position, record);
  } catch (const kj::Exception& exception) {
    throw Broken(damaged("record.readable",
                         msg("the record at position {position} cannot be read ({why}); the "
                             "register is damaged there: restore it from a backup",
                             arg("position", stored.position.value),
                             arg("why", exception.getDescription().cStr()))));
  }

  void noteSubmission(Position position, SubmissionId own) {
    if (std::exchange(submission_, own) == own || position < from_) return;
    begins_.push_back(Begin{own, position});
    if (begins_.size() >= bounds_.submissions_at_a_time) writeSubmissions();
  }

  void fold(EntityId id, Position position, schema::Record::Reader record) {
    auto& slot = slotOf(id, position);
    slot.positions.push_back(position);
    const auto event = record.getEvent();
    if (event.isCorrigendum() || event.isRetraction()) slot.corrected = slot.refold = true;
    if (slot.row) {
      slot.refold = slot.refold || record.getOrderNs() < slot.row->head.lastOrderNs;
    } else if (id.value == position.value && !slot.refold) {
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
    }
    if (auto kept = before_.extract(id)) return now_.insert(std::move(kept)).position->second;
    auto& slot = now_[id];
    if (id.value != position.value) readBack(id, slot);
    return slot;
  }

  void readBack(EntityId id, Slot& slot) {
    slot.written = true;
    const auto bytes = orBroken(database_.get(tables_.rows, tables_.rowKey(id)));
    if (!bytes) return;  // withdrawn
    slot.row = decodeRow(*bytes);
    if (!slot.row) throw Broken(damagedRow(id));
    slot.keys = indexKeys(*slot.row);
  }

  void write(Slots slots) {
    std::vector<std::pair<EntityId, Slot*>> order;
    order.reserve(slots.size());
    for (auto& [id, slot] : slots) order.emplace_back(id, &slot);
    std::ranges::sort(order, {}, &std::pair<EntityId, Slot*>::first);
    auto rows = orBroken(database_.newTable(tables_.rows));
    auto entries = orBroken(database_.newTable(tables_.entries));
    for (const auto& [id, slot] : order) {
      if (slot->refold) refold(id, *slot);
      if (slot->row) {
        orThrow(rows->put(tables_.rowKey(id), slot->row->encode()));
      } else if (slot->written) {
        orThrow(rows->erase(tables_.rowKey(id)));
      }
      orThrow(entries->put(tables_.entriesKey(id, slot->positions.front()),
                           packBehind(slot->positions)));
      changeKeys(*slot);
    }
    orThrow(database_.ingest(std::move(rows)));
    orThrow(database_.ingest(std::move(entries)));
    orThrow(keys_.write(database_, tables_));
  }

  void refold(EntityId id, Slot& slot) {
    Timeline timeline;
    if (slot.written) {
      for (const auto at : positionsOf(database_, tables_, id)) {
        timeline.add(orBroken(recordAt(log_, at)));
      }
    }
    for (const auto at : slot.positions) timeline.add(orBroken(recordAt(log_, at)));
    if (slot.corrected) keepFormerKeys(timeline);
    slot.row = timeline.fold(catalogue_);
  }

  /// Symbols that were taken away, and that an entity was there, are found as known before.
  void keepFormerKeys(const Timeline& timeline) {
    Timeline grown;
    std::vector<std::string> before;
    for (const auto& record : timeline.records()) {
      grown.add(record);
      const auto row = grown.fold(catalogue_);
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
      if (slot.row) forEachIndexKey(*slot.row, [&](std::string_view key) { keys_.add(key, true); });
      return;
    }
    const auto now = slot.row ? indexKeys(*slot.row) : std::vector<std::string>{};
    for (const auto& key : now) {
      if (!std::ranges::binary_search(slot.keys, key)) keys_.add(key, true);
    }
    for (const auto& key : slot.keys) {
      if (!std::ranges::binary_search(now, key)) keys_.add(key, false);
    }
  }

  void writeSubmissions() {
    std::ranges::sort(begins_, {}, &Begin::submission);
    auto table = orBroken(database_.newTable(tables_.submissions));
    for (const auto& one : begins_) {
      orThrow(table->put(tables_.submissionKey(one.submission), submissionValue(one.position)));
    }
    orThrow(database_.ingest(std::move(table)));
    begins_.clear();
  }

  Database& database_;
  const Log& log_;
  const Catalogue& catalogue_;
  const RowTables& tables_;
  const RebuildBounds bounds_;
  const Position from_;
  const Position to_;
  RecordScan scan_;
  SubmissionId submission_;  // of the record before
  std::vector<Begin> begins_;
  Slots now_;     // entities of this while
  Slots before_;  // of the one before, and not of this
  SortedKeys keys_;
};

}  // namespace

Status rebuildTables(Database& database, const Log& log, const Catalogue& catalogue,
                     const RowTables& tables, Position upto,
                     const std::function<void(Position, Position)>& progress,
                     const RebuildBounds& bounds) try {
  const bool alone =
      upto.value < bounds.records_for_two_threads || std::thread::hardware_concurrency() < 2;
  // The first one reads all of the log and the second only its own part, so that has more to fold.
  const Position middle(alone ? upto.value + 1 : 1 + upto.value * 2 / 5);
  const auto fold = [&](Position from, Position to, const std::function<void(Position)>& tell) {
    RangeFold(database, log, catalogue, tables, bounds, from, to).run(upto, tell);
  };
  std::future<void> other;
  if (!alone) {
    other = std::async(std::launch::async,
                       [&] { fold(middle, Position(upto.value + 1), [](Position) {}); });
  }
  fold(Position(1), middle, [&](Position done) { progress(done, upto); });
  if (other.valid()) other.get();
  return Done{};
} catch (const Broken& broken) {
  return broken.failure();
}

}  // namespace consulta
