#include "projections/key_changes.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "events/catalogue.h"
#include "projections/overlay.h"
#include "projections/rows.h"
#include "tests/support/seed.h"

namespace consulta::test {

namespace {

/// A state of which only the keys are looked at.
class Keys final : public State {
 public:
  using State::State;
  [[nodiscard]] RowPtr row(EntityId) const override { return nullptr; }
  [[nodiscard]] Timeline timeline(EntityId) const override { return {}; }
  void scan(std::string_view prefix,
            const std::function<bool(std::string_view)>& visit) const override {
    for (auto at = all.lower_bound(prefix); at != all.end() && at->starts_with(prefix); ++at) {
      if (!visit(*at)) return;
    }
  }
  [[nodiscard]] std::optional<Position> submitted(SubmissionId) const override { return {}; }

  std::set<std::string, std::less<>> all;
};

std::string idKey(std::uint64_t id) {
  return linkKeys(EntityId(id)).substr(1);
}

/// Few different ones, so that they meet; of all kinds, with a zero byte in the midst of some.
std::string someKey(std::mt19937_64& random) {
  const auto id = [&] { return EntityId(random() % 4); };
  const auto symbol = [&] { return std::string("MTG-") + static_cast<char>('0' + random() % 4); };
  const auto end = idKey(random() % 4);
  switch (random() % 7) {
    case 0:
      return aggregateKeys(static_cast<std::uint16_t>(random() % 3)) + end;
    case 1:
      return symbolKeys(symbol()) + std::string("\0\1", 2) + end;
    case 2:
      return linkKeys(id()) + end;
    case 3:
      return referenceKeys(id(), symbol()) + end;
    case 4:
      return formerKey(aggregateKeys(1) + end);
    case 5:
      return formerKey(symbolKeys(symbol()) + std::string("\0\1", 2) + end);
    default:
      return "d" + idKey(random() % 4) + end;
  }
}

std::vector<std::string> found(const KeyChanges& changes, const State& below,
                               std::string_view prefix, std::size_t most) {
  std::vector<std::string> out;
  changes.scan(below, prefix, [&](std::string_view key) {
    out.emplace_back(key);
    return out.size() < most;
  });
  return out;
}

}  // namespace

TEST_CASE("a look-up finds keys as they have become, in order, whatever it begins with") {
  const auto seed = seedOr(20'261'130);
  INFO("CONSULTA_TEST_SEED=" << seed);
  std::mt19937_64 random(seed);
  const Catalogue catalogue;
  for (int round = 0; round < 60; ++round) {
    Keys below(catalogue);
    for (int i = 0; i < 60; ++i) below.all.insert(someKey(random));
    Keys expected(catalogue);
    expected.all = below.all;
    KeyChanges changes;
    const auto changeSome = [&](KeyChanges& to) {
      for (int i = 0; i < 40; ++i) {
        const auto key = someKey(random);
        const bool there = random() % 2 == 0;
        to.set(key, there);
        if (there) expected.all.insert(key);
        if (!there) expected.all.erase(key);
      }
    };
    changeSome(changes);
    KeyChanges newer;
    changeSome(newer);
    changes.absorb(newer);
    CHECK(found(newer, below, "", 1'000) ==
          std::vector<std::string>(below.all.begin(), below.all.end()));
    for (int i = 0; i < 60; ++i) {
      const auto key = someKey(random);
      const auto prefix = key.substr(0, random() % (key.size() + 1));
      const std::size_t most = random() % 3 == 0 ? 2 : 1'000;
      CAPTURE(prefix);
      std::vector<std::string> wanted;
      expected.scan(prefix, [&](std::string_view one) {
        wanted.emplace_back(one);
        return wanted.size() < most;
      });
      CHECK(found(changes, below, prefix, most) == wanted);
    }
    changes.each(
        [&](std::string_view key, bool there) { CHECK(expected.all.contains(key) == there); });
  }
}

TEST_CASE("what all keys of a look-up share is the same for each of them and for its beginning") {
  const auto end = idKey(7);
  CHECK(lookUpOf(aggregateKeys(3) + end) == aggregateKeys(3));
  CHECK(lookUpOf(linkKeys(EntityId(9)) + end) == linkKeys(EntityId(9)));
  CHECK(lookUpOf(symbolKeys("MTG-1") + std::string("\0\1", 2) + end) == symbolKeys("mtg-1"));
  CHECK(lookUpOf(referenceKeys(EntityId(9), "A/1") + end) == referenceKeys(EntityId(9), "a/1"));
  CHECK(lookUpOf(formerKey(symbolKeys("MTG-1")) + end) == formerKey(symbolKeys("MTG-1")));
  CHECK(lookUpOf("d" + end + end) == "d");
  for (const auto* shorter : {"", "a", "l", "s", "smtg", "r", "f"}) {
    CAPTURE(shorter);
    CHECK(lookUpOf(shorter).empty());
  }
}

}  // namespace consulta::test
