// The records of a while, copied out of the log and put in order by entity.
//
// What is folded entity by entity finds its row at hand, makes it once and encodes it once, and
// entities that lie apart can be folded by different threads.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/log/log.h"
#include "events/ids.h"

namespace consulta {

/// For one thread while records are added; any may read afterwards. Cleared it keeps its memory.
class Gathered {
 public:
  struct One {
    EntityId entity;
    Position position;
    std::size_t begin = 0;
    std::size_t size = 0;
  };
  using Run = std::span<const One>;

  /// Takes memory for as many bytes once, instead of by and by.
  void reserve(std::size_t bytes) { bytes_.reserve(bytes); }
  void add(EntityId entity, const StoredRecord& stored);
  [[nodiscard]] std::size_t bytes() const { return bytes_.size(); }
  /// As they were stored. Valid until clear().
  [[nodiscard]] std::string_view bytesOf(const One& one) const {
    return std::string_view(bytes_).substr(one.begin, one.size);
  }
  /// Asks for these bytes to be brought near: in the order of entities they lie far apart.
  void fetch(const One& one) const {
    constexpr std::size_t cache_line = 64;
    const auto* at = bytes_.data() + one.begin;
    for (std::size_t i = 0; i < one.size + cache_line; i += cache_line) __builtin_prefetch(at + i);
  }

  /// Puts them in order and cuts them into at most `count` runs of about the same length; the
  /// records of an entity are in one of them, in the order of their positions. Valid until clear().
  [[nodiscard]] std::vector<Run> sortedRuns(std::size_t count);
  void clear();

 private:
  std::string bytes_;
  std::vector<One> all_;
};

/// The records that `run` begins with and that are of one entity.
[[nodiscard]] Gathered::Run firstEntityOf(Gathered::Run run);

}  // namespace consulta
