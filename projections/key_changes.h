// Index keys that came or went, over a state that does not know of it yet.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "projections/state.h"

namespace consulta {

/// Keys that one look-up asks for lie together and are found at once, however many others there
/// are. For one thread at a time.
class KeyChanges {
 public:
  void set(std::string_view key, bool there);
  /// Takes over everything that `newer` holds; that is empty after.
  void absorb(KeyChanges& newer);
  void clear() { all_.clear(); }

  /// Visits the keys of `below` that begin with `prefix`, as they have become, in byte order until
  /// `visit` returns false.
  void scan(const State& below, std::string_view prefix,
            const std::function<bool(std::string_view)>& visit) const;
  /// All of them in no order, and whether each came.
  void each(const std::function<void(std::string_view, bool)>& visit) const;

 private:
  using Together = std::map<std::string, bool, std::less<>>;
  // By the hash of the beginning that they share; two such beginnings with one hash do no harm.
  std::unordered_map<std::size_t, Together> all_;
};

}  // namespace consulta
