// --each: one act for every member of a group, or for every row of a spreadsheet.
#pragma once

#include "cli/arguments.h"
#include "cli/session.h"
#include "events/catalogue.h"

namespace consulta {

/// Adds --each and what belongs to it to the options of an act.
void addEachOptions(const EventInfo& act, Command& command);

/// Refuses what belongs to --each where it was not given.
[[nodiscard]] Status checkEachAbsent(const Arguments& arguments);

/// Makes one entry of every member or row, shows them with what stands in the way of each, asks
/// once and enters all of them as one submission, or nothing. Returns the exit code.
int enterEach(Session& session, const AggregateInfo& aggregate, const EventInfo& act,
              const Arguments& arguments);

}  // namespace consulta
