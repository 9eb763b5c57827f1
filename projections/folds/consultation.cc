#include "projections/rows/consultation.h"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "projections/folds/consultation_rounds.h"
#include "projections/row_of.h"

namespace consulta {

namespace {

/// Opening and found entries describe a consultation by the same fields.
template <typename Opening>
void describe(Consultation& row, Opening e) {
  take(row.title, e.getTitle());
  take(row.subjects, e.getSubjects());
  take(row.question, e.getQuestion());
  take(row.mechanism, e.getMechanism());
  take(row.cycle, e.getCycle());
  take(row.previous, e.getPrevious());
  take(row.dates, e.getDates());
  take(row.office, e.getOffice());
}

template <typename T>
std::uint32_t countOf(const std::vector<T>& list) {
  return static_cast<std::uint32_t>(list.size());
}

ConsultationSeat& seat(Consultation& row, EntityId party, const FoldStep& step) {
  const auto found = std::ranges::find(row.roll, party, &ConsultationSeat::party);
  if (found != row.roll.end()) return *found;
  auto& one = row.roll.emplace_back();
  one.party = party;
  one.since = step.date();
  return one;
}

void foldFound(Consultation& row, schema::ConsultationFound::Reader e, const FoldStep& step) {
  describe(row, e);
  row.outcome = e.getOutcome();
  for (auto party : e.getParties()) seat(row, EntityId(party), step);
}

void foldInvited(Consultation& row, schema::ConsultationInvited::Reader e, const FoldStep& step) {
  auto& one = seat(row, EntityId(e.getParty()), step);
  one.standing = e.getStanding();
  take(one.replyBy, e.getReplyBy());
  if (e.getReplyBy().getEdtf().size() != 0) {  // it is asked again
    one.answered = RowDate{};
    one.overdue = false;
  }
  take(one.invitation, e.getInvitation());
}

void foldRollChanged(Consultation& row, schema::ConsultationRollChanged::Reader e,
                     const FoldStep& step) {
  auto& one = seat(row, EntityId(e.getParty()), step);
  one.standing = e.getStanding();
  one.since = step.date();
  take(one.reason, e.getReason(), step.valuesAt, "reason");
}

void foldOpened(Consultation& row, schema::ConsultationOpened::Reader e, const FoldStep& step) {
  row.openedOn = step.date();
  take(row.procedure, e.getProcedure());
  take(row.closes, e.getCloses());
  take(row.previous, e.getAfter());
}

void foldCarriedOver(Consultation& row, schema::ConsultationCarriedOver::Reader e,
                     const FoldStep& step) {
  for (const auto party : e.getEligible()) seat(row, EntityId(party), step);
  for (const auto party : e.getObservers()) {
    seat(row, EntityId(party), step).standing = schema::Standing::OBSERVER;
  }
  for (const auto one : e.getPending()) row.pendingRecommendations.emplace_back(one);
  for (const auto one : e.getFollowUps()) row.openFollowUps.emplace_back(one);
}

void foldContributed(Consultation& row, schema::ConsultationContributed::Reader e,
                     const FoldStep& step) {
  noteAnswer(row, EntityId(e.getParty()), step);
  auto& one = row.contributions.emplace_back();
  take(one.party, e.getParty());
  take(one.contribution, e.getContribution(), step.valuesAt, "contribution");
  take(one.part, e.getPart());
  take(one.document, e.getDocument());
  one.submitted = step.date();
  take(one.receivedAt, e.getReceivedAt());
}

void foldExplained(Consultation& row, schema::ConsultationPositionExplained::Reader e,
                   const FoldStep& step) {
  noteAnswer(row, EntityId(e.getParty()), step);
  auto& one = row.explanations.emplace_back();
  take(one.party, e.getParty());
  take(one.explanation, e.getExplanation(), step.valuesAt, "explanation");
  one.given = step.date();
  take(one.letter, e.getLetter());
}

void acknowledge(std::vector<ConsultationAcknowledgement>& list, std::uint64_t by,
                 std::uint32_t revision, const FoldStep& step) {
  list.push_back(ConsultationAcknowledgement{EntityId(by), revision, step.date()});
}

/// The last run of a step.
ConsultationStep& stepNamed(Consultation& row, capnp::Text::Reader name) {
  const auto found = std::find_if(row.steps.rbegin(), row.steps.rend(),
                                  [&](const auto& one) { return one.step == name.cStr(); });
  if (found != row.steps.rend()) return *found;
  take(row.steps.emplace_back().step, name);
  return row.steps.back();
}

void foldStepStarted(Consultation& row, schema::ConsultationStepStarted::Reader e,
                     const FoldStep& step) {
  auto& one = row.steps.emplace_back();
  take(one.step, e.getStep());
  take(one.due, e.getDue());
  take(one.deadline, e.getDeadline());
  take(one.reminderDays, e.getReminders());
  take(one.escalateOn, e.getEscalateOn());
  take(one.escalateTo, e.getEscalateTo());
  take(one.calendar, e.getCalendar());
  take(one.session, e.getSession());
  take(one.countsFrom, e.getCountsFrom());
  take(one.kind, e.getKind());
  take(one.roles, e.getRoles());
  take(one.asked, e.getAsked());
  take(one.offices, e.getOffices());
  one.started = step.date();
  one.startedBy = step.record.getPosition();
  one.contributionsBefore = countOf(row.contributions);
  one.textsBefore = countOf(row.texts);
  one.silencesBefore = countOf(row.silences);
  one.votesBefore = countOf(row.votes);
  if (e.getVersion() != 0) row.procedureVersion = e.getVersion();
  std::erase(row.stepsAhead, one.step);
}

void foldStepCompleted(Consultation& row, schema::ConsultationStepCompleted::Reader e,
                       const FoldStep& step) {
  auto& one = stepNamed(row, e.getStep());
  one.state = StepState::completed;
  one.completed = step.date();
  take(one.outcome, e.getOutcome());
  take(one.next, e.getNext());
  for (const auto& name : std::vector<std::string>(one.next)) {
    const auto* run = lastRunOf(row, name);
    const bool underWay = run != nullptr && run->state != StepState::completed;
    const bool ahead = std::ranges::find(row.stepsAhead, name) != row.stepsAhead.end();
    if (!underWay && !ahead) row.stepsAhead.push_back(name);
  }
}

void foldStepReported(Consultation& row, schema::ConsultationStepReported::Reader e) {
  auto& one = stepNamed(row, e.getStep());
  take(one.reported, e.getOutcome());
  take(one.evidence, e.getEvidence());
}

void foldStepOverdue(Consultation& row, schema::ConsultationStepOverdue::Reader e) {
  auto& one = stepNamed(row, e.getStep());
  one.state = StepState::overdue;
  one.lateSeconds = e.getLateSeconds();
}

/// A step that was late has time again.
void foldStepMoved(Consultation& row, schema::ConsultationStepMoved::Reader e,
                   const FoldStep& step) {
  const auto found = std::ranges::find(row.steps, e.getRun(), &ConsultationStep::startedBy);
  if (found == row.steps.end()) return;
  auto& one = *found;
  one.movedFrom = RowDeadline{};
  take(one.movedFrom, e.getFrom());
  one.movedBy = step.record.getPosition();
  one.due = RowDeadline{};
  take(one.due, e.getDue());
  one.deadline = RowZonedTime{};
  take(one.deadline, e.getDeadline());
  one.countsFrom = RowDate{};
  take(one.countsFrom, e.getCountsFrom());
  one.escalateOn = RowDate{};
  take(one.escalateOn, e.getEscalateOn());
  if (one.state == StepState::overdue) {
    one.state = StepState::started;
    one.escalated = false;
    one.lateSeconds = 0;
  }
  one.reminderDays.clear();
  take(one.reminderDays, e.getReminders());
}

void foldEscalated(Consultation& row, schema::ConsultationEscalated::Reader e) {
  auto& one = stepNamed(row, e.getStep());
  one.escalated = true;
  take(one.escalatedTo, e.getOffice());
}

/// What has come by the day is not late, whenever it was entered.
void foldAnswerOverdue(Consultation& row, schema::ConsultationAnswerOverdue::Reader e) {
  const auto found = std::ranges::find(row.roll, EntityId(e.getParty()), &ConsultationSeat::party);
  if (found != row.roll.end() && found->answered.edtf.empty()) found->overdue = true;
}

void foldConcluded(Consultation& row, schema::ConsultationConcluded::Reader e,
                   const FoldStep& step) {
  row.outcome = e.getOutcome();
  row.concludedOn = step.date();
  if (e.getOutcome() != schema::ConsultationOutcome::ADOPTED) {
    row.adoptedRevision = 0;
  } else if (e.getRevision() != 0) {
    row.adoptedRevision = e.getRevision();
  }
  take(row.outcomeDocument, e.getDocument());
  take(row.reason, e.getReason(), step.valuesAt, "reason");
}

void foldWithdrawn(Consultation& row, schema::ConsultationWithdrawn::Reader e,
                   const FoldStep& step) {
  row.outcome = schema::ConsultationOutcome::WITHDRAWN;
  row.adoptedRevision = 0;
  row.concludedOn = step.date();
  take(row.reason, e.getReason(), step.valuesAt, "reason");
  abandonRounds(row, step);
}

}  // namespace

// One switch, as long as there are events: so the compiler sees that none of them is forgotten.
// NOLINTNEXTLINE(readability-function-size)
void fold(Consultation& row, RowHead&, schema::ConsultationEvent::Reader event,
          const FoldStep& step) {
  using E = schema::ConsultationEvent;
  switch (event.which()) {
    case E::PLANNED:
      describe(row, event.getPlanned());
      return take(row.procedure, event.getPlanned().getProcedure());
    case E::FOUND:
      return foldFound(row, event.getFound(), step);
    case E::RESCHEDULED:
      take(row.dates, event.getRescheduled().getDates());
      return take(row.reason, event.getRescheduled().getReason(), step.valuesAt, "reason");
    case E::RETITLED:
      take(row.title, event.getRetitled().getTitle());
      return take(row.question, event.getRetitled().getQuestion());
    case E::INVITED:
      return foldInvited(row, event.getInvited(), step);
    case E::ROLL_CHANGED:
      return foldRollChanged(row, event.getRollChanged(), step);
    case E::STRUCK_OFF:
      std::erase_if(row.roll, [&](const ConsultationSeat& one) {
        return one.party == EntityId(event.getStruckOff().getParty());
      });
      return;
    case E::OPENED:
      return foldOpened(row, event.getOpened(), step);
    case E::CONTRIBUTED:
      return foldContributed(row, event.getContributed(), step);
    case E::TABLED:
      return foldRound(row, event.getTabled(), step);
    case E::PUT_UNDER_SILENCE:
      return foldRound(row, event.getPutUnderSilence(), step);
    case E::OBJECTED:
      return foldRound(row, event.getObjected(), step);
    case E::OBJECTION_WITHDRAWN:
      return foldRound(row, event.getObjectionWithdrawn(), step);
    case E::LATE_OBJECTION_RECORDED:
      return foldRound(row, event.getLateObjectionRecorded(), step);
    case E::POSITION_EXPLAINED:
      return foldExplained(row, event.getPositionExplained(), step);
    case E::SILENCE_EXTENDED:
      return foldRound(row, event.getSilenceExtended(), step);
    case E::SILENCE_BROKEN:
      return foldRound(row, event.getSilenceBroken(), step);
    case E::SILENCE_OBSERVED:
      return foldRound(row, event.getSilenceObserved(), step);
    case E::VOTE_OPENED:
      return foldRound(row, event.getVoteOpened(), step);
    case E::VOTE_CAST:
      return foldRound(row, event.getVoteCast(), step);
    case E::VOTE_CLOSED:
      return foldRound(row, event.getVoteClosed(), step);
    case E::CONSENSUS_DECLARED:
      return foldRound(row, event.getConsensusDeclared(), step);
    case E::ADOPTION_CONFIRMED: {
      const auto e = event.getAdoptionConfirmed();
      return acknowledge(row.confirmations, e.getLetter(), e.getRevision(), step);
    }
    case E::ADOPTION_NOTED: {
      const auto e = event.getAdoptionNoted();
      return acknowledge(row.notings, e.getAt(), e.getRevision(), step);
    }
    case E::STEP_STARTED:
      return foldStepStarted(row, event.getStepStarted(), step);
    case E::STEP_COMPLETED:
      return foldStepCompleted(row, event.getStepCompleted(), step);
    case E::STEP_OVERDUE:
      return foldStepOverdue(row, event.getStepOverdue());
    case E::REMINDER_DUE: {
      const auto e = event.getReminderDue();
      stepNamed(row, e.getStep())
          .reminders.push_back(ConsultationReminder{EntityId(e.getParty()), step.date()});
      return;
    }
    case E::ESCALATED:
      return foldEscalated(row, event.getEscalated());
    case E::SUSPENDED:
      row.suspensions += 1;
      row.suspendedUntil = RowDate{};
      take(row.suspendedUntil, event.getSuspended().getUntil());
      standStill(row, step);
      return take(row.reason, event.getSuspended().getReason(), step.valuesAt, "reason");
    case E::RESUMED:
      row.suspendedUntil = RowDate{};
      return take(row.reason, event.getResumed().getReason(), step.valuesAt, "reason");
    case E::CONCLUDED:
      return foldConcluded(row, event.getConcluded(), step);
    case E::WITHDRAWN:
      return foldWithdrawn(row, event.getWithdrawn(), step);
    case E::REOPENED:
      return foldRound(row, event.getReopened(), step);
    case E::STEP_REPORTED:
      return foldStepReported(row, event.getStepReported());
    case E::STEP_MOVED:
      return foldStepMoved(row, event.getStepMoved(), step);
    case E::CARRIED_OVER:
      return foldCarriedOver(row, event.getCarriedOver(), step);
    case E::ASSIGNED:
      return take(row.office, event.getAssigned().getOffice());
    case E::ANSWER_OVERDUE:
      return foldAnswerOverdue(row, event.getAnswerOverdue());
  }
  throw std::logic_error("a consultation's event without a fold");
}

std::unique_ptr<Row> newConsultationRow() {
  return std::make_unique<RowOf<Consultation, &schema::Event::Reader::getConsultation>>();
}

}  // namespace consulta
