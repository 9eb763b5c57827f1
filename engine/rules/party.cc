// Rules of parties: States have a code, groups have members and are not members of themselves.
#include "projections/rows/party.h"

#include <algorithm>
#include <string>

#include "engine/rules/guard.h"

namespace consulta {

namespace {

bool isState(schema::PartyKind kind) {
  return kind == schema::PartyKind::MEMBER_STATE || kind == schema::PartyKind::STATE;
}

/// A State is known by its ISO 3166 code, which no other active State has.
void checkState(const Case& on, schema::PartyKind kind, const std::string& country, Refusals& no) {
  if (!isState(kind)) return;
  if (country.empty()) {
    no.refuse("party.state.code", msg("a State needs its ISO 3166 code; give it with --country"));
    return;
  }
  on.state.each(on.act.aggregate, [&](const RowPtr& other) {
    const auto& party = as<Party>(*other);
    const bool self = other->head.id == on.entity;
    const bool active = stateOf<schema::PartyState>(other->head) == schema::PartyState::ACTIVE;
    if (!self && active && isState(party.kind) && party.country == country) {
      no.refuse("party.state.unique",
                msg("{other} is the State with code {country} already",
                    arg("other", on.name(other->head.id)), arg("country", country)));
      return false;
    }
    return true;
  });
}

void needsGroup(const Case& on, EntityId id, Refusals& no) {
  const auto row = on.state.row(id);
  const auto* group = tryAs<Party>(row.get());
  if (group != nullptr && group->kind != schema::PartyKind::GROUP) {
    no.refuse("party.group.kind",
              msg("{party} is not a group of States; name a group", arg("party", on.name(id))));
  }
  if (on.row != nullptr && on.row->head.id == id) {
    no.refuse("party.group.self", msg("a group is not a member of itself"));
  }
}

void checkJoined(const Case& on, const Party& row, EntityId group, Refusals& no) {
  needsGroup(on, group, no);
  if (std::ranges::find(row.groups, group) != row.groups.end()) {
    no.refuse("party.joined.once", msg("{party} belongs to {group} already",
                                       arg("party", on.self()), arg("group", on.name(group))));
  }
}

void checkLeft(const Case& on, const Party& row, EntityId group, Refusals& no) {
  if (std::ranges::find(row.groups, group) == row.groups.end()) {
    no.refuse("party.left.member",
              msg("{party} does not belong to {group}; enter \"party join\" first if it did",
                  arg("party", on.self()), arg("group", on.name(group))));
  }
}

void checkRepresentation(const Case& on, const Party& row, schema::PartyEvent::Reader event,
                         Refusals& no) {
  const bool takes = event.isRepresentationTaken();
  const auto id = EntityId(takes ? event.getRepresentationTaken().getRepresented()
                                 : event.getRepresentationEnded().getRepresented());
  const bool has = std::ranges::find(row.represents, id) != row.represents.end();
  if (takes && on.row->head.id == id) {
    no.refuse("party.represents.self", msg("a party does not represent itself"));
  }
  if (takes == has) {
    no.refuse(takes ? "party.represents.once" : "party.represents.had",
              takes ? msg("{party} represents {other} already", arg("party", on.self()),
                          arg("other", on.name(id)))
                    : msg("{party} does not represent {other}", arg("party", on.self()),
                          arg("other", on.name(id))));
  }
}

void checkFocalPoint(const Case& on, const Party& row, schema::PartyEvent::Reader event,
                     Refusals& no) {
  const bool named = event.isFocalPointNamed();
  const auto point = named ? FocalPoint{EntityId(event.getFocalPointNamed().getPerson()),
                                        EntityId(event.getFocalPointNamed().getProgramme())}
                           : FocalPoint{EntityId(event.getFocalPointReleased().getPerson()),
                                        EntityId(event.getFocalPointReleased().getProgramme())};
  const bool has = std::ranges::find(row.focalPoints, point) != row.focalPoints.end();
  if (named != has) return;
  no.refuse(named ? "party.focal-point.once" : "party.focal-point.had",
            named ? msg("that person is a focal point of {party} already", arg("party", on.self()))
                  : msg("that person is not a focal point of {party}", arg("party", on.self())));
}

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  const auto event = all.getParty();
  if (event.isRegistered()) {
    const auto e = event.getRegistered();
    return checkState(on, e.getKind(), e.getCountry().cStr(), no);
  }
  if (event.isFound()) {
    const auto e = event.getFound();
    for (auto group : e.getGroups()) needsGroup(on, EntityId(group), no);
    if (e.getState() == schema::PartyState::DISSOLVED) return;
    return checkState(on, e.getKind(), e.getCountry().cStr(), no);
  }
  const auto& row = as<Party>(*on.row);
  if (event.isReclassified()) {
    const auto e = event.getReclassified();
    checkState(on, e.getKind(), e.hasCountry() ? e.getCountry().cStr() : row.country, no);
  } else if (event.isGroupJoined()) {
    checkJoined(on, row, EntityId(event.getGroupJoined().getGroup()), no);
  } else if (event.isGroupLeft()) {
    checkLeft(on, row, EntityId(event.getGroupLeft().getGroup()), no);
  } else if (event.isRepresentationTaken() || event.isRepresentationEnded()) {
    checkRepresentation(on, row, event, no);
  } else if (event.isFocalPointNamed() || event.isFocalPointReleased()) {
    checkFocalPoint(on, row, event, no);
  } else if (event.isMissionClosed() &&
             std::ranges::find(row.missions, event.getMissionClosed().getPlace().cStr(),
                               &PermanentMission::place) == row.missions.end()) {
    no.refuse("party.mission.had",
              msg("{party} has no permanent mission there", arg("party", on.self())));
  }
}

}  // namespace

const Rules& rulesOfParty() {
  static const Rules rules{nullptr, &check, nullptr};
  return rules;
}

}  // namespace consulta
