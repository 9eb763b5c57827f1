#include "projections/key_changes.h"

#include <utility>

#include "projections/rows.h"

namespace consulta {

namespace {

std::size_t hashOf(std::string_view beginning) {
  return std::hash<std::string_view>{}(beginning);
}

/// Two sequences in order as one: the keys of `below`, and the changes from `own` to `end`, which
/// begin with `prefix`.
template <typename Changes>
void merge(const State& below, std::string_view prefix, Changes own, Changes end,
           const std::function<bool(std::string_view)>& visit) {
  const auto mine = [&] { return own != end && own->first.starts_with(prefix); };
  if (!mine()) return below.scan(prefix, visit);
  bool going = true;
  const auto between = [&](std::string_view key) {
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
  };
  below.scan(prefix, std::ref(between));
  for (; going && mine(); ++own) {
    if (own->second) going = visit(own->first);
  }
}

}  // namespace

void KeyChanges::set(std::string_view key, bool there) {
  auto& together = all_[hashOf(lookUpOf(key))];
  const auto place = together.lower_bound(key);
  if (place != together.end() && place->first == key) {
    place->second = there;
  } else {
    together.emplace_hint(place, key, there);
  }
}

void KeyChanges::absorb(KeyChanges& newer) {
  while (!newer.all_.empty()) {
    auto put = all_.insert(newer.all_.extract(newer.all_.begin()));
    if (put.inserted) continue;
    auto& own = put.position->second;
    auto& others = put.node.mapped();
    while (!others.empty()) {
      auto one = own.insert(others.extract(others.begin()));
      if (!one.inserted) one.position->second = one.node.mapped();
    }
  }
}

void KeyChanges::scan(const State& below, std::string_view prefix,
                      const std::function<bool(std::string_view)>& visit) const {
  if (all_.empty()) return below.scan(prefix, visit);
  if (const auto beginning = lookUpOf(prefix); !beginning.empty()) {
    const auto found = all_.find(hashOf(beginning));
    if (found == all_.end()) return below.scan(prefix, visit);
    return merge(below, prefix, found->second.lower_bound(prefix), found->second.end(), visit);
  }
  std::map<std::string_view, bool> some;
  each([&](std::string_view key, bool there) {
    if (key.starts_with(prefix)) some.emplace(key, there);
  });
  merge(below, prefix, some.begin(), some.end(), visit);
}

void KeyChanges::each(const std::function<void(std::string_view, bool)>& visit) const {
  for (const auto& [hash, together] : all_) {
    for (const auto& [key, there] : together) visit(key, there);
  }
}

}  // namespace consulta
