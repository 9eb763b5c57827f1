#include "engine/store/gathered.h"

#include <algorithm>

namespace consulta {

void Gathered::add(EntityId entity, const StoredRecord& stored) {
  all_.push_back(One{entity, stored.position, bytes_.size(), stored.bytes.size()});
  bytes_ += stored.bytes;
}

std::vector<Gathered::Run> Gathered::sortedRuns(std::size_t count) {
  std::ranges::sort(all_, [](const One& a, const One& b) {
    return a.entity != b.entity ? a.entity < b.entity : a.position < b.position;
  });
  std::vector<Run> out;
  std::size_t begin = 0;
  for (std::size_t i = 1; i <= count && begin < all_.size(); ++i) {
    auto end = std::max(begin, all_.size() * i / count);
    while (end < all_.size() && end > begin && all_[end].entity == all_[end - 1].entity) ++end;
    if (end > begin) out.push_back(Run(all_).subspan(begin, end - begin));
    begin = end;
  }
  return out;
}

void Gathered::clear() {
  bytes_.clear();
  all_.clear();
}

Gathered::Run firstEntityOf(Gathered::Run run) {
  const auto behind = std::ranges::find_if(
      run, [&](EntityId id) { return id != run.front().entity; }, &Gathered::One::entity);
  return run.first(static_cast<std::size_t>(behind - run.begin()));
}

}  // namespace consulta
