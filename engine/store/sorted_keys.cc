#include "engine/store/sorted_keys.h"

#include <algorithm>

#include "projections/rows.h"

namespace consulta {

namespace {

/// Eight bytes from `from` on as a number that sorts as they do; zeros behind the end.
std::uint64_t wordAt(std::string_view key, std::size_t from) {
  std::uint64_t out = 0;
  for (std::size_t i = from; i < from + 8; ++i) {
    out = (out << 8U) | (i < key.size() ? static_cast<unsigned char>(key[i]) : 0U);
  }
  return out;
}

}  // namespace

void SortedKeys::add(std::string_view key, bool there) {
  Entry entry;
  for (std::size_t i = 0; i < entry.words.size(); ++i) entry.words[i] = wordAt(key, 8 * i);
  entry.begin = static_cast<std::uint32_t>(bytes_.size());
  entry.size = static_cast<std::uint16_t>(key.size());
  entry.there = there;
  entries_.push_back(entry);
  bytes_ += key;
}

void SortedKeys::append(const SortedKeys& later) {
  const auto begin = static_cast<std::uint32_t>(bytes_.size());
  bytes_ += later.bytes_;
  for (auto entry : later.entries_) {
    entry.begin += begin;
    entries_.push_back(entry);
  }
}

std::string_view SortedKeys::restOf(const Entry& entry) const {
  return entry.size <= sizeof entry.words ? "" : keyOf(entry).substr(sizeof entry.words);
}

bool SortedKeys::isSame(const Entry& a, const Entry& b) const {
  return a.words == b.words && a.size == b.size && restOf(a) == restOf(b);
}

Status SortedKeys::write(NewTable& table, const RowTables& tables) {
  std::ranges::sort(entries_, [&](const Entry& a, const Entry& b) {
    for (std::size_t i = 0; i < a.words.size(); ++i) {
      if (a.words[i] != b.words[i]) return a.words[i] < b.words[i];
    }
    const auto rest = restOf(a).compare(restOf(b));
    if (rest != 0) return rest < 0;
    return a.size != b.size ? a.size < b.size : a.begin < b.begin;
  });
  auto whole = tables.indexKey({});
  const auto generation = whole.size();
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const auto key = keyOf(entries_[i]);
    if (i + 1 < entries_.size() && isSame(entries_[i], entries_[i + 1])) continue;
    whole.resize(generation);
    whole += key;
    auto done = entries_[i].there ? table.put(whole, {}) : table.erase(whole);
    if (!done) return done;
  }
  bytes_.clear();
  entries_.clear();
  return Done{};
}

void RangesOfKeys::append(const RangesOfKeys& later) {
  for (std::size_t i = 0; i < count; ++i) ranges_[i].append(later.ranges_[i]);
}

std::size_t RangesOfKeys::size() const {
  std::size_t out = 0;
  for (const auto& range : ranges_) out += range.size();
  return out;
}

std::size_t RangesOfKeys::rangeOf(std::string_view key) {
  static const auto links = linkKeys(EntityId{}).front();
  return key.front() < links ? 0 : key.front() == links ? 1 : 2;
}

}  // namespace consulta
