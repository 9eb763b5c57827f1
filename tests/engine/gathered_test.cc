#include "engine/store/gathered.h"

#include <doctest/doctest.h>

#include <atomic>
#include <random>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "engine/store/shared_work.h"
#include "tests/support/seed.h"

namespace consulta::test {

TEST_CASE("records of a while come in order by entity, and no entity is torn apart") {
  const auto seed = seedOr(20060406U);
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  Gathered gathered;
  for (int again = 0; again < 2; ++again) {
    const auto entities = 1 + random() % 20;
    const auto all = random() % 200;
    for (std::uint64_t at = 1; at <= all; ++at) {
      const auto text = std::to_string(at);
      gathered.add(EntityId(1 + random() % entities), StoredRecord{Position(at), text});
    }
    const auto runs = gathered.sortedRuns(4);
    CHECK(runs.size() <= 4);
    std::size_t seen = 0;
    Gathered::One before;
    for (auto run : runs) {
      REQUIRE_FALSE(run.empty());
      CHECK(before.entity < run.front().entity);
      for (; !run.empty(); run = run.subspan(firstEntityOf(run).size())) {
        const auto own = firstEntityOf(run);
        CHECK(before.entity < own.front().entity);
        for (const auto& one : own) {
          CHECK(one.entity == own.front().entity);
          CHECK((before.entity != one.entity || before.position < one.position));
          CHECK(gathered.bytesOf(one) == std::to_string(one.position.value));
          before = one;
          ++seen;
        }
      }
    }
    CHECK(seen == all);
    gathered.clear();
    CHECK(gathered.bytes() == 0);
  }
}

TEST_CASE("every piece of work is done once, and what one throws reaches who waits") {
  SharedWork work;
  work.finish();  // nothing was begun
  for (int again = 0; again < 50; ++again) {
    std::vector<std::atomic<int>> done(20);
    std::vector<SharedWork::Piece> pieces;
    pieces.reserve(done.size());
    for (auto& one : done) pieces.emplace_back([&one] { ++one; });
    work.start(std::move(pieces));
    work.finish();
    for (const auto& one : done) CHECK(one == 1);
  }
  std::vector<SharedWork::Piece> pieces(3, [] {});
  pieces[1] = [] { throw std::runtime_error("no"); };
  work.start(std::move(pieces));
  CHECK_THROWS_WITH(work.finish(), "no");
}

}  // namespace consulta::test
