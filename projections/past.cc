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
  if (allKnown && now->head.lastOrderNs <= moment_.asOfNs) return now;
  if (allKnown && now->head.firstOrderNs > moment_.asOfNs) return nullptr;
  return timeline(id).fold(catalogue(), moment_.asOfNs);  // also of one that is withdrawn by now
}

RowPtr PastState::row(EntityId id) const {
  if (const auto kept = rows_.find(id); kept != rows_.end()) return kept->second;
  auto then = asItWas(id, base_.row(id));
  if (rows_.size() >= limits::rows_cached_max) rows_.clear();  // whoever has one holds it
  return rows_.emplace(id, std::move(then)).first->second;
}

std::vector<RowPtr> PastState::rows(std::span<const EntityId> ids, const Wanted& /*wanted*/) const {
  std::vector<EntityId> later;  // opened only then, as all that is known of them says
  auto out = base_.rows(ids, [&](const RowStart& start) {
    const bool allKnown = !moment_.known || start.last <= *moment_.known;
    if (!allKnown || start.firstOrderNs <= moment_.asOfNs) return true;
    later.push_back(start.id);
    return false;
  });
  auto next = later.begin();
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const bool isLater = next != later.end() && *next == ids[i];
    if (isLater) {
      ++next;
    } else {
      out[i] = asItWas(ids[i], std::move(out[i]));
    }
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
  if (prefix.starts_with('a')) {
    return eachFound(prefix, [&](std::string_view key, const RowPtr&) { return visit(key); });
  }
  if (prefix.starts_with('s')) return scanSymbols(prefix, visit);
  const auto& keys = allKeys();
  for (auto at = keys.lower_bound(prefix); at != keys.end() && at->starts_with(prefix); ++at) {
    if (!visit(*at)) return;
  }
}

void PastState::each(std::uint16_t aggregate,
                     const std::function<bool(const RowPtr&)>& visit) const {
  eachFound(aggregateKeys(aggregate),
            [&](std::string_view, const RowPtr& then) { return visit(then); });
}

void PastState::eachFound(std::string_view prefix,
                          const std::function<bool(std::string_view, const RowPtr&)>& visit) const {
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
      if (then[i]) going = visit(keys[i], then[i]);
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
