// What is the same to say of every row, whatever it is of: its states by name, what it is called,
// its date, and the whole of it as one tree that filters and differences work on.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "events/catalogue.h"
#include "projections/node.h"
#include "projections/row.h"

namespace consulta {

/// The axes of the aggregate with the state on each: {"acceptance", "accepted"}.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> statesOf(const Catalogue& catalogue,
                                                                        const Row& row);

/// The aggregate's own fields, and behind them what the head knows: "id" (every symbol), the
/// states, "opened", "changed", "found", "corrected", "revision". A field wins over the head.
[[nodiscard]] Node wholeRow(const Catalogue& catalogue, const Row& row);

/// The same for any row of the aggregate: see Row::shape(). A state axis is the list of its states.
[[nodiscard]] Node wholeShape(const AggregateInfo& aggregate);

/// A field of a shape that holds values: "invitations.state", and what stands there.
struct FieldPath {
  std::string path;  // names as people write them
  const Node* shape = nullptr;
};
/// All of them, at any depth. Valid as long as the shape.
[[nodiscard]] std::vector<FieldPath> fieldPaths(const Node& shape);

/// What people call it beside its id: its title, name or text; an empty node when it has none.
[[nodiscard]] Node titleOf(const Row& row);

/// The names of its members as people write them ("held-from"); none for a plain value.
[[nodiscard]] std::vector<std::string> memberNames(const Node& node);

}  // namespace consulta
