// Checking an entry where it takes its place among the others of its entity.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/rules/guard.h"
#include "events/record.h"
#include "projections/state.h"
#include "projections/timeline.h"

namespace consulta {

/// The lifecycle and the aggregate's rules for one step on the row before it (null: it opens).
[[nodiscard]] Failures checkStep(const State& state, const Row* before, const FoldStep& step,
                                 std::int64_t nowNs);

/// How an entry stands in its place among those that are there.
struct Standing {
  Failures inTheWay;  // what makes it unlawful, or another entry by it; empty: all can stand
  /// What the engine has entered and could not stand, on the entity and on those that name it: with
  /// what followed from it, and each beginning alone. Nothing where the entry is unlawful itself.
  std::vector<RecordPtr> undone;
  std::vector<RecordPtr> roots;
  /// Whether something else could not stand even then: it gives way to nothing.
  bool isFirm = false;

  /// Whether all could stand if the engine's own were withdrawn.
  [[nodiscard]] bool canBeMadeRoom() const { return !roots.empty() && !isFirm; }
};

/// What the entity was as of an instant is what entries of other entities were checked against.
/// Those that name it and have entries behind `candidate` (behind what it corrects) are checked
/// again, with it in its place. Of those that it names itself nothing is asked: the course of a
/// round table can be entered after its meeting was closed. Reads the row of each entity that names
/// this one, and replays those that have entries behind.
[[nodiscard]] Standing standingAmongDependents(const State& state, const RecordPtr& candidate,
                                               std::int64_t nowNs);

/// Refolds the entity with `candidate` (a late entry, a corrigendum or a retraction, not yet in
/// `state`) in its place and checks every step from there on, and its dependents likewise unless it
/// is unlawful itself. What was in the way before without the candidate is not held against it.
/// Nothing gives way to a retraction.
[[nodiscard]] Standing standingInOrder(const State& state, const RecordPtr& candidate,
                                       std::int64_t nowNs);

/// Whether an entry carries the authority by which the engine's own gives way: stated beside it, or
/// in the act itself where that says who orders it.
[[nodiscard]] bool carriesAuthority(const Catalogue& catalogue, schema::Record::Reader record);

/// "consultation.silenceObserved of 2006-07-14".
[[nodiscard]] Message describe(const State& state, const RecordPtr& record);

}  // namespace consulta
