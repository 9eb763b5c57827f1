#include "engine/store/piece_fold.h"

#include <kj/exception.h>

#include <algorithm>
#include <utility>

#include "projections/describe.h"
#include "projections/dues.h"
#include "projections/index_keys.h"
#include "projections/rows.h"
#include "projections/timeline.h"

namespace consulta {

bool hangsOnSession(const Row& row) {
  return std::ranges::any_of(row.head.dues,
                             [](const RowDue& one) { return bool(one.due.beforeSession); });
}

Failure noMessage(Position position, const kj::Exception& exception) {
  return damaged(
      "record.readable",
      msg("the record at position {position} cannot be read ({why}); the "
          "register is damaged there: restore it from a backup",
          arg("position", position.value), arg("why", exception.getDescription().cStr())));
}

/// One entity under way.
struct PieceFold::Entity {
  EntityId id;
  std::unique_ptr<Row> row{};
  std::vector<std::string> keys{};  // of the row as it was written before
  bool written = false;             // entries of it stand in the tables already
  bool refold = false;              // an entry came that does not go behind all others
  bool corrected = false;           // one of them withdrew or corrected something
};

PieceFold::PieceFold(const RebuildSource& source, unsigned number)
    : source_(source),
      rows_(orBroken(source.database.newTable(source.tables.rows, number))),
      entries_(orBroken(source.database.newTable(source.tables.entries, number))) {}

void PieceFold::run(const Gathered& records, Gathered::Run run) {
  constexpr std::size_t ahead = 4;  // records that are fetched while others are folded
  std::size_t done = 0;
  while (done < run.size()) {
    const auto own = firstEntityOf(run.subspan(done));
    Entity entity{own.front().entity};
    if (own.front().position.value != entity.id.value) readBack(entity);
    for (const auto& one : own) {
      if (++done + ahead < run.size()) records.fetch(run[done + ahead]);
      step(entity, one.position, records.bytesOf(one));
    }
    if (entity.refold) refold(entity, own);
    write(entity, own);
  }
  orBroken(rows_->finish());
  orBroken(entries_->finish());
}

std::vector<std::unique_ptr<NewTable>> PieceFold::takeTables() {
  std::vector<std::unique_ptr<NewTable>> out;
  out.push_back(std::move(rows_));
  out.push_back(std::move(entries_));
  return out;
}

void PieceFold::readBack(Entity& entity) const {
  entity.written = true;
  const auto& tables = source_.tables;
  const auto bytes = orBroken(source_.database.get(tables.rows, tables.rowKey(entity.id)));
  if (!bytes) return;  // withdrawn
  entity.row = decodeRow(*bytes);
  if (!entity.row) throw Broken(damagedRow(entity.id));
  entity.keys = keysOf(*entity.row);
}

void PieceFold::step(Entity& entity, Position position, std::string_view bytes) try {
  const auto record = scan_.read(bytes);
  const auto event = record.getEvent();
  if (event.isCorrigendum() || event.isRetraction()) entity.corrected = entity.refold = true;
  if (entity.row) {
    if (!entity.refold) expectRevision(record, entity.row->head.revision + 1);
    entity.refold = entity.refold || record.getOrderNs() < entity.row->head.lastOrderNs;
  } else if (entity.id.value == position.value) {
    entity.row = newRow(static_cast<std::uint16_t>(event.which()));
  } else {
    entity.refold = true;  // of one that was withdrawn
  }
  if (entity.refold) return;
  applyEntry(source_.state.catalogue(), *entity.row, Timeline::plainStep(record));
} catch (const kj::Exception& exception) {
  throw Broken(noMessage(position, exception));
}

void PieceFold::refold(Entity& entity, Gathered::Run run) {
  auto positions = entity.written ? positionsOf(source_.database, source_.tables, entity.id)
                                  : std::vector<Position>{};
  for (const auto& one : run) positions.push_back(one.position);
  Timeline timeline;
  for (const auto at : positions) {
    timeline.add(orBroken(Record::read(at, orBroken(source_.log.at(at)))));
  }
  if (entity.corrected) keepFormerKeys(timeline);
  entity.row = timeline.fold(source_.state.catalogue());
}

/// Symbols that were taken away, and that an entity was there, are found as known before.
void PieceFold::keepFormerKeys(const Timeline& timeline) {
  Timeline grown;
  std::vector<std::string> before;
  for (const auto& record : timeline.records()) {
    grown.add(record);
    const auto row = grown.fold(source_.state.catalogue());
    auto now = row ? indexKeys(*row) : std::vector<std::string>{};
    for (const auto& key : before) {
      if (keptAsFormer(key) && !std::ranges::binary_search(now, key)) {
        keys_.add(formerKey(key), true);
      }
    }
    before = std::move(now);
  }
}

void PieceFold::write(const Entity& entity, Gathered::Run run) {
  const auto& tables = source_.tables;
  if (entity.row) {
    orBroken(rows_->put(tables.rowKey(entity.id), entity.row->encode()));
  } else if (entity.written) {
    orBroken(rows_->erase(tables.rowKey(entity.id)));
  }
  std::string behind;
  for (std::size_t i = 1; i < run.size(); ++i) {
    described::putNumber(behind, run[i].position.value - run[i - 1].position.value);
  }
  orBroken(entries_->put(tables.entriesKey(entity.id, run.front().position), behind));
  changeKeys(entity);
  if (entity.row && hangsOnSession(*entity.row)) waiting_.push_back(entity.id);
}

void PieceFold::changeKeys(const Entity& entity) {
  if (!entity.written) {  // all are new
    if (!entity.row) return;
    forEachIndexKey(*entity.row, [&](std::string_view key) { keys_.add(key, true); });
    if (entity.row->head.dues.empty() || hangsOnSession(*entity.row)) return;
    for (const auto& key : dueKeys(source_.state, *entity.row)) keys_.add(key, true);
    return;
  }
  const auto now = entity.row ? keysOf(*entity.row) : std::vector<std::string>{};
  for (const auto& key : entity.keys) {
    if (!std::ranges::binary_search(now, key)) keys_.add(key, false);
  }
  for (const auto& key : now) {
    if (!std::ranges::binary_search(entity.keys, key)) keys_.add(key, true);
  }
}

/// The keys that changeKeys() gives a row, in order.
std::vector<std::string> PieceFold::keysOf(const Row& row) const {
  auto out = indexKeys(row);
  if (row.head.dues.empty() || hangsOnSession(row)) return out;
  for (auto& key : dueKeys(source_.state, row)) out.push_back(std::move(key));
  std::ranges::sort(out);
  return out;
}

}  // namespace consulta
