// A meeting as it stands: what it is, when and where, who is invited, what came of it.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "events/meeting.capnp.h"
#include "projections/row.h"

namespace consulta {

/// Where one party's invitation stands. `noReply` is entered by the engine after the day asked.
enum class InvitationState : std::uint8_t {
  sent,
  accepted,
  declined,
  noReply,
  representativeNamed,
  credentialsReceived,
  withdrawn,
};
BOOST_DESCRIBE_ENUM(InvitationState, sent, accepted, declined, noReply, representativeNamed,
                    credentialsReceived, withdrawn)

struct Delegate {
  EntityId person;
  bool head = false;        // of the delegation: one at most
  bool accredited = false;  // credentials for the person, or for the whole delegation, have come
  bool operator==(const Delegate&) const = default;
};
BOOST_DESCRIBE_STRUCT(Delegate, (), (person, head, accredited))

/// One party's invitation: it has a life of its own within the meeting's.
struct Invitation {
  EntityId party;
  InvitationState state = InvitationState::sent;
  RowDate sent;
  RowDate replyBy;
  RowDate answered;
  EntityId letter;
  EntityId reply;
  std::vector<Delegate> delegates;  // none, nor credentials, of one that declined
  RowDate credentialsOn;            // when the last have come
  std::vector<EntityId> credentials;
  bool operator==(const Invitation&) const = default;
};
BOOST_DESCRIBE_STRUCT(Invitation, (),
                      (party, state, sent, replyBy, answered, letter, reply, delegates,
                       credentialsOn, credentials))

struct AgendaItem {
  std::string number;
  RowTexts title;
  EntityId document;
  bool operator==(const AgendaItem&) const = default;
};
BOOST_DESCRIBE_STRUCT(AgendaItem, (), (number, title, document))

struct Organizer {
  EntityId organizer;
  schema::OrganizerRole role = schema::OrganizerRole::ORGANIZER;
  bool operator==(const Organizer&) const = default;
};
BOOST_DESCRIBE_STRUCT(Organizer, (), (organizer, role))

struct Participant {
  EntityId person;
  EntityId party;
  schema::Capacity capacity = schema::Capacity::MEMBER;
  bool operator==(const Participant&) const = default;
};
BOOST_DESCRIBE_STRUCT(Participant, (), (person, party, capacity))

/// Round tables or side events provided for; a count of 0 is not yet known.
struct PlannedParts {
  schema::MeetingKind kind = schema::MeetingKind::ROUND_TABLE;
  std::uint32_t count = 0;
  RowTexts theme;
  bool operator==(const PlannedParts&) const = default;
};
BOOST_DESCRIBE_STRUCT(PlannedParts, (), (kind, count, theme))

/// What it led to, or is expected to lead to.
struct Outcome {
  schema::OutcomeKind kind = schema::OutcomeKind::CONCLUSION;
  RowTexts text;
  std::string number;
  std::vector<schema::OutcomeScope> scopes;
  std::uint32_t count = 0;  // 0: not known
  EntityId document;
  bool operator==(const Outcome&) const = default;
};
BOOST_DESCRIBE_STRUCT(Outcome, (), (kind, text, number, scopes, count, document))

struct Meeting {
  static constexpr auto aggregate = schema::Event::MEETING;

  RowTexts title;
  schema::MeetingKind kind = schema::MeetingKind::EXPERT_GROUP;
  RowDate dates;
  std::string place;
  std::string country;
  EntityId host;
  EntityId programme;
  EntityId mechanism;
  EntityId consultation;
  EntityId parent;
  RowTexts theme;
  std::string region;
  bool highLevel = false;
  RowTexts serves;
  std::vector<Organizer> organizers;
  std::vector<EntityId> preparedWith;
  std::vector<PlannedParts> parts;
  std::vector<AgendaItem> agenda;
  std::vector<Invitation> invitations;
  std::vector<Participant> participants;
  EntityId chair;
  std::optional<std::uint32_t> present;
  std::uint32_t needed = 0;  // quorum; 0: not recorded
  std::vector<Outcome> expected;
  std::vector<Outcome> outcomes;
  EntityId report;
  RowDate heldFrom;
  RowDate heldTo;
  SealedRef summary;
  SealedRef reason;  // of the last change of date, postponement or cancellation
  bool operator==(const Meeting&) const = default;
};
BOOST_DESCRIBE_STRUCT(Meeting, (),
                      (title, kind, dates, place, country, host, programme, mechanism, consultation,
                       parent, theme, region, highLevel, serves, organizers, preparedWith, parts,
                       agenda, invitations, participants, chair, present, needed, expected,
                       outcomes, report, heldFrom, heldTo, summary, reason))

/// Convened, whether or not it has ended since.
[[nodiscard]] bool wasConvened(schema::MeetingState state);
/// Held, or cancelled: it takes place no more.
[[nodiscard]] bool isOver(schema::MeetingState state);
/// The invitation of a party, or null. Valid until the meeting changes.
[[nodiscard]] const Invitation* invitationOf(const Meeting& meeting, EntityId party);

void fold(Meeting& row, RowHead& head, schema::MeetingEvent::Reader event, const FoldStep& step);

}  // namespace consulta
