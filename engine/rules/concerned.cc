#include "engine/rules/concerned.h"

#include <algorithm>

#include "events/entry.h"
#include "projections/programme_scope.h"

namespace consulta {

Concerned::Concerned(const State& state, schema::Record::Reader record, const EventInfo& act,
                     const Row* row)
    : state_(state), self_(record.getEntity()), opens_(row == nullptr) {
  if (row != nullptr) {
    row->forEachRef([&](EntityId id) { named_.push_back(id); });
    return;
  }
  const auto fields = eventFields(state.catalogue(), act, record.getEvent());
  for (const auto& field : act.fields) {
    if (field.kind != FieldKind::ref) continue;
    if (!field.list) {
      named_.emplace_back(fields.get(field.schema).as<std::uint64_t>());
      continue;
    }
    for (auto one : fields.get(field.schema).as<capnp::DynamicList>()) {
      named_.emplace_back(one.as<std::uint64_t>());
    }
  }
}

bool Concerned::isWithin(EntityId office, EntityId programme) const {
  return (!office || isOfOffice(office)) && (!programme || isOfProgramme(programme));
}

bool Concerned::isOfOffice(EntityId id) const {
  return self_ == id || std::ranges::find(named_, id) != named_.end();
}

bool Concerned::isOfProgramme(EntityId id) const {
  if (!opens_) return belongsTo(state_, self_, id);
  return std::ranges::any_of(named_,
                             [&](EntityId one) { return one && belongsTo(state_, one, id); });
}

}  // namespace consulta
