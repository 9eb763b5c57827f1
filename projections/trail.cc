#include "projections/trail.h"

#include <algorithm>
#include <deque>
#include <set>
#include <utility>

#include "events/limits.h"
#include "events/values/edtf.h"
#include "projections/describe.h"
#include "projections/rows.h"
#include "projections/rows/document.h"
#include "projections/rows/mandate.h"
#include "projections/rows/meeting.h"
#include "projections/rows/programme.h"
#include "projections/rows/project.h"
#include "projections/rows/recommendation.h"
#include "projections/rows/result.h"

namespace consulta {

namespace {

using R = TrailRelation;

/// Collects what one row states.
class Links {
 public:
  explicit Links(const Row& row) : id_(row.head.id), opened_(row.head.opened) {}

  void from(EntityId other, R relation) { add(other, id_, relation, opened_); }
  void from(EntityId other, R relation, const RowDate& date) { add(other, id_, relation, date); }
  void to(EntityId other, R relation, const RowDate& date = {}) { add(id_, other, relation, date); }
  void toEach(const std::vector<EntityId>& others, R relation, const RowDate& date) {
    for (const auto other : others) to(other, relation, date);
  }

  [[nodiscard]] std::vector<TrailLink> take() { return std::move(links_); }

 private:
  void add(EntityId from, EntityId to, R relation, const RowDate& date) {
    if (from && to && from != to) links_.push_back(TrailLink{from, to, relation, date});
  }

  EntityId id_;
  const RowDate& opened_;
  std::vector<TrailLink> links_;
};

void add(Links& links, const Meeting& row) {
  links.from(row.consultation, R::heldFor, row.heldFrom.edtf.empty() ? row.dates : row.heldFrom);
  links.to(row.report, R::reportedIn);
}

void add(Links& links, const Recommendation& row) {
  links.from(row.origin, R::recommended);
  for (const auto& one : row.consequences) links.to(one.consequence, R::ledTo, one.date);
  for (const auto& one : row.progress) links.toEach(one.evidence, R::evidencedBy, one.date);
  for (const auto* one : {&row.implemented, &row.verification}) {
    links.toEach(one->evidence, R::evidencedBy, one->date);
  }
  links.to(row.supersededBy, R::replacedBy);
}

void add(Links& links, const Project& row) {
  for (const auto origin : row.origins) links.from(origin, R::ledTo);
  links.to(row.report, R::reportedIn, row.completedOn);
}

void add(Links& links, const ResultRow& row) {
  links.from(row.of, R::resultOf);
  links.to(row.contributesTo, R::contributesTo);
  for (const auto& indicator : row.indicators) {
    for (const auto& one : indicator.measurements) {
      links.toEach(one.evidence, R::evidencedBy, one.reported);
    }
  }
  links.toEach(row.evidence, R::evidencedBy, row.assessedOn);
}

void add(Links& links, const Document& row) {
  links.from(row.answers, R::answeredBy);
}

void add(Links& links, const Mandate& row) {
  links.from(row.decision, R::founded, row.adoptedOn);
  links.to(row.supersededBy, R::replacedBy);
}

void add(Links& links, const Programme& row) {
  links.from(row.mandate, R::answeredBy);
  links.from(row.approvedBy, R::adopted, row.approvedOn);
  links.from(row.decision, R::adopted, row.approvedOn);
  for (const auto& one : row.revisions) links.from(one.decision, R::ledTo, one.date);
  links.to(row.report, R::reportedIn, row.completedOn);
}

template <typename Fields>
void addIf(Links& links, const Row& row) {
  if (const auto* fields = tryAs<Fields>(&row)) add(links, *fields);
}

DateBounds boundsOf(const RowDate& date) {
  const auto bounds = dateBounds(date.edtf.empty() ? "XXXX" : date.edtf);
  return bounds ? *bounds : wholeTime();
}

/// The links between the entity and others, one way; those without a date come last.
std::vector<TrailLink> linksFrom(const State& state, EntityId id, TrailWay way) {
  std::vector<TrailLink> out;
  const auto take = [&](EntityId stated) {
    const auto row = state.row(stated);
    if (!row) return;
    for (auto& link : linksOf(*row)) {
      const auto near = way == TrailWay::forward ? link.from : link.to;
      const auto far = way == TrailWay::forward ? link.to : link.from;
      // What is named may be withdrawn since, or not be there yet by the moment that is asked for.
      if (near == id && state.row(far)) out.push_back(std::move(link));
    }
  };
  take(id);
  for (const auto other : state.linkedTo(id)) {
    if (other != id) take(other);
  }
  std::ranges::stable_sort(out, [](const TrailLink& a, const TrailLink& b) {
    const auto first = boundsOf(a.date);
    const auto second = boundsOf(b.date);
    if ((first == wholeTime()) != (second == wholeTime())) return second == wholeTime();
    return first < second;
  });
  return out;
}

/// What is found, before it is put together: the nearest is found first.
struct Found {
  TrailNode node;
  std::vector<std::size_t> next;
};

TrailNode assembled(std::deque<Found>& all, std::size_t at) {
  auto out = std::move(all[at].node);
  for (const auto one : all[at].next) out.next.push_back(assembled(all, one));
  return out;
}

}  // namespace

std::vector<TrailLink> linksOf(const Row& row) {
  Links links(row);
  addIf<Meeting>(links, row);
  addIf<Recommendation>(links, row);
  addIf<Project>(links, row);
  addIf<ResultRow>(links, row);
  addIf<Document>(links, row);
  addIf<Mandate>(links, row);
  addIf<Programme>(links, row);
  return links.take();
}

Trail trailOf(const State& state, EntityId id, TrailWay way) {
  Trail out;
  std::set<EntityId> seen{id};
  std::deque<Found> all{Found{TrailNode{id, {}, false, {}}, {}}};
  for (std::size_t at = 0; at < all.size() && !out.cut; ++at) {
    if (all[at].node.again) continue;
    std::set<EntityId> here;  // by several links to the same one, the first
    for (auto& link : linksFrom(state, all[at].node.id, way)) {
      const auto far = way == TrailWay::forward ? link.to : link.from;
      if (!here.insert(far).second) continue;
      if (all.size() > limits::trail_entities_max) {
        out.cut = true;
        break;
      }
      const bool again = !seen.insert(far).second;
      all[at].next.push_back(all.size());
      all.push_back(Found{TrailNode{far, std::move(link), again, {}}, {}});
    }
  }
  out.nodes = assembled(all, 0).next;
  return out;
}

std::vector<TrailMilestone> milestonesOf(const State& state, EntityId id, std::int64_t uptoNs) {
  std::vector<TrailMilestone> out;
  const auto timeline = state.timeline(id);
  if (timeline.records().empty()) return out;
  const auto row = newRow(aggregateOf(*timeline.records().front()));
  const auto& axes = state.catalogue().aggregate(row->aggregate()).axes;
  const auto officeOf = [&] {
    const auto fields = row->fields();
    const auto* office = fields.member("office");
    const auto* named = office == nullptr ? nullptr : std::get_if<EntityId>(&office->value);
    return named == nullptr ? EntityId{} : *named;
  };
  const auto decisionsOf = [&] {
    const auto* document = tryAs<Document>(row.get());
    return document == nullptr ? std::size_t{0} : document->decisions.size();
  };
  EntityId office;
  std::size_t decisions = 0;
  bool opened = false;
  for (const auto& step : timeline.steps(uptoNs)) {
    const auto before = row->head.states;
    const auto fold = step.fold();
    applyEntry(state.catalogue(), *row, fold);
    TrailMilestone milestone{fold.date(), step.position(), {}, {}, {}};
    for (std::size_t axis = 0; axis < axes.size(); ++axis) {
      if (opened && row->head.states.at(axis) == before.at(axis)) continue;
      milestone.states.emplace_back(axes[axis].name,
                                    axes[axis].states.at(row->head.states.at(axis)).name);
    }
    if (const auto now = officeOf(); now != office) milestone.office = office = now;
    if (const auto known = std::exchange(decisions, decisionsOf()); decisions > known) {
      const auto& taken = as<Document>(*row).decisions.back();
      milestone.decision = described::enumName(taken.kind);
      if (!taken.symbol.empty()) milestone.decision += " " + taken.symbol;
    }
    opened = true;
    if (milestone.states.empty() && !milestone.office && milestone.decision.empty()) continue;
    out.push_back(std::move(milestone));
  }
  return out;
}

}  // namespace consulta
