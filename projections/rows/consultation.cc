#include "projections/rows/consultation.h"

#include <algorithm>

namespace consulta {

const ConsultationSeat* seatOf(const Consultation& row, EntityId party) {
  const auto found = std::ranges::find(row.roll, party, &ConsultationSeat::party);
  return found == row.roll.end() ? nullptr : &*found;
}

std::vector<EntityId> eligibleParties(const Consultation& row) {
  std::vector<EntityId> out;
  for (const auto& one : row.roll) {
    if (one.standing == schema::Standing::ELIGIBLE) out.push_back(one.party);
  }
  return out;
}

const ConsultationText* textOf(const Consultation& row, std::uint32_t revision) {
  const auto found = std::ranges::find(row.texts, revision, &ConsultationText::revision);
  return found == row.texts.end() ? nullptr : &*found;
}

std::uint32_t revisionUnderDiscussion(const Consultation& row) {
  if (const auto* silence = runningSilence(row)) return silence->revision;
  if (const auto* vote = openVote(row); vote != nullptr && vote->revision != 0) {
    return vote->revision;
  }
  std::uint32_t newest = 0;
  for (const auto& one : row.texts) newest = std::max(newest, one.revision);
  return newest;
}

const ConsultationSilence* runningSilence(const Consultation& row) {
  const auto found =
      std::ranges::find(row.silences, SilenceState::running, &ConsultationSilence::state);
  return found == row.silences.end() ? nullptr : &*found;
}

const ConsultationSilence* lastSilence(const Consultation& row, std::uint32_t revision) {
  const auto found = std::find_if(row.silences.rbegin(), row.silences.rend(),
                                  [&](const auto& one) { return one.revision == revision; });
  return found == row.silences.rend() ? nullptr : &*found;
}

const ConsultationSilence* measuringSilence(const Consultation& row, std::uint32_t revision) {
  const auto* silence = lastSilence(row, revision);
  const bool counts = silence != nullptr && (silence->state == SilenceState::running ||
                                             silence->state == SilenceState::observed);
  return counts ? silence : nullptr;
}

const ConsultationVoteRound* openVote(const Consultation& row) {
  const auto found = std::ranges::find(row.votes, true, &ConsultationVoteRound::open);
  return found == row.votes.end() ? nullptr : &*found;
}

const ConsultationObjection* standingObjection(const Consultation& row, EntityId party,
                                               std::uint32_t revision) {
  const auto found =
      std::find_if(row.objections.rbegin(), row.objections.rend(), [&](const auto& one) {
        return one.party == party && one.revision == revision &&
               one.state == ObjectionState::standing;
      });
  return found == row.objections.rend() ? nullptr : &*found;
}

const ConsultationObjection* objectionMeant(const Consultation& row, EntityId party,
                                            std::uint32_t named) {
  if (named != 0) return standingObjection(row, party, named);
  const auto* found = standingObjection(row, party, revisionUnderDiscussion(row));
  return found != nullptr ? found : standingObjection(row, party, 0);
}

std::vector<const ConsultationObjection*> standingObjections(const Consultation& row,
                                                             std::uint32_t revision) {
  const auto* silence = runningSilence(row);
  const bool isUnderSilence = silence != nullptr && silence->revision == revision;
  const auto counted = isUnderSilence ? silence->eligible : eligibleParties(row);
  std::vector<const ConsultationObjection*> out;
  for (const auto& one : row.objections) {
    if (one.state != ObjectionState::standing || one.revision != revision) continue;
    if (std::ranges::count(counted, one.party) != 0) out.push_back(&one);
  }
  return out;
}

const ConsultationStep* lastRunOf(const Consultation& row, std::string_view name) {
  const auto found = std::find_if(row.steps.rbegin(), row.steps.rend(),
                                  [&](const auto& one) { return one.step == name; });
  return found == row.steps.rend() ? nullptr : &*found;
}

const ConsultationStep* runBegunBy(const Consultation& row, std::uint64_t position) {
  const auto found = std::ranges::find(row.steps, position, &ConsultationStep::startedBy);
  return found == row.steps.end() ? nullptr : &*found;
}

bool wasRemindedOn(const ConsultationStep& run, std::string_view day) {
  return std::ranges::any_of(run.reminders, [&](const auto& one) { return one.date.edtf == day; });
}

}  // namespace consulta
