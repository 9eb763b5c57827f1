// Entities and codes by what people call them, wherever they are asked for.
#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include "cli/called.h"
#include "cli/candidates.h"
#include "tests/cli/desk.h"
#include "tests/cli/on_terminal.h"

namespace consulta::test {

namespace {

/// A meeting to which anybody may be invited, and an office.
struct Called {
  Called() {
    desk.meeting("MTG-1");
    desk.enter({"office", "establish", "LAC", "--kind", "field-office", "--name",
                "fr:Bureau de l’Amérique latine", "--on", "2006-01-01"});
  }
  [[nodiscard]] ProgramRun invite(const std::string& party) const {
    return desk.run({"meeting", "invite", "MTG-1", "--party", party, "--on", "2006-04-10"});
  }
  [[nodiscard]] ProgramRun relocate(const std::string& country) const {
    return desk.run({"meeting", "relocate", "MTG-1", "--place", "There", "--country", country,
                     "--on", "2006-04-10"});
  }
  Desk desk;
};

}  // namespace

TEST_CASE("an option takes what people call an entity, and says how it is read") {
  const Called at;
  const auto invited = at.invite("uruguay");
  CHECK(invited.code == 0);
  CHECK(says(invited.err, "--party \"uruguay\" is read as UY (Uruguay)"));
  CHECK(says(at.desk.wide({"show", "MTG-1"}), "UY (Uruguay)"));
  CHECK(at.invite("Perou").code == 0);  // without its accent, in another language
  CHECK(at.desk
            .run({"meeting", "cancel", "Expert meeting", "--reason", "Ill", "--on", "2006-05-01",
                  "--ground", "expert MEETING"})
            .code == 0);
  CHECK(at.desk.answer({"show", "MTG-1"}).at("state") == "cancelled");
  CHECK(says(at.desk.wide({"log", "--json"}), "\"grounds\":[\"meeting:MTG-1\"]"));
  // An id is not echoed.
  const auto byId = at.invite("BR");
  CHECK(byId.code == 0);
  CHECK_FALSE(says(byId.err, "is read as"));
}

TEST_CASE("what is shown, told and listed is found by name too") {
  const Called at;
  const auto shown = at.desk.enter({"show", "Uruguay"});
  CHECK(says(shown.out, "party UY"));
  CHECK(says(shown.err, "\"Uruguay\" is read as UY (Uruguay)"));
  CHECK(says(at.desk.enter({"show", "autriche"}).out, "country/AT"));  // no party is called so
  CHECK(at.desk.run({"history", "expert meeting"}).code == 0);
  CHECK(at.desk.run({"next", "expert meeting"}).code == 0);
  CHECK(at.desk.run({"tasks", "--office", "bureau de l'amerique latine"}).code == 0);
}

TEST_CASE(
    "a name that several have is refused with all of them, one that none has with the nearest") {
  const Called at;
  at.desk.meeting("MTG-2");
  const auto several = at.desk.run({"show", "Expert meeting"});
  CHECK(several.code == 2);
  CHECK(says(several.err, "can mean MTG-1 (Expert meeting) or MTG-2 (Expert meeting)"));
  const auto near = at.invite("Urugay");
  CHECK(near.code == 1);
  CHECK(says(near.err, "--party: "));
  CHECK(says(near.err, "Did you mean UY (Uruguay)?"));
  CHECK(says(at.desk.run({"show", "Urugay"}).err, "Did you mean UY (Uruguay)?"));
}

TEST_CASE(
    "a code is understood in any case and by its name, and a slip offers the one that is near") {
  const Called at;
  const auto relocated = at.relocate("uy");
  CHECK(relocated.code == 0);
  CHECK(says(relocated.err, "--country \"uy\" is read as UY (Uruguay)"));
  CHECK(at.desk.answer({"show", "MTG-1"}).at("fields").at("country") == "UY");
  CHECK(at.relocate("Autriche").code == 0);
  CHECK(at.desk.answer({"show", "MTG-1"}).at("fields").at("country") == "AT");
  for (const auto& [written, meant] :
       {std::pair{"Urugay", "UY (Uruguay)"}, std::pair{"Germny", "DE (Germany)"},
        std::pair{"Argentna", "AR (Argentina)"}}) {
    const auto refused = at.relocate(written);
    INFO(refused.err);
    CHECK(refused.code == 1);
    CHECK(says(refused.err, std::string("Did you mean ") + meant + "?"));
    const auto listed =
        at.desk.run({"list", "meeting", "--where", std::string("country=") + written});
    CHECK(says(listed.err, std::string("Did you mean ") + meant + "?"));
  }
  // Two letters are near to nothing: any other two would do as well.
  CHECK_FALSE(says(at.relocate("XX").err, "Did you mean"));
  // A program that imports is told the same.
  const auto imported = at.desk.run(
      {"import", "-"}, R"({"type":"meeting.relocated","entity":"MTG-1","occurred":"2006-04-11",)"
                       R"("data":{"place":"There","country":"Urugay"}})"
                       "\n");
  CHECK(says(imported.err, "Did you mean UY (Uruguay)?"));
}

TEST_CASE("on a terminal the entity comes first, and what the rules ask for is asked") {
  const Called at;
  OnTerminal unknown({"--data", at.desk.data(), "meeting", "confirm", "MTG-7"});
  CHECK(unknown.end() == 1);
  CHECK(says(unknown.shown(), "there is no meeting"));
  CHECK_FALSE(says(unknown.shown(), "dates:"));

  OnTerminal clerk(
      {"--data", at.desk.data(), "meeting", "confirm", "expert meeting", "--on", "2006-05-10"});
  INFO(clerk.shown());
  REQUIRE(clerk.sees("only with its exact days"));
  REQUIRE(clerk.answers("dates: ", "2006-06-26/2006-06-28"));
  REQUIRE(clerk.answers("place: ", "Vienna"));
  REQUIRE(clerk.answers("[y/n]: ", "y"));
  CHECK(clerk.end() == 0);
  CHECK(at.desk.answer({"show", "MTG-1"}).at("state") == "confirmed");

  OnTerminal asking({"--data", at.desk.data(), "meeting", "schedule"});
  REQUIRE(asking.answers("id [MTG-", "?"));
  REQUIRE(asking.sees("the id by which it is named"));
  asking.endsInput();
  CHECK(asking.end() == 1);
}

TEST_CASE("what an entry rests on is found by name wherever it is given") {
  const Called at;
  at.desk.enter({"office", "establish", "EVAL", "--kind", "headquarters-unit", "--name", "en:Other",
                 "--on", "2006-01-01"});
  at.desk.enter({"consultation", "plan", "CON-1", "--title", "en:C", "--on", "2006-02-01"});
  at.desk.enter({"consultation", "assign", "CON-1", "--office", "LAC", "--on", "2006-02-02"});
  const auto handed = at.desk.run({"office", "hand-over", "LAC", "--to", "EVAL", "--ground",
                                   "expert meeting", "--on", "2006-05-01", "--yes"});
  INFO(handed.err);
  CHECK(handed.code == 0);
  CHECK(says(handed.err, "--ground \"expert meeting\" is read as MTG-1 (Expert meeting)"));
  const auto list = at.desk.file("list.csv").string();
  std::ofstream(list) << "party,ground\nUY,Expert meeting; C\n";
  const auto invited =
      at.desk.run({"meeting", "invite", "MTG-1", "--each", list, "--on", "2006-05-02", "--yes"});
  INFO(invited.err);
  CHECK(invited.code == 0);
  const auto log = at.desk.wide({"log", "--json"});
  CHECK(says(log, "\"grounds\":[\"meeting:MTG-1\"]"));
  CHECK(says(log, "\"grounds\":[\"meeting:MTG-1\",\"consultation:CON-1\"]"));
}

TEST_CASE("a new register reads the codes of its own options by name") {
  const TempDir folder;
  const auto data = (folder.path() / "register").string();
  const auto made = runProgram({"--data", data, "init", "--organization", "en:Test", "--time-zone",
                                "Europe/Vienna", "--currency", "euro"});
  INFO(made.err);
  CHECK(made.code == 0);
  CHECK(says(made.err, "--currency \"euro\" is read as EUR"));
  CHECK(says(runProgram({"--data", data, "--json", "show", "REG"}).out, "\"currency\":\"EUR\""));
}

namespace {

/// The register, looked at by the test itself.
void look(const Desk& desk, const std::function<void(const Looking&)>& at) {
  const Catalogue catalogue;
  std::istringstream in;
  std::ostringstream out;
  Session session(
      catalogue, {in, out, out}, Terminal{}, [] { return std::int64_t{4'000'000'000'000'000'000}; },
      "");
  session.options.data = desk.data();
  session.options.confirmClock = true;
  const auto reg = session.reg();
  REQUIRE(reg.ok());
  (*reg)->read([&](const State& now) { at(Looking(session, **reg, now, nullptr)); });
}

}  // namespace

TEST_CASE("no more rows are read for a name than one answer may take, and no more offered") {
  const Called called;
  called.desk.enter(
      {"consultation", "plan", "CON-1", "--title", "en:Expert consultation", "--on", "2006-02-01"});
  look(called.desk, [](const Looking& at) {
    CHECK(entitiesLike(at, {"meeting", "consultation"}, "exper", 2).size() == 2);
    CHECK(entitiesLike(at, {"meeting", "consultation"}, "exper", 1).size() == 1);
    CHECK(entitiesLike(at, {"party"}, "urugu", 5).size() == 1);
    CHECK(entitiesLike(at, {"party"}, "urugu", 5, 3).empty());
    CHECK(consulta::Called(at).entity({"party"}, "Uruguay").ok());
    const auto unseen = consulta::Called(at, 3).entity({"party"}, "Uruguay");
    REQUIRE_FALSE(unseen.ok());
    CHECK(unseen.failures().front().rule == "reference.many");
    // Among what was looked at it may be the only one, but not among all.
    const auto first = at.title(*at.state.row(at.state.named("GRULAC", std::nullopt).front()));
    CHECK(consulta::Called(at).entity({"party"}, first).ok());
    CHECK_FALSE(consulta::Called(at, 3).entity({"party"}, first).ok());
    CHECK(consulta::Called(at, 3).entity({"party"}, "UY").ok());
  });
}

}  // namespace consulta::test
