// What a role or a delegation is for, and whether an act lies within it. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "events/catalogue.h"
#include "events/envelope.capnp.h"
#include "projections/row.h"
#include "projections/state.h"

namespace consulta {

/// The entity of an act as it is today, whatever the day of the act; where the act opens it, as the
/// entry says. Lives no longer than what it is made of.
class Concerned {
 public:
  /// `act` is that of the record itself; `row` is null where it opens the entity.
  Concerned(const State& state, schema::Record::Reader record, const EventInfo& act,
            const Row* row);

  /// Whether it is that office, or names it.
  [[nodiscard]] bool isOf(EntityId office) const;
  /// Whether it is part of that programme (programme_scope.h).
  [[nodiscard]] bool isPartOf(EntityId programme) const;

  [[nodiscard]] bool isRegister() const;
  /// The kind of the entity, "meeting", and its name, "meeting:MTG-1".
  [[nodiscard]] const std::string& kind() const;
  [[nodiscard]] std::string name() const;

 private:
  [[nodiscard]] std::vector<EntityId> named() const;

  const State& state_;
  schema::Record::Reader record_;
  const EventInfo& act_;
  const Row* row_;
  EntityId self_;
  std::uint16_t aggregate_;
};

/// The register itself is of no office and of no programme, though it names those that roles are
/// for: what is entered on it concerns all. So does what can be of neither: reference lists, rates,
/// sessions, calendars, procedures, parties.
struct Scope {
  EntityId office;     // none: every office
  EntityId programme;  // none: every programme

  [[nodiscard]] bool covers(const Concerned& what) const;
  /// "office:LAC, programme:PROG-LAC"; empty of one that is for everything.
  [[nodiscard]] std::string text(const State& state) const;
};

/// That of a role, or of a delegation.
template <typename Granted>
[[nodiscard]] Scope scopeOf(const Granted& granted) {
  return Scope{granted.office, granted.programme};
}

}  // namespace consulta
