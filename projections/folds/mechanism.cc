#include "projections/rows/mechanism.h"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "projections/row_of.h"

namespace consulta {

namespace {

using E = schema::MechanismEvent;

/// Takes what is stated: an entry that does not mention the frequency leaves it as it is.
void takeStated(schema::Frequency& to, schema::Frequency from) {
  if (from != schema::Frequency::NOT_STATED) to = from;
}

/// Opening and found entries describe a mechanism by the same fields.
template <typename Opening>
void describe(Mechanism& row, Opening e) {
  take(row.title, e.getTitle());
  take(row.purpose, e.getPurpose());
  take(row.region, e.getRegion());
  take(row.mandate, e.getMandate());
  take(row.programmes, e.getProgrammes());
  takeStated(row.frequency, e.getFrequency());
  take(row.office, e.getOffice());
}

void foldFound(Mechanism& row, schema::MechanismFound::Reader e) {
  describe(row, e);
  take(row.operatingSince, e.getOperatingSince());
}

void foldStrategy(Mechanism& row, schema::MechanismStrategyStated::Reader e) {
  take(row.strategy, e.getText());
  row.qualities.clear();
  row.functions.clear();
  for (auto quality : e.getQualities()) row.qualities.push_back(quality);
  for (auto function : e.getFunctions()) row.functions.push_back(function);
}

void foldPurpose(Mechanism& row, schema::MechanismPurposeStated::Reader e) {
  auto& purpose = row.purposes.emplace_back();
  purpose.function = e.getFunction();
  take(purpose.text, e.getText());
  take(purpose.areas, e.getAreas());
}

MechanismCircle& circle(Mechanism& row, schema::Circle which) {
  const auto found = std::ranges::find(row.circles, which, &MechanismCircle::circle);
  if (found != row.circles.end()) return *found;
  row.circles.emplace_back().circle = which;
  return row.circles.back();
}

void foldCircle(Mechanism& row, schema::MechanismCircleDefined::Reader e) {
  auto& one = circle(row, e.getCircle());
  take(one.group, e.getGroup());
  take(one.region, e.getRegion());
  take(one.involvement, e.getInvolvement());
}

void foldJoined(Mechanism& row, schema::MechanismCircleJoined::Reader e, const FoldStep& step) {
  auto& one = circle(row, e.getCircle());
  if (isMember(one, EntityId(e.getParty()))) return;
  one.members.push_back(CircleMember{EntityId(e.getParty()), step.date()});
}

void foldLeft(Mechanism& row, schema::MechanismCircleLeft::Reader e, const FoldStep& step) {
  std::erase_if(circle(row, e.getCircle()).members,
                [&](const CircleMember& member) { return member.party == EntityId(e.getParty()); });
  take(row.reason, e.getReason(), step.valuesAt, "reason");
}

void foldSeries(Mechanism& row, schema::MechanismSeriesProvided::Reader e) {
  auto& one = row.series.emplace_back();
  take(one.title, e.getTitle());
  one.kind = e.getKind();
  one.frequency = e.getFrequency();
  take(one.first, e.getFirst());
}

void foldRelations(Mechanism& row, schema::MechanismRelationsProvided::Reader e) {
  auto& one = row.relations.emplace_back();
  for (auto side : e.getBetween()) one.between.push_back(side);
  one.frequency = e.getFrequency();
  take(one.purpose, e.getPurpose());
}

void foldFoundation(Mechanism& row, schema::MechanismFoundationStated::Reader e) {
  auto& one = row.foundations.emplace_back();
  one.foundation = e.getFoundation();
  take(one.text, e.getText());
}

void foldCovered(Mechanism& row, EntityId programme) {
  if (std::ranges::find(row.programmes, programme) == row.programmes.end()) {
    row.programmes.push_back(programme);
  }
}

void foldRevised(Mechanism& row, schema::MechanismRevised::Reader e, const FoldStep& step) {
  take(row.title, e.getTitle());
  take(row.purpose, e.getPurpose());
  take(row.region, e.getRegion());
  takeStated(row.frequency, e.getFrequency());
  take(row.document, e.getDocument());
  auto& one = row.revisions.emplace_back();
  one.date = step.date();
  take(one.document, e.getDocument());
}

void foldEnded(Mechanism& row, schema::MechanismEnded::Reader e, const FoldStep& step) {
  row.endedOn = step.date();
  take(row.replacement, e.getReplacement());
  take(row.reason, e.getReason(), step.valuesAt, "reason");
}

}  // namespace

const MechanismCircle* circleOf(const Mechanism& mechanism, schema::Circle circle) {
  const auto found = std::ranges::find(mechanism.circles, circle, &MechanismCircle::circle);
  return found == mechanism.circles.end() ? nullptr : &*found;
}

bool isMember(const MechanismCircle& circle, EntityId party) {
  return std::ranges::find(circle.members, party, &CircleMember::party) != circle.members.end();
}

void fold(Mechanism& row, RowHead&, E::Reader event, const FoldStep& step) {
  switch (event.which()) {
    case E::ELABORATION_STARTED:
      return describe(row, event.getElaborationStarted());
    case E::FOUND:
      return foldFound(row, event.getFound());
    case E::STRATEGY_STATED:
      return foldStrategy(row, event.getStrategyStated());
    case E::PURPOSE_STATED:
      return foldPurpose(row, event.getPurposeStated());
    case E::CIRCLE_DEFINED:
      return foldCircle(row, event.getCircleDefined());
    case E::CIRCLE_JOINED:
      return foldJoined(row, event.getCircleJoined(), step);
    case E::CIRCLE_LEFT:
      return foldLeft(row, event.getCircleLeft(), step);
    case E::SERIES_PROVIDED:
      return foldSeries(row, event.getSeriesProvided());
    case E::RELATIONS_PROVIDED:
      return foldRelations(row, event.getRelationsProvided());
    case E::FOUNDATION_STATED:
      return foldFoundation(row, event.getFoundationStated());
    case E::PROGRAMME_COVERED:
      return foldCovered(row, EntityId(event.getProgrammeCovered().getProgramme()));
    case E::OFFICE_ASSIGNED:
      return take(row.office, event.getOfficeAssigned().getOffice());
    case E::STARTED_OPERATING:
      row.operatingSince = step.date();
      return take(row.document, event.getStartedOperating().getDocument());
    case E::REVISED:
      return foldRevised(row, event.getRevised(), step);
    case E::ENDED:
      return foldEnded(row, event.getEnded(), step);
  }
  throw std::logic_error("a mechanism's event without a fold");
}

std::unique_ptr<Row> newMechanismRow() {
  return std::make_unique<RowOf<Mechanism, &schema::Event::Reader::getMechanism>>();
}

}  // namespace consulta
