// From a proposed entry to the record that will be stored: the decision itself, without any I/O.
//
// The writer calls this for one entry after the other, against state that holds what is queued and
// the earlier entries of the same submission. All checks that fail are returned.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "engine/rules/guard.h"
#include "events/entry.h"
#include "events/record.h"
#include "projections/overlay.h"

namespace consulta {

/// What the register adds to an entry.
struct Stamp {
  Position position;
  std::int64_t recordedAtNs = 0;
  ActorId actor;
  ActorId onBehalfOf;
  SubmissionId submission;
  CorrelationId correlation;
  Position cause;  // of a consequence
  /// Of a consequence that is dated by an earlier entry than its cause: it comes after that one.
  std::int64_t notBeforeNs = std::numeric_limits<std::int64_t>::min();
  bool ordered = false;  // of a consequence: its cause carries authority, which reaches to it
};

/// An entry that is accepted, and what gives way to it.
struct Decided {
  RecordPtr record;
  /// Entries of the engine that cannot stand with it and are to be withdrawn, each with what
  /// followed from it; in their order.
  std::vector<RecordPtr> undone;
};

/// Commits to personal values; the vault behind it seals them. One call a value, before encoding.
class Sealing {
 public:
  Sealing() = default;
  Sealing(const Sealing&) = delete;
  Sealing& operator=(const Sealing&) = delete;
  virtual ~Sealing() = default;
  /// A data subject that no entity has yet.
  [[nodiscard]] virtual SubjectId newSubject() = 0;
  /// The 32 bytes that stand in the record. The value is kept beside it under `field`.
  [[nodiscard]] virtual std::string seal(SubjectId subject, Position position,
                                         const std::string& field, const std::string& value) = 0;
};

/// Decides one entry. On acceptance the record is complete and canonical; it has not been folded
/// yet. `proposal`'s message is filled in on the way and is of no further use.
[[nodiscard]] Result<Decided> decide(Proposal& proposal, const Stamp& stamp, const State& state,
                                     Sealing& sealing);

/// An entry of the engine, ready for decide(), and the instant that it takes its place after.
struct Following {
  Proposal proposal;
  std::int64_t notBeforeNs = std::numeric_limits<std::int64_t>::min();
};
/// What follows at once from `record`, which has been folded into `state`, on the same entity.
[[nodiscard]] std::vector<Following> consequences(const RecordPtr& record, const State& state);
/// What follows from where an entity stands now, as if its last entry had just been entered: after
/// something in its order has changed.
[[nodiscard]] std::vector<Following> consequencesNow(EntityId id, const State& state);

/// The entity a symbol, "aggregate:symbol" or "#position" names, among these aggregates ("*": any).
/// Nothing, or more than one candidate, is refused with what could have been meant.
[[nodiscard]] Result<EntityId> resolve(const State& state, const std::string& written,
                                       const std::vector<std::string>& kinds);

/// The code of a reference list that was most likely meant by `written`, a code or a name in any
/// language that is not there, with the name that is near: "UY (Uruguay)".
[[nodiscard]] std::optional<std::string> nearestCode(const State& state, std::string_view list,
                                                     std::string_view written);

/// The acts that are lawful on an entity now as far as state alone can say.
struct Possible {
  const EventInfo* act = nullptr;
  Failures inTheWay;  // empty: lawful
  /// When the state stands in the way: the states it is lawful in, pieces of one text.
  std::vector<Message> lawfulIn;
};
[[nodiscard]] std::vector<Possible> possibleActs(const State& state, const Row& row,
                                                 std::int64_t nowNs);

/// The lifecycle guard alone, from the schema's moves.
[[nodiscard]] Failures lifecycle(const State& state, const EventInfo& act, const Row& row);

/// Whether the state before, which a found entry may name, is one that leads to the state found.
[[nodiscard]] Failures checkFoundStates(const Catalogue& catalogue, const EventInfo& act,
                                        schema::Event::Reader event);

/// The instant that orders an entry among its entity's: the day or instant itself; of an imprecise
/// date that of the entry recorded before it when it lies within the range, else the earliest.
[[nodiscard]] std::int64_t orderingInstant(std::string_view edtf, const RowHead* before);

}  // namespace consulta
