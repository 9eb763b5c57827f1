// Is a proposed entry the one that was stored under the same submission id?
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "events/entry.h"
#include "events/record.h"
#include "projections/state.h"

namespace consulta {

/// Whether `value` is what the record at that position committed to under `field`.
using MatchesValue = std::function<bool(const Record& record, std::string_view field,
                                        std::string_view value, std::string_view commitment)>;

/// Compares everything that the submitter said: what the register adds (positions, ids, times) is
/// taken from the stored record first. A date that was not said but filled in is not compared.
/// `proposal`'s message is of no further use.
[[nodiscard]] bool isSameEntry(Proposal& proposal, const Record& stored, const State& state,
                               bool dateWasFilledIn, const MatchesValue& matches);

}  // namespace consulta
