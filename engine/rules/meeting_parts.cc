#include "engine/rules/meeting_parts.h"

#include <string>
#include <vector>

#include "engine/rules/other_entity.h"
#include "events/values/edtf.h"
#include "projections/rows.h"

namespace consulta {

namespace {

using E = schema::MeetingEvent;
using schema::MeetingKind;
using schema::MeetingState;

bool isPart(MeetingKind kind) {
  return kind == MeetingKind::ROUND_TABLE || kind == MeetingKind::SIDE_EVENT;
}

/// Exact days have to lie within the others; of days that are not known, some have to.
bool liesWithin(std::string_view dates, std::string_view whole) {
  const auto inner = orBroken(dateBounds(dates));
  const auto outer = orBroken(dateBounds(whole));
  if (areExactDays(dates)) {
    return inner.earliestNs >= outer.earliestNs && inner.latestNs <= outer.latestNs;
  }
  return inner.earliestNs <= outer.latestNs && inner.latestNs >= outer.earliestNs;
}

// --- a part, seen from itself ---

void needsMeetingAhead(const Case& on, EntityId parent, Refusals& no) {
  const auto row = otherBeforehand(on, parent);
  if (!row || !isOver(stateOf<MeetingState>(row->head))) return;
  no.refuse("meeting.parent.over",
            msg("{parent} was {state} by then, so no part of it can be planned any more; give the "
                "day of the act with --on",
                arg("parent", on.name(parent)), arg("state", stateName(on, *row))));
}

/// Whether the meeting had days that hold these, or none, at any moment that the act's date can
/// mean: a meeting that moves on that day does not make what was planned before it unlawful.
bool couldHold(const Case& on, EntityId meeting, std::string_view dates) {
  const auto moments = momentsOf(on);
  const auto holds = [&](const Row& row) {
    const auto& days = as<Meeting>(row).dates.edtf;
    return days.empty() || liesWithin(dates, days);
  };
  auto row = newRow(schema::Event::MEETING);
  bool any = false;
  const auto timeline = on.state.timeline(meeting);
  for (const auto& step : timeline.steps(moments.latestNs)) {
    if (any && step.orderNs >= moments.earliestNs && holds(*row)) return true;
    applyEntry(on.state.catalogue(), *row, step.fold());
    any = true;
  }
  return any && holds(*row);
}

void checkWithin(const Case& on, EntityId parent, std::string_view dates, Refusals& no) {
  const auto row = otherByThen(on, parent);
  const auto* whole = tryAs<Meeting>(row.get());
  if (whole == nullptr || dates.empty()) return;
  const auto& days = whole->dates.edtf;
  if (days.empty() || liesWithin(dates, days) || couldHold(on, parent, dates)) return;
  no.refuse("meeting.within-parent",
            msg("on {dates} it would lie outside {parent}, which is on {days}; choose --dates "
                "within these, or enter \"meeting reschedule {parent}\" first",
                arg("dates", dates), arg("parent", on.name(parent)), arg("days", days)));
}

/// A round table or a side event is part of a meeting that is not a part itself.
void checkParent(const Case& on, MeetingKind kind, EntityId parent, Refusals& no) {
  if (isPart(kind) != static_cast<bool>(parent)) {
    if (isPart(kind)) {
      return no.needs(
          "parent", "meeting.parent",
          msg("a round table or side event is part of a meeting; name it with --parent"));
    }
    return no.refuse("meeting.parent",
                     msg("only a round table or a side event is part of another meeting; leave out "
                         "--parent or choose another --kind"));
  }
  if (parent && parent == on.entity) {
    no.refuse("meeting.parent.itself",
              msg("a meeting cannot be part of itself; name another meeting with --parent"));
    return;
  }
  const auto row = otherByThen(on, parent);
  const auto* whole = tryAs<Meeting>(row.get());
  if (whole == nullptr || !isPart(whole->kind)) return;
  no.refuse("meeting.parent.part",
            msg("{part} is itself part of {whole}; name that one with --parent",
                arg("part", on.name(parent)), arg("whole", on.name(whole->parent))));
}

/// What has been held already was planned before its meeting was over.
template <typename Opening>
void checkOpening(const Case& on, Opening e, bool held, Refusals& no) {
  const auto parent = EntityId(e.getParent());
  checkParent(on, e.getKind(), parent, no);
  if (!no.empty() || !parent) return;
  if (!held) needsMeetingAhead(on, parent, no);
  checkWithin(on, parent, e.getDates().getEdtf().cStr(), no);
}

void guardConvenedPart(const Case& on, EntityId parent, Refusals& no) {
  const auto row = otherByThen(on, parent);
  if (!row || wasConvened(stateOf<MeetingState>(row->head))) return;
  no.refuse("meeting.convened.parent",
            msg("{entity} is held within {parent}, which is {state}; enter \"meeting convene "
                "{parent}\" first",
                arg("entity", on.self()), arg("parent", on.name(parent)),
                arg("state", stateName(on, *row))));
}

// --- a meeting, seen with its parts ---

/// The parts of the meeting that were in the register by the latest moment of the act.
std::vector<RowPtr> partsByThen(const Case& on) {
  std::vector<RowPtr> out;
  const auto latestNs = momentsOf(on).latestNs;
  for (const auto id : on.state.linkedTo(on.entity)) {
    if (tryAs<Meeting>(on.state.row(id).get()) == nullptr) continue;
    auto row = on.state.rowAt(id, latestNs);
    const auto* part = tryAs<Meeting>(row.get());
    if (part != nullptr && part->parent == on.entity) out.push_back(std::move(row));
  }
  return out;
}

void guardClosed(const Case& on, Refusals& no) {
  for (const auto& part : partsByThen(on)) {
    if (stateOf<MeetingState>(part->head) != MeetingState::CONVENED) continue;
    no.refuse("meeting.closed.parts",
              msg("{part} is part of {entity} and not closed; enter \"meeting close {part}\" first",
                  arg("part", on.name(part->head.id)), arg("entity", on.self())));
  }
}

void guardCancelled(const Case& on, Refusals& no) {
  for (const auto& part : partsByThen(on)) {
    if (isOver(stateOf<MeetingState>(part->head))) continue;
    no.refuse("meeting.cancelled.parts",
              msg("{part} is part of {entity} and not cancelled; enter \"meeting cancel {part}\" "
                  "first",
                  arg("part", on.name(part->head.id)), arg("entity", on.self())));
  }
}

/// New days of a meeting leave no part outside. One that is put off has no days until it has new
/// ones, so that both can move.
void checkParts(const Case& on, std::string_view days, Refusals& no) {
  if (days.empty()) return;
  for (const auto& row : partsByThen(on)) {
    const auto state = stateOf<MeetingState>(row->head);
    const auto& part = as<Meeting>(*row);
    if (state != MeetingState::SCHEDULED && state != MeetingState::CONFIRMED) continue;
    if (part.dates.edtf.empty() || liesWithin(part.dates.edtf, days)) continue;
    no.refuse("meeting.parts.within",
              msg("{part}, which is part of {entity}, is on {dates} and would lie outside {days}; "
                  "enter \"meeting postpone {part}\" first, and give it new days afterwards",
                  arg("part", on.name(row->head.id)), arg("entity", on.self()),
                  arg("dates", part.dates.edtf), arg("days", days)));
  }
}

void checkNewDays(const Case& on, std::string_view days, Refusals& no) {
  const auto& meeting = as<Meeting>(*on.row);
  if (!meeting.parent) return checkParts(on, days, no);
  needsMeetingAhead(on, meeting.parent, no);
  checkWithin(on, meeting.parent, days, no);
}

}  // namespace

bool areExactDays(std::string_view edtf) {
  const auto date = readEdtf(edtf);
  if (!date || !date->isSpan()) return date && date->isExact();
  const auto between = edtf.find('/');
  const auto first = readEdtf(edtf.substr(0, between));
  const auto last = readEdtf(edtf.substr(between + 1));
  return first && first->isExact() && last && last->isExact();
}

void guardMeetingParts(const Case& on, const Meeting& meeting, Refusals& no) {
  if (on.act.tag == E::CONVENED && meeting.parent) guardConvenedPart(on, meeting.parent, no);
  if (on.act.tag == E::CLOSED) guardClosed(on, no);
  if (on.act.tag == E::CANCELLED) guardCancelled(on, no);
}

void checkMeetingParts(const Case& on, E::Reader event, Refusals& no) {
  if (event.isScheduled()) return checkOpening(on, event.getScheduled(), false, no);
  if (event.isFound()) {
    const auto state = event.getFound().getState();
    return checkOpening(on, event.getFound(), wasConvened(state) || isOver(state), no);
  }
  if (event.isRescheduled()) {
    return checkNewDays(on, event.getRescheduled().getDates().getEdtf().cStr(), no);
  }
  if (event.isConfirmed()) {
    const auto e = event.getConfirmed();
    return checkNewDays(
        on, e.hasDates() ? e.getDates().getEdtf().cStr() : as<Meeting>(*on.row).dates.edtf.c_str(),
        no);
  }
  if (event.isPartsPlanned()) {
    if (!isPart(event.getPartsPlanned().getKind())) {
      no.refuse("meeting.parts.kind",
                msg("parts of a meeting are round tables or side events; give "
                    "--kind round-table or --kind side-event"));
    }
    const auto parent = as<Meeting>(*on.row).parent;
    if (!parent) return;
    no.refuse("meeting.parts.of-part",
              msg("{entity} is itself part of {whole}; enter \"meeting plan-parts\" for that one",
                  arg("entity", on.self()), arg("whole", on.name(parent))));
  }
}

}  // namespace consulta
