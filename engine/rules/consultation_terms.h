// What the rules of consultations have in common: who is counted, what was received in time, and
// what stands in the way of a further round.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/rules/guard.h"
#include "projections/rows/consultation.h"

namespace consulta {

[[nodiscard]] bool isAmong(const std::vector<EntityId>& parties, EntityId party);
/// The revision that is named, else the one under discussion.
[[nodiscard]] std::uint32_t revisionMeant(const Consultation& row, std::uint32_t named);

/// Whether something came by a deadline; untold when what is stated does not tell.
enum class Arrival { inTime, late, untold };
/// Whether some of what a date can mean lies before the moment. A date not stated is before
/// nothing.
[[nodiscard]] bool canBeBefore(std::string_view date, std::int64_t momentNs);
/// By the hour of receipt, else by the date of the entry.
[[nodiscard]] Arrival arrivalOf(const RowZonedTime& received, std::string_view occurred,
                                std::int64_t deadlineNs);
/// Of an objection, by the deadline of the silence it is measured against. In time when there is
/// none.
[[nodiscard]] Arrival arrivalOf(const ConsultationObjection& objection);
/// The objections that keep a revision from being agreed on: all that stand, but for those received
/// after the deadline, whether or not that has been noted yet.
[[nodiscard]] std::vector<const ConsultationObjection*> objectionsInTheWay(const Consultation& row,
                                                                           std::uint32_t revision);
/// "AR, BR".
[[nodiscard]] std::string namesOf(const Case& on,
                                  const std::vector<const ConsultationObjection*>& objections);
/// Refuses an hour of receipt that has not come yet.
void checkReceipt(const Case& on, schema::ZonedTime::Reader received, Refusals& no);

// Each refuses under the name `rule`.

void noObjection(const Case& on, const Consultation& row, std::uint32_t revision,
                 std::string_view rule, Refusals& no);
/// The revision must have been tabled, and nothing may have been agreed on it yet.
void needsOpenText(const Case& on, const Consultation& row, std::uint32_t revision,
                   std::string_view rule, Refusals& no);
void needsText(const Case& on, const Consultation& row, std::string_view rule, Refusals& no);
/// Somebody is entitled in a round of that kind ("vote", "silence").
void needsEligible(const Case& on, const Consultation& row, std::string_view kind,
                   std::string_view rule, Refusals& no);
void noSilence(const Case& on, const Consultation& row, std::string_view rule, Refusals& no);
void noVote(const Case& on, const Consultation& row, std::string_view rule, Refusals& no);

}  // namespace consulta
