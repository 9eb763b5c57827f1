#include <algorithm>
#include <map>
#include <set>

#include "events/procedure/course.h"
#include "events/procedure/definition.h"
#include "events/values/distance.h"
#include "events/values/symbol.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

bool isStepName(std::string_view name) {
  return !name.empty() && isAsciiLetter(name.front()) && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || isDigit(c) || c == '-';
  });
}

bool isEnd(std::string_view name) {
  return name == nameOf(ProcedureEnd::adopted) || name == nameOf(ProcedureEnd::notAdopted) ||
         name == nameOf(ProcedureEnd::withdrawn);
}

/// A name in small letters that is no role is a role mistyped: symbols have capitals or digits.
bool looksLikeRole(std::string_view name) {
  return std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

class Checker {
 public:
  explicit Checker(const ProcedureDefinition& definition) : definition_(definition) {
    for (const auto& step : definition.steps) names_.push_back(step.name);
  }

  DefinitionFaults run() {
    checkNames();
    for (const auto& step : definition_.steps) checkStep(step);
    // What follows what can be told only when every name means something.
    if (faults_.empty()) checkCourse();
    return std::move(faults_);
  }

 private:
  void wrong(int line, Message why) { faults_.push_back({line, std::move(why)}); }

  void checkNames() {
    if (const auto name = readEntityName(definition_.name); !name) {
      wrong(definition_.lines.of("name"), name.failures().front().text);
    }
    std::set<std::string> seen;
    for (const auto& step : definition_.steps) {
      if (!isStepName(step.name) || isEnd(step.name)) {
        wrong(step.lines.of("name"),
              msg("\"{name}\" cannot be the name of a step; write small letters, digits "
                  "and hyphens, and none of adopted, not-adopted, withdrawn",
                  arg("name", excerpt(step.name))));
      } else if (!seen.insert(step.name).second) {
        wrong(step.lines.of("name"),
              msg("there are two steps called {name}; give one of them another name",
                  arg("name", step.name)));
      }
    }
    for (const auto& name : definition_.first) checkTarget(definition_.lines.of("first"), name);
  }

  void checkTarget(int line, const std::string& name) {
    if (stepOf(definition_, name) != nullptr) return;
    if (isEnd(name)) {
      return wrong(line, msg("{name} ends the procedure, so no other step begins beside it",
                             arg("name", name)));
    }
    const auto near = nearest(name, names_);
    wrong(line, near ? msg("there is no step called {name}. Did you mean {near}?",
                           arg("name", excerpt(name)), arg("near", *near))
                     : msg("there is no step called {name}; the steps are: {steps}",
                           arg("name", excerpt(name)), arg("steps", joined(names_))));
  }

  void checkStep(const ProcedureStep& step) {
    checkActors(step);
    checkLimit(step);
    checkOutcomes(step);
    if (step.kind == StepKind::silence) checkSilence(step);
    if (step.kind == StepKind::contributions && !step.limit.stated()) {
      wrong(step.lines.first,
            msg("{step} needs a time limit, after which contributions are closed; write "
                "within = \"P30D\", until or before",
                arg("step", step.name)));
    }
    if (step.waitsFor.size() == 1) {
      wrong(step.lines.of("waits-for"),
            msg("{step} waits for one step only; let that one lead to it, and leave "
                "waits-for out",
                arg("step", step.name)));
    }
    for (const auto& name : step.waitsFor) checkTarget(step.lines.of("waits-for"), name);
  }

  void checkActors(const ProcedureStep& step) {
    const std::vector<std::string> roles(roleNames().begin(), roleNames().end());
    for (const auto& name : step.by) {
      if (!looksLikeRole(name) || std::ranges::find(roles, name) != roles.end()) continue;
      const auto near = nearest(name, roles);
      wrong(step.lines.of("by"),
            near ? msg("there is no role called {name}. Did you mean {near}?",
                       arg("name", excerpt(name)), arg("near", *near))
                 : msg("there is no role called {name}; the roles are: {roles}; a party "
                       "or an office is named by its symbol",
                       arg("name", excerpt(name)), arg("roles", joined(roles))));
    }
  }

  void checkLimit(const ProcedureStep& step) {
    const auto& limit = step.limit;
    if (!limit.from.empty()) {
      checkTarget(step.lines.of("from"), limit.from);
      if (limit.from == step.name) {
        wrong(step.lines.of("from"),
              msg("the time limit of {step} cannot count from the end of {step} itself; "
                  "leave from out to count from its beginning",
                  arg("step", step.name)));
      }
    }
    if (!limit.stated() && step.kind != StepKind::silence &&
        (!step.reminders.empty() || step.escalation)) {
      wrong(step.lines.of(step.escalation ? "escalate-to" : "remind"),
            msg("{step} has reminders or an escalation but no time limit; write within, "
                "until or before",
                arg("step", step.name)));
    }
    for (const auto& reminder : step.reminders) {
      if (!limit.within || reminder.secondsAtLeast() < limit.within->secondsAtLeast()) continue;
      wrong(step.lines.of("remind"),
            msg("{step} reminds {reminder} before a time limit of {limit}, which is "
                "before it begins; write a shorter one",
                arg("step", step.name), arg("reminder", toText(reminder)),
                arg("limit", toText(*limit.within))));
    }
    if (definition_.calendar.empty() && countsWorkingDays(step)) {
      wrong(step.lines.first,
            msg("{step} counts working days, but the procedure names no calendar; write "
                "calendar = \"...\" at its beginning",
                arg("step", step.name)));
    }
  }

  static bool countsWorkingDays(const ProcedureStep& step) {
    const auto counts = [](const std::optional<Duration>& one) {
      return one && one->workingDays != 0;
    };
    return counts(step.limit.within) || counts(step.limit.lead) || counts(step.period) ||
           (step.escalation && counts(step.escalation->after)) ||
           std::ranges::any_of(step.reminders,
                               [](const Duration& one) { return one.workingDays != 0; });
  }

  void checkOutcomes(const ProcedureStep& step) {
    for (const auto& outcome : outcomesOf(step.kind)) {
      const auto* branch = branchOf(step, outcome.name);
      if (branch == nullptr && outcome.required) {
        wrong(step.lines.of("on"),
              msg("{step} does not say what follows when {help}; write {outcome} = "
                  "\"...\" below its [step.on]",
                  arg("step", step.name), arg("help", msg(outcome.help)),
                  arg("outcome", outcome.name)));
      } else if (branch != nullptr && outcome.name == "overdue" && !step.limit.stated()) {
        wrong(branch->line, msg("{step} is never overdue, for it has no time limit; write within, "
                                "until or before",
                                arg("step", step.name)));
      }
    }
    for (const auto& branch : step.branches) {
      if (branch.next.empty() && !branch.end) {
        wrong(branch.line, msg("{outcome} of {step} leads nowhere; name a step, or adopted, "
                               "not-adopted or withdrawn",
                               arg("outcome", branch.outcome), arg("step", step.name)));
      }
      for (const auto& name : branch.next) checkTarget(branch.line, name);
    }
  }

  void checkSilence(const ProcedureStep& step) {
    if (!step.period) {
      return wrong(step.lines.first,
                   msg("{step} does not say how long the silence lasts; write period = "
                       "\"PT72H\"",
                       arg("step", step.name)));
    }
    if (step.limit.stated()) {
      wrong(step.lines.of("period"),
            msg("{step} lasts its period; leave within, until and before out",
                arg("step", step.name)));
    }
    const auto minimum = definition_.silenceMinimum.value_or(silenceUsualMinimum());
    if (step.period->secondsAtLeast() >= minimum.secondsAtLeast()) return;
    wrong(step.lines.of("period"),
          msg("{step} lasts {period}, less than the minimum of {minimum}; lengthen it, "
              "or write silence-minimum at the beginning of the procedure if its rules "
              "provide for a shorter one",
              arg("step", step.name), arg("period", toText(*step.period)),
              arg("minimum", toText(minimum))));
  }

  void checkCourse() {
    for (const auto& step : definition_.steps) checkJoin(step);
    const auto reached = reachedFrom(definition_.first, [](const ProcedureStep&) { return true; });
    for (const auto& step : definition_.steps) {
      if (!reached.contains(step.name)) {
        wrong(step.lines.first,
              msg("{step} is never reached; let an outcome of another step lead to it, "
                  "or name it in first",
                  arg("step", step.name)));
      } else if (!ends(step)) {
        wrong(step.lines.first,
              msg("from {step} no way leads to an end; let an outcome lead to adopted, "
                  "not-adopted or withdrawn",
                  arg("step", step.name)));
      }
    }
    if (faults_.empty()) checkRuns();
    const auto untabled =
        reachedFrom(definition_.first, [&](const ProcedureStep& step) { return !tabled(step); });
    for (const auto& step : definition_.steps) {
      if (step.kind != StepKind::silence || tabled(step) || !untabled.contains(step.name)) continue;
      wrong(step.lines.first,
            msg("{step} can begin before any text was tabled; let a step of the kind "
                "tabling come before it",
                arg("step", step.name)));
    }
  }

  /// What would come about although every name and every single way is right.
  void checkRuns() {
    for (const auto& name : joinsWithoutEnd(definition_)) {
      const auto& step = *stepOf(definition_, name);
      wrong(
          step.lines.of("waits-for"),
          msg("{step} waits for {others}, and there is a way on which not all of them come about: "
              "{step} would never begin. Let one outcome begin all of them together, or leave "
              "waits-for out",
              arg("step", name), arg("others", joined(step.waitsFor))));
    }
    const auto round = idleRound(definition_);
    if (round.empty()) return;
    wrong(stepOf(definition_, round.front())->lines.first,
          msg("{steps} can follow each other round and round without anybody having acted, once "
              "everybody is invited and the text agreed; let one of them lead elsewhere",
              arg("steps", joined(round))));
  }

  /// Whether there is a text once the step is done, by itself or by what it waits for.
  bool tabled(const ProcedureStep& step) const {
    return step.kind == StepKind::tabling ||
           std::ranges::any_of(step.waitsFor, [&](const std::string& name) {
             return stepOf(definition_, name)->kind == StepKind::tabling;
           });
  }

  void checkJoin(const ProcedureStep& step) {
    for (const auto& name : step.waitsFor) {
      const auto leads =
          std::ranges::any_of(stepOf(definition_, name)->branches, [&](auto& branch) {
            return std::ranges::find(branch.next, step.name) != branch.next.end();
          });
      if (leads) continue;
      wrong(step.lines.of("waits-for"),
            msg("{step} waits for {other}, of which no outcome leads to {step}",
                arg("step", step.name), arg("other", name)));
    }
  }

  /// The steps that can begin, passing only through those that `passes` lets through.
  template <typename Passes>
  std::set<std::string> reachedFrom(std::vector<std::string> ahead, Passes passes) const {
    std::set<std::string> out;
    while (!ahead.empty()) {
      const auto name = ahead.back();
      ahead.pop_back();
      if (!out.insert(name).second) continue;
      const auto& step = *stepOf(definition_, name);
      if (!passes(step)) continue;
      for (const auto& branch : step.branches) {
        ahead.insert(ahead.end(), branch.next.begin(), branch.next.end());
      }
    }
    return out;
  }

  bool ends(const ProcedureStep& from) const {
    const auto reached = reachedFrom({from.name}, [](const ProcedureStep&) { return true; });
    return std::ranges::any_of(reached, [&](const std::string& name) {
      return std::ranges::any_of(stepOf(definition_, name)->branches,
                                 [](const Branch& branch) { return branch.end.has_value(); });
    });
  }

  const ProcedureDefinition& definition_;
  std::vector<std::string> names_;
  DefinitionFaults faults_;
};

}  // namespace

DefinitionFaults checkDefinition(const ProcedureDefinition& definition) {
  return Checker(definition).run();
}

}  // namespace consulta
