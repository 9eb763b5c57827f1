// Rules of results beyond their lifecycle: the chain leads upwards, values are of the indicator's
// kind, and two pairs of eyes see each measurement.
#include "projections/rows/result.h"

#include <algorithm>

#include "engine/rules/delegation.h"
#include "engine/rules/guard.h"
#include "engine/rules/rule_values.h"
#include "events/values/edtf.h"

namespace consulta {

namespace {

using E = schema::ResultEvent;
using schema::IndicatorMeasure;

/// Impact stands above outcome, and outcome above output: a chain cannot become a circle.
void checkAbove(const Case& on, std::uint64_t above, schema::ResultLevel level, Refusals& no) {
  const auto id = EntityId(above);
  if (!id) return;
  const auto row = on.state.row(id);
  const auto* result = tryAs<ResultRow>(row.get());
  if (result == nullptr) return;
  if (result->level >= level) {
    no.refuse("result.contributes-to.level",
              msg("{above} does not stand above a result of this level; an output contributes to "
                  "an outcome, an outcome to an impact. Name another one with --contributes-to",
                  arg("above", on.name(id))));
  }
}

/// Numbers for what is counted, words for what is qualitative.
void checkKind(IndicatorMeasure measure, bool numbers, bool words, std::string_view rule,
               Refusals& no) {
  if (measure == IndicatorMeasure::QUALITATIVE && numbers) {
    no.refuse(rule, msg("the indicator is qualitative and is said in words, not in numbers; leave "
                        "the number out and give the text"));
  }
  if (measure != IndicatorMeasure::QUALITATIVE && words) {
    no.refuse(rule, msg("the indicator is measured in numbers; leave the text out and give the "
                        "number, or make it an indicator of --measure qualitative"));
  }
}

void checkIndicator(const Case& on, E::Reader event, const ResultRow& row, Refusals& no) {
  const auto e = event.getIndicatorAdded();
  if (indicatorOf(row, e.getNumber()) != nullptr) {
    no.refuse("result.indicatorAdded.number",
              msg("{entity} already has an indicator {number}; give another --number, or change "
                  "its target with \"result set-target\"",
                  arg("entity", on.self()), arg("number", e.getNumber())));
  }
  checkKind(e.getMeasure(), e.hasBaseline() || e.hasTarget(), e.hasTargetText(),
            "result.indicatorAdded.kind", no);
  if (certainlyBefore(e.getDue().getEdtf().cStr(), e.getBaselineDate().getEdtf().cStr())) {
    no.refuse("result.indicatorAdded.due",
              msg("{due} lies before the date of the baseline, {baseline}; give a later --due",
                  arg("due", e.getDue().getEdtf().cStr()),
                  arg("baseline", e.getBaselineDate().getEdtf().cStr())));
  }
}

const ResultIndicator* needsIndicator(const Case& on, const ResultRow& row, std::uint32_t number,
                                      Refusals& no) {
  const auto* found = indicatorOf(row, number);
  if (found == nullptr) {
    no.refuse("result.indicator.exists",
              msg("{entity} has no indicator {number}; enter \"result add-indicator\" first, or "
                  "give the number of one that it has with --number",
                  arg("entity", on.self()), arg("number", number)));
  }
  return found;
}

void checkTarget(const Case& on, E::Reader event, const ResultRow& row, Refusals& no) {
  const auto e = event.getTargetSet();
  const auto* indicator = needsIndicator(on, row, e.getNumber(), no);
  if (indicator == nullptr) return;
  checkKind(indicator->measure, e.hasTarget(), e.hasTargetText(), "result.targetSet.kind", no);
  if (!e.hasTarget() && !e.hasTargetText() && !e.hasDue()) {
    no.needs("target", "result.targetSet.states",
             msg("nothing is set; give --target, --target-text or --due"));
  }
}

void checkMeasured(const Case& on, E::Reader event, const ResultRow& row, Refusals& no) {
  const auto e = event.getMeasured();
  const auto* indicator = needsIndicator(on, row, e.getNumber(), no);
  if (indicator == nullptr) return;
  checkKind(indicator->measure, e.hasValue(), e.hasText(), "result.measured.kind", no);
  if (!e.hasValue() && !e.hasText()) {
    no.needs("value", "result.measured.value",
             msg("nothing says what was measured; give --value, or --text for a qualitative "
                 "indicator"));
  }
  const auto day = e.getMeasuredOn().getEdtf();
  if (certainlyAfter(day.cStr(), on.nowNs) || certainlyBefore(on.occurred, day.cStr())) {
    no.refuse("result.measured.past",
              msg("{date} has not come yet when this is reported; give the day of the measurement "
                  "with --measured-on, or that of the report with --on",
                  arg("date", day.cStr())));
  }
}

/// Whether the actor reported the measurement, or put right what was reported.
bool hasReported(const Case& on, const ResultMeasurement& one) {
  if (sharesHands(on, one.reporter, one.onBehalfOf)) {
    return true;
  }
  if (one.valuesAt == one.entry) return false;
  const auto timeline = on.state.timeline(on.row->head.id);
  const auto& records = timeline.records();
  const auto found = std::ranges::find(records, Position(one.valuesAt), &Record::position);
  return found != records.end() &&
         sharesHands(on, actorOf((*found)->get()), onBehalfOfOf((*found)->get()));
}

void checkApproved(const Case& on, E::Reader event, const ResultRow& row, Refusals& no) {
  const auto number = event.getMeasurementApproved().getNumber();
  const auto* indicator = needsIndicator(on, row, number, no);
  if (indicator == nullptr) return;
  const auto* latest = measurementMeant(*indicator, on.position);
  if (latest == nullptr) {
    return no.refuse("result.measurementApproved.measured",
                     msg("indicator {number} of {entity} has not been measured; enter \"result "
                         "measure\" first",
                         arg("number", number), arg("entity", on.self())));
  }
  if (latest->approved) {
    no.refuse("result.measurementApproved.once",
              msg("the latest measurement of indicator {number} of {entity} is confirmed already; "
                  "enter a newer one with \"result measure\"",
                  arg("number", number), arg("entity", on.self())));
  }
  if (hasReported(on, *latest)) {
    no.refuse("result.measurementApproved.two-people",
              msg("whoever reported or corrected a measurement, or on whose behalf that was done, "
                  "does not confirm it; let somebody else enter \"result approve-measurement\" "
                  "for {entity}, on nobody's behalf or on that of a third",
                  arg("entity", on.self())));
  }
}

void guard(const Case& on, Refusals& no) {
  const auto* row = tryAs<ResultRow>(on.row);
  if (row == nullptr) return;
  const bool onIndicator = on.act.tag == E::MEASURED || on.act.tag == E::TARGET_SET ||
                           on.act.tag == E::MEASUREMENT_APPROVED;
  if (onIndicator && row->indicators.empty()) {
    no.refuse("result.indicator.exists",
              msg("{entity} has no indicator; enter \"result add-indicator\" first",
                  arg("entity", on.self())));
  }
  // Of one found, the measurements may lie before the register.
  const bool achieves = on.act.tag == E::ACHIEVED || on.act.tag == E::PARTLY_ACHIEVED;
  const bool isMeasured =
      on.row->head.found || std::ranges::any_of(row->indicators, [](const ResultIndicator& one) {
        return !one.measurements.empty();
      });
  if (achieves && !isMeasured) {
    no.refuse(
        on.act.tag == E::ACHIEVED ? "result.achieved.measured" : "result.partlyAchieved.measured",
        msg("nothing has been measured of {entity}; enter \"result measure\" first, or "
            "\"result miss\" when it was not achieved",
            arg("entity", on.self())));
  }
}

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  const auto event = all.getResult();
  if (event.isPlanned()) {
    const auto e = event.getPlanned();
    return checkAbove(on, e.getContributesTo(), e.getLevel(), no);
  }
  if (event.isFound()) {
    const auto e = event.getFound();
    return checkAbove(on, e.getContributesTo(), e.getLevel(), no);
  }
  if (on.row == nullptr) return;
  const auto& row = as<ResultRow>(*on.row);
  if (event.isReworded()) {
    const auto e = event.getReworded();
    if (!e.hasTitle() && !e.hasDue() && e.getContributesTo() == 0) {
      no.needs("title", "result.reworded.something",
               msg("nothing new is said of {entity}; give --title, --due or --contributes-to",
                   arg("entity", on.self())));
    }
    return checkAbove(on, event.getReworded().getContributesTo(), row.level, no);
  }
  if (event.isIndicatorAdded()) return checkIndicator(on, event, row, no);
  if (row.indicators.empty()) return;  // the guard has said so
  if (event.isTargetSet()) return checkTarget(on, event, row, no);
  if (event.isMeasured()) return checkMeasured(on, event, row, no);
  if (event.isMeasurementApproved()) return checkApproved(on, event, row, no);
}

}  // namespace

const Rules& rulesOfResult() {
  static const Rules rules{&guard, &check, nullptr};
  return rules;
}

}  // namespace consulta
