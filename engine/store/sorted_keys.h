// Index keys that came or went, put in order and written as tables.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/log/database.h"
#include "engine/store/row_tables.h"

namespace consulta {

/// For one thread. The keys stand one after the other in one piece of memory, and are compared by
/// their first bytes as numbers before anything else: sorting strings by themselves would take
/// longer than all the folding.
class SortedKeys {
 public:
  /// `there`: it came, else it went. Of one key what was said last holds.
  void add(std::string_view key, bool there);
  /// Adds all that `later` says, and it was said after all that is here.
  void append(const SortedKeys& later);
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  /// Sorts, puts them into a table of the index, and forgets them.
  [[nodiscard]] Status write(NewTable& table, const RowTables& tables);

 private:
  struct Entry {
    std::array<std::uint64_t, 3> words{};  // the first bytes, of most keys all; zeros behind them
    std::uint32_t begin = 0;
    std::uint16_t size = 0;
    bool there = false;
  };
  [[nodiscard]] std::string_view keyOf(const Entry& entry) const {
    return std::string_view(bytes_).substr(entry.begin, entry.size);
  }
  /// What is behind the words.
  [[nodiscard]] std::string_view restOf(const Entry& entry) const;
  [[nodiscard]] bool isSame(const Entry& a, const Entry& b) const;

  std::string bytes_;
  std::vector<Entry> entries_;
};

/// The same in ranges that follow upon each other, each of which another thread can write: links,
/// of which there are most, what comes before them, and what comes behind.
class RangesOfKeys {
 public:
  static constexpr std::size_t count = 3;

  void add(std::string_view key, bool there) { ranges_[rangeOf(key)].add(key, there); }
  void append(const RangesOfKeys& later);
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] SortedKeys& range(std::size_t number) { return ranges_.at(number); }

 private:
  [[nodiscard]] static std::size_t rangeOf(std::string_view key);
  std::array<SortedKeys, count> ranges_;
};

}  // namespace consulta
