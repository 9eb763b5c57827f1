#include "projections/rows/recommendation.h"

#include <memory>
#include <stdexcept>

#include "projections/row_of.h"

namespace consulta {

namespace {

/// Opening and found entries describe a recommendation by the same fields.
template <typename Opening>
void describe(Recommendation& row, Opening e) {
  take(row.text, e.getText());
  take(row.title, e.getTitle());
  take(row.origin, e.getOrigin());
  take(row.number, e.getNumber());
  take(row.addressees, e.getAddressees());
  take(row.office, e.getOffice());
  take(row.due, e.getDue());
  take(row.programme, e.getProgramme());
  take(row.areas, e.getAreas());
}

/// A day that is set anew has not been missed.
void setDue(Recommendation& row, schema::Deadline::Reader due) {
  take(row.due, due);
  row.overdueSince = RowDate{};
  row.overdueLateSeconds = 0;
}

RecommendationDecision& decide(Recommendation& row, const FoldStep& step) {
  row.decision = RecommendationDecision{};
  row.decision.date = step.date();
  return row.decision;
}

void foldDecision(Recommendation& row, schema::RecommendationAccepted::Reader e,
                  const FoldStep& step) {
  auto& decision = decide(row, step);
  take(decision.by, e.getBy());
  take(decision.reason, e.getReason(), step.valuesAt, "reason");
}

void foldDecision(Recommendation& row, schema::RecommendationPartiallyAccepted::Reader e,
                  const FoldStep& step) {
  auto& decision = decide(row, step);
  take(decision.by, e.getBy());
  take(decision.part, e.getPart());
  take(decision.reason, e.getReason(), step.valuesAt, "reason");
}

void foldDecision(Recommendation& row, schema::RecommendationRejected::Reader e,
                  const FoldStep& step) {
  auto& decision = decide(row, step);
  take(decision.by, e.getBy());
  take(decision.reason, e.getReason(), step.valuesAt, "reason");
}

void foldStarted(Recommendation& row, schema::RecommendationStarted::Reader e,
                 const FoldStep& step) {
  row.startedOn = step.date();
  take(row.implementingOffice, e.getOffice());
  take(row.startSummary, e.getSummary(), step.valuesAt, "summary");
}

void foldProgress(Recommendation& row, schema::RecommendationProgressReported::Reader e,
                  const FoldStep& step) {
  auto& progress = row.progress.emplace_back();
  progress.date = step.date();
  take(progress.report, e.getReport(), step.valuesAt, "report");
  take(progress.evidence, e.getEvidence());
  take(progress.percent, e.hasPercent(), e.getPercent());
}

/// Implemented and verified entries state the same.
template <typename Done>
void foldCompletion(RecommendationCompletion& completion, Done e, const FoldStep& step) {
  completion = RecommendationCompletion{};
  completion.date = step.date();
  take(completion.office, e.getOffice());
  take(completion.evidence, e.getEvidence());
  take(completion.summary, e.getSummary(), step.valuesAt, "summary");
  completion.actor = actorText(step.record.getActorHigh(), step.record.getActorLow());
  completion.onBehalfOf =
      actorText(step.record.getOnBehalfOfHigh(), step.record.getOnBehalfOfLow());
}

void foldReopened(Recommendation& row, schema::RecommendationReopened::Reader e,
                  const FoldStep& step) {
  row.reopenedOn = step.date();
  take(row.reopeningReason, e.getReason(), step.valuesAt, "reason");
  row.verification = RecommendationCompletion{};  // what was confirmed no longer holds
  if (e.hasDue()) setDue(row, e.getDue());
}

void foldConsequence(Recommendation& row, schema::RecommendationConsequenceLinked::Reader e,
                     const FoldStep& step) {
  auto& one = row.consequences.emplace_back();
  one.consequence = EntityId(e.getConsequence());
  one.date = step.date();
  take(one.summary, e.getSummary(), step.valuesAt, "summary");
}

}  // namespace

void fold(Recommendation& row, RowHead&, schema::RecommendationEvent::Reader event,
          const FoldStep& step) {
  using E = schema::RecommendationEvent;
  switch (event.which()) {
    case E::RECORDED:
      return describe(row, event.getRecorded());
    case E::FOUND:
      return describe(row, event.getFound());
    case E::REWORDED:
      take(row.text, event.getReworded().getText());
      return take(row.title, event.getReworded().getTitle());
    case E::ASSIGNED:
      return take(row.office, event.getAssigned().getOffice());
    case E::DUE_SET:
      setDue(row, event.getDueSet().getDue());
      return take(row.dueReason, event.getDueSet().getReason(), step.valuesAt, "reason");
    case E::CONSIDERED:
      row.consideredOn = step.date();
      return take(row.consideredBy, event.getConsidered().getBy());
    case E::ACCEPTED:
      return foldDecision(row, event.getAccepted(), step);
    case E::PARTIALLY_ACCEPTED:
      return foldDecision(row, event.getPartiallyAccepted(), step);
    case E::REJECTED:
      return foldDecision(row, event.getRejected(), step);
    case E::RECONSIDERED:
      row.consideredOn = step.date();
      return take(row.reconsiderationReason, event.getReconsidered().getReason(), step.valuesAt,
                  "reason");
    case E::STARTED:
      return foldStarted(row, event.getStarted(), step);
    case E::PROGRESS_REPORTED:
      return foldProgress(row, event.getProgressReported(), step);
    case E::IMPLEMENTED:
      row.overdueSince = RowDate{};  // nothing is awaited any more
      row.overdueLateSeconds = 0;
      return foldCompletion(row.implemented, event.getImplemented(), step);
    case E::VERIFIED:
      return foldCompletion(row.verification, event.getVerified(), step);
    case E::REOPENED:
      return foldReopened(row, event.getReopened(), step);
    case E::OVERDUE:
      take(row.overdueSince, event.getOverdue().getDue());
      row.overdueLateSeconds = event.getOverdue().getLateSeconds();
      return;
    case E::SUPERSEDED:
      return take(row.supersededBy, event.getSuperseded().getBy());
    case E::CONSEQUENCE_LINKED:
      return foldConsequence(row, event.getConsequenceLinked(), step);
  }
  throw std::logic_error("a recommendation's event without a fold");
}

std::unique_ptr<Row> newRecommendationRow() {
  return std::make_unique<RowOf<Recommendation, &schema::Event::Reader::getRecommendation>>();
}

}  // namespace consulta
