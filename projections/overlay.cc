#include "projections/overlay.h"

#include <algorithm>
#include <utility>

#include "projections/dues.h"
#include "projections/rows.h"
#include "projections/rows/session.h"

namespace consulta {

RowPtr Overlay::row(EntityId id) const {
  const auto found = rows_.find(id);
  return found != rows_.end() ? found->second : base_.row(id);
}

Timeline Overlay::timeline(EntityId id) const {
  auto all = base_.timeline(id);
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
  base_.scan(prefix, [&](std::string_view key) {
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
  const auto twice = std::ranges::unique(out);
  out.erase(twice.begin(), twice.end());
  return out;
}

void Overlay::put(EntityId id, RowPtr row) {
  const auto before = this->row(id);
  // What is due before a session moves with it.
  const auto* kind = row ? row.get() : before.get();
  const auto bound = tryAs<SessionRow>(kind) == nullptr ? std::vector<EntityId>{} : linkedTo(id);
  const auto old = keysOf(before.get(), bound);
  rows_[id] = row;
  const auto now = keysOf(row.get(), bound);
  if (old != now) {  // both are sorted; most entries change no key
    for (const auto& key : old) {
      if (std::ranges::binary_search(now, key)) continue;
      keys_[key] = false;
      if (key.starts_with('s') || key.starts_with('a')) keys_[formerKey(key)] = true;
    }
    for (const auto& key : now) {
      if (!std::ranges::binary_search(old, key)) keys_[key] = true;
    }
  }
}

void Overlay::noteSubmission(const Record& record) {
  const auto now = record.get();
  if (!records_.empty()) {
    const auto last = records_.back()->get();
    if (last.getSubmissionHigh() == now.getSubmissionHigh() &&
        last.getSubmissionLow() == now.getSubmissionLow()) {
      return;
    }
  }
  keys_[submissionKey(now)] = true;
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
  records_.insert(records_.end(), upper.records_.begin(), upper.records_.end());
  upper.clear();
}

void Overlay::clear() {
  rows_.clear();
  entries_.clear();
  keys_.clear();
  records_.clear();
}

}  // namespace consulta
