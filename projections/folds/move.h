// A fold that computes a state, where the schema leaves it to the fold.
#pragma once

#include <cstddef>
#include <cstdint>

#include "projections/row.h"

namespace consulta {

/// Sets the state of an axis and keeps the one before it; staying in a state is no change.
template <typename State>
void moveTo(RowHead& head, State state, std::size_t axis = 0) {
  const auto to = static_cast<std::uint16_t>(state);
  if (head.states.at(axis) == to) return;
  head.before.at(axis) = head.states.at(axis);
  head.states.at(axis) = to;
}

}  // namespace consulta
