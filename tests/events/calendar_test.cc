#include "events/values/calendar.h"

#include <doctest/doctest.h>

#include "events/values/edtf.h"

using namespace consulta;  // NOLINT

TEST_CASE("whole seconds are counted between any two moments that a date may name") {
  CHECK(secondsBetween(0, 1'999'999'999) == 1);
  CHECK(secondsBetween(1'999'999'999, 0) == -2);
  CHECK(secondsBetween(-1, 0) == 0);
  CHECK(secondsBetween(-1, nsPerSecond - 1) == 1);
  CHECK(secondsBetween(500'000'000, nsPerSecond) == 0);
  constexpr std::int64_t day_s = 86'400;
  const auto whole = wholeTime();
  const auto days =
      dayNumber(Day{yearMax, 12, 31}) - dayNumber(Day{yearMin, 1, 1}) + std::int64_t{1};
  CHECK(secondsBetween(whole.earliestNs, whole.latestNs) == days * day_s - 1);
  CHECK(secondsBetween(whole.latestNs, whole.earliestNs) == -days * day_s);
}
