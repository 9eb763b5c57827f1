#include <doctest/doctest.h>

#include <string>

#include "projections/rows/mandate.h"
#include "tests/support/story.h"

using namespace consulta;  // NOLINT
using test::Story;

namespace {

boost::json::object request(const std::string& number) {
  return {{"number", number},
          {"text", "en:To prepare a programme"},
          {"addressee", "en:Director General"}};
}

/// The bodies GC and IDB, session 31 of the Board in June 2006, an office, and two documents.
struct Listed : Story {
  Listed() {
    on("2005-12-02");
    for (const std::string body : {"GC", "IDB"}) {
      given("reference.listed", "body/" + body,
            {{"list", "body"}, {"code", body}, {"names", "en:" + body}});
    }
    given("session.listed", "IDB.31", {{"body", "IDB"}, {"number", 31}, {"dates", "2006-06"}});
    given("office.found", "LAC",
          {{"name", "en:LAC"}, {"kind", "headquarters-unit"}, {"state", "open"}});
    for (const std::string document : {"DOC-1", "DOC-2"}) {
      given("document.found", document,
            {{"title", "en:Report"}, {"kind", "report"}, {"state", "issued"}});
    }
  }
};

struct Adopted : Listed {
  Adopted() { given("mandate.adopted", "GC.11/Res.1", {{"title", "en:LAC"}, {"body", "GC"}}); }
};

/// Requests 1, before session 31 of the Board, and 2, without a deadline.
struct Asked : Adopted {
  Asked() {
    auto first = request("1");
    first["deadline"] = "before IDB.31";
    given("mandate.requestMade", "GC.11/Res.1", first);
    given("mandate.requestMade", "GC.11/Res.1", request("2"));
  }
};

struct Begun : Asked {
  Begun() { on("2006-01-10").given("mandate.begun", "GC.11/Res.1"); }
};

constexpr auto res = "GC.11/Res.1";

}  // namespace

TEST_CASE("a mandate is adopted at a session of the body that adopts it") {
  Listed story;
  story.when("mandate.adopted", res, {{"title", "en:LAC"}, {"body", "GC"}, {"session", "IDB.31"}});
  CHECK(story.refusedBy("mandate.session.body"));
}

TEST_CASE("a mandate is founded by a decision that was taken, not by one that was proposed") {
  Listed story;
  story.given("document.actionProposed", "DOC-1",
              {{"kind", "approves"}, {"text", "en:The Board may wish to approve"}});
  const boost::json::object data{{"title", "en:LAC"}, {"body", "GC"}, {"decision", "DOC-1"}};
  story.when("mandate.adopted", res, data);
  CHECK(story.refusedBy("mandate.adopted.decision"));
  story.given("document.considered", "DOC-1", {{"body", "IDB"}});
  story.given("document.decisionTaken", "DOC-1",
              {{"kind", "approves"}, {"text", "en:Approved"}, {"body", "IDB"}});
  story.when("mandate.adopted", res, data);
  CHECK(story.accepted());
}

TEST_CASE("requests of a mandate have different numbers") {
  Asked story;
  story.when("mandate.requestMade", res, request("1"));
  CHECK(story.refusedBy("mandate.requestMade.number"));
}

TEST_CASE("nothing is asked for by a day before the mandate was adopted") {
  Adopted story;
  auto data = request("1");
  data["deadline"] = "2005-11";
  story.when("mandate.requestMade", res, data);
  CHECK(story.refusedBy("mandate.deadline.after-adoption"));
  data["deadline"] = "2005-12";
  story.when("mandate.requestMade", res, data);
  CHECK(story.accepted());
}

TEST_CASE("a deadline is not moved to before the mandate was adopted") {
  Asked story;
  story.when("mandate.deadlineMoved", res, {{"request", "1"}, {"deadline", "2005-11-30"}});
  CHECK(story.refusedBy("mandate.deadline.after-adoption"));
}

TEST_CASE("a mandate without requests has none to assign") {
  Adopted story;
  story.when("mandate.requestAssigned", res, {{"request", "1"}, {"office", "LAC"}});
  CHECK(story.refusedBy("mandate.request.none"));
}

TEST_CASE("only a request that was made is assigned or reported on") {
  Begun story;
  story.when("mandate.requestAssigned", res, {{"request", "3"}, {"office", "LAC"}});
  CHECK(story.refusedBy("mandate.request.exists"));
  story.when("mandate.requestReported", res, {{"request", "3"}, {"document", "DOC-1"}});
  CHECK(story.refusedBy("mandate.request.exists"));
}

TEST_CASE("a deadline within the house is not later than that of the request") {
  Asked story;
  story.when("mandate.requestAssigned", res,
             {{"request", "1"}, {"office", "LAC"}, {"due", "2006-07-01"}});
  CHECK(story.refusedBy("mandate.requestAssigned.due"));
  story.when("mandate.requestAssigned", res,
             {{"request", "1"}, {"office", "LAC"}, {"due", "2006-05-15"}});
  CHECK(story.accepted());
  CHECK(story.stateOf(res) == "in-progress");
}

TEST_CASE("a document reports on a request once") {
  Begun story;
  story.given("mandate.requestReported", res, {{"request", "1"}, {"document", "DOC-1"}});
  story.when("mandate.requestReported", res, {{"request", "1"}, {"document", "DOC-1"}});
  CHECK(story.refusedBy("mandate.requestReported.once"));
}

TEST_CASE("a request that is fulfilled is not assigned, moved or fulfilled again") {
  Begun story;
  story.given("mandate.requestFulfilled", res,
              {{"request", "1"}, {"evidence", boost::json::array{"DOC-1"}}});
  story.when("mandate.requestFulfilled", res,
             {{"request", "1"}, {"evidence", boost::json::array{"DOC-2"}}});
  CHECK(story.refusedBy("mandate.request.open"));
  story.when("mandate.requestAssigned", res, {{"request", "1"}, {"office", "LAC"}});
  CHECK(story.refusedBy("mandate.request.open"));
  story.when("mandate.deadlineMoved", res, {{"request", "1"}, {"deadline", "2006-06-20"}});
  CHECK(story.refusedBy("mandate.request.open"));
}

TEST_CASE("a mandate is reported and fulfilled when every request is") {
  Begun story;
  story.given("mandate.requestReported", res, {{"request", "1"}, {"document", "DOC-1"}});
  CHECK(story.stateOf(res) == "in-progress");
  story.given("mandate.requestFulfilled", res,
              {{"request", "2"}, {"evidence", boost::json::array{"DOC-2"}}});
  CHECK(story.stateOf(res) == "reported");
  story.given("mandate.requestFulfilled", res,
              {{"request", "1"}, {"evidence", boost::json::array{"DOC-1"}}});
  CHECK(story.stateOf(res) == "fulfilled");
}

TEST_CASE("a request is no longer overdue once its deadline is set anew") {
  Begun story;
  story.on("2006-07-01")
      .given("mandate.requestOverdue", res, {{"request", "1"}, {"due", "2006-06"}});
  CHECK(story.as<Mandate>(res).requests[0].overdueSince.edtf == "2006-06");
  story.given("mandate.deadlineMoved", res, {{"request", "1"}, {"deadline", "2006-12-01"}});
  CHECK(story.as<Mandate>(res).requests[0].overdueSince.edtf.empty());
}

TEST_CASE("a mandate is replaced by a later one, never by itself or by what it replaced") {
  Adopted story;
  story.when("mandate.superseded", res, {{"by", res}});
  CHECK(story.refusedBy("mandate.superseded.itself"));
  story.on("2003-12-05")
      .given("mandate.adopted", "GC.10/Res.3", {{"title", "en:Earlier"}, {"body", "GC"}});
  story.on("2005-12-03").when("mandate.superseded", res, {{"by", "GC.10/Res.3"}});
  CHECK(story.refusedBy("mandate.superseded.later"));
  story.given("mandate.superseded", "GC.10/Res.3", {{"by", res}});
  story.when("mandate.superseded", res, {{"by", "GC.10/Res.3"}});
  CHECK(story.refusedBy("mandate.superseded.circle"));
}

TEST_CASE("a title in a further language stands beside the first") {
  Adopted story;
  story.given("mandate.retitled", res, {{"title", "fr:Programme"}});
  story.given("mandate.retitled", res, {{"title", "en:Latin America"}});
  const auto& title = story.as<Mandate>(res).title;
  REQUIRE(title.phrases.size() == 2);
  CHECK(title.phrases[0].text == "Latin America");
}

TEST_CASE("a request is addressed to, and assigned to, whoever is there, each named once") {
  Asked story;
  story.given("party.registered", "GRULAC", {{"name", "en:GRULAC"}, {"kind", "group"}});
  auto third = request("3");
  third["consult"] = boost::json::array{"GRULAC", "GRULAC"};
  third["addressed"] = boost::json::array{"LAC", "LAC"};
  story.when("mandate.requestMade", res, third);
  CHECK(story.refusedBy("mandate.requestMade.consult"));
  CHECK(story.refusedBy("mandate.requestMade.addressed"));
  story.on("2006-01-10");
  story.given("party.dissolved", "GRULAC");
  story.given("office.closed", "LAC");
  story.on("2006-01-11");
  third["consult"] = boost::json::array{"GRULAC"};
  third["addressed"] = boost::json::array{"LAC"};
  story.when("mandate.requestMade", res, third);
  CHECK(story.refusedBy("mandate.requestMade.standing"));
  CHECK(story.failures().size() == 2);
  story.when("mandate.requestAssigned", res, {{"request", "1"}, {"office", "LAC"}});
  CHECK(story.refusedBy("mandate.requestAssigned.office"));
  story.on("2006-01-09")
      .when("mandate.requestAssigned", res, {{"request", "1"}, {"office", "LAC"}});
  CHECK(story.accepted());  // while it was open
}

TEST_CASE("each piece of evidence and each region is named once") {
  Begun story;
  story.when("mandate.requestFulfilled", res, {{"request", "1"}, {"evidence", {"DOC-1", "DOC-1"}}});
  CHECK(story.refusedBy("mandate.requestFulfilled.evidence"));
  story.given("reference.listed", "region/419",
              {{"list", "region"}, {"code", "419"}, {"names", "en:LAC"}});
  story.when("mandate.adopted", "GC.11/Res.2",
             {{"title", "en:LAC"}, {"body", "GC"}, {"regions", {"419", "419"}}});
  CHECK(story.refusedBy("mandate.regions.distinct"));
}
