// Rules of meetings beyond their lifecycle.
#include "projections/rows/meeting.h"

#include "engine/rules/guard.h"
#include "events/values/edtf.h"

namespace consulta {

namespace {

using E = schema::MeetingEvent;

bool isPart(schema::MeetingKind kind) {
  return kind == schema::MeetingKind::ROUND_TABLE || kind == schema::MeetingKind::SIDE_EVENT;
}

DateBounds boundsOf(std::string_view edtf) {
  return orBroken(dateBounds(edtf));
}

/// Days that are stated and known well enough to hold a meeting on.
bool areConfirmed(std::string_view edtf) {
  const auto date = readEdtf(edtf);
  if (!date) return false;
  if (date->isExact()) return true;
  return date->isSpan() && !date->isQualified() && edtf.size() == 21;  // day/day
}

void guardConvened(const Case& on, const Meeting& meeting, Refusals& no) {
  if (!areConfirmed(meeting.dates.edtf)) {
    no.refuse(
        "meeting.convened.needs-date",
        msg("{entity} has no confirmed date; enter \"meeting reschedule\" with its exact days "
            "and confirm it again before it is convened",
            arg("entity", on.self())));
  }
  if (meeting.place.empty()) {
    no.refuse("meeting.convened.needs-place",
              msg("{entity} has no confirmed place; enter \"meeting relocate\" with the place "
                  "before it is convened",
                  arg("entity", on.self())));
  }
}

/// A part lies within the meeting it belongs to.
void checkParent(const Case& on, schema::MeetingKind kind, EntityId parent, std::string_view dates,
                 Refusals& no) {
  if (isPart(kind) != static_cast<bool>(parent)) {
    no.refuse("meeting.parent",
              isPart(kind)
                  ? msg("a round table or side event is part of a meeting; name it with --parent")
                  : msg("only a round table or a side event is part of another meeting; leave out "
                        "--parent or choose another --kind"));
    return;
  }
  const auto whole = parent ? on.state.row(parent) : nullptr;
  if (!whole) return;
  const auto& meeting = as<Meeting>(*whole);
  if (meeting.dates.edtf.empty() || dates.empty()) return;
  const auto outer = boundsOf(meeting.dates.edtf);
  const auto inner = boundsOf(dates);
  if (inner.earliestNs > outer.latestNs || inner.latestNs < outer.earliestNs) {
    no.refuse("meeting.within-parent",
              msg("it would lie outside {parent}, which is on {dates}; choose dates within it",
                  arg("parent", on.name(parent)), arg("dates", meeting.dates.edtf)));
  }
}

void checkConfirmed(const Case& on, E::Reader event, const Meeting& meeting, Refusals& no) {
  const auto e = event.getConfirmed();
  const std::string dates =
      e.hasDates() ? e.getDates().getEdtf().cStr() : meeting.dates.edtf.c_str();
  if (!areConfirmed(dates)) {
    no.refuse("meeting.confirmed.needs-days",
              msg("{entity} can be confirmed only with its exact days; give them with --dates, as "
                  "2006-06-26/2006-06-28",
                  arg("entity", on.self())));
  }
  if (e.getPlace().size() == 0 && meeting.place.empty()) {
    no.refuse("meeting.confirmed.needs-place",
              msg("{entity} can be confirmed only with a place; give it with --place",
                  arg("entity", on.self())));
  }
}

void checkInvited(const Case& on, E::Reader event, const Meeting& meeting, Refusals& no) {
  const auto party = EntityId(event.getInvited().getParty());
  const auto* invitation = invitationOf(meeting, party);
  if (invitation != nullptr && invitation->state != InvitationState::withdrawn) {
    no.refuse(
        "meeting.invited.once",
        msg("{party} is already invited to {entity}; enter its answer with \"meeting answer\"",
            arg("party", on.name(party)), arg("entity", on.self())));
  }
}

/// Whatever happens to an invitation needs one that stands.
const Invitation* standing(const Case& on, const Meeting& meeting, std::uint64_t id, Refusals& no) {
  const auto party = EntityId(id);
  const auto* invitation = invitationOf(meeting, party);
  if (invitation != nullptr && invitation->state != InvitationState::withdrawn) return invitation;
  no.refuse("meeting.invitation.exists",
            msg("{party} has no invitation to {entity}; enter \"meeting invite\" first",
                arg("party", on.name(party)), arg("entity", on.self())));
  return nullptr;
}

void needsAcceptance(const Case& on, const Meeting& meeting, std::uint64_t id, Refusals& no) {
  const auto* invitation = standing(on, meeting, id, no);
  if (invitation == nullptr) return;
  if (invitation->state == InvitationState::sent ||
      invitation->state == InvitationState::declined ||
      invitation->state == InvitationState::noReply) {
    no.refuse("meeting.invitation.accepted",
              msg("{party} has not accepted its invitation to {entity}; enter its answer with "
                  "\"meeting answer\" first",
                  arg("party", on.name(EntityId(id))), arg("entity", on.self())));
  }
}

void guard(const Case& on, Refusals& no) {
  const auto* meeting = tryAs<Meeting>(on.row);
  if (meeting == nullptr) return;
  if (on.act.tag == E::CONVENED) guardConvened(on, *meeting, no);
}

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  const auto event = all.getMeeting();
  if (event.isScheduled()) {
    const auto e = event.getScheduled();
    return checkParent(on, e.getKind(), EntityId(e.getParent()), e.getDates().getEdtf().cStr(), no);
  }
  if (event.isFound()) {
    const auto e = event.getFound();
    return checkParent(on, e.getKind(), EntityId(e.getParent()), e.getDates().getEdtf().cStr(), no);
  }
  const auto& meeting = as<Meeting>(*on.row);
  if (event.isConfirmed()) return checkConfirmed(on, event, meeting, no);
  if (event.isInvited()) return checkInvited(on, event, meeting, no);
  if (event.isAnswered()) {
    standing(on, meeting, event.getAnswered().getParty(), no);
  } else if (event.isInvitationWithdrawn()) {
    standing(on, meeting, event.getInvitationWithdrawn().getParty(), no);
  } else if (event.isRepresentativeNamed()) {
    needsAcceptance(on, meeting, event.getRepresentativeNamed().getParty(), no);
  } else if (event.isCredentialsReceived()) {
    needsAcceptance(on, meeting, event.getCredentialsReceived().getParty(), no);
  } else if (event.isPartsPlanned() && !isPart(event.getPartsPlanned().getKind())) {
    no.refuse("meeting.parts.kind", msg("parts of a meeting are round tables or side events; give "
                                        "--kind round-table or --kind side-event"));
  }
}

}  // namespace

const Rules& rulesOfMeeting() {
  static const Rules rules{&guard, &check, nullptr};
  return rules;
}

}  // namespace consulta
