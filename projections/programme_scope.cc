#include "projections/programme_scope.h"

#include "events/envelope.capnp.h"

namespace consulta {

namespace {

using E = schema::Event;

bool is(std::uint16_t aggregate, E::Which which) {
  return aggregate == static_cast<std::uint16_t>(which);
}

/// What exists beside any programme: to name it makes nothing part of one.
bool isShared(std::uint16_t aggregate) {
  return is(aggregate, E::REGISTER) || is(aggregate, E::REFERENCE) || is(aggregate, E::SESSION) ||
         is(aggregate, E::RATE) || is(aggregate, E::PARTY) || is(aggregate, E::PERSON) ||
         is(aggregate, E::OFFICE);
}

bool canBelong(const RowPtr& row) {
  return row && !isShared(row->aggregate()) && !is(row->aggregate(), E::PROGRAMME);
}

bool names(const Row& row, EntityId target) {
  bool found = false;
  row.forEachRef([&](EntityId one) { found = found || one == target; });
  return found;
}

}  // namespace

bool belongsTo(const State& state, EntityId entity, EntityId programme) {
  if (entity == programme) return true;
  const auto row = state.row(entity);
  if (!canBelong(row)) return false;
  const auto whole = state.row(programme);
  if (names(*row, programme) || (whole && names(*whole, entity))) return true;
  bool found = false;
  row->forEachRef([&](EntityId target) {
    if (found) return;
    const auto between = state.row(target);
    found = canBelong(between) && names(*between, programme);
  });
  return found;
}

std::set<EntityId> membersOf(const State& state, EntityId programme) {
  std::set<EntityId> out{programme};
  std::set<EntityId> direct;
  for (const auto id : state.linkedTo(programme)) {
    if (canBelong(state.row(id))) direct.insert(id);
  }
  for (const auto between : direct) {
    for (const auto id : state.linkedTo(between)) {
      if (canBelong(state.row(id))) out.insert(id);
    }
  }
  if (const auto whole = state.row(programme)) {
    whole->forEachRef([&](EntityId id) {
      if (canBelong(state.row(id))) direct.insert(id);
    });
  }
  out.insert(direct.begin(), direct.end());
  return out;
}

}  // namespace consulta
