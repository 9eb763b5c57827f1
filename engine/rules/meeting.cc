// Rules of meetings beyond their lifecycle.
#include "projections/rows/meeting.h"

#include <algorithm>
#include <string>

#include "engine/rules/guard.h"
#include "engine/rules/meeting_invitations.h"
#include "engine/rules/meeting_parts.h"
#include "engine/rules/naming.h"
#include "engine/rules/rule_values.h"

namespace consulta {

namespace {

using E = schema::MeetingEvent;
using schema::MeetingState;

// --- by state alone ---

void guardConvened(const Case& on, const Meeting& meeting, Refusals& no) {
  if (!areExactDays(meeting.dates.edtf)) {
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

void guardItemRemoved(const Case& on, const Meeting& meeting, Refusals& no) {
  if (!meeting.agenda.empty()) return;
  no.refuse("meeting.agenda.none",
            msg("{entity} has no agenda; enter \"meeting add-item\" for each of its items",
                arg("entity", on.self())));
}

void guard(const Case& on, Refusals& no) {
  const auto* meeting = tryAs<Meeting>(on.row);
  if (meeting == nullptr) return;
  if (on.act.tag == E::CONVENED) guardConvened(on, *meeting, no);
  if (on.act.tag == E::AGENDA_ITEM_REMOVED) guardItemRemoved(on, *meeting, no);
  guardMeetingParts(on, *meeting, no);
  guardMeetingInvitations(on, *meeting, no);
}

// --- opening ---

void checkFound(const Case& on, schema::MeetingFound::Reader e, Refusals& no) {
  const auto state = e.getState();
  checkDistinct(on, "meeting.organizers.distinct", "organizers", e.getOrganizers(), no);
  if (!isOver(state)) {  // else it is history who organized it, whatever became of them since
    needsStanding(on, "meeting.host.standing", EntityId(e.getHost()), no);
    needsStanding(on, "meeting.organizers.standing", e.getOrganizers(), no);
  }
  const std::string dates = e.getDates().getEdtf().cStr();
  if (state != MeetingState::CANCELLED && isOver(state) && certainlyBefore(on.occurred, dates)) {
    no.refuse("meeting.found.held",
              msg("a meeting that has been held was not found on {date}, before its days {dates}; "
                  "check --dates, or give --state confirmed or scheduled",
                  arg("date", on.occurred), arg("dates", dates)));
  }
  if (e.getReport() == 0 || state == MeetingState::REPORTED) return;
  no.refuse("meeting.found.report",
            msg("a meeting whose report is there is found as reported; give --state reported, or "
                "leave out --report"));
}

// --- when and where ---

/// A country is that of a place: it does not stay behind when the place changes.
template <typename Event>
void checkPlace(const Case& on, Event e, const Meeting& meeting, Refusals& no) {
  needsStanding(on, "meeting.host.standing", EntityId(e.getHost()), no);
  if (e.getPlace().size() == 0 || e.getCountry().size() != 0 || meeting.country.empty() ||
      meeting.place == e.getPlace().cStr()) {
    return;
  }
  no.needs("country", "meeting.place.country",
           msg("{entity} was to be held in {country}; give the country of {place} with --country, "
               "also when it is the same",
               arg("entity", on.self()), arg("country", meeting.country),
               arg("place", e.getPlace().cStr())));
}

void checkConfirmed(const Case& on, schema::MeetingConfirmed::Reader e, const Meeting& meeting,
                    Refusals& no) {
  const std::string dates =
      e.hasDates() ? e.getDates().getEdtf().cStr() : meeting.dates.edtf.c_str();
  if (!areExactDays(dates)) {
    no.needs("dates", "meeting.confirmed.needs-days",
             msg("{entity} can be confirmed only with its exact days; give them with --dates, as "
                 "2006-06-26/2006-06-28",
                 arg("entity", on.self())));
  }
  if (e.getPlace().size() == 0 && meeting.place.empty()) {
    no.needs("place", "meeting.confirmed.needs-place",
             msg("{entity} can be confirmed only with a place; give it with --place",
                 arg("entity", on.self())));
  }
  checkPlace(on, e, meeting, no);
}

void checkPostponed(const Case& on, schema::MeetingPostponed::Reader e, Refusals& no) {
  const std::string until = e.getUntil().getEdtf().cStr();
  if (!certainlyBefore(until, on.occurred)) return;
  no.refuse("meeting.postponed.until",
            msg("{until} lies before the postponement itself; give a later --until, or leave it "
                "out when the meeting is put off until further notice",
                arg("until", until)));
}

void checkConvened(const Case& on, schema::MeetingConvened::Reader e, const Meeting& meeting,
                   Refusals& no) {
  needsStanding(on, "meeting.convened.chair", EntityId(e.getChair()), no);
  const auto& dates = meeting.dates.edtf;
  if (!areExactDays(dates)) return;  // the guard has said so
  if (!certainlyBefore(on.occurred, dates) && !certainlyBefore(dates, on.occurred)) return;
  no.refuse("meeting.convened.days",
            msg("{entity} is confirmed for {dates}, so it cannot have begun on {date}; give the "
                "day it began with --on, or enter \"meeting reschedule\" and confirm its new days "
                "first",
                arg("entity", on.self()), arg("dates", dates), arg("date", on.occurred)));
}

void checkRetitled(schema::MeetingRetitled::Reader e, Refusals& no) {
  if (e.hasTitle() || e.hasTheme()) return;
  no.needs("title", "meeting.retitled.something",
           msg("the entry changes nothing; give what is new with --title or --theme"));
}

// --- who prepares it, what it is about and what it comes to ---

void checkOrganizer(const Case& on, schema::MeetingOrganizerAdded::Reader e, const Meeting& meeting,
                    Refusals& no) {
  const auto organizer = EntityId(e.getOrganizer());
  needsStanding(on, "meeting.organizers.standing", organizer, no);
  const Organizer as{organizer, e.getRole()};
  if (std::ranges::find(meeting.organizers, as) == meeting.organizers.end()) return;
  no.refuse("meeting.organizerAdded.once",
            msg("{organizer} has that role in {entity} already; name another --organizer or give "
                "another --role",
                arg("organizer", on.name(organizer)), arg("entity", on.self())));
}

void checkPreparation(const Case& on, schema::MeetingPreparationStarted::Reader e, Refusals& no) {
  checkDistinct(on, "meeting.preparationStarted.distinct", "with", e.getWith(), no);
  needsStanding(on, "meeting.preparationStarted.standing", e.getWith(), no);
}

void checkItemAdded(const Case& on, schema::MeetingAgendaItemAdded::Reader e,
                    const Meeting& meeting, Refusals& no) {
  const std::string number = e.getNumber().cStr();
  if (std::ranges::find(meeting.agenda, number, &AgendaItem::number) == meeting.agenda.end()) {
    return;
  }
  no.refuse("meeting.agenda.number",
            msg("{entity} has an agenda item {number} already; give this one another --number, or "
                "enter \"meeting remove-item\" for the other first",
                arg("entity", on.self()), arg("number", number)));
}

void checkItemRemoved(const Case& on, schema::MeetingAgendaItemRemoved::Reader e,
                      const Meeting& meeting, Refusals& no) {
  const std::string number = e.getNumber().cStr();
  if (meeting.agenda.empty()) return;  // the guard has said so
  const auto& agenda = meeting.agenda;
  if (std::ranges::find(agenda, number, &AgendaItem::number) != agenda.end()) return;
  no.refuse("meeting.agenda.exists",
            msg("{entity} has no agenda item {number}, only {known}; give one of these with "
                "--number",
                arg("entity", on.self()), arg("number", number),
                arg("known", joined(agenda, &AgendaItem::number))));
}

/// Outcomes are numbered by kind: conclusion 1 and declaration 1 are two.
void checkOutcome(const Case& on, schema::MeetingOutcomeRecorded::Reader e, const Meeting& meeting,
                  Refusals& no) {
  const std::string number = e.getNumber().cStr();
  const auto isSame = [&](const Outcome& one) {
    return one.kind == e.getKind() && one.number == number;
  };
  if (number.empty() || std::ranges::none_of(meeting.outcomes, isSame)) return;
  no.refuse("meeting.outcomeRecorded.number",
            msg("{entity} has an outcome {number} of that kind already; give this one another "
                "--number, or correct the entry that is wrong",
                arg("entity", on.self()), arg("number", number)));
}

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  const auto event = all.getMeeting();
  checkMeetingParts(on, event, no);
  if (event.isScheduled()) {
    return needsStanding(on, "meeting.host.standing", EntityId(event.getScheduled().getHost()), no);
  }
  if (event.isFound()) return checkFound(on, event.getFound(), no);
  const auto& meeting = as<Meeting>(*on.row);
  checkMeetingInvitations(on, event, meeting, no);
  if (event.isConfirmed()) return checkConfirmed(on, event.getConfirmed(), meeting, no);
  if (event.isRelocated()) return checkPlace(on, event.getRelocated(), meeting, no);
  if (event.isPostponed()) return checkPostponed(on, event.getPostponed(), no);
  if (event.isConvened()) return checkConvened(on, event.getConvened(), meeting, no);
  if (event.isRetitled()) return checkRetitled(event.getRetitled(), no);
  if (event.isOrganizerAdded()) return checkOrganizer(on, event.getOrganizerAdded(), meeting, no);
  if (event.isPreparationStarted()) {
    checkPreparation(on, event.getPreparationStarted(), no);
  } else if (event.isAgendaItemAdded()) {
    checkItemAdded(on, event.getAgendaItemAdded(), meeting, no);
  } else if (event.isAgendaItemRemoved()) {
    checkItemRemoved(on, event.getAgendaItemRemoved(), meeting, no);
  } else if (event.isOutcomeRecorded()) {
    checkOutcome(on, event.getOutcomeRecorded(), meeting, no);
  }
}

}  // namespace

const Rules& rulesOfMeeting() {
  static const Rules rules{&guard, &check, nullptr};
  return rules;
}

}  // namespace consulta
