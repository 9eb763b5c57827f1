#include "projections/past.h"

#include <algorithm>

#include "events/limits.h"
#include "events/values/edtf.h"
#include "projections/dues.h"
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

RowPtr PastState::asItWas(EntityId id, RowPtr now) const {
  const bool allKnown = now && (!moment_.known || now->head.last <= *moment_.known);
  RowPtr then;
  if (allKnown && now->head.lastOrderNs <= moment_.asOfNs) {
    then = std::move(now);
  } else if (!allKnown || now->head.firstOrderNs <= moment_.asOfNs) {  // or withdrawn by now
    then = timeline(id).fold(catalogue(), moment_.asOfNs);
  }
  if (rows_.size() >= limits::rows_cached_max) rows_.clear();  // whoever has one holds it
  return rows_.emplace(id, std::move(then)).first->second;
}

RowPtr PastState::row(EntityId id) const {
  const auto kept = rows_.find(id);
  return kept != rows_.end() ? kept->second : asItWas(id, base_.row(id));
}

std::vector<RowPtr> PastState::rows(std::span<const EntityId> ids) const {
  std::vector<RowPtr> out(ids.size());
  std::vector<EntityId> asked;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (const auto kept = rows_.find(ids[i]); kept != rows_.end()) {
      out[i] = kept->second;
    } else {
      asked.push_back(ids[i]);
      places.push_back(i);
    }
  }
  auto now = base_.rows(asked);
  for (std::size_t i = 0; i < now.size(); ++i) {
    out[places[i]] = asItWas(asked[i], std::move(now[i]));
  }
  return out;
}

const std::set<std::string, std::less<>>& PastState::allKeys() const {
  if (keys_) return *keys_;
  keys_.emplace();
  const auto take = [&](std::string_view key) {
    if (const auto then = row(keyedId(key))) {
      for (auto& one : indexKeys(*then)) keys_->insert(std::move(one));
      for (auto& one : dueKeys(*this, *then)) keys_->insert(std::move(one));
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
  if (prefix.starts_with('a')) return scanAggregates(prefix, visit);
  if (prefix.starts_with('s')) return scanSymbols(prefix, visit);
  const auto& keys = allKeys();
  for (auto at = keys.lower_bound(prefix); at != keys.end() && at->starts_with(prefix); ++at) {
    if (!visit(*at)) return;
  }
}

void PastState::scanAggregates(std::string_view prefix,
                               const std::function<bool(std::string_view)>& visit) const {
  std::vector<std::string> gone;  // few: what was withdrawn since
  base_.scan(formerKey(prefix),
             [&](std::string_view key) { return gone.push_back(keyOfFormer(key)), true; });
  auto next = gone.begin();
  std::vector<std::string> keys;
  bool going = true;
  const auto visitThese = [&] {
    std::vector<EntityId> ids;
    ids.reserve(keys.size());
    for (const auto& key : keys) ids.push_back(keyedId(key));
    const auto then = rows(ids);
    for (std::size_t i = 0; going && i < keys.size(); ++i) {
      if (then[i]) going = visit(keys[i]);
    }
    keys.clear();
    return going;
  };
  base_.scan(prefix, [&](std::string_view key) {
    for (; next != gone.end() && *next < key; ++next) keys.push_back(*next);
    keys.emplace_back(key);
    return keys.size() < rows_at_a_time || visitThese();
  });
  keys.insert(keys.end(), next, gone.end());
  if (going) visitThese();
}

void PastState::scanSymbols(std::string_view prefix,
                            const std::function<bool(std::string_view)>& visit) const {
  std::set<std::string> candidates;
  base_.scan(prefix, [&](std::string_view key) { return candidates.emplace(key), true; });
  base_.scan(formerKey(prefix),
             [&](std::string_view key) { return candidates.insert(keyOfFormer(key)), true; });
  for (const auto& key : candidates) {
    const auto then = row(keyedId(key));
    if (!then) continue;
    const auto held = indexKeys(*then);
    if (std::ranges::binary_search(held, key) && !visit(key)) return;
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
