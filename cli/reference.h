// The reference data a new register begins with: entries that `init` submits like any others.
//
// The texts are written when the program is built (cli/reference/README.md says from what) and live
// as long as it does. Constant data; safe from any thread.
#pragma once

#include <span>
#include <string_view>

namespace consulta {

/// Entries that belong together and fit well into one submission.
struct ReferenceGroup {
  std::string_view name;  // in English, for a progress bar: "countries and regions"
  std::span<const std::string_view> entries;
};

/// All entries. Each is one JSON object as readEntry() reads it; in this order every reference and
/// every code leads to an entry before it.
[[nodiscard]] std::span<const std::string_view> referenceEntries();
/// The same entries in the same order, in a few groups; a group needs only those before it.
[[nodiscard]] std::span<const ReferenceGroup> referenceGroups();

/// The procedures that are shipped, likewise. They go by the calendar WORKING-DAYS, which must have
/// been entered before.
[[nodiscard]] std::span<const std::string_view> procedureEntries();

}  // namespace consulta
