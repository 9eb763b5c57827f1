#include "projections/past.h"

#include <algorithm>

#include "events/limits.h"
#include "events/values/edtf.h"
#include "projections/rows.h"

namespace consulta {

Timeline PastState::timeline(EntityId id) const {
  auto all = base_.timeline(id);
  if (!moment_.known) return all;
  Timeline out;
  for (const auto& record : all.records()) {
    if (record->position() <= *moment_.known) out.add(record);
  }
  return out;
}

RowPtr PastState::row(EntityId id) const {
  const auto kept = rows_.find(id);
  if (kept != rows_.end()) return kept->second;
  const auto now = base_.row(id);
  const bool allKnown = now && (!moment_.known || now->head.last <= *moment_.known);
  RowPtr then;
  if (allKnown && now->head.lastOrderNs <= moment_.asOfNs) {
    then = now;
  } else if (!allKnown || now->head.firstOrderNs <= moment_.asOfNs) {  // or withdrawn by now
    then = timeline(id).fold(catalogue(), moment_.asOfNs);
  }
  if (rows_.size() >= limits::rows_cached_max) rows_.clear();  // whoever has one holds it
  return rows_.emplace(id, std::move(then)).first->second;
}

const std::set<std::string, std::less<>>& PastState::allKeys() const {
  if (keys_) return *keys_;
  keys_.emplace();
  const auto take = [&](std::string_view key) {
    if (const auto then = row(keyedId(key))) {
      for (auto& one : indexKeys(*then)) keys_->insert(std::move(one));
    }
    return true;
  };
  base_.scan("a", take);
  base_.scan(formerKey("a"), take);
  return *keys_;
}

void PastState::scan(std::string_view prefix,
                     const std::function<bool(std::string_view)>& visit) const {
  // What an entity is never changes, and symbols that were taken away and entities that were
  // withdrawn are kept as former ones, so the present leads to all candidates. What it names may
  // have changed: there only the whole past answers.
  const auto held = [&](std::string_view key) {
    const auto then = row(keyedId(key));
    if (!then) return false;
    const auto keys = indexKeys(*then);
    return std::ranges::binary_search(keys, key);
  };
  if (prefix.starts_with('a')) return scanAggregates(prefix, held, visit);
  if (prefix.starts_with('s')) return scanSymbols(prefix, held, visit);
  const auto& keys = allKeys();
  for (auto at = keys.lower_bound(prefix); at != keys.end() && at->starts_with(prefix); ++at) {
    if (!visit(*at)) return;
  }
}

void PastState::scanAggregates(std::string_view prefix,
                               const std::function<bool(std::string_view)>& held,
                               const std::function<bool(std::string_view)>& visit) const {
  std::vector<std::string> gone;  // few: what was withdrawn since
  base_.scan(formerKey(prefix),
             [&](std::string_view key) { return gone.push_back(keyOfFormer(key)), true; });
  auto next = gone.begin();
  bool going = true;
  const auto visitGoneBefore = [&](std::string_view key) {
    for (; going && next != gone.end() && (key.empty() || *next < key); ++next) {
      going = !held(*next) || visit(*next);
    }
  };
  base_.scan(prefix, [&](std::string_view key) {
    visitGoneBefore(key);
    going = going && (!held(key) || visit(key));
    return going;
  });
  visitGoneBefore({});
}

void PastState::scanSymbols(std::string_view prefix,
                            const std::function<bool(std::string_view)>& held,
                            const std::function<bool(std::string_view)>& visit) const {
  std::set<std::string> candidates;
  base_.scan(prefix, [&](std::string_view key) { return candidates.emplace(key), true; });
  base_.scan(formerKey(prefix),
             [&](std::string_view key) { return candidates.insert(keyOfFormer(key)), true; });
  for (const auto& key : candidates) {
    if (held(key) && !visit(key)) return;
  }
}

std::vector<Position> PastState::possibly(EntityId id) const {
  std::vector<Position> out;
  if (moment_.asOfNs == Timeline::the_end) return out;
  for (const auto& step : timeline(id).steps(moment_.asOfNs)) {
    const auto bounds = dateBounds(step.fold().occurred.getEdtf().cStr());
    if (bounds && bounds->latestNs > moment_.asOfNs) out.push_back(step.position());
  }
  return out;
}

}  // namespace consulta
