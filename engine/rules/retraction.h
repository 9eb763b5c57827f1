// Withdrawing an entry that should not have been entered: who may, of what, and until when.
#pragma once

#include <vector>

#include "engine/rules/decide.h"
#include "engine/rules/guard.h"
#include "events/record.h"
#include "projections/state.h"

namespace consulta {

/// Whether `retraction`, an entry on `entity` that is not folded yet, may withdraw what it names.
/// Whether the rest of the order can stand without it is a matter of standingInOrder().
///
/// The engine withdraws what it has entered itself, because of an entry that undoes it. Else,
/// without `refiledTo`, it mends a slip: one's own entry, within limits::undo_ns. With it, it moves
/// an entry to where it belongs, at any time and with a reason.
[[nodiscard]] Failures checkRetraction(const State& state, EntityId entity,
                                       schema::Record::Reader retraction);

/// The withdrawal of `undone`, an entry of the engine, because of `cause`, which `state` holds.
[[nodiscard]] Following withdrawalOf(const RecordPtr& undone, const RecordPtr& cause,
                                     const State& state);

/// What was refiled stands anew among `records`, the accepted ones of the same submission.
[[nodiscard]] Failures checkRefiled(const State& state, const std::vector<RecordPtr>& records);

}  // namespace consulta
