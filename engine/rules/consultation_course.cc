#include "engine/rules/consultation_course.h"

#include <algorithm>

#include "engine/rules/consultation_asked.h"
#include "engine/rules/rule_values.h"
#include "projections/rows/consultation_asked.h"
#include "projections/rows/procedure.h"

namespace consulta {

namespace json = boost::json;

namespace {

using schema::ConsultationOutcome;
using schema::ConsultationState;

bool isUnderWay(const Consultation& row, std::string_view name) {
  const auto* run = lastRunOf(row, name);
  return run != nullptr && run->state != StepState::completed;
}

/// Where parallel steps meet, all of them must be done and have led here.
bool isAwaited(const ProcedureDefinition& definition, const ProcedureStep& step,
               const Consultation& row) {
  return std::ranges::any_of(step.waitsFor, [&](const std::string& name) {
    const auto* run = lastRunOf(row, name);
    if (run == nullptr || run->state != StepState::completed) return true;
    const auto* branch = branchOf(*stepOf(definition, name), run->outcome);
    return branch == nullptr || std::ranges::find(branch->next, step.name) == branch->next.end();
  });
}

bool allInvited(const Consultation& row) {
  return !row.roll.empty() && std::ranges::all_of(row.roll, [](const ConsultationSeat& seat) {
    return static_cast<bool>(seat.invitation);
  });
}

std::string silenceOutcome(const ConsultationStep& run, const Consultation& row) {
  if (row.silences.size() <= run.silencesBefore) return "";
  switch (row.silences.back().state) {
    case SilenceState::observed:
      return "observed";
    case SilenceState::broken:
    case SilenceState::overtaken:
      return "broken";
    case SilenceState::running:
    case SilenceState::abandoned:
      break;
  }
  return "";
}

std::string voteOutcome(const ConsultationStep& run, const Consultation& row) {
  if (row.votes.size() <= run.votesBefore || row.votes.back().open) return "";
  const auto& vote = row.votes.back();
  if (vote.carried == true) return "carried";
  return vote.quorumReached == true ? "not-carried" : "no-quorum";
}

/// What has passed unused: the time limit.
std::string overdueOutcome(const ProcedureStep& step, const ConsultationStep& run) {
  if (run.state != StepState::overdue) return "";
  if (step.kind == StepKind::contributions) return "closed";
  return branchOf(step, "overdue") == nullptr ? "" : "overdue";
}

Consequence starting(const State& state, const ProcedureDefinition& definition,
                     const std::string& name, const Consultation& row, std::uint32_t version,
                     const FoldStep& entry) {
  auto data = timesOf(state, definition, *stepOf(definition, name), row,
                      entry.occurred.getEdtf().cStr(), nullptr);
  data["step"] = name;
  addAsked(data, state, *stepOf(definition, name), entry.orderNs);
  if (row.steps.empty()) data["version"] = version;
  return Consequence{"consultation.stepStarted", std::move(data)};
}

/// The date of the entry by which a step has come to the outcome that is seen; empty where that is
/// the one that leads to its completion. An entry that comes late may complete what others, which
/// come after it in the order, have brought about.
std::string reachedOn(const ProcedureStep& step, const ConsultationStep& run,
                      const Consultation& row) {
  if (!run.reported.empty() || run.state == StepState::overdue) return "";
  switch (step.kind) {
    case StepKind::contributions:
      return lastAwaited(row, run)->submitted.edtf;
    case StepKind::tabling:
      return row.texts[run.textsBefore].tabled.edtf;
    case StepKind::silence:
      return row.silences.back().ended.edtf;
    case StepKind::vote:
      return row.votes.back().closed.edtf;
    case StepKind::consensus:
      return row.texts.back().decided.edtf;
    case StepKind::invitation:
    case StepKind::meeting:
    case StepKind::signature:
    case StepKind::decision:
      break;
  }
  return "";
}

Consequence completing(const ProcedureStep& step, const ConsultationStep& run,
                       const Consultation& row, const std::string& outcome) {
  json::object data{{"step", step.name}, {"outcome", outcome}};
  if (const auto* branch = branchOf(step, outcome); branch != nullptr && !branch->next.empty()) {
    data["next"] = json::array(branch->next.begin(), branch->next.end());
  }
  return Consequence{"consultation.stepCompleted", std::move(data), reachedOn(step, run, row)};
}

/// A limit that counts from the end of another step, which has ended since, or on another day. What
/// had passed by then does not revive.
std::optional<Consequence> moving(const State& state, const ProcedureDefinition& definition,
                                  const Consultation& row, const FoldStep& entry) {
  for (const auto& run : row.steps) {
    const auto* step = stepOf(definition, run.step);
    if (run.state == StepState::completed || step == nullptr || step->limit.from.empty()) continue;
    const auto times = timesOf(state, definition, *step, row, run.started.edtf, &run);
    const auto* ended = times.if_contains("countsFrom");
    const std::string_view from = ended == nullptr ? std::string_view() : ended->as_string();
    if (from == run.countsFrom.edtf || lastMomentNs(run) < entry.orderNs) continue;
    auto data = movedTo(run, times);
    data["after"] = step->limit.from;
    return Consequence{"consultation.stepMoved", std::move(data), run.started.edtf};
  }
  return std::nullopt;
}

Consequence ending(ProcedureEnd end, const Consultation& row) {
  if (end == ProcedureEnd::withdrawn) {
    return Consequence{"consultation.withdrawn",
                       {{"reason", "The procedure by which it ran provides for it"}}};
  }
  json::object data{{"outcome", nameOf(end)}};
  if (end == ProcedureEnd::adopted && row.adoptedRevision != 0) {
    data["revision"] = row.adoptedRevision;
  }
  return Consequence{"consultation.concluded", std::move(data)};
}

/// The end that the entry, the completion of a step, leads to.
std::optional<ProcedureEnd> endOf(const ProcedureDefinition& definition, const FoldStep& entry) {
  if (!entry.event.isConsultation()) return std::nullopt;  // an act that any entity can have
  const auto event = entry.event.getConsultation();
  if (!event.isStepCompleted()) return std::nullopt;
  const auto* step = stepOf(definition, event.getStepCompleted().getStep().cStr());
  const auto* branch =
      step == nullptr ? nullptr : branchOf(*step, event.getStepCompleted().getOutcome().cStr());
  return branch == nullptr ? std::nullopt : branch->end;
}

std::optional<Consequence> nextOf(const State& state, const ProcedureDefinition& definition,
                                  const Consultation& row, std::uint32_t version,
                                  const FoldStep& entry) {
  if (const auto end = endOf(definition, entry)) return ending(*end, row);
  const auto begins = [&](const std::string& name) {
    return !isUnderWay(row, name) && !isAwaited(definition, *stepOf(definition, name), row);
  };
  for (const auto& name : row.stepsAhead) {
    if (begins(name)) return starting(state, definition, name, row, version, entry);
  }
  for (const auto& name : definition.first) {
    if (lastRunOf(row, name) == nullptr) {
      return starting(state, definition, name, row, version, entry);
    }
  }
  if (auto moved = moving(state, definition, row, entry)) return moved;
  for (const auto& run : row.steps) {
    if (run.state == StepState::completed) continue;
    const auto* step = stepOf(definition, run.step);
    const auto outcome = step == nullptr ? std::string() : outcomeOf(*step, run, row);
    if (!outcome.empty()) return completing(*step, run, row, outcome);
  }
  return std::nullopt;
}

/// The version that it runs by; before it has begun, the newest one of today.
const ProcedureVersion* versionOf(const State& state, const Consultation& row, RowPtr& kept) {
  if (!row.procedure) return nullptr;
  kept = state.row(row.procedure);
  const auto* procedure = tryAs<Procedure>(kept.get());
  if (procedure == nullptr || procedure->versions.empty()) return nullptr;
  const auto wanted = row.procedureVersion;
  if (wanted == 0) return &procedure->versions.back();
  return wanted <= procedure->versions.size() ? &procedure->versions[wanted - 1] : nullptr;
}

}  // namespace

std::shared_ptr<const ProcedureDefinition> procedureOf(const State& state,
                                                       const Consultation& row) {
  RowPtr kept;
  const auto* version = versionOf(state, row, kept);
  return version == nullptr ? nullptr : state.procedure(version->definition);
}

std::optional<ProcedureStep> stepUnderWay(const State& state, const Consultation& row,
                                          StepKind kind) {
  const auto definition = procedureOf(state, row);
  if (!definition) return std::nullopt;
  for (const auto& run : row.steps) {
    const auto* step = stepOf(*definition, run.step);
    const bool isUnder = run.state != StepState::completed && step != nullptr;
    if (isUnder && step->kind == kind) return *step;
  }
  return std::nullopt;
}

std::string outcomeOf(const ProcedureStep& step, const ConsultationStep& run,
                      const Consultation& row) {
  if (!run.reported.empty()) return run.reported;
  std::string seen;
  switch (step.kind) {
    case StepKind::invitation:
      if (allInvited(row)) seen = "sent";
      break;
    case StepKind::contributions:
      if (lastAwaited(row, run) != nullptr) seen = "received";
      break;
    case StepKind::tabling:
      if (row.texts.size() > run.textsBefore) seen = "tabled";
      break;
    case StepKind::silence:
      seen = silenceOutcome(run, row);
      break;
    case StepKind::consensus:
      if (!row.texts.empty() && row.texts.back().standing == TextStanding::agreed) {
        seen = "declared";
      }
      break;
    case StepKind::vote:
      seen = voteOutcome(run, row);
      break;
    case StepKind::meeting:
    case StepKind::signature:
    case StepKind::decision:
      break;
  }
  return seen.empty() ? overdueOutcome(step, run) : seen;
}

std::vector<Consequence> followCourse(const State& state, const Row& after, const FoldStep& entry) {
  const auto& row = as<Consultation>(after);
  if (stateOf<ConsultationState>(after.head) != ConsultationState::OPEN) return {};
  RowPtr kept;
  const auto* version = versionOf(state, row, kept);
  if (version == nullptr) return {};
  const auto definition = state.procedure(version->definition);
  auto next = nextOf(state, *definition, row, version->version, entry);
  if (!next) return {};
  return {std::move(*next)};
}

}  // namespace consulta
