// What an act concerns, as far as the scopes of roles and delegations ask.
#pragma once

#include <vector>

#include "events/catalogue.h"
#include "events/envelope.capnp.h"
#include "projections/row.h"
#include "projections/state.h"

namespace consulta {

/// The entity as it is, or what the entry that opens it names. Lives no longer than the state.
class Concerned {
 public:
  /// `row` is null where the act opens the entity.
  Concerned(const State& state, schema::Record::Reader record, const EventInfo& act,
            const Row* row);

  /// Whether it is of that office and of that programme; none stands for every one.
  [[nodiscard]] bool isWithin(EntityId office, EntityId programme) const;

 private:
  [[nodiscard]] bool isOfOffice(EntityId id) const;
  [[nodiscard]] bool isOfProgramme(EntityId id) const;

  const State& state_;
  EntityId self_;
  bool opens_;
  std::vector<EntityId> named_;
};

}  // namespace consulta
