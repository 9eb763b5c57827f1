#include "events/procedure/definition.h"

#include <algorithm>
#include <array>

namespace consulta {

namespace {

constexpr std::array<std::string_view, 4> roles{"eligible", "observers", "everyone", "secretariat"};

constexpr OutcomeInfo overdue{"overdue", false, "the time limit has passed"};
constexpr std::array invitation{OutcomeInfo{"sent", true, "all are invited"}, overdue};
constexpr std::array contributions{
    OutcomeInfo{"received", true, "all who were asked have contributed"},
    OutcomeInfo{"closed", true, "the time limit has passed"}};
constexpr std::array tabling{OutcomeInfo{"tabled", true, "a text is tabled"}, overdue};
constexpr std::array meeting{OutcomeInfo{"held", true, "the meeting is closed"},
                             OutcomeInfo{"cancelled", false, "it is not held"}, overdue};
constexpr std::array silence{
    OutcomeInfo{"observed", true, "the deadline has passed without objection"},
    OutcomeInfo{"broken", true, "somebody has objected in time"}};
constexpr std::array consensus{
    OutcomeInfo{"declared", true, "no objection stands"},
    OutcomeInfo{"overdue", false, "the time limit has passed without consensus"}};
constexpr std::array vote{OutcomeInfo{"carried", true, "quorum and majority are reached"},
                          OutcomeInfo{"not-carried", true, "the majority is not reached"},
                          OutcomeInfo{"no-quorum", true, "too few have taken part"}};
constexpr std::array signature{OutcomeInfo{"signed", true, "all have signed"}, overdue};
constexpr std::array decision{OutcomeInfo{"taken", true, "the decision is taken"},
                              OutcomeInfo{"refused", false, "it is decided otherwise"}, overdue};

}  // namespace

std::span<const std::string_view> roleNames() {
  return roles;
}

std::span<const OutcomeInfo> outcomesOf(StepKind kind) {
  switch (kind) {
    case StepKind::invitation:
      return invitation;
    case StepKind::contributions:
      return contributions;
    case StepKind::tabling:
      return tabling;
    case StepKind::meeting:
      return meeting;
    case StepKind::silence:
      return silence;
    case StepKind::consensus:
      return consensus;
    case StepKind::vote:
      return vote;
    case StepKind::signature:
      return signature;
    case StepKind::decision:
      return decision;
  }
  return {};
}

std::string_view nameOf(ProcedureEnd end) {
  return end == ProcedureEnd::notAdopted ? "not-adopted" : boost::describe::enum_to_string(end, "");
}

std::string_view nameOf(StepKind kind) {
  return boost::describe::enum_to_string(kind, "");
}

std::string_view nameOf(VoteMajority majority) {
  switch (majority) {
    case VoteMajority::simple:
      return "simple";
    case VoteMajority::twoThirds:
      return "two-thirds";
    case VoteMajority::fourFifths:
      return "four-fifths";
  }
  return "";
}

const Duration& silenceUsualMinimum() {
  static const Duration hours{0, 0, 0, std::uint64_t{72} * 3'600};
  return hours;
}

const ProcedureStep* stepOf(const ProcedureDefinition& definition, std::string_view name) {
  const auto found = std::ranges::find(definition.steps, name, &ProcedureStep::name);
  return found == definition.steps.end() ? nullptr : &*found;
}

const Branch* branchOf(const ProcedureStep& step, std::string_view outcome) {
  const auto found = std::ranges::find(step.branches, outcome, &Branch::outcome);
  return found == step.branches.end() ? nullptr : &*found;
}

}  // namespace consulta
