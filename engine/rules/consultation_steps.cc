// The steps of a consultation's procedure: each runs from its start to its completion.
#include "engine/rules/consultation_course.h"
#include "engine/rules/consultation_rounds.h"
#include "engine/rules/consultation_terms.h"
#include "engine/rules/rule_values.h"
#include "events/values/calendar.h"
#include "events/values/edtf.h"

namespace consulta {

namespace {

using E = schema::ConsultationEvent;

/// The run itself, where it is started and not completed; refuses when there is no such one.
const ConsultationStep* needsUnderWay(const Case& on, const ConsultationStep* run,
                                      capnp::Text::Reader step, std::string_view rule,
                                      Refusals& no) {
  if (run != nullptr && run->state != StepState::completed) return run;
  no.refuse(rule, msg("step {step} of {entity} is not under way; the engine enters that it has "
                      "started first",
                      arg("step", step.cStr()), arg("entity", on.self())));
  return nullptr;
}

const ConsultationStep* needsRun(const Case& on, const Consultation& row, capnp::Text::Reader step,
                                 std::string_view rule, Refusals& no) {
  return needsUnderWay(on, lastRunOf(row, step.cStr()), step, rule, no);
}

void checkStarted(const Case& on, E::Reader event, const Consultation& row, Refusals& no) {
  const auto step = event.getStepStarted().getStep();
  const auto* run = lastRunOf(row, step.cStr());
  if (run == nullptr || run->state == StepState::completed) return;
  no.refuse(
      "consultation.stepStarted.once",
      msg("step {step} of {entity} is under way already; it starts again once it is completed",
          arg("step", step.cStr()), arg("entity", on.self())));
}

/// The outcome is there: it may not be any more where entries before it have changed.
void checkCompleted(const Case& on, E::Reader event, const Consultation& row, Refusals& no) {
  const auto e = event.getStepCompleted();
  const auto* run = needsRun(on, row, e.getStep(), "consultation.stepCompleted.running", no);
  const auto definition = run == nullptr ? nullptr : procedureOf(on.state, row);
  const auto* step = definition ? stepOf(*definition, e.getStep().cStr()) : nullptr;
  if (step == nullptr || outcomeOf(*step, *run, row) == e.getOutcome().cStr()) return;
  no.refuse("consultation.stepCompleted.outcome",
            msg("step {step} of {entity} has not come to {outcome} by then; see \"consulta "
                "procedure show {entity}\" for what it waits for",
                arg("step", step->name), arg("entity", on.self()),
                arg("outcome", e.getOutcome().cStr())));
}

/// The step is under way, and the outcome is one that the procedure provides for and that nobody
/// can see for himself in the consultation.
void checkReported(const Case& on, E::Reader event, const Consultation& row, Refusals& no) {
  const auto e = event.getStepReported();
  if (needsRun(on, row, e.getStep(), "consultation.stepReported.running", no) == nullptr) return;
  const auto definition = procedureOf(on.state, row);
  const auto* step = definition ? stepOf(*definition, e.getStep().cStr()) : nullptr;
  if (step == nullptr) {
    return no.refuse("consultation.stepReported.procedure",
                     msg("{entity} runs by no procedure that has the step {step}; see \"consulta "
                         "show {entity}\" for the steps",
                         arg("entity", on.self()), arg("step", e.getStep().cStr())));
  }
  if (step->kind == StepKind::silence || step->kind == StepKind::vote) {
    return no.refuse("consultation.stepReported.own",
                     msg("how step {step} ends is seen from the objections or votes that are "
                         "entered; enter those",
                         arg("step", step->name)));
  }
  if (branchOf(*step, e.getOutcome().cStr()) == nullptr) {
    const auto known = joined(step->branches, &Branch::outcome);
    no.needs(
        "outcome", "consultation.stepReported.outcome",
        msg("step {step} does not end with {outcome}; give --outcome as one of: {known}",
            arg("step", step->name), arg("outcome", e.getOutcome().cStr()), arg("known", known)));
  }
}

/// Whether the act comes before a last moment, where there is one.
bool comesInTime(const Case& on, std::int64_t lastNs) {
  return lastNs < wholeTime().latestNs && canBeBefore(on.occurred, lastNs);
}

void checkOverdue(const Case& on, E::Reader event, const Consultation& row, Refusals& no) {
  const auto e = event.getStepOverdue();
  const auto* run = needsRun(on, row, e.getStep(), "consultation.stepOverdue.running", no);
  if (run == nullptr) return;
  if (run->state == StepState::overdue) {
    no.refuse("consultation.stepOverdue.once",
              msg("step {step} of {entity} is noted as overdue already; it can be completed",
                  arg("step", e.getStep().cStr()), arg("entity", on.self())));
  }
  const auto due = e.getDue().getEdtf();
  if (certainlyAfter(due.cStr(), on.nowNs) || certainlyBefore(on.occurred, due.cStr()) ||
      comesInTime(on, lastMomentNs(*run))) {
    no.refuse(
        "consultation.stepOverdue.due",
        msg("step {step} of {entity} is due on {due} and not overdue before",
            arg("step", e.getStep().cStr()), arg("entity", on.self()), arg("due", due.cStr())));
  }
}

void checkReminder(const Case& on, E::Reader event, const Consultation& row, Refusals& no) {
  const auto e = event.getReminderDue();
  const auto party = EntityId(e.getParty());
  const auto* run = needsRun(on, row, e.getStep(), "consultation.reminderDue.running", no);
  if (run == nullptr || !party || seatOf(row, party) != nullptr) return;
  no.refuse("consultation.reminderDue.roll",
            msg("{party} is not on the roll of {entity} and is not reminded; enter \"consultation "
                "enrol\" first",
                arg("party", on.name(party)), arg("entity", on.self())));
}

void checkEscalated(const Case& on, E::Reader event, const Consultation& row, Refusals& no) {
  const auto step = event.getEscalated().getStep();
  const auto* run = needsRun(on, row, step, "consultation.escalated.running", no);
  if (run == nullptr) return;
  const auto& day = run->escalateOn.edtf;
  if (!day.empty() && certainlyBefore(on.occurred, day)) {
    no.refuse("consultation.escalated.day",
              msg("step {step} of {entity} is passed on on {day}, not before",
                  arg("step", step.cStr()), arg("entity", on.self()), arg("day", day)));
  }
  if (!run->escalated) return;
  no.refuse("consultation.escalated.once",
            msg("step {step} of {entity} has been passed on already; it can be completed",
                arg("step", step.cStr()), arg("entity", on.self())));
}

/// As of a meeting's invitation: what came in time and is entered later stands all the same.
void checkAnswerOverdue(const Case& on, E::Reader event, const Consultation& row, Refusals& no) {
  const auto party = EntityId(event.getAnswerOverdue().getParty());
  const auto* seat = seatOf(row, party);
  if (seat != nullptr && !seat->replyBy.edtf.empty()) return;
  no.refuse("consultation.answerOverdue.asked",
            msg("{party} was not asked to say anything by any day; enter \"consultation invite\" "
                "with --reply-by first",
                arg("party", on.name(party))));
}

}  // namespace

void checkSteps(const Case& on, E::Reader event, const Consultation& row, Refusals& no) {
  if (event.isStepStarted()) return checkStarted(on, event, row, no);
  if (event.isStepCompleted()) return checkCompleted(on, event, row, no);
  if (event.isStepMoved()) {
    const auto e = event.getStepMoved();
    needsUnderWay(on, runBegunBy(row, e.getRun()), e.getStep(), "consultation.stepMoved.running",
                  no);
    return;
  }
  if (event.isStepReported()) return checkReported(on, event, row, no);
  if (event.isStepOverdue()) return checkOverdue(on, event, row, no);
  if (event.isReminderDue()) return checkReminder(on, event, row, no);
  if (event.isAnswerOverdue()) return checkAnswerOverdue(on, event, row, no);
  if (event.isEscalated()) return checkEscalated(on, event, row, no);
}

}  // namespace consulta
