// What entries may name: nothing twice in one list, nothing that has ended, and no way that leads
// back to where it began. Pure, like all rules.
#pragma once

#include <capnp/list.h>

#include <string_view>
#include <vector>

#include "engine/rules/guard.h"

namespace consulta {

/// What has ended takes no further part. Refuses a party that was dissolved, an office that was
/// closed, a person who left and a file that was retired, when that was so before the earliest
/// moment the entry's date can mean and still is at the latest one: what happens on the same day is
/// not held against the entry, nor is anything against an entry of an unknown date. No entity at
/// all, and those of other kinds, pass.
void needsStanding(const Case& on, std::string_view rule, EntityId id, Refusals& no);
/// Likewise, each of a list.
void needsStanding(const Case& on, std::string_view rule, capnp::List<std::uint64_t>::Reader ids,
                   Refusals& no);

/// Refuses what a list names twice. `option` is the list's field as the command line writes it.
void checkDistinct(const Case& on, std::string_view rule, std::string_view option,
                   capnp::List<std::uint64_t>::Reader ids, Refusals& no);
void checkDistinct(std::string_view rule, std::string_view option,
                   capnp::List<capnp::Text>::Reader codes, Refusals& no);

/// Refuses a time zone that nobody knows, naming the nearest one; none at all passes.
void checkTimeZone(std::string_view rule, std::string_view zone, Refusals& no);

/// As of which moment a way is followed.
enum class AsOf { theAct, today };

/// Whether the way from `from`, over what `next` says of each row on it, leads to the entity acted
/// on. Circles elsewhere end it.
[[nodiscard]] bool leadsBack(const Case& on, EntityId from, AsOf asOf,
                             std::vector<EntityId> (*next)(const Row&));

}  // namespace consulta
