#include "engine/rules/tally.h"

#include <doctest/doctest.h>

using namespace consulta;  // NOLINT

namespace {

ConsultationVoteRound roundOf(std::uint64_t inFavour, std::uint64_t against,
                              std::uint64_t abstained, std::uint64_t silent) {
  ConsultationVoteRound round;
  round.majority = schema::Majority::SIMPLE;
  std::uint64_t id = 0;
  const auto add = [&](std::uint64_t count, schema::Vote vote) {
    for (std::uint64_t i = 0; i < count; ++i) {
      round.eligible.emplace_back(++id);
      auto& ballot = round.ballots.emplace_back();
      ballot.party = EntityId(id);
      ballot.vote = vote;
    }
  };
  add(inFavour, schema::Vote::IN_FAVOUR);
  add(against, schema::Vote::AGAINST);
  add(abstained, schema::Vote::ABSTAINS);
  for (std::uint64_t i = 0; i < silent; ++i) round.eligible.emplace_back(++id);
  return round;
}

bool carried(schema::Majority majority, std::uint64_t inFavour, std::uint64_t against) {
  auto round = roundOf(inFavour, against, 0, 0);
  round.majority = majority;
  return tallyOf(round).carried;
}

}  // namespace

TEST_CASE("a majority is one of those who vote for or against") {
  CHECK_FALSE(carried(schema::Majority::SIMPLE, 5, 5));
  CHECK(carried(schema::Majority::SIMPLE, 6, 5));
  CHECK(carried(schema::Majority::TWO_THIRDS, 4, 2));
  CHECK_FALSE(carried(schema::Majority::TWO_THIRDS, 5, 3));
  CHECK(carried(schema::Majority::FOUR_FIFTHS, 8, 2));
  CHECK_FALSE(carried(schema::Majority::FOUR_FIFTHS, 7, 2));
  CHECK_FALSE(carried(schema::Majority::SIMPLE, 0, 0));
}

TEST_CASE("abstaining counts towards the quorum and silence does not") {
  auto round = roundOf(2, 0, 3, 5);
  round.quorum = 5;
  CHECK(tallyOf(round).quorumReached);
  CHECK(tallyOf(round).carried);
  round.quorum = 6;
  CHECK_FALSE(tallyOf(round).quorumReached);
  CHECK_FALSE(tallyOf(round).carried);
  CHECK(tallyOf(round).notVoting == 5);
}

TEST_CASE("superseded votes and those of others are not counted") {
  auto round = roundOf(1, 1, 0, 0);
  round.ballots[1].superseded = true;
  auto& stranger = round.ballots.emplace_back();
  stranger.party = EntityId(99);
  stranger.vote = schema::Vote::AGAINST;
  const auto tally = tallyOf(round);
  CHECK(tally.eligible == 2);
  CHECK(tally.inFavour == 1);
  CHECK(tally.against == 0);
  CHECK(tally.notVoting == 1);
}
