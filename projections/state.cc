#include "projections/state.h"

#include "projections/rows.h"

namespace consulta {

RowPtr State::rowAt(EntityId id, std::int64_t orderNs) const {
  auto now = row(id);
  if (!now || now->head.lastOrderNs <= orderNs) return now;
  return timeline(id).fold(catalogue_, orderNs);
}

std::vector<EntityId> State::named(std::string_view symbol,
                                   std::optional<std::uint16_t> aggregate) const {
  std::vector<EntityId> out;
  const auto prefix = symbolKeys(symbol);
  scan(prefix, [&](std::string_view key) {
    const auto high = static_cast<unsigned char>(key[prefix.size()]);
    const auto low = static_cast<unsigned char>(key[prefix.size() + 1]);
    if (!aggregate || *aggregate == ((high << 8U) | low)) out.push_back(keyedId(key));
    return true;
  });
  return out;
}

void State::each(std::uint16_t aggregate, const std::function<bool(const RowPtr&)>& visit) const {
  scan(aggregateKeys(aggregate), [&](std::string_view key) {
    const auto found = row(keyedId(key));
    return !found || visit(found);
  });
}

std::vector<EntityId> State::linkedTo(EntityId target) const {
  std::vector<EntityId> out;
  scan(linkKeys(target), [&](std::string_view key) {
    out.push_back(keyedId(key));
    return true;
  });
  return out;
}

std::string State::nameOf(EntityId id) const {
  const auto found = row(id);
  if (!found) return formerName(id);
  if (found->head.symbols.empty()) return "#" + std::to_string(id.value);
  return catalogue_.aggregate(found->aggregate()).name + ":" + found->head.name();
}

std::string State::formerName(EntityId id) const {
  const auto past = timeline(id);
  if (!past.records().empty() && past.records().front()->get().hasSymbol()) {
    const auto& opening = *past.records().front();
    return catalogue_.aggregate(aggregateOf(opening)).name + ":" + opening.get().getSymbol().cStr();
  }
  return "#" + std::to_string(id.value);
}

}  // namespace consulta
