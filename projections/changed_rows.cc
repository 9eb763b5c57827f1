#include "projections/changed_rows.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "events/entry.h"
#include "projections/rows.h"

namespace consulta {

namespace {

/// Entries whose rows are read together.
constexpr std::size_t entries_at_a_time = 512;

}  // namespace

ChangedRows::ChangedRows(const State& now, Position from, Visit visit)
    : now_(now), before_(now, Moment{.known = from}), from_(from), visit_(std::move(visit)) {
  waiting_.reserve(entries_at_a_time);
}

/// Whether its entity may be called otherwise with it.
bool ChangedRows::mayRename(const Record& record) const {
  const auto event = record.get().getEvent();
  if (event.isCorrigendum() || event.isRetraction()) return true;
  const auto* act = actOf(now_.catalogue(), event);
  return act != nullptr && std::ranges::any_of(act->fields, &FieldInfo::alias);
}

bool ChangedRows::add(const Record& record) {
  const auto root = record.get();
  waiting_.push_back(Entry{.position = record.position(),
                           .entity = record.entity(),
                           .revision = root.getRevision(),
                           .recordedAtNs = root.getRecordedAtNs(),
                           .mayRename = isKnown(record.entity()) && mayRename(record)});
  return waiting_.size() < entries_at_a_time || tell();
}

bool ChangedRows::finish() {
  return waiting_.empty() || tell();
}

bool ChangedRows::tell() {
  std::vector<EntityId> ids;
  ids.reserve(waiting_.size());
  for (const auto& one : waiting_) ids.push_back(one.entity);
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  // What has a newer entry is told there: its row is not read.
  std::unordered_set<EntityId> later;
  const auto end = waiting_.back().position;
  const auto rows = now_.rows(ids, [&](const RowStart& start) {
    if (start.last <= end) return true;
    later.insert(start.id);
    return false;
  });
  bool going = true;
  for (const auto& one : waiting_) {
    const auto place = std::ranges::lower_bound(ids, one.entity) - ids.begin();
    going = (!one.mayRename || tellNaming(one)) &&
            (later.contains(one.entity) || tellOne(one, rows[static_cast<std::size_t>(place)]));
    if (!going) break;
  }
  waiting_.clear();
  return going;
}

bool ChangedRows::tellOne(const Entry& entry, const RowPtr& row) {
  if (row) {
    return row->head.last != entry.position || visit(entry, entry.entity, row, entry.position);
  }
  // Who never had it need not be told that it is withdrawn.
  if (!isKnown(entry.entity)) return true;
  const auto all = now_.timeline(entry.entity);
  return all.records().back()->position() != entry.position ||
         visit(entry, entry.entity, nullptr, entry.position);
}

bool ChangedRows::tellNaming(const Entry& entry) {
  if (before_.nameOf(entry.entity) == now_.nameOf(entry.entity)) return true;
  for (const auto id : now_.linkedTo(entry.entity)) {
    const auto row = now_.row(id);
    if (!row || row->head.last > from_) continue;  // told by itself
    if (!visit(entry, id, row, Position(entry.position.value - 1))) return false;
  }
  return true;
}

bool ChangedRows::visit(const Entry& entry, EntityId id, const RowPtr& row, Position done) {
  RowChange out;
  out.entity = id;
  out.position = entry.position;
  out.recordedAtNs = entry.recordedAtNs;
  out.row = row;
  out.done = done;
  if (row) {
    out.aggregate = row->aggregate();
    out.revision = row->head.revision;
  } else {
    out.aggregate = aggregateOf(*now_.timeline(id).records().front());
    out.revision = entry.revision;
  }
  return visit_(out);
}

}  // namespace consulta
