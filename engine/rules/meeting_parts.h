// The part of a meeting's rules that is about its days, and about the round tables and side events
// that lie within it.
#pragma once

#include <string_view>

#include "engine/rules/guard.h"
#include "projections/rows/meeting.h"

namespace consulta {

/// Days that are stated and known well enough to hold a meeting on: a day, or one to another.
[[nodiscard]] bool areExactDays(std::string_view edtf);

/// By state alone: a part is held within the meeting, and the meeting outlasts its parts.
void guardMeetingParts(const Case& on, const Meeting& meeting, Refusals& no);

/// Checks the acts that it knows and lets all others pass.
void checkMeetingParts(const Case& on, schema::MeetingEvent::Reader event, Refusals& no);

}  // namespace consulta
