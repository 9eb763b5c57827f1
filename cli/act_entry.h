// What was written after an act, as the entry that it makes.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "cli/arguments.h"
#include "cli/session.h"
#include "events/catalogue.h"

namespace consulta {

/// The fields of an act, as far as their options are given. What cannot be read is added to
/// `wrong`.
[[nodiscard]] boost::json::object dataOfOptions(Session& session, const EventInfo& act,
                                                const Arguments& arguments, Failures& wrong);

/// The entry without the entity it is about and its date: its type, fields and what else the
/// options say. What cannot be read is added to `wrong`.
[[nodiscard]] boost::json::object entryOfOptions(Session& session, const EventInfo& act,
                                                 const Arguments& arguments, Failures& wrong);

/// The revision that its entity is at, where --expect says one.
void takeExpected(Session& session, boost::json::object& entry, Failures& wrong);

/// The function that has ordered it, where one is given.
void takeAuthority(const Arguments& arguments, boost::json::object& entry);
[[nodiscard]] Parameter authorityOption();

/// Its date, from --on or today; said as it is read.
void takeOccurred(Session& session, boost::json::object& entry, Failures& wrong);

/// An id as an entry writes it, with its aggregate in front unless it says what it is by itself.
[[nodiscard]] std::string entityWritten(const AggregateInfo& aggregate, const std::string& id);

}  // namespace consulta
