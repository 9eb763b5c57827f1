#include "projections/timeline.h"

#include <algorithm>
#include <cassert>

#include "projections/rows.h"

namespace consulta {

FoldStep Timeline::plainStep(schema::Record::Reader record) {
  FoldStep step;
  step.record = record;
  step.event = record.getEvent();
  step.occurred = record.getOccurred();
  step.orderNs = record.getOrderNs();
  step.valuesAt = Position(record.getPosition());
  step.valuesRecordedNs = record.getRecordedAtNs();
  return step;
}

FoldStep Timeline::Step::fold() const {
  auto step = plainStep(entry->get());
  step.orderNs = orderNs;
  if (rightValues) {
    step.event = rightValues->get().getEvent().getCorrigendum().getRight();
    step.valuesAt = rightValues->position();
    step.valuesRecordedNs = rightValues->get().getRecordedAtNs();
  }
  if (rightDate) step.occurred = rightDate->get().getEvent().getCorrigendum().getOccurred();
  return step;
}

void Timeline::add(RecordPtr record) {
  assert(records_.empty() || records_.back()->position() < record->position());
  expectRevision(record->get(), records_.size() + 1);
  records_.push_back(std::move(record));
}

std::map<Position, RecordPtr> Timeline::withdrawn() const {
  std::map<Position, RecordPtr> out;
  const auto isRetraction = [](const RecordPtr& one) {
    return one->get().getEvent().isRetraction();
  };
  if (std::ranges::none_of(records_, isRetraction)) return out;
  std::map<Position, Position> causes;
  for (const auto& record : records_) {
    causes[record->position()] = Position(record->get().getCause());
  }
  // The retraction that takes an entry away, or what that followed from.
  const auto takenBy = [&](Position position) -> RecordPtr {
    for (auto at = position; at; at = causes.contains(at) ? causes[at] : Position{}) {
      if (const auto found = out.find(at); found != out.end()) return found->second;
    }
    return nullptr;
  };
  // From the end: only a later retraction can take the effect of another one away.
  for (auto record = records_.rbegin(); record != records_.rend(); ++record) {
    if (!isRetraction(*record) || takenBy((*record)->position())) continue;
    const auto retraction = (*record)->get().getEvent().getRetraction();
    out[Position(retraction.getRetracts())] = *record;
  }
  for (const auto& record : records_) {  // a cause stands before what follows from it
    const auto cause = out.find(Position(record->get().getCause()));
    if (cause != out.end()) out.emplace(record->position(), cause->second);
  }
  return out;
}

Position Timeline::corrected(Position position) const {
  for (const auto& record : records_) {
    const auto event = record->get().getEvent();
    if (record->position() != position || !event.isCorrigendum()) continue;
    return Position(event.getCorrigendum().getCorrects());
  }
  return position;
}

std::vector<Timeline::Step> Timeline::steps(std::int64_t uptoNs) const {
  std::vector<Step> steps;
  const auto gone = withdrawn();
  for (const auto& record : records_) {
    const auto root = record->get();
    if (root.getEvent().isRetraction() || gone.contains(record->position())) continue;
    if (!root.getEvent().isCorrigendum()) {
      steps.push_back(Step{record, nullptr, nullptr, root.getOrderNs()});
      continue;
    }
    const auto corrigendum = root.getEvent().getCorrigendum();
    const auto target = Position(corrigendum.getCorrects());
    const auto step = std::ranges::find(steps, target, &Step::position);
    if (step == steps.end()) continue;  // refused when entered; a fold holds no rule
    step->corrigenda.push_back(record);
    if (corrigendum.getFields().size() != 0) step->rightValues = record;
    if (corrigendum.hasOccurred()) {
      step->rightDate = record;
      step->orderNs = corrigendum.getOrderNs();
    }
  }
  std::erase_if(steps, [&](const Step& step) { return step.orderNs > uptoNs; });
  std::ranges::stable_sort(steps, {}, &Step::orderNs);  // by position before: ties keep it
  return steps;
}

std::unique_ptr<Row> Timeline::fold(const Catalogue& catalogue, std::int64_t uptoNs) const {
  const auto order = steps(uptoNs);
  if (order.empty()) return nullptr;
  auto row = newRow(aggregateOf(*records_.front()));
  for (const auto& step : order) applyEntry(catalogue, *row, step.fold());
  for (const auto& record : records_) countEntry(row->head, record->get());
  return row;
}

void expectRevision(schema::Record::Reader record, std::uint64_t expected) {
  if (record.getRevision() == expected) return;
  throw Broken(damaged(
      "record.revision",
      msg("position {position} holds revision {revision} of entity #{entity}, where revision "
          "{expected} was to come: an entry of it is lost or was altered. Run \"consulta "
          "rebuild\"; "
          "where that says the same, restore the register from a backup",
          arg("position", record.getPosition()), arg("revision", record.getRevision()),
          arg("entity", record.getEntity()), arg("expected", expected))));
}

std::uint16_t aggregateOf(const Record& opening) {
  return static_cast<std::uint16_t>(opening.get().getEvent().which());
}

}  // namespace consulta
