// The part of a consultation's fold that deals with texts and with what is decided on them:
// silence, objections, votes, consensus, and what a reopening undoes of it.
#pragma once

#include "projections/rows/consultation.h"

namespace consulta {

void foldRound(Consultation& row, schema::ConsultationTabled::Reader e, const FoldStep& step);
void foldRound(Consultation& row, schema::ConsultationPutUnderSilence::Reader e,
               const FoldStep& step);
void foldRound(Consultation& row, schema::ConsultationObjected::Reader e, const FoldStep& step);
void foldRound(Consultation& row, schema::ConsultationObjectionWithdrawn::Reader e,
               const FoldStep& step);
void foldRound(Consultation& row, schema::ConsultationLateObjectionRecorded::Reader e,
               const FoldStep& step);
void foldRound(Consultation& row, schema::ConsultationSilenceExtended::Reader e,
               const FoldStep& step);
void foldRound(Consultation& row, schema::ConsultationSilenceBroken::Reader e,
               const FoldStep& step);
void foldRound(Consultation& row, schema::ConsultationSilenceObserved::Reader e,
               const FoldStep& step);
void foldRound(Consultation& row, schema::ConsultationVoteOpened::Reader e, const FoldStep& step);
void foldRound(Consultation& row, schema::ConsultationVoteCast::Reader e, const FoldStep& step);
void foldRound(Consultation& row, schema::ConsultationVoteClosed::Reader e, const FoldStep& step);
void foldRound(Consultation& row, schema::ConsultationConsensusDeclared::Reader e,
               const FoldStep& step);
void foldRound(Consultation& row, schema::ConsultationReopened::Reader e, const FoldStep& step);

/// A silence that runs when the consultation is suspended does not run on until it is resumed.
void standStill(Consultation& row, const FoldStep& step);

/// The party has said something: what its invitation asked for by a day.
void noteAnswer(Consultation& row, EntityId party, const FoldStep& step);

/// What still runs when the consultation is withdrawn comes to nothing.
void abandonRounds(Consultation& row, const FoldStep& step);

}  // namespace consulta
