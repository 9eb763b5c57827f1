#include "engine/rules/naming.h"

#include <algorithm>
#include <set>
#include <string>

#include "engine/rules/other_entity.h"
#include "events/values/zoned_time.h"
#include "projections/rows/file.h"
#include "projections/rows/office.h"
#include "projections/rows/party.h"
#include "projections/rows/person.h"

namespace consulta {

namespace {

bool hasEnded(const Row& row) {
  if (tryAs<Party>(&row) != nullptr) {
    return stateOf<schema::PartyState>(row.head) == schema::PartyState::DISSOLVED;
  }
  if (tryAs<Office>(&row) != nullptr) {
    return stateOf<schema::OfficeState>(row.head) == schema::OfficeState::CLOSED;
  }
  if (tryAs<Person>(&row) != nullptr) {
    return stateOf<schema::PersonState>(row.head) == schema::PersonState::LEFT;
  }
  return tryAs<File>(&row) != nullptr &&
         stateOf<schema::FileState>(row.head) == schema::FileState::RETIRED;
}

/// The entity when it has certainly ended by the day of the act, else null.
RowPtr endedByThen(const Case& on, EntityId id) {
  const auto before = otherBeforehand(on, id);
  if (!before || !hasEnded(*before)) return nullptr;
  auto after = on.state.rowAt(id, momentsOf(on).latestNs);
  return hasEnded(*after) ? after : nullptr;
}

/// What takes the place of an ended entity, as far as the register knows.
std::vector<EntityId> successorsOf(const Row& row) {
  if (const auto* party = tryAs<Party>(&row)) return party->successors;
  EntityId one;
  if (const auto* office = tryAs<Office>(&row)) one = office->successor;
  if (const auto* person = tryAs<Person>(&row)) one = person->successor;
  if (const auto* file = tryAs<File>(&row)) one = file->supersededBy;
  return one ? std::vector<EntityId>{one} : std::vector<EntityId>{};
}

}  // namespace

void needsStanding(const Case& on, std::string_view rule, EntityId id, Refusals& no) {
  if (!id) return;
  const auto row = endedByThen(on, id);
  if (!row) return;
  std::vector<std::string> successors;
  for (const auto one : successorsOf(*row)) successors.push_back(on.name(one));
  if (successors.empty()) {
    no.refuse(rule, msg("{entity} was {state} by then; name one that still takes part, or give the "
                        "day of the act with --on",
                        arg("entity", on.name(id)), arg("state", stateName(on, *row))));
  } else {
    no.refuse(rule, msg("{entity} was {state} by then; name {successors} in its place, or give the "
                        "day of the act with --on",
                        arg("entity", on.name(id)), arg("state", stateName(on, *row)),
                        arg("successors", anyOf(successors))));
  }
}

void needsStanding(const Case& on, std::string_view rule, capnp::List<std::uint64_t>::Reader ids,
                   Refusals& no) {
  for (auto id : ids) needsStanding(on, rule, EntityId(id), no);
}

void checkDistinct(const Case& on, std::string_view rule, std::string_view option,
                   capnp::List<std::uint64_t>::Reader ids, Refusals& no) {
  std::set<EntityId> seen;
  for (auto id : ids) {
    if (seen.insert(EntityId(id)).second) continue;
    no.refuse(rule, msg("{entity} is named twice; give --{option} {entity} once",
                        arg("entity", on.name(EntityId(id))), arg("option", option)));
  }
}

void checkDistinct(std::string_view rule, std::string_view option,
                   capnp::List<capnp::Text>::Reader codes, Refusals& no) {
  std::set<std::string> seen;
  for (auto code : codes) {
    if (seen.emplace(code.cStr()).second) continue;
    no.refuse(rule, msg("{code} is named twice; give --{option} {code} once",
                        arg("code", code.cStr()), arg("option", option)));
  }
}

void checkTimeZone(std::string_view rule, std::string_view zone, Refusals& no) {
  if (zone.empty()) return;
  // A zone is known when the noon of some day can be told in it.
  const auto noon = readZonedTime("2006-04-06T12:00 " + std::string(zone));
  if (noon) return;
  no.refuse(rule, msg("--time-zone: {why}", arg("why", noon.failures().front().text)));
}

bool leadsBack(const Case& on, EntityId from, AsOf asOf,
               std::vector<EntityId> (*next)(const Row&)) {
  std::set<EntityId> passed;
  std::vector<EntityId> ahead{from};
  while (!ahead.empty()) {
    const auto at = ahead.back();
    ahead.pop_back();
    if (!at || !passed.insert(at).second) continue;
    if (at == on.entity) return true;
    const auto row = asOf == AsOf::today ? on.state.row(at) : on.other(at);
    if (!row) continue;
    for (const auto one : next(*row)) ahead.push_back(one);
  }
  return false;
}

}  // namespace consulta
