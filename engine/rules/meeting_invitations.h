// The part of a meeting's rules that is about who is invited, who comes and how many are counted.
#pragma once

#include "engine/rules/guard.h"
#include "projections/rows/meeting.h"

namespace consulta {

/// By state alone: what can happen to invitations, when any of them is far enough.
void guardMeetingInvitations(const Case& on, const Meeting& meeting, Refusals& no);

/// Checks the acts that it knows and lets all others pass.
void checkMeetingInvitations(const Case& on, schema::MeetingEvent::Reader event,
                             const Meeting& meeting, Refusals& no);

}  // namespace consulta
