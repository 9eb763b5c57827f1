#include "projections/rows/result.h"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "projections/row_of.h"

namespace consulta {

namespace {

/// Opening and found entries describe a result by the same fields.
template <typename Opening>
void describe(ResultRow& row, Opening e) {
  take(row.title, e.getTitle());
  row.level = e.getLevel();
  take(row.of, e.getOf());
  take(row.contributesTo, e.getContributesTo());
  take(row.goals, e.getGoals());
  take(row.due, e.getDue());
}

ResultIndicator& indicator(ResultRow& row, std::uint32_t number) {
  const auto found = std::ranges::find(row.indicators, number, &ResultIndicator::number);
  if (found != row.indicators.end()) return *found;
  row.indicators.emplace_back().number = number;
  return row.indicators.back();
}

void foldIndicator(ResultRow& row, schema::ResultIndicatorAdded::Reader e) {
  auto& one = indicator(row, e.getNumber());
  take(one.title, e.getTitle());
  one.measure = e.getMeasure();
  take(one.unit, e.getUnit());
  take(one.baseline, e.hasBaseline(), e.getBaseline());
  take(one.baselineDate, e.getBaselineDate());
  take(one.target, e.hasTarget(), e.getTarget());
  take(one.targetText, e.getTargetText());
  take(one.due, e.getDue());
}

void foldTarget(ResultRow& row, schema::ResultTargetSet::Reader e, const FoldStep& step) {
  auto& one = indicator(row, e.getNumber());
  take(one.target, e.hasTarget(), e.getTarget());
  take(one.targetText, e.getTargetText());
  take(one.due, e.getDue());
  take(one.targetReason, e.getReason(), step.valuesAt, "reason");
}

void foldMeasured(ResultRow& row, schema::ResultMeasured::Reader e, const FoldStep& step) {
  auto& one = indicator(row, e.getNumber()).measurements.emplace_back();
  take(one.value, e.hasValue(), e.getValue());
  take(one.text, e.getText());
  take(one.measuredOn, e.getMeasuredOn());
  one.reported = step.date();
  take(one.evidence, e.getEvidence());
  one.reporter = actorText(step.record.getActorHigh(), step.record.getActorLow());
  one.onBehalfOf = actorText(step.record.getOnBehalfOfHigh(), step.record.getOnBehalfOfLow());
  one.entry = step.record.getPosition();
  one.valuesAt = step.valuesAt.value;
}

/// Whoever confirmed has seen the measurement as it was then.
void foldApproved(ResultRow& row, schema::ResultMeasurementApproved::Reader e,
                  const FoldStep& step) {
  auto& of = indicator(row, e.getNumber());
  const auto at = Position(step.record.getPosition());
  const auto* meant = measurementMeant(of, at);
  if (meant == nullptr || at.value < meant->valuesAt) return;
  auto& one = of.measurements[static_cast<std::size_t>(meant - of.measurements.data())];
  one.approved = true;
  one.approvedOn = step.date();
  take(one.remarks, e.getRemarks(), step.valuesAt, "remarks");
}

/// Achieved, partly and not achieved say why by the same fields.
template <typename Assessment>
void assess(ResultRow& row, Assessment e, const FoldStep& step) {
  row.evidence.clear();
  take(row.assessment, e.getAssessment());
  take(row.evidence, e.getEvidence());
  row.assessedOn = step.date();
}

}  // namespace

const ResultIndicator* indicatorOf(const ResultRow& row, std::uint32_t number) {
  const auto found = std::ranges::find(row.indicators, number, &ResultIndicator::number);
  return found == row.indicators.end() ? nullptr : &*found;
}

const ResultMeasurement* measurementMeant(const ResultIndicator& indicator, Position position) {
  const auto& all = indicator.measurements;
  const auto found = std::find_if(all.rbegin(), all.rend(), [&](const ResultMeasurement& one) {
    return one.entry < position.value;
  });
  return found == all.rend() ? nullptr : &*found;
}

void fold(ResultRow& row, RowHead&, schema::ResultEvent::Reader event, const FoldStep& step) {
  using E = schema::ResultEvent;
  switch (event.which()) {
    case E::PLANNED:
      return describe(row, event.getPlanned());
    case E::FOUND:
      return describe(row, event.getFound());
    case E::REWORDED:
      take(row.title, event.getReworded().getTitle());
      take(row.due, event.getReworded().getDue());
      return take(row.contributesTo, event.getReworded().getContributesTo());
    case E::INDICATOR_ADDED:
      return foldIndicator(row, event.getIndicatorAdded());
    case E::TARGET_SET:
      return foldTarget(row, event.getTargetSet(), step);
    case E::MEASURED:
      return foldMeasured(row, event.getMeasured(), step);
    case E::MEASUREMENT_APPROVED:
      return foldApproved(row, event.getMeasurementApproved(), step);
    case E::ACHIEVED:
      return assess(row, event.getAchieved(), step);
    case E::PARTLY_ACHIEVED:
      return assess(row, event.getPartlyAchieved(), step);
    case E::NOT_ACHIEVED:
      return assess(row, event.getNotAchieved(), step);
    case E::REASSESSED:
      row.assessment = RowTexts{};
      row.evidence.clear();
      row.assessedOn = RowDate{};
      return take(row.reason, event.getReassessed().getReason(), step.valuesAt, "reason");
    case E::DROPPED:
      return take(row.reason, event.getDropped().getReason(), step.valuesAt, "reason");
  }
  throw std::logic_error("a result's event without a fold");
}

std::unique_ptr<Row> newResultRow() {
  return std::make_unique<RowOf<ResultRow, &schema::Event::Reader::getResult>>();
}

}  // namespace consulta
