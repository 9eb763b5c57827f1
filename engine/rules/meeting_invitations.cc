#include "engine/rules/meeting_invitations.h"

#include <algorithm>
#include <string>

#include "engine/rules/naming.h"
#include "engine/rules/rule_values.h"

namespace consulta {

namespace {

using E = schema::MeetingEvent;
using schema::Capacity;

bool stands(const Invitation& one) {
  return one.state != InvitationState::withdrawn;
}

/// Whoever was represented has accepted too.
bool isAccepted(const Invitation& one) {
  return one.state == InvitationState::accepted ||
         one.state == InvitationState::representativeNamed ||
         one.state == InvitationState::credentialsReceived;
}

bool isRepresented(const Invitation& one) {
  return isAccepted(one) && !one.delegates.empty();
}

bool anyInvitation(const Meeting& meeting, bool (*is)(const Invitation&)) {
  return std::ranges::any_of(meeting.invitations, is);
}

// --- by state alone ---

void needsInvitations(const Case& on, const Meeting& meeting, Refusals& no) {
  if (anyInvitation(meeting, &stands)) return;
  no.refuse("meeting.invitation.none",
            msg("nobody is invited to {entity}; enter \"meeting invite\" first",
                arg("entity", on.self())));
}

void needsAcceptances(const Case& on, const Meeting& meeting, Refusals& no) {
  if (anyInvitation(meeting, &isAccepted)) return;
  no.refuse("meeting.invitation.none-accepted",
            msg("no invitation to {entity} has been accepted; enter the answer of a party with "
                "\"meeting answer\" first",
                arg("entity", on.self())));
}

void needsRepresentatives(const Case& on, const Meeting& meeting, Refusals& no) {
  if (anyInvitation(meeting, &isRepresented)) return;
  no.refuse("meeting.invitation.none-represented",
            msg("no party has named whom it sends to {entity}; enter \"meeting "
                "name-representative\" first",
                arg("entity", on.self())));
}

// --- invitations ---

/// Whatever happens to an invitation needs one that stands. Where there is none at all, the guard
/// has said so.
const Invitation* standing(const Case& on, const Meeting& meeting, EntityId party, Refusals& no) {
  const auto* invitation = invitationOf(meeting, party);
  if (invitation != nullptr && stands(*invitation)) return invitation;
  if (!anyInvitation(meeting, &stands)) return nullptr;
  no.refuse("meeting.invitation.exists",
            msg("{party} has no invitation to {entity}; enter \"meeting invite\" first, or choose "
                "a party that is invited",
                arg("party", on.name(party)), arg("entity", on.self())));
  return nullptr;
}

const Invitation* accepted(const Case& on, const Meeting& meeting, EntityId party, Refusals& no) {
  if (!anyInvitation(meeting, &isAccepted)) return nullptr;  // the guard has said so
  const auto* invitation = standing(on, meeting, party, no);
  if (invitation == nullptr || isAccepted(*invitation)) return invitation;
  no.refuse("meeting.invitation.accepted",
            invitation->state == InvitationState::declined
                ? msg("{party} has declined its invitation to {entity}; if it comes after all, "
                      "enter \"meeting answer --answer accepted\" first",
                      arg("party", on.name(party)), arg("entity", on.self()))
                : msg("{party} has not accepted its invitation to {entity}; enter its answer with "
                      "\"meeting answer\" first",
                      arg("party", on.name(party)), arg("entity", on.self())));
  return nullptr;
}

void checkInvited(const Case& on, schema::MeetingInvited::Reader e, const Meeting& meeting,
                  Refusals& no) {
  const auto party = EntityId(e.getParty());
  needsStanding(on, "meeting.invited.party", party, no);
  const auto* invitation = invitationOf(meeting, party);
  // The letter is there only once it has been sent, and is named then.
  const bool namesLetter = invitation != nullptr && !invitation->letter && e.getInvitation() != 0;
  if (invitation != nullptr && stands(*invitation) && !namesLetter) {
    no.refuse("meeting.invited.once",
              msg("{party} is already invited to {entity}; enter its answer with \"meeting "
                  "answer\", or give the letter of an invitation that has none with --invitation",
                  arg("party", on.name(party)), arg("entity", on.self())));
  }
  const std::string replyBy = e.getReplyBy().getEdtf().cStr();
  if (!certainlyBefore(replyBy, on.occurred)) return;
  no.refuse("meeting.invited.reply-by",
            msg("an answer by {day} would be asked for before the invitation of {date}; give a "
                "later --reply-by, or leave it out",
                arg("day", replyBy), arg("date", on.occurred)));
}

void checkAnswered(const Case& on, schema::MeetingAnswered::Reader e, const Meeting& meeting,
                   Refusals& no) {
  const auto party = EntityId(e.getParty());
  needsStanding(on, "meeting.answered.party", party, no);
  const auto* invitation = standing(on, meeting, party, no);
  if (invitation == nullptr) return;
  const bool accepts = e.getAnswer() == schema::InvitationAnswer::ACCEPTED;
  if (accepts && isAccepted(*invitation)) {
    no.refuse("meeting.answered.once",
              msg("{party} has accepted its invitation to {entity} already; enter \"meeting "
                  "name-representative\" for whom it sends, or the --answer declined if it does "
                  "not come after all",
                  arg("party", on.name(party)), arg("entity", on.self())));
  } else if (!accepts && invitation->state == InvitationState::declined) {
    no.refuse("meeting.answered.once",
              msg("{party} has declined its invitation to {entity} already; enter the --answer "
                  "accepted if it comes after all",
                  arg("party", on.name(party)), arg("entity", on.self())));
  }
}

void checkRepresentative(const Case& on, schema::MeetingRepresentativeNamed::Reader e,
                         const Meeting& meeting, Refusals& no) {
  const auto party = EntityId(e.getParty());
  const auto person = EntityId(e.getPerson());
  needsStanding(on, "meeting.representativeNamed.party", party, no);
  needsStanding(on, "meeting.representativeNamed.person", person, no);
  const auto* invitation = accepted(on, meeting, party, no);
  if (invitation == nullptr) return;
  const auto named = std::ranges::find(invitation->delegates, person, &Delegate::person);
  if (named == invitation->delegates.end() || named->head != e.getHead()) return;
  no.refuse(
      "meeting.representativeNamed.once",
      msg("{person} represents {party} at {entity} already; name another --person, or enter "
          "\"meeting receive-credentials\" when they arrive",
          arg("person", on.name(person)), arg("party", on.name(party)), arg("entity", on.self())));
}

void checkCredentials(const Case& on, schema::MeetingCredentialsReceived::Reader e,
                      const Meeting& meeting, Refusals& no) {
  const auto party = EntityId(e.getParty());
  const auto person = EntityId(e.getPerson());
  needsStanding(on, "meeting.credentialsReceived.party", party, no);
  needsStanding(on, "meeting.credentialsReceived.file", EntityId(e.getFile()), no);
  if (!anyInvitation(meeting, &isRepresented)) return;  // the guard has said so
  const auto* invitation = accepted(on, meeting, party, no);
  if (invitation == nullptr) return;
  if (invitation->delegates.empty()) {
    no.refuse("meeting.credentialsReceived.represented",
              msg("{party} has not named whom it sends to {entity}; enter \"meeting "
                  "name-representative\" first",
                  arg("party", on.name(party)), arg("entity", on.self())));
  } else if (person && std::ranges::find(invitation->delegates, person, &Delegate::person) ==
                           invitation->delegates.end()) {
    no.refuse("meeting.credentialsReceived.person",
              msg("{person} is not among those who represent {party} at {entity}; enter \"meeting "
                  "name-representative\" first, or leave out --person when the credentials are "
                  "those of the whole delegation",
                  arg("person", on.name(person)), arg("party", on.name(party)),
                  arg("entity", on.self())));
  }
}

/// The engine notes it of an invitation that asked for an answer by some day. An answer that came
/// in time and is entered later stands all the same: nothing hangs on the note.
void checkOverdue(const Case& on, schema::MeetingAnswerOverdue::Reader e, const Meeting& meeting,
                  Refusals& no) {
  const auto party = EntityId(e.getParty());
  const auto* invitation = invitationOf(meeting, party);
  if (invitation != nullptr && !invitation->replyBy.edtf.empty()) return;
  no.refuse("meeting.answerOverdue.asked",
            msg("{party} was asked for no answer by any day; enter \"meeting invite\" with "
                "--reply-by first",
                arg("party", on.name(party))));
}

// --- who takes part ---

void checkRegistered(const Case& on, schema::MeetingRegistered::Reader e, const Meeting& meeting,
                     Refusals& no) {
  const auto person = EntityId(e.getPerson());
  const auto party = EntityId(e.getParty());
  needsStanding(on, "meeting.registered.person", person, no);
  needsStanding(on, "meeting.registered.party", party, no);
  const Participant as{person, party, e.getCapacity()};
  if (std::ranges::find(meeting.participants, as) != meeting.participants.end()) {
    no.refuse("meeting.registered.once",
              msg("{person} is registered for {entity} so already; give another --capacity or "
                  "--party if it has changed",
                  arg("person", on.name(person)), arg("entity", on.self())));
  }
  const auto* invitation = party ? invitationOf(meeting, party) : nullptr;
  if (invitation == nullptr || e.getCapacity() != Capacity::MEMBER ||
      invitation->state != InvitationState::declined) {
    return;
  }
  no.refuse("meeting.registered.declined",
            msg("{party} has declined its invitation to {entity}; if it comes after all, enter "
                "\"meeting answer --answer accepted\" first, or give another --capacity",
                arg("party", on.name(party)), arg("entity", on.self())));
}

/// Observers are never counted. Where nobody is registered, the register does not know who came.
void checkQuorum(const Case& on, schema::MeetingQuorumRecorded::Reader e, const Meeting& meeting,
                 Refusals& no) {
  if (e.getNeeded() == 0) {
    no.refuse("meeting.quorumRecorded.needed",
              msg("a quorum of nobody is none; give --needed 1 or more, or enter nothing when no "
                  "quorum is asked for"));
  }
  const auto counted = std::ranges::count_if(meeting.participants, [](const Participant& one) {
    return one.capacity != Capacity::OBSERVER;
  });
  if (meeting.participants.empty() || e.getPresent() <= static_cast<std::uint64_t>(counted)) return;
  no.refuse("meeting.quorumRecorded.present",
            msg("{present} cannot have been present: {counted} are registered for {entity}, "
                "observers not counted; enter \"meeting register\" for the others first, or give a "
                "lower --present",
                arg("present", e.getPresent()), arg("counted", counted), arg("entity", on.self())));
}

}  // namespace

void guardMeetingInvitations(const Case& on, const Meeting& meeting, Refusals& no) {
  switch (on.act.tag) {
    case E::ANSWERED:
    case E::INVITATION_WITHDRAWN:
      return needsInvitations(on, meeting, no);
    case E::REPRESENTATIVE_NAMED:
      return needsAcceptances(on, meeting, no);
    case E::CREDENTIALS_RECEIVED:
      return needsRepresentatives(on, meeting, no);
    default:
      return;
  }
}

void checkMeetingInvitations(const Case& on, E::Reader event, const Meeting& meeting,
                             Refusals& no) {
  if (event.isInvited()) return checkInvited(on, event.getInvited(), meeting, no);
  if (event.isAnswered()) return checkAnswered(on, event.getAnswered(), meeting, no);
  if (event.isInvitationWithdrawn()) {
    standing(on, meeting, EntityId(event.getInvitationWithdrawn().getParty()), no);
  } else if (event.isRepresentativeNamed()) {
    checkRepresentative(on, event.getRepresentativeNamed(), meeting, no);
  } else if (event.isCredentialsReceived()) {
    checkCredentials(on, event.getCredentialsReceived(), meeting, no);
  } else if (event.isAnswerOverdue()) {
    checkOverdue(on, event.getAnswerOverdue(), meeting, no);
  } else if (event.isRegistered()) {
    checkRegistered(on, event.getRegistered(), meeting, no);
  } else if (event.isQuorumRecorded()) {
    checkQuorum(on, event.getQuorumRecorded(), meeting, no);
  }
}

}  // namespace consulta
