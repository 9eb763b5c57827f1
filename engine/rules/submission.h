// Deciding a whole submission: its entries one after the other, each against the state that the
// ones before it leave, with what follows from them. Pure, like the rules themselves.
#pragma once

#include <vector>

#include "engine/rules/decide.h"
#include "events/entry.h"
#include "events/record.h"
#include "projections/overlay.h"

namespace consulta {

/// `stamp` is that of the first entry; positions count up from it. `scratch` lies over the state to
/// decide against and holds the accepted entries afterwards; after a refusal it is of no use. All
/// failing checks of all entries are returned, but an entry that needs one that was refused before
/// it is not held against the submitter a second time.
[[nodiscard]] Result<std::vector<RecordPtr>> decideSubmission(std::vector<Proposal>& entries,
                                                              const Stamp& stamp, Overlay& scratch,
                                                              Sealing& sealing);

}  // namespace consulta
