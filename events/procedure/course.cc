#include "events/procedure/course.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <utility>

namespace consulta {

namespace {

constexpr std::size_t states_max = 20'000;

/// Where a procedure stands: of each step by its number whether it is under way, has been led to,
/// and which outcome it had last, as far as a step waits for it.
struct Standing {
  std::vector<char> underWay;
  std::vector<char> ahead;
  std::vector<int> ended;  // number of the outcome; -1: none, or it is under way again

  auto operator<=>(const Standing&) const = default;
};

/// Goes through all that can come about, by the same rules as a consultation runs by them: what an
/// outcome leads to begins unless it is under way, and where steps meet once all of them have led
/// there.
class Walk {
 public:
  explicit Walk(const ProcedureDefinition& definition) : steps_(definition.steps) {
    Standing first;
    first.underWay.resize(steps_.size());
    first.ahead.resize(steps_.size());
    first.ended.resize(steps_.size(), -1);
    for (const auto& name : definition.first) first.ahead[numberOf(name)] = 1;
    // What a procedure begins with waits for nothing that leads to it.
    std::swap(first.ahead, first.underWay);
    add(std::move(first));
  }

  std::set<std::string> stuck() {
    std::set<std::string> out;
    while (!open_.empty() && seen_.size() < states_max) {
      const auto at = open_.back();
      open_.pop_back();
      if (std::ranges::count(at.underWay, 0) == std::ssize(at.underWay)) {
        for (std::size_t i = 0; i < steps_.size(); ++i) {
          if (at.ahead[i] != 0) out.insert(steps_[i].name);
        }
      }
      for (std::size_t i = 0; i < steps_.size(); ++i) {
        if (at.underWay[i] != 0) complete(at, i);
      }
    }
    return out;
  }

 private:
  std::size_t numberOf(const std::string& name) const {
    return static_cast<std::size_t>(std::ranges::find(steps_, name, &ProcedureStep::name) -
                                    steps_.begin());
  }

  bool isWaitedFor(const std::string& name) const {
    return std::ranges::any_of(steps_, [&](const ProcedureStep& step) {
      return std::ranges::find(step.waitsFor, name) != step.waitsFor.end();
    });
  }

  void complete(const Standing& at, std::size_t i) {
    const auto& step = steps_[i];
    for (std::size_t outcome = 0; outcome < step.branches.size(); ++outcome) {
      const auto& branch = step.branches[outcome];
      if (branch.end) continue;
      auto next = at;
      next.underWay[i] = 0;
      next.ended[i] = isWaitedFor(step.name) ? static_cast<int>(outcome) : -1;
      for (const auto& name : branch.next) {
        const auto number = numberOf(name);
        if (next.underWay[number] == 0) next.ahead[number] = 1;
      }
      begin(next);
      add(std::move(next));
    }
  }

  void begin(Standing& at) const {
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      if (at.ahead[i] == 0 || isAwaited(at, steps_[i])) continue;
      at.ahead[i] = 0;
      at.underWay[i] = 1;
      at.ended[i] = -1;
    }
  }

  bool isAwaited(const Standing& at, const ProcedureStep& step) const {
    return std::ranges::any_of(step.waitsFor, [&](const std::string& name) {
      const auto number = numberOf(name);
      if (at.ended[number] < 0) return true;
      const auto& led = steps_[number].branches[static_cast<std::size_t>(at.ended[number])].next;
      return std::ranges::find(led, step.name) == led.end();
    });
  }

  void add(Standing at) {
    if (seen_.insert(at).second) open_.push_back(std::move(at));
  }

  const std::vector<ProcedureStep>& steps_;
  std::set<Standing> seen_;
  std::vector<Standing> open_;
};

/// What begins at once after a step that nobody has to act in.
std::vector<std::string> followingAtOnce(const ProcedureStep& step) {
  const auto* branch = step.kind == StepKind::invitation  ? branchOf(step, "sent")
                       : step.kind == StepKind::consensus ? branchOf(step, "declared")
                                                          : nullptr;
  return branch == nullptr ? std::vector<std::string>{} : branch->next;
}

/// Depth first: `way` are the steps that have led here.
bool goesRound(const ProcedureDefinition& definition, const std::string& name,
               std::vector<std::string>& way, std::set<std::string>& done) {
  if (const auto at = std::ranges::find(way, name); at != way.end()) {
    way.erase(way.begin(), at);
    return true;
  }
  if (!done.insert(name).second) return false;
  way.push_back(name);
  for (const auto& next : followingAtOnce(*stepOf(definition, name))) {
    if (goesRound(definition, next, way, done)) return true;
  }
  way.pop_back();
  return false;
}

}  // namespace

std::vector<std::string> joinsWithoutEnd(const ProcedureDefinition& definition) {
  const bool joins = std::ranges::any_of(
      definition.steps, [](const ProcedureStep& step) { return !step.waitsFor.empty(); });
  if (!joins) return {};
  const auto stuck = Walk(definition).stuck();
  return {stuck.begin(), stuck.end()};
}

std::vector<std::string> idleRound(const ProcedureDefinition& definition) {
  std::set<std::string> done;
  for (const auto& step : definition.steps) {
    std::vector<std::string> way;
    if (goesRound(definition, step.name, way, done)) return way;
  }
  return {};
}

}  // namespace consulta
