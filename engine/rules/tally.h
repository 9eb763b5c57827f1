// How a vote is counted: by those who may vote, and by nobody else.
#pragma once

#include <cstdint>

#include "projections/rows/consultation.h"

namespace consulta {

struct Tally {
  std::uint32_t eligible = 0;
  std::uint32_t inFavour = 0;
  std::uint32_t against = 0;
  std::uint32_t abstained = 0;  // took part, counts towards the quorum, not towards the majority
  std::uint32_t notVoting = 0;
  bool quorumReached = false;
  bool carried = false;

  bool operator==(const Tally&) const = default;
};

/// Counts the votes that hold. The majority is one of those who voted for or against: more than
/// half, or at least two thirds or four fifths. Without a quorum nothing is carried.
[[nodiscard]] Tally tallyOf(const ConsultationVoteRound& round);

}  // namespace consulta
