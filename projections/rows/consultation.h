// A consultation as it stands: who is on its roll, which texts were tabled, what became of them by
// silence, vote or consensus, and with what outcome it ended.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/consultation.capnp.h"
#include "projections/row.h"

namespace consulta {

/// One party's place on the roll.
struct ConsultationSeat {
  EntityId party;
  schema::Standing standing = schema::Standing::ELIGIBLE;
  RowDate since;
  RowDate replyBy;
  EntityId invitation;
  SealedRef reason;      // of the last change after the round had opened
  RowDate answered;      // when it first said something since it was asked to by a day
  bool overdue = false;  // that day has passed without it
  bool operator==(const ConsultationSeat&) const = default;
};
BOOST_DESCRIBE_STRUCT(ConsultationSeat, (),
                      (party, standing, since, replyBy, invitation, reason, answered, overdue))

struct ConsultationContribution {
  EntityId party;
  SealedRef contribution;
  std::string part;
  EntityId document;
  RowDate submitted;
  RowZonedTime receivedAt;
  bool operator==(const ConsultationContribution&) const = default;
};
BOOST_DESCRIBE_STRUCT(ConsultationContribution, (),
                      (party, contribution, part, document, submitted, receivedAt))

/// What the last attempt at agreeing on a text came to.
enum class TextStanding : std::uint8_t {
  tabled,
  underSilence,
  silenceBroken,
  silenceObserved,
  underVote,
  carried,
  notCarried,
  agreed,
};
BOOST_DESCRIBE_ENUM(TextStanding, tabled, underSilence, silenceBroken, silenceObserved, underVote,
                    carried, notCarried, agreed)

/// One revision of the text.
struct ConsultationText {
  std::uint32_t revision = 0;
  TextStanding standing = TextStanding::tabled;
  EntityId document;
  RowTexts text;
  EntityId by;
  RowDate tabled;
  RowDate decided;  // when it came to its present standing
  bool operator==(const ConsultationText&) const = default;
};
BOOST_DESCRIBE_STRUCT(ConsultationText, (),
                      (revision, standing, document, text, by, tabled, decided))

/// `overtaken`: observed, and reopened because an objection in time was entered late; `abandoned`:
/// the consultation was withdrawn meanwhile.
enum class SilenceState : std::uint8_t { running, broken, observed, overtaken, abandoned };
BOOST_DESCRIBE_ENUM(SilenceState, running, broken, observed, overtaken, abandoned)

/// One round of silence, with the roll as it was when the round began.
struct ConsultationSilence {
  std::uint32_t revision = 0;
  SilenceState state = SilenceState::running;
  RowZonedTime deadline;
  RowDate begun;
  RowDate suspendedSince;  // with the consultation: it stands still, and no deadline comes
  RowDate ended;
  std::vector<std::string> languages;
  EntityId circulation;
  std::vector<EntityId> eligible;
  std::uint32_t extensions = 0;
  RowTexts extensionAuthority;  // of the last one
  SealedRef extensionReason;
  EntityId brokenBy;
  std::uint64_t lateSeconds = 0;  // how long after the deadline its outcome was entered
  bool operator==(const ConsultationSilence&) const = default;
};
BOOST_DESCRIBE_STRUCT(ConsultationSilence, (),
                      (revision, state, deadline, begun, suspendedSince, ended, languages,
                       circulation, eligible, extensions, extensionAuthority, extensionReason,
                       brokenBy, lateSeconds))

enum class ObjectionState : std::uint8_t { standing, withdrawn, superseded, late };
BOOST_DESCRIBE_ENUM(ObjectionState, standing, withdrawn, superseded, late)

struct ConsultationObjection {
  EntityId party;
  std::uint32_t revision = 0;  // 0: no text was under discussion
  ObjectionState state = ObjectionState::standing;
  SealedRef reason;
  RowDate raised;
  RowZonedTime receivedAt;
  std::uint32_t silence = 0;  // the round it is measured against, from 1; 0: none
  RowZonedTime deadline;      // of that round, when it was raised
  EntityId letter;
  RowDate withdrawn;
  SealedRef withdrawalReason;
  EntityId withdrawalLetter;
  std::uint64_t lateSeconds = 0;
  bool operator==(const ConsultationObjection&) const = default;
};
BOOST_DESCRIBE_STRUCT(ConsultationObjection, (),
                      (party, revision, state, reason, raised, receivedAt, silence, deadline,
                       letter, withdrawn, withdrawalReason, withdrawalLetter, lateSeconds))

struct ConsultationExplanation {
  EntityId party;
  SealedRef explanation;
  RowDate given;
  EntityId letter;
  bool operator==(const ConsultationExplanation&) const = default;
};
BOOST_DESCRIBE_STRUCT(ConsultationExplanation, (), (party, explanation, given, letter))

/// A later vote of the same party takes the place of this one, which stays on the list.
struct ConsultationBallot {
  EntityId party;
  schema::Vote vote = schema::Vote::ABSTAINS;
  bool superseded = false;
  RowDate cast;
  RowZonedTime receivedAt;
  bool operator==(const ConsultationBallot&) const = default;
};
BOOST_DESCRIBE_STRUCT(ConsultationBallot, (), (party, vote, superseded, cast, receivedAt))

/// One vote, with the roll as it was when the vote was opened. The counts are those entered when it
/// was closed, and none before.
struct ConsultationVoteRound {
  std::uint32_t round = 0;
  bool open = true;
  schema::Majority majority = schema::Majority::NOT_STATED;
  std::uint32_t quorum = 0;  // 0: none
  RowZonedTime closes;
  std::uint32_t revision = 0;
  std::string rules;
  RowDate opened;
  RowDate closed;
  std::vector<EntityId> eligible;
  std::vector<ConsultationBallot> ballots;
  std::optional<std::uint32_t> eligibleCount;
  std::optional<std::uint32_t> inFavour;
  std::optional<std::uint32_t> against;
  std::optional<std::uint32_t> abstained;
  std::optional<std::uint32_t> notVoting;
  std::optional<bool> quorumReached;
  std::optional<bool> carried;
  std::uint64_t lateSeconds = 0;
  bool operator==(const ConsultationVoteRound&) const = default;
};
BOOST_DESCRIBE_STRUCT(ConsultationVoteRound, (),
                      (round, open, majority, quorum, closes, revision, rules, opened, closed,
                       eligible, ballots, eligibleCount, inFavour, against, abstained, notVoting,
                       quorumReached, carried, lateSeconds))

/// A letter that confirmed an adoption, or a meeting or session that noted it.
struct ConsultationAcknowledgement {
  EntityId by;
  std::uint32_t revision = 0;
  RowDate date;
  bool operator==(const ConsultationAcknowledgement&) const = default;
};
BOOST_DESCRIBE_STRUCT(ConsultationAcknowledgement, (), (by, revision, date))

enum class StepState : std::uint8_t { started, completed, overdue };
BOOST_DESCRIBE_ENUM(StepState, started, completed, overdue)

struct ConsultationReminder {
  EntityId party;  // none: everybody who had not acted
  RowDate date;
  bool operator==(const ConsultationReminder&) const = default;
};
BOOST_DESCRIBE_STRUCT(ConsultationReminder, (), (party, date))

/// One run of a step of the procedure.
struct ConsultationStep {
  std::string step;
  StepState state = StepState::started;
  RowDeadline due;
  RowZonedTime deadline;
  RowDate started;
  RowDate completed;
  std::string outcome;  // "reopened": what it rested on was undone
  std::vector<std::string> next;
  std::string reported;  // an outcome that somebody has recorded
  EntityId evidence;
  std::vector<std::string> reminderDays;  // of each reminder, in the order of the procedure
  std::vector<ConsultationReminder> reminders;
  RowDate escalateOn;
  EntityId escalateTo;
  bool escalated = false;
  EntityId escalatedTo;
  std::uint64_t lateSeconds = 0;
  EntityId calendar;   // by which its days were counted
  EntityId session;    // before which it is due
  RowDate countsFrom;  // the end of the step that its limit counts from
  RowDeadline movedFrom;
  std::uint64_t movedBy = 0;    // position of the entry that moved it last
  std::uint64_t startedBy = 0;  // position of that by which it began: tells it from other runs
  std::string kind;             // as a procedure writes it: "contributions"
  // Whom it asks; with none of these three everybody on the roll.
  std::vector<std::string> roles;  // "eligible", "observers", "everyone", "secretariat"
  std::vector<EntityId> asked;     // parties named, and the members of groups when it began
  std::vector<EntityId> offices;
  // How many of these there were when it began: what is new is the step's own.
  std::uint32_t contributionsBefore = 0;
  std::uint32_t textsBefore = 0;
  std::uint32_t silencesBefore = 0;
  std::uint32_t votesBefore = 0;
  bool operator==(const ConsultationStep&) const = default;
};
BOOST_DESCRIBE_STRUCT(ConsultationStep, (),
                      (step, state, due, deadline, started, completed, outcome, next, reported,
                       evidence, reminderDays, reminders, escalateOn, escalateTo, escalated,
                       escalatedTo, lateSeconds, calendar, session, countsFrom, movedFrom, movedBy,
                       startedBy, kind, roles, asked, offices, contributionsBefore, textsBefore,
                       silencesBefore, votesBefore))

/// One reopening of a concluded consultation.
struct ConsultationReopening {
  RowTexts authority;
  SealedRef reason;
  EntityId party;
  RowZonedTime receivedAt;
  RowDate date;
  bool operator==(const ConsultationReopening&) const = default;
};
BOOST_DESCRIBE_STRUCT(ConsultationReopening, (), (authority, reason, party, receivedAt, date))

struct Consultation {
  static constexpr auto aggregate = schema::Event::CONSULTATION;

  RowTexts title;
  std::vector<EntityId> subjects;
  RowTexts question;
  EntityId mechanism;
  std::string cycle;
  EntityId previous;
  RowDate dates;
  EntityId office;
  EntityId procedure;
  std::uint32_t procedureVersion = 0;  // 0: it has not begun to run by it
  RowDate openedOn;
  std::vector<EntityId> pendingRecommendations;  // that came over from the previous one undecided
  std::vector<EntityId> openFollowUps;           // what was accepted or asked for there, not done
  RowDeadline closes;
  std::vector<ConsultationSeat> roll;
  std::vector<ConsultationContribution> contributions;
  std::vector<ConsultationText> texts;
  std::vector<ConsultationSilence> silences;
  std::vector<ConsultationObjection> objections;
  std::vector<ConsultationExplanation> explanations;
  std::vector<ConsultationVoteRound> votes;
  EntityId consensusBy;
  std::vector<ConsultationAcknowledgement> confirmations;
  std::vector<ConsultationAcknowledgement> notings;
  std::vector<ConsultationStep> steps;
  std::vector<std::string> stepsAhead;  // that outcomes have led to, and which have not begun
  schema::ConsultationOutcome outcome = schema::ConsultationOutcome::NOT_STATED;
  std::uint32_t adoptedRevision = 0;
  EntityId outcomeDocument;
  RowDate concludedOn;
  std::uint32_t suspensions = 0;
  RowDate suspendedUntil;
  SealedRef reason;  // of the last change of dates, suspension, resumption or conclusion
  std::vector<ConsultationReopening> reopenings;
  bool operator==(const Consultation&) const = default;
};
BOOST_DESCRIBE_STRUCT(Consultation, (),
                      (title, subjects, question, mechanism, cycle, previous, dates, office,
                       procedure, procedureVersion, openedOn, pendingRecommendations, openFollowUps,
                       closes, roll, contributions, texts, silences, objections, explanations,
                       votes, consensusBy, confirmations, notings, steps, stepsAhead, outcome,
                       adoptedRevision, outcomeDocument, concludedOn, suspensions, suspendedUntil,
                       reason, reopenings))

// What follows reads a consultation; pointers are null when there is none, and valid until the
// consultation changes.

[[nodiscard]] const ConsultationSeat* seatOf(const Consultation& row, EntityId party);
/// Those who are counted, in the order of the roll. Observers are not among them.
[[nodiscard]] std::vector<EntityId> eligibleParties(const Consultation& row);
[[nodiscard]] const ConsultationText* textOf(const Consultation& row, std::uint32_t revision);
/// The revision under silence or vote, else the newest one that was tabled; 0: none.
[[nodiscard]] std::uint32_t revisionUnderDiscussion(const Consultation& row);
[[nodiscard]] const ConsultationSilence* runningSilence(const Consultation& row);
/// The last round of silence on a revision, whatever became of it.
[[nodiscard]] const ConsultationSilence* lastSilence(const Consultation& row,
                                                     std::uint32_t revision);
/// The round of silence by whose deadline an objection to a revision is in time or late: the last
/// one, while it runs and once it is observed.
[[nodiscard]] const ConsultationSilence* measuringSilence(const Consultation& row,
                                                          std::uint32_t revision);
[[nodiscard]] const ConsultationVoteRound* openVote(const Consultation& row);
/// The objection of a party to a revision that stands, whether or not the party is still counted.
[[nodiscard]] const ConsultationObjection* standingObjection(const Consultation& row,
                                                             EntityId party,
                                                             std::uint32_t revision);
/// The objection that a withdrawal means: to the revision that is named, else to the one under
/// discussion, else to the question, made before there was a text.
[[nodiscard]] const ConsultationObjection* objectionMeant(const Consultation& row, EntityId party,
                                                          std::uint32_t named);
/// The objections to a revision that stand and were made by parties that are counted: while it is
/// under silence, those that were when the round began.
[[nodiscard]] std::vector<const ConsultationObjection*> standingObjections(const Consultation& row,
                                                                           std::uint32_t revision);
/// The last run of a step of the procedure.
[[nodiscard]] const ConsultationStep* lastRunOf(const Consultation& row, std::string_view name);
/// The run that began by the entry at that position.
[[nodiscard]] const ConsultationStep* runBegunBy(const Consultation& row, std::uint64_t position);
/// Whether the reminder of that day has been given.
[[nodiscard]] bool wasRemindedOn(const ConsultationStep& run, std::string_view day);

void fold(Consultation& row, RowHead& head, schema::ConsultationEvent::Reader event,
          const FoldStep& step);

}  // namespace consulta
