// Whom a step of a procedure asks, resolved once, when it begins: the symbols its `by` names, and
// of a group the members of that day. What changes later changes nothing for the step.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>

#include "events/procedure/definition.h"
#include "projections/state.h"

namespace consulta {

/// Adds the kind of the step and whom it asks to what the entry says by which it begins.
void addAsked(boost::json::object& data, const State& state, const ProcedureStep& step,
              std::int64_t orderNs);

}  // namespace consulta
