// Yearly cycles on the command line: the next consultation planned from the last one, and what came
// over from it.
#pragma once

#include <boost/json/object.hpp>
#include <vector>

#include "cli/looking.h"

namespace consulta {

/// Whether an entry may bring the plan of what it opens: "consultation open ID --after PREVIOUS".
[[nodiscard]] bool mayBringItsPlan(const boost::json::object& entry);

/// The entries of an act: with "consultation open ID --after PREVIOUS" of one that is not planned
/// yet, its plan before it, after the model of PREVIOUS. Otherwise `entry` alone.
[[nodiscard]] std::vector<boost::json::object> withItsPlan(const Looking& at,
                                                           boost::json::object entry);
/// Says that this plan is entered first, unless it was entered before.
void sayItsPlan(const Looking& at, const boost::json::object& plan);

/// Under "next": what came over to a consultation and is still to be done, or how the next cycle
/// is opened. Nothing for other entities.
void printCycle(const Looking& at, const Row& row);
/// "carriedOver", "continuedBy" and "nextCycle", as far as there is any.
void addCycleJson(const Looking& at, const Row& row, boost::json::object& out);

}  // namespace consulta
