// Rules of parties: States have a code, groups have members and are not members of themselves, and
// what is dissolved takes no further part.
#include "projections/rows/party.h"

#include <algorithm>
#include <string>

#include "engine/rules/guard.h"
#include "engine/rules/naming.h"
#include "engine/rules/other_entity.h"
#include "projections/rows.h"

namespace consulta {

namespace {

using schema::PartyKind;

bool isState(PartyKind kind) {
  return kind == PartyKind::MEMBER_STATE || kind == PartyKind::STATE;
}

bool contains(const std::vector<EntityId>& list, EntityId id) {
  return std::ranges::find(list, id) != list.end();
}

// --- States ---

bool isActive(const RowPtr& row) {
  return row && stateOf<schema::PartyState>(row->head) == schema::PartyState::ACTIVE;
}

/// A State is known by its ISO 3166 code, which no other active State has: neither today nor, for a
/// State that is gone, on the day of the act.
void checkState(const Case& on, PartyKind kind, const std::string& country, Refusals& no) {
  if (!isState(kind)) return;
  if (country.empty()) {
    no.needs("country", "party.state.code",
             msg("a State needs its ISO 3166 code; give it with --country"));
    return;
  }
  on.state.each(on.act.aggregate, [&](const RowPtr& other) {
    const auto& party = as<Party>(*other);
    const auto id = other->head.id;
    if (id == on.entity || !isState(party.kind)) return true;
    if (foldSymbol(party.country) != foldSymbol(country)) return true;
    if (!isActive(other) && !isActive(otherByThen(on, id))) return true;
    no.refuse("party.state.unique",
              msg("{other} is the State with code {country} already; use it, or, if this one came "
                  "after it, enter \"party dissolve {other}\" and give a later --on",
                  arg("other", on.name(id)), arg("country", country)));
    return false;
  });
}

// --- groups ---

std::vector<EntityId> groupsOf(const Row& row) {
  const auto* party = tryAs<Party>(&row);
  return party == nullptr ? std::vector<EntityId>{} : party->groups;
}

void needsGroup(const Case& on, EntityId id, Refusals& no) {
  const auto row = otherByThen(on, id);
  const auto* group = tryAs<Party>(row.get());
  if (group != nullptr && group->kind != PartyKind::GROUP) {
    no.refuse("party.group.kind",
              msg("{party} is not a group of States; name one that is, or enter \"party "
                  "represent\" on {party} if it speaks for this one",
                  arg("party", on.name(id))));
  }
  needsStanding(on, "party.group.standing", id, no);
  if (leadsBack(on, id, AsOf::theAct, &groupsOf)) {
    no.refuse("party.group.self", msg("{group} is this group itself or a member of it, and no "
                                      "group is a member of itself; name another group",
                                      arg("group", on.name(id))));
  }
}

/// States make up a group, alone or as a smaller group.
void checkMember(PartyKind kind, Refusals& no) {
  if (isState(kind) || kind == PartyKind::GROUP) return;
  no.refuse("party.group.member",
            msg("only States, and groups of them, belong to a group of States; what another party "
                "has to do with it is entered with \"party represent\""));
}

void checkJoined(const Case& on, const Party& row, EntityId group, Refusals& no) {
  checkMember(row.kind, no);
  needsGroup(on, group, no);
  if (!contains(row.groups, group)) return;
  no.refuse(
      "party.joined.once",
      msg("{party} belongs to {group} already; name another --group, or enter \"party leave\" "
          "first if it left meanwhile",
          arg("party", on.self()), arg("group", on.name(group))));
}

void checkLeft(const Case& on, const Party& row, EntityId group, Refusals& no) {
  if (contains(row.groups, group)) return;
  no.refuse("party.left.member",
            msg("{party} does not belong to {group}; enter \"party join\" with an earlier --on "
                "first if it did",
                arg("party", on.self()), arg("group", on.name(group))));
}

bool hasMembers(const Case& on) {
  return std::ranges::any_of(on.state.linkedTo(on.entity), [&](EntityId id) {
    const auto row = on.state.row(id);
    const auto* party = tryAs<Party>(row.get());
    return party != nullptr && contains(party->groups, on.entity);
  });
}

void checkReclassified(const Case& on, const Party& row, schema::PartyReclassified::Reader e,
                       Refusals& no) {
  checkState(on, e.getKind(), e.hasCountry() ? e.getCountry().cStr() : row.country, no);
  if (!row.groups.empty() && !isState(e.getKind()) && e.getKind() != PartyKind::GROUP) {
    no.refuse("party.reclassified.groups",
              msg("{party} belongs to {group}, a group of States; enter \"party leave\" first, or "
                  "give another --kind",
                  arg("party", on.self()), arg("group", on.name(row.groups.front()))));
  }
  if (row.kind == PartyKind::GROUP && e.getKind() != PartyKind::GROUP && hasMembers(on)) {
    no.refuse("party.reclassified.members",
              msg("{party} has members, so it stays a group; enter \"party leave\" on them first",
                  arg("party", on.self())));
  }
}

// --- whom it represents ---

void checkRepresented(const Case& on, EntityId id, Refusals& no) {
  const auto row = otherByThen(on, id);
  const auto* party = tryAs<Party>(row.get());
  if (id == on.entity) {
    no.refuse("party.represents.self", msg("a party does not represent itself; name the States or "
                                           "groups it speaks for"));
  } else if (party != nullptr && !isState(party->kind) && party->kind != PartyKind::GROUP) {
    no.refuse("party.represents.kind",
              msg("{party} is neither a State nor a group of States; name one that is, or correct "
                  "the kind of {party} with \"party reclassify\"",
                  arg("party", on.name(id))));
  }
  needsStanding(on, "party.represents.standing", id, no);
}

void checkRepresentation(const Case& on, const Party& row, schema::PartyEvent::Reader event,
                         Refusals& no) {
  const bool takes = event.isRepresentationTaken();
  const auto id = EntityId(takes ? event.getRepresentationTaken().getRepresented()
                                 : event.getRepresentationEnded().getRepresented());
  const bool has = contains(row.represents, id);
  if (takes) checkRepresented(on, id, no);
  if (takes && has) {
    no.refuse("party.represents.once",
              msg("{party} represents {other} already; name another with --represented",
                  arg("party", on.self()), arg("other", on.name(id))));
  } else if (!takes && !has) {
    no.refuse("party.represents.had",
              msg("{party} does not represent {other}; enter \"party represent\" with an earlier "
                  "--on first if it did",
                  arg("party", on.self()), arg("other", on.name(id))));
  }
}

// --- focal points and missions ---

void checkFocalPoint(const Case& on, const Party& row, schema::PartyEvent::Reader event,
                     Refusals& no) {
  const bool named = event.isFocalPointNamed();
  const auto point = named ? FocalPoint{EntityId(event.getFocalPointNamed().getPerson()),
                                        EntityId(event.getFocalPointNamed().getProgramme())}
                           : FocalPoint{EntityId(event.getFocalPointReleased().getPerson()),
                                        EntityId(event.getFocalPointReleased().getProgramme())};
  const bool has = std::ranges::find(row.focalPoints, point) != row.focalPoints.end();
  if (named) needsStanding(on, "party.focal-point.active", point.person, no);
  if (named && has) {
    no.refuse("party.focal-point.once",
              msg("{person} is a focal point of {party} for that already; name somebody else with "
                  "--person, or another --programme",
                  arg("person", on.name(point.person)), arg("party", on.self())));
  } else if (!named && !has) {
    no.refuse("party.focal-point.had",
              msg("{person} is not a focal point of {party} for that; \"consulta show {party}\" "
                  "lists who is, and for which --programme",
                  arg("person", on.name(point.person)), arg("party", on.self())));
  }
}

bool hasMission(const Party& row, const std::string& place) {
  return std::ranges::find(row.missions, place, &PermanentMission::place) != row.missions.end();
}

void checkMissionOpened(const Case& on, const Party& row, const std::string& place, Refusals& no) {
  if (!isState(row.kind) && row.kind != PartyKind::INTERNATIONAL_ORGANIZATION &&
      row.kind != PartyKind::REGIONAL_ORGANIZATION) {
    no.refuse("party.mission.kind",
              msg("{party} is neither a State nor an organization of States, so it has no "
                  "permanent mission; how it is reached is entered with \"party name-focal-point\"",
                  arg("party", on.self())));
  }
  if (!hasMission(row, place)) return;
  no.refuse("party.mission.once",
            msg("{party} has a permanent mission in {place} already; give another --place, or "
                "enter \"party close-mission\" first",
                arg("party", on.self()), arg("place", place)));
}

void checkMissionClosed(const Case& on, const Party& row, const std::string& place, Refusals& no) {
  if (hasMission(row, place)) return;
  std::vector<std::string> places;
  for (const auto& one : row.missions) places.push_back(one.place);
  no.refuse("party.mission.had",
            places.empty()
                ? msg("{party} has no permanent mission; enter \"party open-mission\" with an "
                      "earlier --on first if it had one",
                      arg("party", on.self()))
                : msg("{party} has no permanent mission in {place}; give --place {places}",
                      arg("party", on.self()), arg("place", place), arg("places", anyOf(places))));
}

// --- all of them ---

void checkFound(const Case& on, schema::PartyFound::Reader e, Refusals& no) {
  if (e.getGroups().size() != 0) checkMember(e.getKind(), no);
  checkDistinct(on, "party.groups.distinct", "groups", e.getGroups(), no);
  checkDistinct(on, "party.represents.distinct", "represents", e.getRepresents(), no);
  for (auto group : e.getGroups()) needsGroup(on, EntityId(group), no);
  for (auto represented : e.getRepresents()) checkRepresented(on, EntityId(represented), no);
  if (e.getState() == schema::PartyState::DISSOLVED) return;
  checkState(on, e.getKind(), e.getCountry().cStr(), no);
}

void checkDissolved(const Case& on, schema::PartyDissolved::Reader e, Refusals& no) {
  checkDistinct(on, "party.successors.distinct", "successors", e.getSuccessors(), no);
  needsStanding(on, "party.successors.standing", e.getSuccessors(), no);
  for (auto successor : e.getSuccessors()) {
    if (EntityId(successor) != on.entity) continue;
    no.refuse("party.successors.self",
              msg("{party} does not succeed itself; name others with --successors, or leave it out",
                  arg("party", on.self())));
  }
}

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  const auto event = all.getParty();
  if (event.isRegistered()) {
    const auto e = event.getRegistered();
    return checkState(on, e.getKind(), e.getCountry().cStr(), no);
  }
  if (event.isFound()) return checkFound(on, event.getFound(), no);
  const auto& row = as<Party>(*on.row);
  if (event.isRenamed() && !event.getRenamed().hasName() && !event.getRenamed().hasAcronym()) {
    no.needs("name", "party.renamed.something", msg("say what is new: --name, --acronym or both"));
  } else if (event.isReclassified()) {
    checkReclassified(on, row, event.getReclassified(), no);
  } else if (event.isGroupJoined()) {
    checkJoined(on, row, EntityId(event.getGroupJoined().getGroup()), no);
  } else if (event.isGroupLeft()) {
    checkLeft(on, row, EntityId(event.getGroupLeft().getGroup()), no);
  } else if (event.isRepresentationTaken() || event.isRepresentationEnded()) {
    checkRepresentation(on, row, event, no);
  } else if (event.isFocalPointNamed() || event.isFocalPointReleased()) {
    checkFocalPoint(on, row, event, no);
  } else if (event.isMissionOpened()) {
    checkMissionOpened(on, row, event.getMissionOpened().getPlace().cStr(), no);
  } else if (event.isMissionClosed()) {
    checkMissionClosed(on, row, event.getMissionClosed().getPlace().cStr(), no);
  } else if (event.isLanguageChosen() &&
             row.language == event.getLanguageChosen().getLanguage().cStr()) {
    no.refuse("party.languageChosen.changes",
              msg("{party} is written to in {language} already; give another --language",
                  arg("party", on.self()), arg("language", row.language)));
  } else if (event.isDissolved()) {
    checkDissolved(on, event.getDissolved(), no);
  }
}

}  // namespace

const Rules& rulesOfParty() {
  static const Rules rules{nullptr, &check, nullptr};
  return rules;
}

}  // namespace consulta
