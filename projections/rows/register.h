// The register itself: whose it is, who acts in it, in which roles.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "events/register.capnp.h"
#include "projections/row.h"
#include "projections/state.h"

namespace consulta {

/// Somebody who enters or reads. The id is what records name; the name is personal.
struct Actor {
  std::string id;
  SealedRef name;
  SealedRef credential;
  EntityId person;
  bool operator==(const Actor&) const = default;
};
BOOST_DESCRIBE_STRUCT(Actor, (), (id, name, credential, person))

struct GrantedRole {
  std::string actor;
  schema::Role role = schema::Role::CLERK;
  EntityId office;     // none: every office
  EntityId programme;  // none: every programme
  bool personalValues = false;
  bool operator==(const GrantedRole&) const = default;
};
BOOST_DESCRIBE_STRUCT(GrantedRole, (), (actor, role, office, programme, personalValues))

/// That `to` may enter on behalf of `from`. The days are those of the acts that are entered.
struct Delegation {
  std::string from;
  std::string to;
  RowDate begins;
  RowDate ends;                    // empty: none was set
  EntityId office;                 // none: of every office
  EntityId programme;              // none: of every programme
  std::vector<std::string> kinds;  // aggregates; none: all but the register itself
  std::vector<EntityId> grounds;
  RowDate ended;  // the day from which on it no longer holds; empty: it was not ended
  SealedRef reason;
  bool operator==(const Delegation&) const = default;
};
BOOST_DESCRIBE_STRUCT(Delegation, (),
                      (from, to, begins, ends, office, programme, kinds, grounds, ended, reason))

/// A restore that fell back behind what had been acknowledged, or may have.
struct Epoch {
  std::uint64_t number = 0;
  std::uint64_t lostFrom = 0;
  std::uint64_t lostTo = 0;  // 0: not known
  std::uint64_t checkpoint = 0;
  std::string checkpointHash;
  bool operator==(const Epoch&) const = default;
};
BOOST_DESCRIBE_STRUCT(Epoch, (), (number, lostFrom, lostTo, checkpoint, checkpointHash))

struct RegisterRow {
  static constexpr auto aggregate = schema::Event::REGISTER;

  RowTexts organization;
  std::string registerId;
  std::string timeZone;
  std::vector<std::string> languages;
  std::string currency;
  std::vector<Actor> actors;
  std::vector<GrantedRole> roles;
  std::vector<Delegation> delegations;  // those that have ended too
  std::vector<Epoch> epochs;            // without the first
  bool operator==(const RegisterRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(RegisterRow, (),
                      (organization, registerId, timeZone, languages, currency, actors, roles,
                       delegations, epochs))

/// The register's own row; null before it is opened.
[[nodiscard]] RowPtr registerRow(const State& state);

/// Whether an entry that ends a delegation means this one, which has not been ended yet.
[[nodiscard]] bool isMeant(const Delegation& one, schema::RegisterDelegationEnded::Reader entry);

void fold(RegisterRow& row, RowHead& head, schema::RegisterEvent::Reader event,
          const FoldStep& step);

}  // namespace consulta
