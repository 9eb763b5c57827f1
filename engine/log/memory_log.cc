#include "engine/log/memory_log.h"

#include <algorithm>
#include <cassert>
#include <mutex>

#include "engine/log/append_check.h"

namespace consulta {

MemoryLog::MemoryLog(std::deque<NewRecord> records)
    : acknowledged_(Position(records.size())), records_(std::move(records)) {}

void MemoryLog::failAppend(std::uint64_t nth, Outcome outcome) {
  untilFailure_ = nth;
  outcome_ = outcome;
}

std::unique_ptr<MemoryLog> MemoryLog::reopened() const {
  const std::shared_lock lock(mutex_);
  return std::unique_ptr<MemoryLog>(new MemoryLog(records_));
}

Result<Position> MemoryLog::append(Position at, std::span<const NewRecord> batch) {
  auto checked = checkAppend(last(), broken(), at, batch);
  if (!checked) return std::move(checked).failures();
  const bool fails = untilFailure_ != 0 && --untilFailure_ == 0;
  if (!fails || outcome_ == Outcome::kept) {
    const std::lock_guard lock(mutex_);
    records_.insert(records_.end(), batch.begin(), batch.end());
  }
  if (fails) {
    acknowledged_.breakForGood();
    return logIsBroken();
  }
  acknowledged_.advance(Position(at.value + batch.size() - 1));
  return last();
}

const NewRecord& MemoryLog::record(Position position) const {
  assert(position && position <= last());
  const std::shared_lock lock(mutex_);
  return records_[position.value - 1];
}

Status MemoryLog::read(Position from, Position to, const Visitor& visit) const {
  assert(from);
  const Position end = std::min(to, last());
  for (Position position = from; position <= end; ++position.value) {
    if (!visit(StoredRecord{position, record(position).bytes})) break;
  }
  return Done{};
}

Result<std::string> MemoryLog::at(Position position) const {
  return record(position).bytes;
}

Result<std::optional<std::string>> MemoryLog::beside(Position position,
                                                     std::string_view key) const {
  const auto& all = record(position).beside;
  const auto found = std::ranges::find(all, key, &Beside::key);
  if (found == all.end()) return std::optional<std::string>{};
  return std::optional<std::string>{found->bytes};
}

}  // namespace consulta
