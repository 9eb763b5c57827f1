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
  for (std::size_t i = 0; i < entry.words.size(); ++i) entry.words[i] = wordAt(key, 8 * i);
  entry.begin = static_cast<std::uint32_t>(bytes_.size());
  entry.size = static_cast<std::uint16_t>(key.size());
  entry.there = there;
  entries_.push_back(entry);
  bytes_ += key;
}

Status SortedKeys::write(NewTable& table, const RowTables& tables) {
  std::ranges::sort(entries_, [&](const Entry& a, const Entry& b) {
    for (std::size_t i = 0; i < a.words.size(); ++i) {
      if (a.words[i] != b.words[i]) return a.words[i] < b.words[i];
    }
    const auto rest = keyOf(a).compare(keyOf(b));
    return rest != 0 ? rest < 0 : a.begin < b.begin;
  });
  auto whole = tables.indexKey({});
  const auto generation = whole.size();
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const auto key = keyOf(entries_[i]);
    if (i + 1 < entries_.size() && keyOf(entries_[i + 1]) == key) continue;
    whole.replace(generation, std::string::npos, key);
    auto done = entries_[i].there ? table.put(whole, {}) : table.erase(whole);
    if (!done) return done;
  }
  bytes_.clear();
  entries_.clear();
  return Done{};
}

}  // namespace consulta
