// A submission as it comes from outside: entries in JSON.
#pragma once

#include <string>
#include <vector>

#include "events/catalogue.h"
#include "events/entry.h"
#include "events/result.h"

namespace consulta {

/// Reads one entry, or an array of them, as readEntry() takes each. Every one says when it
/// occurred: a program knows, and nobody is there to be asked. All that is wrong is returned, with
/// the number of the entry where there are several.
[[nodiscard]] Result<std::vector<Proposal>> readSubmissionText(const Catalogue& catalogue,
                                                               const std::string& text,
                                                               const EntryDefaults& defaults);

}  // namespace consulta
