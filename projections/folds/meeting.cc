#include "projections/rows/meeting.h"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "projections/row_of.h"

namespace consulta {

namespace {

/// Opening and found entries describe a meeting by the same fields.
template <typename Opening>
void describe(Meeting& row, Opening e) {
  take(row.title, e.getTitle());
  row.kind = e.getKind();
  take(row.dates, e.getDates());
  take(row.place, e.getPlace());
  take(row.country, e.getCountry());
  take(row.host, e.getHost());
  take(row.programme, e.getProgramme());
  take(row.mechanism, e.getMechanism());
  take(row.consultation, e.getConsultation());
  take(row.parent, e.getParent());
  take(row.theme, e.getTheme());
  take(row.region, e.getRegion());
  row.highLevel = e.getHighLevel();
}

Invitation& invitation(Meeting& row, std::uint64_t party) {
  const auto found = std::ranges::find(row.invitations, EntityId(party), &Invitation::party);
  if (found != row.invitations.end()) return *found;
  row.invitations.emplace_back().party = EntityId(party);
  return row.invitations.back();
}

/// Anew; or, of one that stands, the letter that carried it, which leaves its answer as it is.
void foldInvitation(Meeting& row, schema::MeetingInvited::Reader e, const FoldStep& step) {
  auto& one = invitation(row, e.getParty());
  const bool namesLetter = !one.sent.edtf.empty() && one.state != InvitationState::withdrawn &&
                           !one.letter && e.getInvitation() != 0;
  if (!namesLetter) {
    one = Invitation{};
    one.party = EntityId(e.getParty());
    one.sent = step.date();
  }
  if (!namesLetter || e.hasReplyBy()) take(one.replyBy, e.getReplyBy());
  take(one.letter, e.getInvitation());
}

/// An answer takes the place of the one before, letter and all. Who declines sends nobody.
void foldAnswer(Meeting& row, schema::MeetingAnswered::Reader e, const FoldStep& step) {
  auto& one = invitation(row, e.getParty());
  const bool accepts = e.getAnswer() == schema::InvitationAnswer::ACCEPTED;
  one.state = accepts ? InvitationState::accepted : InvitationState::declined;
  if (!accepts) {
    one.delegates.clear();
    one.credentialsOn = RowDate{};
    one.credentials.clear();
  }
  one.answered = step.date();
  one.reply = EntityId(e.getReply());
}

/// One more who represents a party, after its credentials have come too, takes nothing back.
void foldDelegate(Meeting& row, schema::MeetingRepresentativeNamed::Reader e) {
  auto& one = invitation(row, e.getParty());
  if (one.state != InvitationState::credentialsReceived) {
    one.state = InvitationState::representativeNamed;
  }
  if (e.getHead()) {
    for (auto& delegate : one.delegates) delegate.head = false;
  }
  const auto named = std::ranges::find(one.delegates, EntityId(e.getPerson()), &Delegate::person);
  if (named != one.delegates.end()) {
    named->head = e.getHead();
  } else {
    one.delegates.push_back(Delegate{EntityId(e.getPerson()), e.getHead()});
  }
}

void foldCredentials(Meeting& row, schema::MeetingCredentialsReceived::Reader e,
                     const FoldStep& step) {
  auto& one = invitation(row, e.getParty());
  one.state = InvitationState::credentialsReceived;
  one.credentialsOn = step.date();
  if (e.getFile() != 0) one.credentials.emplace_back(e.getFile());
  for (auto& delegate : one.delegates) {
    if (e.getPerson() == 0 || delegate.person == EntityId(e.getPerson())) {
      delegate.accredited = true;
    }
  }
}

/// What has been answered by the day asked is not late, whenever it was entered.
void foldOverdue(Meeting& row, schema::MeetingAnswerOverdue::Reader e) {
  auto& one = invitation(row, e.getParty());
  if (one.state == InvitationState::sent) one.state = InvitationState::noReply;
}

void foldAgendaItem(Meeting& row, schema::MeetingAgendaItemAdded::Reader e) {
  auto& item = row.agenda.emplace_back();
  take(item.number, e.getNumber());
  take(item.title, e.getTitle());
  take(item.document, e.getDocument());
}

void foldOrganizer(Meeting& row, schema::MeetingOrganizerAdded::Reader e) {
  row.organizers.push_back(Organizer{EntityId(e.getOrganizer()), e.getRole()});
}

void foldQuorum(Meeting& row, schema::MeetingQuorumRecorded::Reader e) {
  row.present = e.getPresent();
  row.needed = e.getNeeded();
}

void foldParticipant(Meeting& row, schema::MeetingRegistered::Reader e) {
  const auto person = EntityId(e.getPerson());
  std::erase_if(row.participants, [&](const Participant& one) { return one.person == person; });
  row.participants.push_back(Participant{person, EntityId(e.getParty()), e.getCapacity()});
}

void foldParts(Meeting& row, schema::MeetingPartsPlanned::Reader e) {
  std::erase_if(row.parts, [&](const PlannedParts& one) { return one.kind == e.getKind(); });
  auto& parts = row.parts.emplace_back();
  parts.kind = e.getKind();
  parts.count = e.getCount();
  take(parts.theme, e.getTheme());
}

void foldOutcome(Meeting& row, schema::MeetingOutcomeRecorded::Reader e) {
  auto& outcome = row.outcomes.emplace_back();
  outcome.kind = e.getKind();
  take(outcome.text, e.getText());
  take(outcome.number, e.getNumber());
  take(outcome.document, e.getDocument());
}

void foldExpected(Meeting& row, schema::MeetingOutcomeExpected::Reader e) {
  auto& outcome = row.expected.emplace_back();
  outcome.kind = e.getKind();
  take(outcome.text, e.getText());
  for (auto scope : e.getScopes()) outcome.scopes.push_back(scope);
  outcome.count = e.getCount();
}

void foldFound(Meeting& row, schema::MeetingFound::Reader e) {
  describe(row, e);
  for (auto organizer : e.getOrganizers()) {
    row.organizers.push_back(Organizer{EntityId(organizer), schema::OrganizerRole::ORGANIZER});
  }
  take(row.report, e.getReport());
}

void foldConfirmed(Meeting& row, schema::MeetingConfirmed::Reader e) {
  take(row.dates, e.getDates());
  take(row.place, e.getPlace());
  take(row.country, e.getCountry());
  take(row.host, e.getHost());
}

void foldPreparation(Meeting& row, schema::MeetingPreparationStarted::Reader e,
                     const FoldStep& step) {
  take(row.preparedWith, e.getWith());
  take(row.serves, e.getServes());
  take(row.summary, e.getSummary(), step.valuesAt, "summary");
}

}  // namespace

bool wasConvened(schema::MeetingState state) {
  using S = schema::MeetingState;
  return state == S::CONVENED || state == S::CLOSED || state == S::REPORTED;
}

bool isOver(schema::MeetingState state) {
  using S = schema::MeetingState;
  return state == S::CLOSED || state == S::REPORTED || state == S::CANCELLED;
}

const Invitation* invitationOf(const Meeting& meeting, EntityId party) {
  const auto found = std::ranges::find(meeting.invitations, party, &Invitation::party);
  return found == meeting.invitations.end() ? nullptr : &*found;
}

void fold(Meeting& row, RowHead&, schema::MeetingEvent::Reader event, const FoldStep& step) {
  using E = schema::MeetingEvent;
  switch (event.which()) {
    case E::SCHEDULED:
      return describe(row, event.getScheduled());
    case E::FOUND:
      return foldFound(row, event.getFound());
    case E::CONFIRMED:
      return foldConfirmed(row, event.getConfirmed());
    case E::RESCHEDULED:
      take(row.dates, event.getRescheduled().getDates());
      return take(row.reason, event.getRescheduled().getReason(), step.valuesAt, "reason");
    case E::POSTPONED:
      row.dates = RowDate{};  // the old ones no longer hold; without new ones they are not known
      take(row.dates, event.getPostponed().getUntil());
      return take(row.reason, event.getPostponed().getReason(), step.valuesAt, "reason");
    case E::CANCELLED:
      return take(row.reason, event.getCancelled().getReason(), step.valuesAt, "reason");
    case E::CONVENED:
      row.heldFrom = step.date();
      return take(row.chair, event.getConvened().getChair());
    case E::CLOSED:
      row.heldTo = step.date();
      return take(row.summary, event.getClosed().getSummary(), step.valuesAt, "summary");
    case E::REPORTED:
      return take(row.report, event.getReported().getDocument());
    case E::AGENDA_ITEM_ADDED:
      return foldAgendaItem(row, event.getAgendaItemAdded());
    case E::AGENDA_ITEM_REMOVED:
      std::erase_if(row.agenda, [&](const AgendaItem& item) {
        return item.number == event.getAgendaItemRemoved().getNumber().cStr();
      });
      return;
    case E::ORGANIZER_ADDED:
      return foldOrganizer(row, event.getOrganizerAdded());
    case E::INVITED:
      return foldInvitation(row, event.getInvited(), step);
    case E::ANSWERED:
      return foldAnswer(row, event.getAnswered(), step);
    case E::REPRESENTATIVE_NAMED:
      return foldDelegate(row, event.getRepresentativeNamed());
    case E::CREDENTIALS_RECEIVED:
      return foldCredentials(row, event.getCredentialsReceived(), step);
    case E::REGISTERED:
      return foldParticipant(row, event.getRegistered());
    case E::QUORUM_RECORDED:
      return foldQuorum(row, event.getQuorumRecorded());
    case E::OUTCOME_RECORDED:
      return foldOutcome(row, event.getOutcomeRecorded());
    case E::ANSWER_OVERDUE:
      return foldOverdue(row, event.getAnswerOverdue());
    case E::RETITLED:
      take(row.title, event.getRetitled().getTitle());
      return take(row.theme, event.getRetitled().getTheme());
    case E::RELOCATED:
      take(row.place, event.getRelocated().getPlace());
      take(row.country, event.getRelocated().getCountry());
      return take(row.host, event.getRelocated().getHost());
    case E::PREPARATION_STARTED:
      return foldPreparation(row, event.getPreparationStarted(), step);
    case E::PARTS_PLANNED:
      return foldParts(row, event.getPartsPlanned());
    case E::OUTCOME_EXPECTED:
      return foldExpected(row, event.getOutcomeExpected());
    case E::INVITATION_WITHDRAWN:
      invitation(row, event.getInvitationWithdrawn().getParty()).state = InvitationState::withdrawn;
      return;
  }
  throw std::logic_error("a meeting's event without a fold");
}

std::unique_ptr<Row> newMeetingRow() {
  return std::make_unique<RowOf<Meeting, &schema::Event::Reader::getMeeting>>();
}

}  // namespace consulta
