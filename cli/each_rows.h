// What --each names, as the entries to be made of it.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/session.h"
#include "engine/runtime/register.h"
#include "events/catalogue.h"

namespace consulta {

/// One entry, of one row of the file or of one member of the group.
struct EachRow {
  std::uint64_t line = 0;          // of the file; 0: of a member
  std::string label;               // of a member: its symbol
  std::string id;                  // the entity acted on, where rows differ in it
  std::vector<std::string> cells;  // what the row says, as it was read
  std::set<EntityId> named;        // the entities in it
  boost::json::object entry;
  Failures inTheWay;
};

struct EachRows {
  std::vector<std::string> headings;  // of the cells
  bool idsDiffer = false;
  bool datesDiffer = false;  // each entry has its own; else none has one yet
  std::vector<EachRow> rows;
};

/// All rows, each with what could not be read in it. `base` is what all entries have in common but
/// their date, with its entity if the ID was given. What is wrong with the whole is returned.
[[nodiscard]] Result<EachRows> eachRows(Session& session, Register& reg,
                                        const AggregateInfo& aggregate, const EventInfo& act,
                                        const Arguments& arguments,
                                        const boost::json::object& base);

/// The fields that a member of a group can fill: those that may name a party.
[[nodiscard]] std::vector<const FieldInfo*> memberFields(const EventInfo& act);

}  // namespace consulta
