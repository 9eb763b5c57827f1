// The part of a memorandum's rules that is about its term, renewal, notice and end.
#pragma once

#include <string_view>

#include "engine/rules/guard.h"
#include "projections/rows/mou.h"

namespace consulta {

/// Refuses, under the name `rule`, what only a signatory can do.
void needsSignatory(const Case& on, std::string_view rule, EntityId party, const Mou& mou,
                    Refusals& no);

/// Checks the acts that it knows and lets all others pass.
void checkMouTerms(const Case& on, schema::MouEvent::Reader event, const Mou& mou, Refusals& no);

}  // namespace consulta
