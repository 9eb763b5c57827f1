// What the procedure of a consultation has against acts that belong to another step than is under
// way. Whoever has ordered otherwise stands in the entry (--authority), which is then one like any
// other.
//
// Only what decides something belongs to a step: a silence, a vote, a consensus, and the
// conclusion. A text may be tabled, a contribution made, an objection raised and the consultation
// given up at any time.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/rules/consultation_course.h"
#include "engine/rules/consultation_rounds.h"

namespace consulta {

namespace {

using E = schema::ConsultationEvent;
using schema::ConsultationOutcome;

/// The kind of step that an act belongs to; none of one that can come at any time, and of the
/// conclusion, which comes after all of them.
std::optional<StepKind> kindOf(const EventInfo& act) {
  switch (act.tag) {
    case E::PUT_UNDER_SILENCE:
      return StepKind::silence;
    case E::VOTE_OPENED:
      return StepKind::vote;
    case E::CONSENSUS_DECLARED:
      return StepKind::consensus;
    default:
      return std::nullopt;
  }
}

Message awaitedBy(const ProcedureStep& step) {
  switch (step.kind) {
    case StepKind::invitation:
      return msg(
          "step {step} is under way and waits until everybody on the roll is invited by a "
          "letter (\"consultation invite\")",
          arg("step", step.name));
    case StepKind::contributions:
      return msg(
          "step {step} is under way and waits for contributions (\"consultation "
          "contribute\") or its time limit",
          arg("step", step.name));
    case StepKind::tabling:
      return msg("step {step} is under way and waits for a text (\"consultation table\")",
                 arg("step", step.name));
    case StepKind::silence:
      return msg(
          "step {step} is under way and waits for a silence (\"consultation "
          "put-under-silence\"), its deadline or an objection",
          arg("step", step.name));
    case StepKind::consensus:
      return msg(
          "step {step} is under way and waits for consensus (\"consultation "
          "declare-consensus\")",
          arg("step", step.name));
    case StepKind::vote:
      return msg(
          "step {step} is under way and waits for a vote (\"consultation open-vote\") and "
          "its count",
          arg("step", step.name));
    case StepKind::meeting:
    case StepKind::signature:
    case StepKind::decision:
      break;
  }
  return msg(
      "step {step} is under way and waits for one of {outcomes} (\"consultation "
      "report-step\")",
      arg("step", step.name), arg("outcomes", joined(step.branches, &Branch::outcome)));
}

/// The end to which the last step has led, where none is under way any more.
const Branch* endOf(const ProcedureDefinition& definition, const Consultation& row) {
  for (auto run = row.steps.rbegin(); run != row.steps.rend(); ++run) {
    const auto* step = stepOf(definition, run->step);
    const auto* branch = step == nullptr ? nullptr : branchOf(*step, run->outcome);
    if (branch != nullptr && branch->end) return branch;
  }
  return nullptr;
}

std::optional<ProcedureEnd> endOf(ConsultationOutcome outcome) {
  switch (outcome) {
    case ConsultationOutcome::ADOPTED:
      return ProcedureEnd::adopted;
    case ConsultationOutcome::NOT_ADOPTED:
      return ProcedureEnd::notAdopted;
    case ConsultationOutcome::WITHDRAWN:
      return ProcedureEnd::withdrawn;
    case ConsultationOutcome::NOT_STATED:
      break;
  }
  return std::nullopt;
}

/// How the procedure stands, as far as it can have something against an act.
struct Course {
  std::shared_ptr<const ProcedureDefinition> definition;
  std::vector<const ProcedureStep*> underWay;
  const Branch* end = nullptr;  // where nothing is under way
};

/// Nothing where the act is the engine's, has been ordered, or stood before: what comes to be known
/// later does not make an override of it.
std::optional<Course> courseAgainst(const Case& on, const Consultation& row) {
  if (on.ordered || on.isEngines || on.stood || row.steps.empty()) return std::nullopt;
  Course out;
  out.definition = procedureOf(on.state, row);
  if (!out.definition) return std::nullopt;
  for (const auto& run : row.steps) {
    const auto* step = stepOf(*out.definition, run.step);
    if (run.state != StepState::completed && step != nullptr) out.underWay.push_back(step);
  }
  if (out.underWay.empty()) out.end = endOf(*out.definition, row);
  return out;
}

void refuseUnordered(const Case& on, const Consultation& row, Message why, Refusals& no) {
  no.refuse("consultation.procedure.step",
            msg("{entity} runs by {procedure}: {why}. Bring that about, or, if somebody has "
                "ordered otherwise, give the function with --authority",
                arg("entity", on.self()), arg("procedure", on.name(row.procedure)),
                arg("why", std::move(why))));
}

Message ended(const Branch& end) {
  return msg("it has come to its end, {outcome} (\"consultation conclude\")",
             arg("outcome", nameOf(*end.end)));
}

}  // namespace

void guardProcedure(const Case& on, const Consultation& row, Refusals& no) {
  const auto kind = kindOf(on.act);
  if (!kind && on.act.tag != E::CONCLUDED) return;
  const auto course = courseAgainst(on, row);
  if (!course) return;
  const auto& steps = course->underWay;
  if (steps.empty()) {
    if (course->end != nullptr && kind) refuseUnordered(on, row, ended(*course->end), no);
    return;
  }
  if (kind && std::ranges::find(steps, *kind, &ProcedureStep::kind) != steps.end()) return;
  for (const auto* step : steps) refuseUnordered(on, row, awaitedBy(*step), no);
}

void checkProcedureEnd(const Case& on, E::Reader event, const Consultation& row, Refusals& no) {
  if (!event.isConcluded()) return;
  const auto course = courseAgainst(on, row);
  if (!course || course->end == nullptr) return;
  const auto outcome = endOf(event.getConcluded().getOutcome());
  if (outcome && *outcome != *course->end->end) refuseUnordered(on, row, ended(*course->end), no);
}

}  // namespace consulta
