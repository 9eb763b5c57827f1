#include "projections/overlay.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "projections/dues.h"
#include "projections/index_keys.h"
#include "projections/rows.h"
#include "projections/rows/session.h"

namespace consulta {

RowPtr Overlay::row(EntityId id) const {
  const auto found = rows_.find(id);
  return found != rows_.end() ? found->second : base_.row(id);
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
  if (below.empty()) return out;
  auto found = base_.rows(below, wanted);
  for (std::size_t i = 0; i < found.size(); ++i) out[places[i]] = std::move(found[i]);
  return out;
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
  keys_.scan(base_, prefix, visit);
}

namespace {

/// Keys in one piece of memory, in the order in which they came.
class KeyList {
 public:
  KeyList() {  // enough for most rows
    bytes_.reserve(1'000);
    ends_.reserve(40);
  }
  void add(std::string_view key) {
    bytes_ += key;
    ends_.push_back(bytes_.size());
  }
  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  [[nodiscard]] std::string_view operator[](std::size_t i) const {
    const auto begin = i == 0 ? 0 : ends_[i - 1];
    return {bytes_.data() + begin, ends_[i] - begin};
  }
  [[nodiscard]] bool contains(std::string_view key) const {
    for (std::size_t i = 0; i < size(); ++i) {
      if ((*this)[i] == key) return true;
    }
    return false;
  }

 private:
  std::string bytes_;
  std::vector<std::size_t> ends_;
};

/// Calls `visit` with each key of `one` that `other` does not hold. Of two lists that are alike but
/// for one place only that is looked at.
void eachOnlyIn(const KeyList& one, const KeyList& other,
                const std::function<void(std::string_view)>& visit) {
  const auto shorter = std::min(one.size(), other.size());
  std::size_t front = 0;
  while (front < shorter && one[front] == other[front]) ++front;
  std::size_t back = 0;
  while (back < shorter - front && one[one.size() - 1 - back] == other[other.size() - 1 - back]) {
    ++back;
  }
  for (auto i = front; i < one.size() - back; ++i) {
    if (!other.contains(one[i])) visit(one[i]);
  }
}

}  // namespace

void Overlay::put(EntityId id, RowPtr row) {
  const auto before = this->row(id);
  const auto* kind = row ? row.get() : before.get();
  const bool isSession = tryAs<SessionRow>(kind) != nullptr;
  const bool owesTheSame = before && row && !isSession && before->head.dues == row->head.dues;
  const bool namesTheSame = before && row && sameKeys(*before, *row);
  if (owesTheSame && namesTheSame) {
    rows_[id] = std::move(row);
    return;
  }
  // What is due before a session moves with it.
  const auto bound = isSession ? linkedTo(id) : std::vector<EntityId>{};
  const auto keysOf = [&](const Row* one) {  // as the state stands
    KeyList out;
    const auto add = [&](std::string_view key) { out.add(key); };
    if (one != nullptr && !namesTheSame) forEachIndexKey(*one, add);
    if (one != nullptr && !owesTheSame) forEachDueKey(*this, *one, add);
    for (const auto other : bound) {
      if (const auto due = this->row(other)) forEachDueKey(*this, *due, add);
    }
    return out;
  };
  const auto old = keysOf(before.get());
  rows_[id] = row;
  const auto now = keysOf(row.get());
  eachOnlyIn(old, now, [&](std::string_view key) {
    keys_.set(key, false);
    if (keptAsFormer(key)) keys_.set(formerKey(key), true);
  });
  eachOnlyIn(now, old, [&](std::string_view key) { keys_.set(key, true); });
}

std::optional<Position> Overlay::submitted(SubmissionId id) const {
  const auto found = submissions_.find(id);
  return found != submissions_.end() ? found->second : base_.submitted(id);
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
  if (before) expectRevision(reader, before->head.revision + 1);
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
  while (!upper.entries_.empty()) {
    auto put = entries_.insert(upper.entries_.extract(upper.entries_.begin()));
    if (put.inserted) continue;
    std::ranges::move(put.node.mapped(), std::back_inserter(put.position->second));
  }
  keys_.absorb(upper.keys_);
  submissions_.merge(upper.submissions_);
  std::ranges::move(upper.records_, std::back_inserter(records_));
  upper.clear();
}

void Overlay::copy(const Overlay& other) {
  rows_ = other.rows_;
  entries_ = other.entries_;
  keys_ = other.keys_;
  submissions_ = other.submissions_;
  records_ = other.records_;
}

void Overlay::clear() {
  rows_.clear();
  entries_.clear();
  keys_.clear();
  submissions_.clear();
  records_.clear();
}

}  // namespace consulta
