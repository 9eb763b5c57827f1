#include "projections/rows/consultation_asked.h"

#include <algorithm>

namespace consulta {

namespace {

bool isIn(const std::vector<EntityId>& list, EntityId id) {
  return std::ranges::find(list, id) != list.end();
}

bool asksRole(const ConsultationStep& run, std::string_view role) {
  return std::ranges::find(run.roles, role) != run.roles.end();
}

bool asksEverybody(const ConsultationStep& run) {
  return asksRole(run, "everyone") ||
         (run.roles.empty() && run.asked.empty() && run.offices.empty());
}

}  // namespace

std::vector<EntityId> askedParties(const Consultation& row, const ConsultationStep& run) {
  const bool all = asksEverybody(run);
  std::vector<EntityId> out;
  for (const auto& seat : row.roll) {
    const bool counted = seat.standing == schema::Standing::ELIGIBLE;
    if (all || asksRole(run, counted ? "eligible" : "observers") || isIn(run.asked, seat.party)) {
      out.push_back(seat.party);
    }
  }
  return out;
}

std::vector<EntityId> notContributed(const Consultation& row, const ConsultationStep& run) {
  auto out = askedParties(row, run);
  for (auto i = std::size_t{run.contributionsBefore}; i < row.contributions.size(); ++i) {
    std::erase(out, row.contributions[i].party);
  }
  return out;
}

const ConsultationContribution* lastAwaited(const Consultation& row, const ConsultationStep& run) {
  auto missing = askedParties(row, run);
  if (missing.empty()) return nullptr;
  for (auto i = std::size_t{run.contributionsBefore}; i < row.contributions.size(); ++i) {
    std::erase(missing, row.contributions[i].party);
    if (missing.empty()) return &row.contributions[i];
  }
  return nullptr;
}

std::vector<EntityId> entitledParties(const Consultation& row, std::string_view kind) {
  auto out = eligibleParties(row);
  for (const auto& run : row.steps) {
    if (run.state == StepState::completed || run.kind != kind || run.asked.empty()) continue;
    if (asksRole(run, "eligible") || asksRole(run, "everyone")) continue;
    std::erase_if(out, [&](EntityId party) { return !isIn(run.asked, party); });
  }
  return out;
}

const ConsultationStep* stepNotAsking(const Consultation& row, std::string_view kind,
                                      EntityId party) {
  if (isIn(entitledParties(row, kind), party) || !isIn(eligibleParties(row), party)) return nullptr;
  const auto found = std::ranges::find_if(row.steps, [&](const ConsultationStep& run) {
    return run.state != StepState::completed && run.kind == kind && !isIn(run.asked, party);
  });
  return found == row.steps.end() ? nullptr : &*found;
}

std::vector<EntityId> notVoted(const ConsultationVoteRound& round) {
  auto out = round.eligible;
  for (const auto& ballot : round.ballots) std::erase(out, ballot.party);
  return out;
}

}  // namespace consulta
