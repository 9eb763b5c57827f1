#include "projections/programme_scope.h"

#include <algorithm>
#include <vector>

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

bool canBelong(std::uint16_t aggregate) {
  return !isShared(aggregate) && !is(aggregate, E::PROGRAMME);
}

bool canBelong(const RowPtr& row) {
  return row && canBelong(row->aggregate());
}

std::vector<EntityId> namedBy(const Row& row) {
  std::vector<EntityId> out;
  row.forEachRef([&](EntityId one) { out.push_back(one); });
  return out;
}

bool names(const Row& row, EntityId target) {
  return std::ranges::count(namedBy(row), target) != 0;
}

}  // namespace

bool belongsBy(const State& state, std::uint16_t aggregate, std::span<const EntityId> named,
               EntityId programme) {
  if (!canBelong(aggregate)) return false;
  if (std::ranges::find(named, programme) != named.end()) return true;
  return std::ranges::any_of(named, [&](EntityId one) {
    const auto between = one ? state.row(one) : nullptr;
    return canBelong(between) && names(*between, programme);
  });
}

bool belongsTo(const State& state, EntityId entity, EntityId programme) {
  if (entity == programme) return true;
  const auto row = state.row(entity);
  if (!canBelong(row)) return false;
  if (belongsBy(state, row->aggregate(), namedBy(*row), programme)) return true;
  const auto whole = state.row(programme);
  return whole && names(*whole, entity);
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
