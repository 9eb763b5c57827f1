#include <doctest/doctest.h>

#include <string>

#include "projections/rows/procedure.h"
#include "tests/support/story.h"

using namespace consulta;  // NOLINT
using test::Story;

namespace {

std::string definition(const std::string& name, const std::string& more = {}) {
  return "name = \"" + name +
         "\"\ntitle = \"A procedure\"\n[[step]]\nname = \"text\"\nkind = \"tabling\"\n"
         "title = \"Text\"\non.tabled = \"adopted\"\n" +
         more;
}

boost::json::object defined(const std::string& text) {
  return {{"definition", text}};
}

}  // namespace

TEST_CASE("a procedure is entered under the name its definition has") {
  Story story;
  story.when("procedure.adopted", "NOTE-1", defined(definition("NOTE-2")));
  CHECK(story.refusedBy("procedure.name"));
  story.when("procedure.adopted", "NOTE-1", defined(definition("note-1")));
  CHECK(story.accepted());
  CHECK(story.stateOf("NOTE-1") == "in-force");
}

TEST_CASE("a procedure that cannot be run is refused with its line") {
  Story story;
  story.when("procedure.adopted", "NOTE-1", defined(definition("NOTE-1", "within = \"P1BD\"\n")));
  CHECK(story.refusedBy("procedure.definition"));
  CHECK(story.why().find("line 3") != std::string::npos);
}

TEST_CASE("what a procedure names must be in the register") {
  Story story;
  const auto text =
      "calendar = \"VIENNA\"\n" + definition("NOTE-1",
                                             "within = \"P5BD\"\nby = \"UNIDO\"\nescalate-to = "
                                             "\"LAC\"\n");
  story.when("procedure.adopted", "NOTE-1", defined(text));
  CHECK(story.failures().size() == 3);
  story.given("calendar.adopted", "VIENNA", {{"title", "en:V"}, {"timeZone", "Europe/Vienna"}});
  story.given("party.registered", "UNIDO",
              {{"name", "en:UNIDO"}, {"kind", "international-organization"}});
  story.given("office.established", "LAC", {{"name", "en:Bureau"}, {"kind", "headquarters-unit"}});
  story.when("procedure.adopted", "NOTE-1", defined(text));
  INFO(story.why());
  CHECK(story.accepted());
}

TEST_CASE("a revision is another version, and the earlier one stays") {
  Story story;
  story.given("procedure.adopted", "NOTE-1", defined(definition("NOTE-1")));
  story.when("procedure.revised", "NOTE-1", defined(definition("NOTE-1")));
  CHECK(story.refusedBy("procedure.revised.different"));
  story.given("procedure.revised", "NOTE-1",
              {{"definition", definition("NOTE-1", "within = \"P3D\"\n")}, {"reason", "Too slow"}});
  const auto& row = story.as<Procedure>("NOTE-1");
  REQUIRE(row.versions.size() == 2);
  CHECK(row.versions[0].definition ==
        definition("NOTE-1").substr(0, row.versions[0].definition.size()));
  CHECK(row.versions[1].version == 2);
}

TEST_CASE("a retired procedure is not revised any more, and does not replace itself") {
  Story story;
  story.given("procedure.adopted", "NOTE-1", defined(definition("NOTE-1")));
  story.when("procedure.retired", "NOTE-1", {{"replacement", "NOTE-1"}});
  CHECK(story.refusedBy("procedure.retired.itself"));
  story.given("procedure.retired", "NOTE-1");
  story.when("procedure.revised", "NOTE-1", defined(definition("NOTE-1", "within = \"P3D\"\n")));
  CHECK_FALSE(story.accepted());
}

TEST_CASE("versions of a procedure follow each other by their days") {
  Story story;
  story.on("2006-01-10").given("procedure.adopted", "NOTE-1", defined(definition("NOTE-1")));
  const auto revise = [&](const std::string& day, const std::string& limit) {
    story.on(day).when("procedure.revised", "NOTE-1",
                       defined(definition("NOTE-1", "within = \"" + limit + "\"\n")));
  };
  revise("2006-09-01", "P3D");
  REQUIRE(story.accepted());
  revise("2006-08-01", "P4D");
  CHECK(story.refusedBy("procedure.revised.order"));
  revise("2006-09-02", "P4D");
  CHECK(story.accepted());
}
