// What show, list and diff answer, as a clerk and a program read it.
#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <string>

#include "tests/cli/desk.h"

namespace consulta::test {

TEST_CASE("a number or flag that was never stated is in no answer, and a stated zero is") {
  const Desk desk;
  desk.meeting("MTG-1");
  const auto fields = desk.answer({"show", "MTG-1"}).at("fields").as_object();
  CHECK(fields.contains("title"));
  for (const char* name : {"present", "needed", "highLevel"}) {
    INFO(name);
    CHECK_FALSE(fields.contains(name));
  }
  CHECK(desk.answer({"list", "meeting"}).at("fields") == fields);
  CHECK(desk.answer({"show", "reference:currency/JPY"}).at("fields").at("decimals") == 0);
  CHECK(says(desk.enter({"show", "reference:currency/JPY"}).out, "decimals"));
  const auto country = desk.answer({"show", "reference:country/UY"}).at("fields").as_object();
  CHECK_FALSE(country.contains("decimals"));
  CHECK_FALSE(country.contains("retired"));
}

TEST_CASE("a flag that was never raised is found as one that is down") {
  const Desk desk;
  desk.meeting("MTG-1");
  CHECK(says(desk.enter({"list", "meeting", "--where", "high-level=no"}).out, "MTG-1"));
  CHECK(says(desk.enter({"list", "meeting", "--where", "high-level="}).out, "MTG-1"));
  CHECK_FALSE(says(desk.enter({"list", "meeting", "--where", "high-level=yes"}).out, "MTG-1"));
  CHECK_FALSE(says(desk.enter({"list", "meeting", "--where", "present=0"}).out, "MTG-1"));
  CHECK(says(desk.enter({"list", "meeting", "--where", "present="}).out, "MTG-1"));
}

}  // namespace consulta::test
