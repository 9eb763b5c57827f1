// A result as it stands: what it contributes to, its indicators with what was measured, and how it
// was assessed.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "events/result.capnp.h"
#include "projections/row.h"

namespace consulta {

/// One measurement, who reported it and whether somebody else has confirmed it as it is: what was
/// put right after its confirmation needs another one.
struct ResultMeasurement {
  RowDecimal value;
  RowTexts text;
  RowDate measuredOn;
  RowDate reported;
  std::vector<EntityId> evidence;
  std::string reporter;
  std::string onBehalfOf;      // empty: on nobody's
  std::uint64_t entry = 0;     // its position
  std::uint64_t valuesAt = 0;  // that, or the position of the corrigendum that put it right
  bool approved = false;
  RowDate approvedOn;
  SealedRef remarks;
  bool operator==(const ResultMeasurement&) const = default;
};
BOOST_DESCRIBE_STRUCT(ResultMeasurement, (),
                      (value, text, measuredOn, reported, evidence, reporter, onBehalfOf, entry,
                       valuesAt, approved, approvedOn, remarks))

struct ResultIndicator {
  std::uint32_t number = 0;
  RowTexts title;
  schema::IndicatorMeasure measure = schema::IndicatorMeasure::UNIT;
  std::string unit;
  RowDecimal baseline;
  RowDate baselineDate;
  RowDecimal target;
  RowTexts targetText;
  RowDate due;
  SealedRef targetReason;
  std::vector<ResultMeasurement> measurements;
  bool operator==(const ResultIndicator&) const = default;
};
BOOST_DESCRIBE_STRUCT(ResultIndicator, (),
                      (number, title, measure, unit, baseline, baselineDate, target, targetText,
                       due, targetReason, measurements))

struct ResultRow {
  static constexpr auto aggregate = schema::Event::RESULT;

  RowTexts title;
  schema::ResultLevel level = schema::ResultLevel::IMPACT;
  EntityId of;
  EntityId contributesTo;
  std::vector<std::string> goals;
  RowDate due;
  std::vector<ResultIndicator> indicators;
  RowTexts assessment;
  std::vector<EntityId> evidence;
  RowDate assessedOn;
  SealedRef reason;  // why it was reassessed or dropped
  bool operator==(const ResultRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(ResultRow, (),
                      (title, level, of, contributesTo, goals, due, indicators, assessment,
                       evidence, assessedOn, reason))

/// The indicator with that number, or null. Valid until the result changes.
[[nodiscard]] const ResultIndicator* indicatorOf(const ResultRow& row, std::uint32_t number);

/// The measurement that a confirmation means: the latest of those recorded before the entry at
/// `position`, or null. One that is entered afterwards was not seen. Valid until the result
/// changes.
[[nodiscard]] const ResultMeasurement* measurementMeant(const ResultIndicator& indicator,
                                                        Position position);

void fold(ResultRow& row, RowHead& head, schema::ResultEvent::Reader event, const FoldStep& step);

}  // namespace consulta
