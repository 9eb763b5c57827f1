#include "engine/rules/tally.h"

#include <algorithm>

namespace consulta {

namespace {

bool hasMajority(schema::Majority majority, std::uint64_t inFavour, std::uint64_t against) {
  if (inFavour == 0) return false;
  switch (majority) {
    case schema::Majority::NOT_STATED:
    case schema::Majority::SIMPLE:
      return inFavour > against;
    case schema::Majority::TWO_THIRDS:
      return 3 * inFavour >= 2 * (inFavour + against);
    case schema::Majority::FOUR_FIFTHS:
      return 5 * inFavour >= 4 * (inFavour + against);
  }
  return false;
}

}  // namespace

Tally tallyOf(const ConsultationVoteRound& round) {
  Tally out;
  out.eligible = static_cast<std::uint32_t>(round.eligible.size());
  for (const auto& ballot : round.ballots) {
    if (ballot.superseded || std::ranges::count(round.eligible, ballot.party) == 0) continue;
    switch (ballot.vote) {
      case schema::Vote::IN_FAVOUR:
        out.inFavour += 1;
        break;
      case schema::Vote::AGAINST:
        out.against += 1;
        break;
      case schema::Vote::ABSTAINS:
        out.abstained += 1;
        break;
    }
  }
  const auto voting = out.inFavour + out.against + out.abstained;
  out.notVoting = out.eligible - voting;
  out.quorumReached = voting >= round.quorum;
  out.carried = out.quorumReached && hasMajority(round.majority, out.inFavour, out.against);
  return out;
}

}  // namespace consulta
