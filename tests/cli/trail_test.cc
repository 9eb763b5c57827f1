// show --trail: from a consultation to what came of it, and back, as people and programs read it.
#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <string>

#include "tests/cli/desk.h"

namespace consulta::test {

namespace {

void enterTrail(const Desk& desk) {
  desk.enter({"consultation", "plan", "CON-1", "--title", "en:Programme", "--on", "2006-05-01"});
  desk.enter({"consultation", "open", "CON-1", "--on", "2006-06-01"});
  desk.enter({"recommendation", "record", "REC-1", "--text", "en:Dry fruit", "--origin", "CON-1",
              "--on", "2006-06-28"});
  desk.enter({"recommendation", "consider", "REC-1", "--on", "2006-07-10"});
  desk.enter({"recommendation", "accept", "REC-1", "--on", "2006-09-01"});
  desk.enter({"project", "conceive", "PRJ-1", "--title", "en:Drying", "--scope", "regional",
              "--origins", "REC-1", "--on", "2006-10-01"});
  desk.enter({"result", "plan", "RES-1", "--title", "en:Fruit is dried", "--level", "output",
              "--of", "PRJ-1", "--on", "2006-11-01"});
}

}  // namespace

TEST_CASE("show --trail follows a recommendation both ways, with states and dates at each link") {
  const Desk desk;
  enterTrail(desk);
  const auto text = desk.wide({"show", "REC-1", "--trail"});
  INFO(text);
  const auto origins = text.find("Where it comes from");
  const auto consequences = text.find("What came of it");
  REQUIRE(origins != text.npos);
  REQUIRE(consequences != text.npos);
  CHECK(origins < text.find("CON-1", origins));
  CHECK(text.find("CON-1", origins) < consequences);
  CHECK(consequences < text.find("PRJ-1", consequences));
  CHECK(text.find("PRJ-1", consequences) < text.find("  RES-1", consequences));
  CHECK(says(text, "1 September 2006: accepted"));
  CHECK(says(text, "RES-1 is a result of PRJ-1, 1 November 2006"));
  CHECK(says(text, "CON-1 made the recommendation REC-1, 28 June 2006"));
  CHECK(says(desk.wide({"show", "CON-1", "--trail"}), "nothing recorded"));
}

TEST_CASE("show --trail as JSON nests what came of what, and as of a day ends there") {
  const Desk desk;
  enterTrail(desk);
  const auto all = desk.answer({"show", "RES-1", "--trail"});
  const auto& project = all.at("origins").at(0);
  CHECK(project.at("id") == "project:PRJ-1");
  CHECK(project.at("link").at("relation") == "result-of");
  const auto& made = project.at("origins").at(0);
  CHECK(made.at("id") == "recommendation:REC-1");
  CHECK(made.at("acceptance") == "accepted");
  CHECK(made.at("course").at(2).at("occurred") == "2006-09-01");
  CHECK(made.at("origins").at(0).at("id") == "consultation:CON-1");
  CHECK(all.at("consequences").as_array().empty());
  const auto then = desk.answer({"show", "REC-1", "--trail", "--as-of", "2006-08-31"});
  CHECK(then.at("acceptance") == "under-consideration");
  CHECK(then.at("consequences").as_array().empty());
  CHECK(then.at("course").as_array().size() == 2);
}

}  // namespace consulta::test
