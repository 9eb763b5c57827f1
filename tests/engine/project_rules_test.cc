#include <doctest/doctest.h>

#include <string>

#include "projections/rows/project.h"
#include "tests/support/story.h"

using namespace consulta;  // NOLINT
using test::Story;

namespace {

/// The codes, a donor with a requirement, and a project in concept.
struct Conceived : Story {
  explicit Conceived(const std::string& scope = "regional") {
    on("XXXX");
    const std::pair<const char*, const char*> items[] = {
        {"country", "UY"},   {"country", "AR"}, {"currency", "EUR"}, {"sector", "32161"},
        {"sector", "23210"}, {"goal", "MDG7"},  {"marker", "2"}};
    for (const auto& [list, code] : items) {
      given("reference.listed", std::string(list) + "/" + code,
            {{"list", list}, {"code", code}, {"names", {{"en", code}}}});
    }
    on("2006-01-01").given("party.registered", "ES", {{"name", "en:ES"}, {"kind", "donor"}});
    given("document.found", "DOC-1",
          {{"title", "en:Agreement"}, {"kind", "other"}, {"state", "issued"}});
    given("programme.identified", "PROG-1", {{"title", "en:Regional programme"}});
    given("funding.requirementSet", "REQ-1", {{"purposes", boost::json::array{"PROG-1"}}});
    given("project.conceived", "PRJ-1", {{"title", "en:Drying"}, {"scope", scope}});
  }
};

struct Appraised : Conceived {
  Appraised() {
    on("2006-02-01").given("project.formulated", "PRJ-1");
    on("2006-03-01").given("project.appraised", "PRJ-1");
  }
};

struct Approved : Appraised {
  Approved() { on("2006-06-01").given("project.approved", "PRJ-1", {{"securedShare", 60}}); }
};

boost::json::object secured(const std::string& share, const std::string& funds) {
  return {{"securedShare", share}, {"funds", boost::json::array{funds}}};
}

}  // namespace

TEST_CASE("a national project covers one country") {
  Story story;
  Conceived national("national");
  national.given("project.countryCovered", "PRJ-1", {{"country", "UY"}});
  national.when("project.countryCovered", "PRJ-1", {{"country", "AR"}});
  CHECK(national.refusedBy("project.countryCovered.national"));
  national.when("project.countryCovered", "PRJ-1", {{"country", "UY"}, {"share", 100}});
  CHECK(national.accepted());
  boost::json::object two{
      {"title", "en:Two"}, {"scope", "national"}, {"countries", boost::json::array{"UY", "AR"}}};
  national.when("project.conceived", "PRJ-2", two);
  CHECK(national.refusedBy("project.conceived.national"));
  two["state"] = "approved";
  national.when("project.found", "PRJ-2", two);
  CHECK(national.refusedBy("project.found.national"));
}

TEST_CASE("shares of countries and of sectors come to no more than the whole") {
  Conceived story;
  story.given("project.countryCovered", "PRJ-1", {{"country", "UY"}, {"share", "66.6"}});
  story.when("project.countryCovered", "PRJ-1", {{"country", "AR"}, {"share", "33.5"}});
  CHECK(story.refusedBy("project.countryCovered.sum"));
  story.when("project.countryCovered", "PRJ-1", {{"country", "AR"}, {"share", "101"}});
  CHECK(story.refusedBy("project.countryCovered.share"));
  story.given("project.countryCovered", "PRJ-1", {{"country", "AR"}, {"share", "33.4"}});
  story.given("project.sectorAssigned", "PRJ-1", {{"sector", "32161"}, {"share", "80"}});
  story.when("project.sectorAssigned", "PRJ-1", {{"sector", "23210"}, {"share", "21"}});
  CHECK(story.refusedBy("project.sectorAssigned.sum"));
  story.when("project.sectorAssigned", "PRJ-1", {{"sector", "23210"}, {"share", "-1"}});
  CHECK(story.refusedBy("project.sectorAssigned.share"));
  // A share that is changed takes the place of the one before.
  story.when("project.sectorAssigned", "PRJ-1", {{"sector", "32161"}, {"share", "100"}});
  CHECK(story.accepted());
}

TEST_CASE("a share entered late leaves the later ones room") {
  Conceived story;
  story.on("2006-03-01")
      .given("project.countryCovered", "PRJ-1", {{"country", "UY"}, {"share", "60"}});
  story.on("2006-02-01")
      .when("project.countryCovered", "PRJ-1", {{"country", "AR"}, {"share", "50"}});
  CHECK(story.refusedBy("project.countryCovered.sum"));
}

TEST_CASE("a party takes part in a role once, until it is released") {
  Conceived story;
  const boost::json::object part{{"party", "ES"}, {"role", "funding"}};
  story.when("project.partyReleased", "PRJ-1", part);
  CHECK(story.refusedBy("project.partyReleased.takes-part"));
  story.given("project.partyAdded", "PRJ-1", part);
  story.when("project.partyAdded", "PRJ-1", part);
  CHECK(story.refusedBy("project.partyAdded.once"));
  story.given("project.partyAdded", "PRJ-1", {{"party", "ES"}, {"role", "implementing"}});
  story.given("project.partyReleased", "PRJ-1", part);
  CHECK(story.as<Project>("PRJ-1").parties.size() == 1);
}

TEST_CASE("a budget is above zero and one of a period covers a year at most") {
  Conceived story;
  story.when("project.budgeted", "PRJ-1", {{"amount", "0.00 EUR"}});
  CHECK(story.refusedBy("project.budgeted.amount"));
  story.when("project.budgeted", "PRJ-1", {{"amount", "1.00 EUR"}, {"period", "2006/2007"}});
  CHECK(story.refusedBy("project.budgeted.year"));
  story.when("project.budgeted", "PRJ-1", {{"amount", "1.00 EUR"}, {"period", "2006/.."}});
  CHECK(story.refusedBy("project.budgeted.year"));
  story.given("project.budgeted", "PRJ-1", {{"amount", "1.00 EUR"}, {"period", "2006"}});
  story.given("project.budgeted", "PRJ-1", {{"amount", "2.00 EUR"}, {"period", "2006"}});
  CHECK(story.as<Project>("PRJ-1").budgets.size() == 1);
}

TEST_CASE("a project is approved on a secured share that the entry states") {
  Appraised story;
  story.when("project.approved", "PRJ-1");
  CHECK_FALSE(story.accepted());
  story.when("project.approved", "PRJ-1", {{"securedShare", 0}});
  CHECK(story.refusedBy("project.approved.secured"));
  story.when("project.approved", "PRJ-1", {{"securedShare", "100.1"}});
  CHECK(story.refusedBy("project.approved.share"));
  story.when("project.approved", "PRJ-1", {{"securedShare", -5}});
  CHECK(story.refusedBy("project.approved.share"));
  story.given("project.approved", "PRJ-1", {{"securedShare", "0.5"}});
  CHECK(story.as<Project>("PRJ-1").securedShare.unscaled == 5);
}

TEST_CASE("only confirmed pledges secure a project, as of the day of its approval") {
  Appraised story;
  story.on("2006-04-01").given("funding.announced", "PL-1", {{"party", "ES"}});
  story.on("2006-06-01").when("project.approved", "PRJ-1", secured("60", "REQ-1"));
  CHECK(story.refusedBy("project.approved.pledge"));
  story.when("project.approved", "PRJ-1", secured("60", "PL-1"));
  CHECK(story.refusedBy("project.approved.confirmed"));
  story.on("2006-07-01")
      .given("funding.confirmed", "PL-1", {{"amount", "10.00 EUR"}, {"agreement", "DOC-1"}});
  story.on("2006-06-01").when("project.approved", "PRJ-1", secured("60", "PL-1"));
  CHECK(story.refusedBy("project.approved.confirmed"));
  story.on("2006-03-15").when("project.approved", "PRJ-1", secured("60", "PL-1"));
  CHECK(story.refusedBy("project.approved.by-then"));
  story.on("2006-08-01").given("funding.withdrawn", "PL-1", {{"reason", "Budget cut"}});
  story.on("2006-08-02").when("project.approved", "PRJ-1", secured("60", "PL-1"));
  CHECK(story.refusedBy("project.approved.withdrawn"));
  story.on("2006-07-15").when("project.approved", "PRJ-1", secured("60", "PL-1"));
  CHECK(story.accepted());
}

TEST_CASE("a pledge that is withdrawn later, the same day too, had secured the project") {
  Appraised story;
  story.given("funding.found", "PL-1", {{"state", "confirmed"}, {"party", "ES"}});
  story.on("2006-06-01").given("project.approved", "PRJ-1", secured("60", "PL-1"));
  story.on("2006-05-31").when("funding.withdrawn", "PL-1", {{"reason", "Budget cut"}});
  CHECK(story.refusedBy("project.approved.withdrawn"));
  story.on("2006-06-01").when("funding.withdrawn", "PL-1", {{"reason", "Budget cut"}});
  CHECK(story.accepted());
}

TEST_CASE("a pledge found after an approval may have secured it") {
  Appraised story;
  story.on("2006-12-01").given("funding.found", "PL-1", {{"state", "confirmed"}, {"party", "ES"}});
  story.on("2006-06-01").when("project.approved", "PRJ-1", secured("60", "PL-1"));
  CHECK(story.accepted());
}

TEST_CASE("execution needs approval, and the steps come in order") {
  Appraised story;
  story.when("project.executionStarted", "PRJ-1");
  CHECK(story.refusedBy("project.lifecycle"));
  story.on("2006-06-01").given("project.approved", "PRJ-1", {{"securedShare", 60}});
  story.when("project.spent", "PRJ-1", {{"amount", "1.00 EUR"}});
  CHECK(story.refusedBy("project.lifecycle"));
  story.on("2006-07-01").given("project.executionStarted", "PRJ-1");
  story.when("project.spent", "PRJ-1", {{"amount", "0.00 EUR"}});
  CHECK(story.refusedBy("project.spent.amount"));
  story.when("project.financiallyClosed", "PRJ-1");
  CHECK(story.refusedBy("project.lifecycle"));
  story.on("2006-12-01").given("project.operationallyCompleted", "PRJ-1");
  story.given("project.spent", "PRJ-1", {{"amount", "1.00 EUR"}});
  story.when("project.financiallyClosed", "PRJ-1", {{"balance", "-1.00 EUR"}});
  CHECK(story.refusedBy("project.financiallyClosed.balance"));
  story.on("2007-01-01").given("project.financiallyClosed", "PRJ-1", {{"balance", "0.00 EUR"}});
  story.when("project.spent", "PRJ-1", {{"amount", "1.00 EUR"}});
  CHECK(story.refusedBy("project.lifecycle"));
  // Entered late, as of a day on which the accounts were open.
  story.on("2006-12-20").when("project.spent", "PRJ-1", {{"amount", "1.00 EUR"}});
  CHECK(story.accepted());
}

TEST_CASE("an entry that would take the approval from under the execution is refused") {
  Approved story;
  story.on("2006-07-01").given("project.executionStarted", "PRJ-1");
  story.on("2006-05-01").when("project.rejected", "PRJ-1", {{"reason", "A duplicate"}});
  CHECK(story.refusedBy("project.lifecycle"));
}

TEST_CASE("a project goes back to where it was suspended") {
  Approved story;
  story.when("project.suspended", "PRJ-1", {{"reason", "Funds"}, {"until", "2005"}});
  CHECK(story.refusedBy("project.suspended.until"));
  story.given("project.suspended", "PRJ-1", {{"reason", "Funds are awaited"}});
  story.given("project.resumed", "PRJ-1");
  CHECK(story.stateOf("PRJ-1") == "approved");
}

TEST_CASE("a project found before its approval has no day of approval") {
  Conceived story;
  boost::json::object found{{"title", "en:Two"},
                            {"scope", "regional"},
                            {"state", "appraised"},
                            {"approvedOn", "2005"},
                            {"budget", "0.00 EUR"}};
  story.when("project.found", "PRJ-2", found);
  CHECK(story.refusedBy("project.found.approved-on"));
  CHECK(story.refusedBy("project.found.budget"));
}

TEST_CASE("a revision of a project says something new") {
  Conceived story;
  story.when("project.revised", "PRJ-1", {{"reason", "Equipment came late"}});
  CHECK(story.refusedBy("project.revised.something"));
  story.when("project.revised", "PRJ-1", {{"period", "2007/2009"}});
  CHECK(story.accepted());
}
