// Under "next", and in the worklist: where a consultation stands in its procedure.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "cli/looking.h"
#include "events/catalogue.h"

namespace consulta {

/// Whom something waits for, by name; of many the first few and how many more there are.
[[nodiscard]] std::string namesOf(const Looking& at, const std::vector<EntityId>& ids);

/// The steps that a step still waits for on which parallel ones meet: those that are not done, or
/// were done without leading to it. Empty where the row is no consultation that runs by a
/// procedure.
[[nodiscard]] std::vector<std::string> stepsAwaited(const Looking& at, const Row& row,
                                                    const std::string& step);

/// The steps under way, and what each waits for. Nothing for other entities.
void printCourse(const Looking& at, const Row& row);
/// "steps": each with "step", "kind", "state", "due", "waitsFor" (a sentence).
void addCourseJson(const Looking& at, const Row& row, boost::json::object& out);

/// What follows the id in an example of the act, as it fits where the consultation stands: of
/// report-step the step under way. Empty where the example of the schema fits as it is.
[[nodiscard]] std::string exampleHere(const Looking& at, const Row& row, const EventInfo& act);

}  // namespace consulta
