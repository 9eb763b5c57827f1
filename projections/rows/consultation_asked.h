// Whom the steps of a consultation's procedure ask, and who of them is still awaited. Pure: what a
// step asks for stands in its run, as it was when it began.
#pragma once

#include <string_view>
#include <vector>

#include "projections/rows/consultation.h"

namespace consulta {

/// The parties that a run asks, in the order of the roll as it stands now: those of its roles, and
/// those it names. Who is not on the roll is not asked.
[[nodiscard]] std::vector<EntityId> askedParties(const Consultation& row,
                                                 const ConsultationStep& run);

/// Those of them who have not contributed since it began.
[[nodiscard]] std::vector<EntityId> notContributed(const Consultation& row,
                                                   const ConsultationStep& run);

/// The contribution by which all of them have contributed; null while some have not, and where
/// nobody is asked. Valid until the consultation changes.
[[nodiscard]] const ConsultationContribution* lastAwaited(const Consultation& row,
                                                          const ConsultationStep& run);

/// Those who may vote, or break a silence, in a round that opens now: who are counted and whom the
/// step of that kind ("vote", "silence") asks that is under way. One that names nobody asks all.
[[nodiscard]] std::vector<EntityId> entitledParties(const Consultation& row, std::string_view kind);

/// The step of that kind under way that keeps a party from it which is counted, for it asks others;
/// null when there is none. Valid until the consultation changes.
[[nodiscard]] const ConsultationStep* stepNotAsking(const Consultation& row, std::string_view kind,
                                                    EntityId party);

/// Those who may vote in a round and have not.
[[nodiscard]] std::vector<EntityId> notVoted(const ConsultationVoteRound& round);

}  // namespace consulta
