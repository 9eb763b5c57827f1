// A party: a State, a group, an organization or another partner.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "events/party.capnp.h"
#include "projections/row.h"

namespace consulta {

struct FocalPoint {
  EntityId person;
  EntityId programme;  // none: for all
  bool operator==(const FocalPoint&) const = default;
};
BOOST_DESCRIBE_STRUCT(FocalPoint, (), (person, programme))

/// A permanent mission: a channel to its State, not an office of ours.
struct PermanentMission {
  RowTexts name;
  std::string place;
  SealedRef contact;
  bool operator==(const PermanentMission&) const = default;
};
BOOST_DESCRIBE_STRUCT(PermanentMission, (), (name, place, contact))

struct Party {
  static constexpr auto aggregate = schema::Event::PARTY;

  RowTexts name;
  schema::PartyKind kind = schema::PartyKind::MEMBER_STATE;
  std::string country;
  std::string acronym;
  std::string region;
  std::string identifier;
  std::string language;              // in which we write to it
  std::vector<EntityId> groups;      // it belongs to
  std::vector<EntityId> represents;  // States or groups
  std::vector<FocalPoint> focalPoints;
  std::vector<PermanentMission> missions;
  std::vector<EntityId> successors;
  bool operator==(const Party&) const = default;
};
BOOST_DESCRIBE_STRUCT(Party, (),
                      (name, kind, country, acronym, region, identifier, language, groups,
                       represents, focalPoints, missions, successors))

void fold(Party& row, RowHead& head, schema::PartyEvent::Reader event, const FoldStep& step);

}  // namespace consulta
