#include "events/gravest.h"

#include <doctest/doctest.h>

namespace consulta::test {

TEST_CASE("of several failures the first of the gravest kind counts") {
  const auto rule = refused("a", msg("no"));
  const auto words = usage("b", msg("what"));
  const auto otherWords = usage("c", msg("what"));
  const auto faster = conflict("d", msg("late"));
  const auto disk = unavailable("e", msg("gone"));
  const auto broken = damaged("f", msg("broken"));
  CHECK(gravest({rule}).rule == "a");
  CHECK(gravest({rule, faster}).rule == "d");
  CHECK(gravest({rule, faster, words, otherWords}).rule == "b");
  CHECK(gravest({words, disk, rule}).rule == "e");
  CHECK(gravest({disk, broken}).rule == "f");
}

}  // namespace consulta::test
