#include "events/values/distance.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/events/random_text.h"

using namespace consulta;

TEST_CASE("distance counts letters put in, taken out, replaced or swapped") {
  CHECK(editDistance("", "") == 0);
  CHECK(editDistance("meeting", "meeting") == 0);
  CHECK(editDistance("metting", "meeting") == 1);
  CHECK(editDistance("meeeting", "meeting") == 1);
  CHECK(editDistance("meetnig", "meeting") == 1);
  CHECK(editDistance("", "mou") == 3);
  CHECK(editDistance("kitten", "sitting") == 3);
}

TEST_CASE("case and accents do not count") {
  CHECK(editDistance("PÉROU", "perou") == 0);
  CHECK(editDistance("Mexico", "México") == 0);
  CHECK(editDistance("日本", "日木") == 1);
}

TEST_CASE("the nearest name is offered when it is near") {
  const std::vector<std::string> names = {"mandate", "mechanism", "meeting", "mou", "document"};
  CHECK(nearest("metting", names) == "meeting");
  CHECK(nearest("muo", names) == "mou");
  CHECK(nearest("MOU", names) == "mou");
  CHECK(nearest("mechansim", names) == "mechanism");
  CHECK_FALSE(nearest("party", names).has_value());
  CHECK_FALSE(nearest("m", names).has_value());
  CHECK_FALSE(nearest("", names).has_value());
  CHECK_FALSE(nearest(std::string(10'000, 'm'), names).has_value());
  CHECK_FALSE(nearest("mou", {}).has_value());
}

TEST_CASE("the beginning of one name means that one") {
  const std::vector<std::string> names = {"expert-group", "ministerial", "round-table", "roundup"};
  CHECK(nearest("expert", names) == "expert-group");
  CHECK(nearest("Min", names) == "ministerial");
  CHECK_FALSE(nearest("roun", names).has_value());
  CHECK_FALSE(nearest("ex", names).has_value());
}

TEST_CASE("distance is symmetric and no longer than the longer word, whatever the bytes") {
  constexpr std::uint64_t seed = 5;
  CAPTURE(seed);
  test::RandomText random(seed);
  for (int i = 0; i < 5'000; ++i) {
    const auto a = random.bytes(12);
    const auto b = i % 2 == 0 ? random.bytes(12) : random.spoiled(a);
    CHECK(editDistance(a, b) == editDistance(b, a));
    CHECK(editDistance(a, a) == 0);
    // A folded letter can be two, as in the German sharp s.
    CHECK(editDistance(a, b) <= 2 * std::max(a.size(), b.size()));
  }
}
