// Items of reference lists, exchange rates and sessions: what other entries lean on.
#include <doctest/doctest.h>

#include <string>

#include "projections/rows/rate.h"
#include "projections/rows/reference.h"
#include "projections/rows/session.h"
#include "tests/support/story_steps.h"

using namespace consulta;  // NOLINT
using test::Story;

namespace {

boost::json::object item(const std::string& list, const std::string& code) {
  return {{"list", list}, {"code", code}, {"names", "en:" + code}};
}

struct Currencies : Story {
  Currencies() {
    on("2006-04-01");
    for (const std::string code : {"EUR", "USD"}) listItem(*this, "currency", code);
  }
  static boost::json::object euro(const std::string& rate) {
    return {{"base", "EUR"}, {"quote", "USD"}, {"rate", rate}};
  }
};

struct Session31 : Story {
  Session31() {
    on("2006-01-01");
    listItem(*this, "body", "IDB");
    given("session.listed", "IDB.31", {{"body", "IDB"}, {"number", 31}});
  }
};

}  // namespace

TEST_CASE("an item is named by its list and its code, and listed once") {
  Story story;
  story.when("reference.listed", "UY", item("country", "UY"));
  CHECK(story.refusedBy("reference.listed.name"));
  story.given("reference.listed", "country/UY", item("country", "UY"));
  story.when("reference.listed", "country/UY", item("country", "UY"));
  CHECK(story.refusedBy("reference.symbol.unique"));
  story.when("reference.listed", "region/UY", item("region", "UY"));
  CHECK(story.accepted());
}

TEST_CASE("an item keeps its code, for entries name it by that") {
  Story story;
  story.given("reference.listed", "country/UY", item("country", "UY"));
  correctOpening(story, "country/UY", {{"code", "UR"}});
  CHECK(story.refusedBy("reference.listed.name"));
  CHECK(story.why().find("retire") != std::string::npos);
  correctOpening(story, "country/UY", {{"names", "en:Uruguay"}});
  CHECK(story.accepted());
}

TEST_CASE("a country is part of a region, and any other item of one in its own list") {
  Story story;
  auto uruguay = item("country", "UY");
  uruguay["parent"] = "005";
  story.when("reference.listed", "country/UY", uruguay);
  CHECK(story.refusedBy("reference.listed.parent"));
  listItem(story, "region", "005");
  story.when("reference.listed", "country/UY", uruguay);
  CHECK(story.accepted());
}

TEST_CASE("an item does not come to be part of itself") {
  Story story;
  listItem(story, "region", "019");
  auto inner = item("region", "419");
  inner["parent"] = "019";
  story.given("reference.listed", "region/419", inner);
  correctOpening(story, "region/019", {{"parent", "419"}});
  CHECK(story.refusedBy("reference.listed.circle"));
  correctOpening(story, "region/019", {{"parent", "019"}});
  CHECK(story.refusedBy("reference.listed.circle"));
}

TEST_CASE("an item is not valid until a day before it is valid") {
  Story story;
  auto goal = item("goal", "MDG1");
  goal["validFrom"] = "2000-09-08";
  goal["validTo"] = "1999";
  story.when("reference.listed", "goal/MDG1", goal);
  CHECK(story.refusedBy("reference.listed.validity"));
  goal["validTo"] = "2015";
  story.given("reference.listed", "goal/MDG1", goal);
  story.when("reference.retired", "goal/MDG1", {{"validTo", "2000-08"}});
  CHECK(story.refusedBy("reference.retired.validity"));
}

TEST_CASE("a retired item is replaced by another one of its list that is in use") {
  Story story;
  story.on("2006-01-01");
  for (const std::string code : {"CSK", "CZK", "SKK"}) listItem(story, "currency", code);
  story.when("reference.retired", "currency/CSK", {{"replacedBy", "EUR"}});
  CHECK(story.refusedBy("reference.retired.replacement"));
  story.when("reference.retired", "currency/CSK", {{"replacedBy", "CSK"}});
  CHECK(story.refusedBy("reference.retired.itself"));
  story.given("reference.retired", "currency/SKK");
  story.when("reference.retired", "currency/CSK", {{"replacedBy", "SKK"}});
  CHECK(story.refusedBy("reference.retired.replacement-retired"));
  story.when("reference.retired", "currency/CSK", {{"replacedBy", "CZK"}});
  CHECK(story.accepted());
}

TEST_CASE("nothing more is entered on a retired item, and nothing new is part of it") {
  Story story;
  story.on("2006-01-01");
  listItem(story, "area", "energy");
  story.given("reference.retired", "area/energy");
  story.when("reference.renamed", "area/energy", {{"names", "en:Energy"}});
  CHECK(story.refusedBy("reference.retired"));
  auto inner = item("area", "wind");
  inner["parent"] = "energy";
  story.when("reference.listed", "area/wind", inner);
  CHECK(story.refusedBy("reference.listed.parent-retired"));
}

TEST_CASE("that an item is retired stands in the way before any value is given") {
  Story story;
  listItem(story, "area", "energy");
  story.given("reference.retired", "area/energy");
  for (const auto& one : possibleActs(story.state(), *story.row("area/energy"), 0)) {
    if (one.act->type.starts_with("reference.")) CHECK_FALSE(one.inTheWay.empty());
  }
}

TEST_CASE("a rate is above zero and between two currencies") {
  Currencies story;
  story.when("rate.quoted", "RATE-1", Currencies::euro("0"));
  CHECK(story.refusedBy("rate.quoted.positive"));
  story.when("rate.quoted", "RATE-1", Currencies::euro("-1.2"));
  CHECK(story.refusedBy("rate.quoted.positive"));
  auto same = Currencies::euro("1.2");
  same["quote"] = "EUR";
  story.when("rate.quoted", "RATE-1", same);
  CHECK(story.refusedBy("rate.quoted.pair"));
}

TEST_CASE("one publisher quotes a pair once a day") {
  Currencies story;
  story.given("rate.quoted", "RATE-1", Currencies::euro("1.2143"));
  story.when("rate.quoted", "RATE-2", Currencies::euro("1.2144"));
  CHECK(story.refusedBy("rate.quoted.once"));
  auto bank = Currencies::euro("1.2144");
  bank["quotedBy"] = "European Central Bank";
  story.given("rate.quoted", "RATE-2", bank);
  story.on("2006-04-02").given("rate.quoted", "RATE-3", Currencies::euro("1.2150"));
  correctDate(story, "RATE-3", newest(story), "2006-04-01");
  CHECK(story.refusedBy("rate.quoted.once"));
  correctOpening(story, "RATE-3", {{"rate", "1.2151"}});
  REQUIRE(story.accepted());
  CHECK(story.as<Rate>("RATE-3").rate == RowDecimal{12151, 4, true});
}

TEST_CASE("a withdrawn rate leaves its day to another one, and is withdrawn once") {
  Currencies story;
  story.given("rate.quoted", "RATE-1", Currencies::euro("1.2143"));
  story.given("rate.withdrawn", "RATE-1", {{"reason", "A misprint"}});
  story.when("rate.withdrawn", "RATE-1");
  CHECK(story.refusedBy("rate.withdrawn.once"));
  story.when("rate.quoted", "RATE-2", Currencies::euro("1.2144"));
  CHECK(story.accepted());
}

TEST_CASE("a session is named by its body and number, and keeps both") {
  Session31 story;
  story.when("session.listed", "BOARD", {{"body", "IDB"}, {"number", 32}});
  CHECK(story.refusedBy("session.name"));
  story.when("session.listed", "IDB.0", {{"body", "IDB"}, {"number", 0}});
  CHECK(story.refusedBy("session.number"));
  story.when("session.found", "IDB.31", {{"body", "IDB"}, {"number", 31}, {"state", "closed"}});
  CHECK(story.refusedBy("session.symbol.unique"));
  correctOpening(story, "IDB.31", {{"number", 32}});
  CHECK(story.refusedBy("session.name"));
  correctOpening(story, "IDB.31", {{"place", "Vienna"}});
  CHECK(story.accepted());
}

TEST_CASE("the dates of a session become known later and hold the day it began") {
  Session31 story;
  story.on("2006-02-01").given("session.dated", "IDB.31", {{"dates", "2006-06"}});
  story.on("2006-07-03").when("session.opened", "IDB.31");
  CHECK(story.refusedBy("session.opened.dates"));
  story.on("2006-06-20").given("session.opened", "IDB.31");
  CHECK(story.as<SessionRow>("IDB.31").began.edtf == "2006-06-20");
  story.when("session.dated", "IDB.31", {{"dates", "2006-06-21/2006-06-23"}});
  CHECK(story.refusedBy("session.dated.held"));
  story.when("session.dated", "IDB.31", {{"dates", "2006-06-20/2006-06-23"}});
  CHECK(story.accepted());
}

TEST_CASE("a session whose dates were never known can begin on any day") {
  Session31 story;
  story.on("2006-06-20").when("session.opened", "IDB.31");
  CHECK(story.accepted());
}

TEST_CASE("a session does not end before it began, nor after the dates that are known") {
  Session31 story;
  story.given("session.dated", "IDB.31", {{"dates", "2006-06-20/2006-06-22"}});
  story.on("2006-06-20").given("session.opened", "IDB.31");
  story.on("2006-06-23").when("session.closed", "IDB.31");
  CHECK(story.refusedBy("session.closed.dates"));
  story.on("2006-06-22").given("session.closed", "IDB.31");
  correctDate(story, "IDB.31", newest(story), "2006-06-19");
  CHECK_FALSE(story.accepted());
  Session31 found;
  found.on("2006-06-21")
      .given(
          "session.found", "IDB.30",
          {{"body", "IDB"}, {"number", 30}, {"state", "open"}, {"dates", "2006-06-20/2006-06-22"}});
  correctDate(found, "IDB.30", newest(found), "2006-06-19");
  found.on("2006-06-19").when("session.closed", "IDB.30");
  CHECK(found.refusedBy("session.closed.after-opening"));
}

TEST_CASE("new dates entered late are held against the day the session began") {
  Session31 story;
  story.on("2006-06-20").given("session.opened", "IDB.31");
  story.on("2006-03-01").when("session.dated", "IDB.31", {{"dates", "2006-09"}});
  CHECK(story.refusedBy("session.opened.dates"));
  story.when("session.dated", "IDB.31", {{"dates", "2006-06"}});
  CHECK(story.accepted());
}

TEST_CASE("a session gets a new title or place, and somebody who is there presides") {
  Session31 story;
  story.when("session.retitled", "IDB.31");
  CHECK(story.refusedBy("session.retitled.something"));
  story.given("party.registered", "SEGIB",
              {{"name", "en:SEGIB"}, {"kind", "regional-organization"}});
  story.on("2006-03-01").given("party.dissolved", "SEGIB");
  story.on("2006-06-20").when("session.opened", "IDB.31", {{"president", "SEGIB"}});
  CHECK(story.refusedBy("session.opened.president"));
}
