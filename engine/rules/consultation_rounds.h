// Rules of what is decided on a text (silence and objections, votes and consensus), and of the
// steps that lead there.
//
// In each pair the guard says what state alone has against an act, the check what the values of an
// entry have against it; acts and entries of other kinds pass.
#pragma once

#include <vector>

#include "engine/rules/guard.h"
#include "projections/rows/consultation.h"

namespace consulta {

void guardSilence(const Case& on, const Consultation& row, Refusals& no);
void checkSilence(const Case& on, schema::ConsultationEvent::Reader event, const Consultation& row,
                  Refusals& no);
/// What follows an objection: a silence broken by an objection, or the objection recorded as late.
[[nodiscard]] std::vector<Consequence> followSilence(const Row& after, const FoldStep& entry);

void guardVotes(const Case& on, const Consultation& row, Refusals& no);
void checkVotes(const Case& on, schema::ConsultationEvent::Reader event, const Consultation& row,
                Refusals& no);

/// What belongs to another step of its procedure than is under way, and nobody has ordered.
void guardProcedure(const Case& on, const Consultation& row, Refusals& no);
/// Of a procedure that has come to its end: only that end concludes the consultation.
void checkProcedureEnd(const Case& on, schema::ConsultationEvent::Reader event,
                       const Consultation& row, Refusals& no);

/// The steps of its procedure, which only the engine enters.
void checkSteps(const Case& on, schema::ConsultationEvent::Reader event, const Consultation& row,
                Refusals& no);

}  // namespace consulta
