#include "engine/rules/scope.h"

#include <algorithm>

#include "events/entry.h"
#include "events/message.h"
#include "projections/programme_scope.h"
#include "projections/rows/register.h"

namespace consulta {

Concerned::Concerned(const State& state, schema::Record::Reader record, const EventInfo& act,
                     const Row* row)
    : state_(state),
      record_(record),
      act_(act),
      row_(row),
      self_(record.getEntity()),
      aggregate_(row == nullptr ? act.aggregate : row->aggregate()) {}

bool Concerned::isOf(EntityId office) const {
  if (isRegister()) return false;
  return self_ == office || std::ranges::count(named(), office) != 0;
}

bool Concerned::isPartOf(EntityId programme) const {
  return row_ == nullptr ? belongsBy(state_, aggregate_, named(), programme)
                         : belongsTo(state_, self_, programme);
}

bool Concerned::isRegister() const {
  return aggregate_ == static_cast<std::uint16_t>(RegisterRow::aggregate);
}

const std::string& Concerned::kind() const {
  return state_.catalogue().aggregate(aggregate_).name;
}

std::string Concerned::name() const {
  return row_ == nullptr ? kind() + ":" + record_.getSymbol().cStr() : state_.nameOf(self_);
}

std::vector<EntityId> Concerned::named() const {
  std::vector<EntityId> out;
  if (row_ != nullptr) {
    row_->forEachRef([&](EntityId id) { out.push_back(id); });
    return out;
  }
  const auto fields = eventFields(state_.catalogue(), act_, record_.getEvent());
  for (const auto& field : act_.fields) {
    if (field.kind != FieldKind::ref) continue;
    if (!field.list) {
      out.emplace_back(fields.get(field.schema).as<std::uint64_t>());
      continue;
    }
    for (auto one : fields.get(field.schema).as<capnp::DynamicList>()) {
      out.emplace_back(one.as<std::uint64_t>());
    }
  }
  return out;
}

bool Scope::covers(const Concerned& what) const {
  return (!office || what.isOf(office)) && (!programme || what.isPartOf(programme));
}

std::string Scope::text(const State& state) const {
  std::vector<std::string> parts;
  for (const auto id : {office, programme}) {
    if (id) parts.push_back(state.nameOf(id));
  }
  return joined(parts);
}

}  // namespace consulta
