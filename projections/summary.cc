#include "projections/summary.h"

#include <algorithm>

#include "events/values/edtf.h"
#include "projections/describe.h"
#include "projections/due.h"
#include "projections/open_matter.h"
#include "projections/programme_scope.h"
#include "projections/rows/consultation.h"
#include "projections/rows/mandate.h"
#include "projections/rows/mechanism.h"
#include "projections/rows/meeting.h"
#include "projections/rows/mou.h"
#include "projections/rows/programme.h"
#include "projections/rows/project.h"
#include "projections/rows/recommendation.h"
#include "projections/summary_parts.h"

namespace consulta {

namespace {

std::string stateName(const State& state, const Row& row, std::size_t axis = 0) {
  const auto& axes = state.catalogue().aggregate(row.aggregate()).axes;
  if (axis >= axes.size()) return {};
  const auto raw = row.head.states.at(axis);
  return raw < axes[axis].states.size() ? axes[axis].states[raw].name : std::to_string(raw);
}

void count(std::vector<StateCount>& counts, const State& state, const Row& row, std::size_t axis) {
  if (counts.empty()) {
    const auto& states = state.catalogue().aggregate(row.aggregate()).axes.at(axis).states;
    for (const auto& one : states) counts.push_back(StateCount{one.name, 0});
  }
  const auto raw = row.head.states.at(axis);
  if (raw < counts.size()) ++counts[raw].count;
}

DateBounds boundsOf(const RowDate& date) {
  const auto bounds = dateBounds(date.edtf.empty() ? "XXXX" : date.edtf);
  return bounds ? *bounds : wholeTime();
}

/// What comes first stands first; what has no date comes last.
bool earlier(const SummaryLine& a, const SummaryLine& b) {
  const bool unknownA = boundsOf(a.date) == wholeTime();
  const bool unknownB = boundsOf(b.date) == wholeTime();
  if (unknownA != unknownB) return unknownB;
  return boundsOf(a.date) < boundsOf(b.date);
}

RowDate heldOn(const Meeting& meeting) {
  return meeting.dates.edtf.empty() ? meeting.heldFrom : meeting.dates;
}

/// Whether its planned days have certainly passed without a word whether it was held.
bool isMissed(const State& state, const Row& row, std::int64_t nowNs) {
  return std::ranges::any_of(row.head.dues, [&](const RowDue& due) {
    return due.kind == DueKind::meeting && overdueAt(state, due.due, nowNs) == Overdue::yes;
  });
}

class Summarizer {
 public:
  Summarizer(const State& state, std::int64_t nowNs, std::string_view totalsIn)
      : state_(state), nowNs_(nowNs) {
    out_.funds.currency = totalsIn;
  }

  void add(const Row& row) {
    if (const auto* one = tryAs<Programme>(&row)) addProgramme(row, *one);
    if (const auto* one = tryAs<Mandate>(&row)) {
      out_.mandates.push_back(line(row, one->title));
    }
    if (const auto* one = tryAs<Mechanism>(&row)) {
      out_.mechanisms.push_back(line(row, one->title));
    }
    if (const auto* one = tryAs<Consultation>(&row)) addConsultation(row, *one);
    if (const auto* one = tryAs<Meeting>(&row)) addMeeting(row, *one);
    if (const auto* one = tryAs<Mou>(&row)) {
      auto mou = line(row, one->title);
      if (mou.date.edtf.empty()) mou = line(row, one->title, one->agreedOn, "agreedOn");
      out_.mous.push_back(std::move(mou));
    }
    if (const auto* one = tryAs<Project>(&row)) {
      out_.projects.push_back(line(row, one->title));
    }
    if (tryAs<Recommendation>(&row) != nullptr) {
      auto& to = out_.recommendations;
      ++to.total;
      count(to.acceptance, state_, row, acceptanceAxis);
      count(to.implementation, state_, row, implementationAxis);
    }
    summary::addRequests(out_.requests, state_, row, nowNs_);
    summary::addFunds(out_.funds, row);
    summary::addOverdue(out_.overdue, state_, row, nowNs_);
  }

  /// The programme that the whole is about.
  void about(const Row& row) {
    const auto& programme = as<Programme>(row);
    out_.programme = row.head.id;
    out_.title = programme.title;
    out_.state = stateName(state_, row);
    out_.period = programme.period;
    out_.region = programme.region;
    out_.office = programme.office;
    out_.areas.clear();
    for (const auto& area : programme.areas) out_.areas.push_back(area.area);
    for (const auto& goal : programme.goals) out_.goals.push_back(goal.goal);
    out_.programmes.clear();
  }

  ProgrammeSummary finish() {
    summary::closeFunds(out_.funds, state_, nowNs_);
    std::ranges::stable_sort(out_.meetingsAhead, earlier);
    std::ranges::stable_sort(out_.meetingsHeld, [](const auto& a, const auto& b) {
      return boundsOf(a.date) > boundsOf(b.date);
    });
    std::stable_partition(out_.overdue.begin(), out_.overdue.end(),
                          [](const OverdueLine& line) { return line.overdue == Overdue::yes; });
    return std::move(out_);
  }

 private:
  /// With the date by which it is listed.
  [[nodiscard]] SummaryLine line(const Row& row, const RowTexts& title) const {
    const auto& aggregate = state_.catalogue().aggregate(row.aggregate());
    const auto fields = row.fields();
    const auto* member = fields.member(aggregate.listedBy);
    const auto* date = member == nullptr ? nullptr : std::get_if<RowDate>(&member->value);
    return line(row, title, date == nullptr ? RowDate{} : *date,
                aggregate.isPlanned ? std::string() : aggregate.listedBy);
  }
  [[nodiscard]] SummaryLine line(const Row& row, const RowTexts& title, const RowDate& date,
                                 std::string dateOf = {}) const {
    return SummaryLine{row.head.id, title, stateName(state_, row), date, std::move(dateOf)};
  }

  void addProgramme(const Row& row, const Programme& programme) {
    out_.programmes.push_back(line(row, programme.title));
    for (const auto& area : programme.areas) {
      if (std::ranges::find(out_.areas, area.area) == out_.areas.end()) {
        out_.areas.push_back(area.area);
      }
    }
  }

  void addConsultation(const Row& row, const Consultation& one) {
    out_.consultations.push_back(
        !one.concludedOn.edtf.empty() ? line(row, one.title, one.concludedOn, "concludedOn")
        : !one.openedOn.edtf.empty()  ? line(row, one.title, one.openedOn, "openedOn")
                                      : line(row, one.title));
    if (stateOf<schema::ConsultationState>(row.head) != schema::ConsultationState::OPEN) return;
    const auto count = [&](const std::vector<EntityId>& ids) {
      return static_cast<std::uint32_t>(stillOpen(state_, ids).size());
    };
    const auto pending = count(one.pendingRecommendations);
    const auto followUps = count(one.openFollowUps);
    if (pending + followUps == 0) return;
    out_.cycles.push_back(CycleSummary{row.head.id, one.previous, pending, followUps});
  }

  void addMeeting(const Row& row, const Meeting& meeting) {
    using S = schema::MeetingState;
    switch (stateOf<S>(row.head)) {
      case S::SCHEDULED:
      case S::CONFIRMED:
      case S::POSTPONED:
        if (!isMissed(state_, row, nowNs_)) {
          out_.meetingsAhead.push_back(line(row, meeting.title, meeting.dates));
        }
        return;
      case S::CONVENED:
        out_.meetingsNow.push_back(line(row, meeting.title, heldOn(meeting)));
        return;
      case S::CLOSED:
      case S::REPORTED:
        out_.meetingsHeld.push_back(line(row, meeting.title, heldOn(meeting)));
        return;
      case S::CANCELLED:
        return;
    }
  }

  const State& state_;
  std::int64_t nowNs_;
  ProgrammeSummary out_;
};

}  // namespace

ProgrammeSummary summarize(const State& state, std::optional<EntityId> programme,
                           std::int64_t nowNs, std::string_view totalsIn) {
  Summarizer summarizer(state, nowNs, totalsIn);
  if (programme) {
    for (const auto id : membersOf(state, *programme)) {
      if (const auto row = state.row(id)) summarizer.add(*row);
    }
    summarizer.about(*state.row(*programme));
    return summarizer.finish();
  }
  for (const auto& aggregate : state.catalogue().aggregates()) {
    if (aggregate.tag == static_cast<std::uint16_t>(schema::Event::REFERENCE)) continue;
    state.each(aggregate.tag, [&](const RowPtr& row) {
      summarizer.add(*row);
      return true;
    });
  }
  return summarizer.finish();
}

Node summaryNode(const ProgrammeSummary& summary) {
  return described::toNode(summary);
}

}  // namespace consulta
