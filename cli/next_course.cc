#include "cli/next_course.h"

#include <algorithm>
#include <boost/json.hpp>
#include <ostream>

#include "cli/table.h"
#include "engine/rules/consultation_course.h"
#include "events/procedure/definition.h"
#include "projections/waiting.h"

namespace consulta {

namespace json = boost::json;

namespace {

/// So many are named; of the others it is said how many there are.
constexpr std::size_t names_shown_max = 5;

bool isOpen(const Row& row) {
  return stateOf<schema::ConsultationState>(row.head) == schema::ConsultationState::OPEN;
}

/// What has to be entered for the step to end, and by whom it is awaited.
Message awaitedIn(const Looking& at, const Consultation& row, const ConsultationStep& run,
                  const ProcedureStep& step) {
  const auto awaited = awaitedOf(row, run);
  const auto who = arg("names", namesOf(at, awaited.whom));
  switch (step.kind) {
    case StepKind::invitation:
      return msg("the letters of invitation (\"consultation invite\" with --invitation)");
    case StepKind::contributions:
      return awaited.whom.empty() ? msg("its time limit")
                                  : msg("the contributions of {names}", who);
    case StepKind::tabling:
      return msg("a text (\"consultation table\")");
    case StepKind::silence:
      return awaited.whom.empty()
                 ? msg("a text to be put under silence (\"consultation put-under-silence\")")
                 : msg("the end of the silence, or an objection of {names}", who);
    case StepKind::consensus:
      return awaited.whom.empty()
                 ? msg("consensus to be declared (\"consultation declare-consensus\")")
                 : msg("the objections of {names} to be withdrawn, or a new revision", who);
    case StepKind::vote:
      if (openVote(row) == nullptr) {
        return msg("a vote to be opened (\"consultation open-vote\")");
      }
      return awaited.whom.empty() ? msg("the hour at which the vote is counted")
                                  : msg("the votes of {names}", who);
    case StepKind::meeting:
    case StepKind::signature:
    case StepKind::decision:
      break;
  }
  return msg("its outcome (\"consultation report-step\"): {outcomes}",
             arg("outcomes", joined(step.branches, &Branch::outcome)));
}

struct CourseLine {
  std::string step;
  const ConsultationStep* run = nullptr;  // null: it waits for others
  std::string waitsFor;
};

/// In the order in which they began, then those that have not.
std::vector<CourseLine> courseOf(const Looking& at, const Consultation& consultation,
                                 const Row& row) {
  std::vector<CourseLine> out;
  const auto definition = procedureOf(at.state, consultation);
  if (!definition || !isOpen(row)) return out;
  const auto& speech = at.session.speech();
  for (const auto& run : consultation.steps) {
    const auto* step = stepOf(*definition, run.step);
    if (run.state == StepState::completed || step == nullptr) continue;
    out.push_back({run.step, &run, speech(awaitedIn(at, consultation, run, *step))});
  }
  for (const auto& name : consultation.stepsAhead) {
    const auto steps = stepsAwaited(at, row, name);
    out.push_back({name, nullptr, speech(msg("the end of {steps}", arg("steps", joined(steps))))});
  }
  return out;
}

std::string courseStanding(const Looking& at, const ConsultationStep* run) {
  if (run == nullptr) return at.say("not begun");
  if (run->state == StepState::overdue) return at.say("overdue");
  const auto& day = run->due.date;
  return day.edtf.empty()
             ? at.say("now")
             : at.session.speech()(msg("now, until {date}", arg("date", dateText(day, at.view()))));
}

}  // namespace

std::string namesOf(const Looking& at, const std::vector<EntityId>& ids) {
  std::vector<std::string> shown;
  for (const auto id : ids) {
    if (shown.size() == names_shown_max) break;
    shown.push_back(at.symbolOf(id));
  }
  if (ids.size() <= shown.size()) return joined(shown);
  return at.session.speech()(msg("{names} and {count} more", arg("names", joined(shown)),
                                 arg("count", ids.size() - shown.size())));
}

std::vector<std::string> stepsAwaited(const Looking& at, const Row& row, const std::string& step) {
  std::vector<std::string> out;
  const auto* consultation = tryAs<Consultation>(&row);
  const auto definition = consultation ? procedureOf(at.state, *consultation) : nullptr;
  const auto* meets = definition ? stepOf(*definition, step) : nullptr;
  if (meets == nullptr) return out;
  for (const auto& name : meets->waitsFor) {
    const auto* run = lastRunOf(*consultation, name);
    const bool isDone = run != nullptr && run->state == StepState::completed;
    const bool ledHere = isDone && std::ranges::find(run->next, step) != run->next.end();
    if (!ledHere) out.push_back(name);
  }
  return out;
}

void printCourse(const Looking& at, const Row& row) {
  const auto* consultation = tryAs<Consultation>(&row);
  if (consultation == nullptr) return;
  const auto lines = courseOf(at, *consultation, row);
  if (lines.empty()) return;
  auto& out = at.session.out();
  const auto& terminal = at.session.terminal;
  out << '\n'
      << styled(Style::bold, at.say("What its procedure waits for"), terminal.colour) << '\n';
  Table table({{"", false, false}, {"", true, false}, {"", true, false}});
  for (const auto& line : lines) {
    table.add({Cell{line.step, Style::bold}, courseStanding(at, line.run), line.waitsFor});
  }
  table.print(out, terminal, 2);
}

void addCourseJson(const Looking& at, const Row& row, json::object& out) {
  const auto* consultation = tryAs<Consultation>(&row);
  if (consultation == nullptr) return;
  json::array steps;
  for (const auto& line : courseOf(at, *consultation, row)) {
    json::object one{{"step", line.step}, {"waitsFor", line.waitsFor}};
    if (line.run != nullptr) {
      one["kind"] = line.run->kind;
      one["state"] = boost::describe::enum_to_string(line.run->state, "");
      if (!line.run->due.date.edtf.empty()) one["due"] = line.run->due.date.edtf;
    }
    steps.emplace_back(std::move(one));
  }
  if (!steps.empty()) out["steps"] = std::move(steps);
}

std::string exampleHere(const Looking& at, const Row& row, const EventInfo& act) {
  const auto* consultation = tryAs<Consultation>(&row);
  if (consultation == nullptr || act.type != "consultation.stepReported") return "";
  const auto definition = procedureOf(at.state, *consultation);
  if (!definition) return "";
  for (const auto& run : consultation->steps) {
    const auto* step = stepOf(*definition, run.step);
    if (run.state == StepState::completed || step == nullptr || step->branches.empty()) continue;
    if (step->kind == StepKind::silence || step->kind == StepKind::vote) continue;
    return " --step " + run.step + " --outcome " + step->branches.front().outcome;
  }
  return "";
}

}  // namespace consulta
