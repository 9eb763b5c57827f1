#include "projections/open_matter.h"

#include <algorithm>
#include <iterator>

#include "projections/rows/liaison.h"
#include "projections/rows/recommendation.h"

namespace consulta {

namespace {

OpenMatter ofRecommendation(const RowHead& head) {
  using Acceptance = schema::RecommendationAcceptance;
  using Implementation = schema::RecommendationImplementation;
  switch (stateOf<Acceptance>(head, acceptanceAxis)) {
    case Acceptance::RECORDED:
    case Acceptance::UNDER_CONSIDERATION:
      return OpenMatter::pending;
    case Acceptance::ACCEPTED:
    case Acceptance::PARTIALLY_ACCEPTED: {
      const auto done = stateOf<Implementation>(head, implementationAxis);
      const bool isDone = done == Implementation::IMPLEMENTED || done == Implementation::VERIFIED;
      return isDone ? OpenMatter::none : OpenMatter::followUp;
    }
    case Acceptance::REJECTED:
    case Acceptance::SUPERSEDED:
      return OpenMatter::none;
  }
  return OpenMatter::none;
}

}  // namespace

OpenMatter openMatterOf(const Row& row) {
  if (tryAs<Recommendation>(&row) != nullptr) return ofRecommendation(row.head);
  if (tryAs<Liaison>(&row) == nullptr) return OpenMatter::none;
  return stateOf<schema::LiaisonState>(row.head) == schema::LiaisonState::FOLLOW_UP_ASKED
             ? OpenMatter::followUp
             : OpenMatter::none;
}

std::vector<EntityId> stillOpen(const State& state, const std::vector<EntityId>& ids) {
  std::vector<EntityId> out;
  std::ranges::copy_if(ids, std::back_inserter(out), [&](EntityId id) {
    const auto row = state.row(id);
    return row && openMatterOf(*row) != OpenMatter::none;
  });
  return out;
}

}  // namespace consulta
