#include "engine/store/sorted_keys.h"

#include <algorithm>

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
  entry.high = wordAt(key, 0);
  entry.low = wordAt(key, 8);
  entry.begin = static_cast<std::uint32_t>(bytes_.size());
  entry.size = static_cast<std::uint16_t>(key.size());
  entry.there = there;
  entries_.push_back(entry);
  bytes_ += key;
}

Status SortedKeys::write(Database& database, const RowTables& tables) {
  std::ranges::sort(entries_, [&](const Entry& a, const Entry& b) {
    if (a.high != b.high) return a.high < b.high;
    if (a.low != b.low) return a.low < b.low;
    return keyOf(a) < keyOf(b);
  });
  auto table = database.newTable(tables.index);
  if (!table) return std::move(table).failures();
  std::string_view before;
  const auto generation = tables.indexKey({});
  std::string whole;
  for (const auto& entry : entries_) {
    const auto key = keyOf(entry);
    if (key == before) continue;
    before = key;
    whole = generation;
    whole += key;
    auto done = entry.there ? (*table)->put(whole, {}) : (*table)->erase(whole);
    if (!done) return done;
  }
  auto done = database.ingest(std::move(*table));
  bytes_.clear();
  entries_.clear();
  return done;
}

}  // namespace consulta
