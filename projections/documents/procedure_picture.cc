#include "projections/documents/procedure_picture.h"

#include <fmt/format.h>

#include <algorithm>

#include "projections/documents/dot_text.h"

namespace consulta {

namespace {

Message monthsWords(std::uint32_t months) {
  if (months % 12 == 0) return msgs("{count} year", "{count} years", months / 12);
  return msgs("{count} month", "{count} months", months);
}

Message daysWords(std::uint32_t days) {
  if (days % 7 == 0) return msgs("{count} week", "{count} weeks", days / 7);
  return msgs("{count} day", "{count} days", days);
}

Message secondsWords(std::uint64_t seconds) {
  if (seconds % 3'600 == 0) return msgs("{count} hour", "{count} hours", seconds / 3'600);
  if (seconds % 60 == 0) return msgs("{count} minute", "{count} minutes", seconds / 60);
  return msgs("{count} second", "{count} seconds", seconds);
}

Message both(Message first, Message second) {
  return msg("{first} and {second}", arg("first", std::move(first)),
             arg("second", std::move(second)));
}

Message voteWords(const ProcedureStep& step) {
  auto majority = msg("simple majority");
  if (step.majority == VoteMajority::twoThirds) majority = msg("two-thirds majority");
  if (step.majority == VoteMajority::fourFifths) majority = msg("four-fifths majority");
  const auto& quorum = step.quorum;
  if (quorum.denominator != 0) {
    return msg("vote, {majority}, quorum {share} of those entitled", arg("majority", majority),
               arg("share", fmt::format("{}/{}", quorum.numerator, quorum.denominator)));
  }
  if (quorum.count != 0) {
    return msg("vote, {majority}, quorum {count}", arg("majority", majority),
               arg("count", quorum.count));
  }
  return msg("vote, {majority}", arg("majority", majority));
}

Message durationWords(const Duration& duration) {
  if (duration.workingDays != 0) {
    return msgs("{count} working day", "{count} working days", duration.workingDays);
  }
  std::vector<Message> parts;
  if (duration.months != 0) parts.push_back(monthsWords(duration.months));
  if (duration.days != 0) parts.push_back(daysWords(duration.days));
  if (duration.seconds != 0) parts.push_back(secondsWords(duration.seconds));
  auto out = std::move(parts.front());
  for (std::size_t i = 1; i < parts.size(); ++i) out = both(std::move(out), std::move(parts[i]));
  return out;
}

Message limitWords(const ProcedureStep& step, const StepNames& called) {
  const auto& limit = step.limit;
  if (limit.within && !limit.from.empty()) {
    return msg("within {time} of the end of {step}", arg("time", durationWords(*limit.within)),
               arg("step", called(limit.from)));
  }
  if (limit.within) return msg("within {time}", arg("time", durationWords(*limit.within)));
  if (limit.until) return msg("until {date}", arg("date", limit.until->text()));
  if (limit.lead) {
    return msg("{time} before {session}", arg("time", durationWords(*limit.lead)),
               arg("session", limit.beforeSession));
  }
  return msg("before {session}", arg("session", limit.beforeSession));
}

Message kindWords(const ProcedureStep& step) {
  switch (step.kind) {
    case StepKind::invitation:
      return msg("invitation");
    case StepKind::contributions:
      return msg("written contributions");
    case StepKind::tabling:
      return msg("a text is tabled");
    case StepKind::meeting:
      return msg("meeting");
    case StepKind::silence:
      return msg("silence of {time}", arg("time", durationWords(*step.period)));
    case StepKind::consensus:
      return msg("consensus");
    case StepKind::vote:
      return voteWords(step);
    case StepKind::signature:
      return msg("signature");
    case StepKind::decision:
      return msg("decision");
  }
  return Message{};
}

std::string titleOf(const ProcedureStep& step, const PictureWords& words) {
  return std::string(pick(step.title, words.language));
}

/// Where parallel steps meet, the box has a second line around it.
std::string nodeOf(const ProcedureDefinition& definition, const ProcedureStep& step,
                   const StepMarks& marks, const PictureWords& words) {
  const StepNames title = [&](const std::string& name) {
    const auto* other = stepOf(definition, name);
    return other == nullptr ? name : titleOf(*other, words);
  };
  std::string label = dotText(titleOf(step, words), 28);
  for (const auto& term : termWords(step, title)) label += "\\n" + dotText(words.say(term), 34);
  std::string look = "shape=box, style=\"rounded,filled\", fillcolor=\"#ffffff\"";
  if (const auto mark = marks.find(step.name); mark != marks.end()) {
    switch (mark->second) {
      case StepMark::done:
        look = "shape=box, style=\"rounded,filled\", fillcolor=\"#e3e8ee\"";
        break;
      case StepMark::current:
        look = "shape=box, style=\"rounded,filled,bold\", fillcolor=\"#fff2cc\"";
        break;
      case StepMark::overdue:
        look = "shape=box, style=\"rounded,filled,bold\", fillcolor=\"#f8d7da\"";
        break;
    }
  }
  if (!step.waitsFor.empty()) look += ", peripheries=2";
  return fmt::format("  \"{}\" [label=\"{}\", {}];\n", step.name, label, look);
}

std::string edge(std::string_view from, std::string_view to, const std::string& label) {
  return fmt::format("  \"{}\" -> \"{}\" [label=\" {} \"];\n", from, to, dotText(label, 24));
}

std::string endNode(ProcedureEnd end) {
  return fmt::format("END {}", nameOf(end));
}

}  // namespace

std::vector<Message> termWords(const ProcedureStep& step, const StepNames& called) {
  std::vector<Message> out{kindWords(step)};
  if (!step.by.empty()) out.push_back(msg("by {who}", arg("who", joined(step.by))));
  if (step.limit.stated()) out.push_back(limitWords(step, called));
  if (!step.languages.empty()) {
    out.push_back(msg("in {languages}", arg("languages", joined(step.languages))));
  }
  for (const auto& one : step.reminders) {
    out.push_back(msg("reminder {time} before", arg("time", durationWords(one))));
  }
  if (step.escalation && step.escalation->after) {
    out.push_back(msg("passed on to {office} {time} after",
                      arg("time", durationWords(*step.escalation->after)),
                      arg("office", step.escalation->office)));
  } else if (step.escalation) {
    out.push_back(
        msg("passed on to {office} when it is late", arg("office", step.escalation->office)));
  }
  if (step.waitsFor.empty()) return out;
  std::vector<std::string> steps;
  for (const auto& one : step.waitsFor) steps.push_back(called(one));
  out.push_back(msg("once {steps} are done", arg("steps", joined(steps))));
  return out;
}

Message outcomeWords(std::string_view outcome) {
  if (outcome == "sent") return msg("sent");
  if (outcome == "received") return msg("all received");
  if (outcome == "closed") return msg("time is over");
  if (outcome == "tabled") return msg("tabled");
  if (outcome == "held") return msg("held");
  if (outcome == "cancelled") return msg("cancelled");
  if (outcome == "observed") return msg("no objection");
  if (outcome == "broken") return msg("objection");
  if (outcome == "declared") return msg("declared");
  if (outcome == "carried") return msg("carried");
  if (outcome == "not-carried") return msg("not carried");
  if (outcome == "no-quorum") return msg("no quorum");
  if (outcome == "signed") return msg("signed by all");
  if (outcome == "taken") return msg("taken");
  if (outcome == "refused") return msg("decided otherwise");
  if (outcome == "overdue") return msg("overdue");
  return msg("{outcome}", arg("outcome", outcome));
}

Message endWords(ProcedureEnd end) {
  switch (end) {
    case ProcedureEnd::adopted:
      return msg("adopted");
    case ProcedureEnd::notAdopted:
      return msg("not adopted");
    case ProcedureEnd::withdrawn:
      return msg("withdrawn");
  }
  return Message{};
}

std::string procedureDot(const ProcedureDefinition& definition, const StepMarks& marks,
                         const PictureWords& words) {
  std::string out = fmt::format(
      "digraph procedure {{\n"
      "  graph [label=\"{}\", labelloc=t, fontname=\"Helvetica\", fontsize=16, rankdir=TB,\n"
      "         nodesep=0.5, ranksep=0.6];\n"
      "  node [fontname=\"Helvetica\", fontsize=11, margin=\"0.2,0.1\"];\n"
      "  edge [fontname=\"Helvetica\", fontsize=10];\n"
      "  \"BEGIN\" [shape=circle, style=filled, fillcolor=black, label=\"\", width=0.2];\n",
      dotText(std::string(pick(definition.title, words.language)), 60));
  std::vector<ProcedureEnd> ends;
  for (const auto& step : definition.steps) {
    out += nodeOf(definition, step, marks, words);
    for (const auto& branch : step.branches) {
      if (branch.end && std::ranges::find(ends, *branch.end) == ends.end()) {
        ends.push_back(*branch.end);
      }
    }
  }
  for (const auto end : ends) {
    out += fmt::format("  \"{}\" [shape=box, style=\"filled\", fillcolor=\"{}\", label=\"{}\"];\n",
                       endNode(end), end == ProcedureEnd::adopted ? "#d4edda" : "#eeeeee",
                       dotText(words.say(endWords(end)), 28));
  }
  for (const auto& first : definition.first) {
    out += fmt::format("  \"BEGIN\" -> \"{}\";\n", first);
  }
  for (const auto& step : definition.steps) {
    for (const auto& branch : step.branches) {
      const auto label = words.say(outcomeWords(branch.outcome));
      if (branch.end) out += edge(step.name, endNode(*branch.end), label);
      for (const auto& next : branch.next) out += edge(step.name, next, label);
    }
  }
  return out + "}\n";
}

}  // namespace consulta
