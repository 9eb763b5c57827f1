#include "projections/overlay.h"

#include <algorithm>
#include <utility>

#include "projections/dues.h"
#include "projections/rows.h"
#include "projections/rows/session.h"

namespace consulta {

RowPtr Overlay::row(EntityId id) const {
  const auto found = rows_.find(id);
  return found != rows_.end() ? found->second : base_->row(id);
}

std::vector<RowPtr> Overlay::rows(std::span<const EntityId> ids, const Wanted& wanted) const {
  std::vector<RowPtr> out(ids.size());
  std::vector<EntityId> below;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (const auto found = rows_.find(ids[i]); found != rows_.end()) {
      out[i] = found->second;
    } else {
      below.push_back(ids[i]);
      places.push_back(i);
    }
  }
  auto found = base_->rows(below, wanted);
  for (std::size_t i = 0; i < found.size(); ++i) out[places[i]] = std::move(found[i]);
  return out;
}

Timeline Overlay::timeline(EntityId id) const {
  auto all = base_->timeline(id);
  if (const auto found = entries_.find(id); found != entries_.end()) {
    for (const auto& record : found->second) all.add(record);
  }
  return all;
}

void Overlay::scan(std::string_view prefix,
                   const std::function<bool(std::string_view)>& visit) const {
  auto own = keys_.lower_bound(prefix);
  const auto mine = [&] { return own != keys_.end() && own->first.starts_with(prefix); };
  bool going = true;
  base_->scan(prefix, [&](std::string_view key) {
    for (; going && mine() && own->first < key; ++own) {
      if (own->second) going = visit(own->first);
    }
    if (going && mine() && own->first == key) {
      if (own->second) going = visit(key);
      ++own;
    } else if (going) {
      going = visit(key);
    }
    return going;
  });
  for (; going && mine(); ++own) {
    if (own->second) going = visit(own->first);
  }
}

std::vector<std::string> Overlay::keysOf(const Row* row, const std::vector<EntityId>& bound) const {
  auto out = row == nullptr ? std::vector<std::string>{} : indexKeys(*row);
  const auto add = [&](const Row& one) {
    for (auto& key : dueKeys(*this, one)) out.push_back(std::move(key));
  };
  if (row != nullptr) add(*row);
  for (const auto id : bound) {
    if (const auto other = this->row(id)) add(*other);
  }
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

void Overlay::put(EntityId id, RowPtr row) {
  const auto before = this->row(id);
  const auto* kind = row ? row.get() : before.get();
  const bool isSession = tryAs<SessionRow>(kind) != nullptr;
  const bool owesTheSame = before && row && !isSession && before->head.dues == row->head.dues;
  if (owesTheSame && sameKeys(*before, *row)) {
    rows_[id] = std::move(row);
    return;
  }
  // What is due before a session moves with it.
  const auto bound = isSession ? linkedTo(id) : std::vector<EntityId>{};
  const auto old = keysOf(before.get(), bound);
  rows_[id] = row;
  const auto now = keysOf(row.get(), bound);
  for (const auto& key : old) {  // both are sorted
    if (std::ranges::binary_search(now, key)) continue;
    keys_[key] = false;
    if (keptAsFormer(key)) keys_[formerKey(key)] = true;
  }
  for (const auto& key : now) {
    if (!std::ranges::binary_search(old, key)) keys_[key] = true;
  }
}

std::optional<Position> Overlay::submitted(SubmissionId id) const {
  const auto found = submissions_.find(id);
  return found != submissions_.end() ? found->second : base_->submitted(id);
}

void Overlay::noteSubmission(const Record& record) {
  const auto own = submissionOf(record.get());
  if (!records_.empty() && submissionOf(records_.back()->get()) == own) return;
  submissions_.emplace(own, record.position());
}

void Overlay::add(RecordPtr record) {
  noteSubmission(*record);
  const auto id = record->entity();
  const auto before = row(id);
  const auto reader = record->get();
  const bool corrects = reader.getEvent().isCorrigendum() || reader.getEvent().isRetraction();
  const bool last = !before || before->head.lastOrderNs <= reader.getOrderNs();
  std::unique_ptr<Row> now;
  if (last && !corrects) {
    now = before ? before->clone() : newRow(aggregateOf(*record));
    applyEntry(catalogue(), *now, Timeline::plainStep(reader));
  }
  entries_[id].push_back(record);
  records_.push_back(std::move(record));
  if (!now) now = timeline(id).fold(catalogue());
  put(id, std::move(now));
}

void Overlay::absorb(Overlay& upper) {
  for (auto& [id, row] : upper.rows_) rows_[id] = std::move(row);
  for (auto& [id, entries] : upper.entries_) {
    auto& own = entries_[id];
    own.insert(own.end(), entries.begin(), entries.end());
  }
  for (auto& [key, there] : upper.keys_) keys_[key] = there;
  submissions_.insert(upper.submissions_.begin(), upper.submissions_.end());
  records_.insert(records_.end(), upper.records_.begin(), upper.records_.end());
  upper.clear();
}

void Overlay::clear() {
  rows_.clear();
  entries_.clear();
  keys_.clear();
  submissions_.clear();
  records_.clear();
}

}  // namespace consulta
