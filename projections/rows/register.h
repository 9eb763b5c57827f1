// The register itself: whose it is, who acts in it, in which roles.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "events/register.capnp.h"
#include "projections/row.h"

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
  std::vector<Epoch> epochs;  // without the first
  bool operator==(const RegisterRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(RegisterRow, (),
                      (organization, registerId, timeZone, languages, currency, actors, roles,
                       epochs))

void fold(RegisterRow& row, RowHead& head, schema::RegisterEvent::Reader event,
          const FoldStep& step);

}  // namespace consulta
