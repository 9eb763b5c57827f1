#include <doctest/doctest.h>

#include <string>

#include "projections/rows/programme.h"
#include "tests/support/story.h"

using namespace consulta;  // NOLINT
using test::Story;

namespace {

void list(Story& story, const std::string& kind, const std::string& code) {
  story.given("reference.listed", kind + "/" + code,
              {{"list", kind}, {"code", code}, {"names", "en:" + code}});
}

/// A programme that was identified on 1 March 2006.
struct Identified : Story {
  Identified() {
    on("2006-03-01");
    for (const std::string country : {"AR", "BR", "UY"}) list(*this, "country", country);
    for (const std::string sector : {"32120", "31110"}) list(*this, "sector", sector);
    for (const std::string area : {"trade", "energy"}) list(*this, "area", area);
    given("programme.identified", "PROG-1",
          {{"title", "en:Regional programme"},
           {"period", "2006/2007"},
           {"areas", boost::json::array{"trade"}}});
  }
};

struct Formulated : Identified {
  Formulated() { on("2006-04-01").given("programme.formulated", "PROG-1"); }

  void consultation(const std::string& name, const std::string& subject,
                    const std::string& outcome) {
    boost::json::object data{{"title", "en:Consultation"},
                             {"subjects", boost::json::array{subject}}};
    data["state"] = outcome.empty() ? "open" : "concluded";
    if (!outcome.empty()) data["outcome"] = outcome;
    given("consultation.found", name, data);
  }

  void document(const std::string& name, const std::string& kind) {
    given("document.found", name, {{"title", "en:Text"}, {"kind", kind}, {"state", "considered"}});
  }
};

struct Approved : Formulated {
  Approved() {
    document("DEC-1", "decision");
    on("2006-05-01").given("programme.approved", "PROG-1", {{"decision", "DEC-1"}});
  }
};

}  // namespace

TEST_CASE("a programme is not approved without a consultation or a decision") {
  Formulated story;
  story.when("programme.approved", "PROG-1");
  CHECK(story.refusedBy("programme.approved.needs-adoption"));
}

TEST_CASE("a programme is approved by a concluded consultation that adopted it") {
  Formulated story;
  story.consultation("CON-1", "PROG-1", "");
  story.consultation("CON-2", "PROG-1", "not-adopted");
  story.consultation("CON-3", "PROG-1", "adopted");
  story.when("programme.approved", "PROG-1", {{"consultation", "CON-1"}});
  CHECK(story.refusedBy("programme.approved.adopted"));
  story.when("programme.approved", "PROG-1", {{"consultation", "CON-2"}});
  CHECK(story.refusedBy("programme.approved.adopted"));
  story.when("programme.approved", "PROG-1", {{"consultation", "CON-3"}});
  REQUIRE(story.accepted());
  CHECK(story.as<Programme>("PROG-1").approvedOn.edtf == "2006-04-01");
  CHECK(story.as<Programme>("PROG-1").approvedBy);
}

TEST_CASE("a consultation on something else does not approve a programme") {
  Formulated story;
  story.given("programme.identified", "PROG-2", {{"title", "en:Another"}});
  story.consultation("CON-1", "PROG-2", "adopted");
  story.when("programme.approved", "PROG-1", {{"consultation", "CON-1"}});
  CHECK(story.refusedBy("programme.approved.subject"));
}

TEST_CASE("the consultation that a programme was put to approves it without being named again") {
  Formulated story;
  story.consultation("CON-1", "PROG-1", "adopted");
  story.given("programme.consulted", "PROG-1", {{"consultation", "CON-1"}});
  story.when("programme.approved", "PROG-1");
  CHECK(story.accepted());
}

TEST_CASE("a programme is approved by a decision that is its ground") {
  Formulated story;
  story.document("DOC-1", "report");
  story.document("DEC-1", "decision");
  story.with("grounds", boost::json::array{"DOC-1"}).when("programme.approved", "PROG-1");
  CHECK(story.refusedBy("programme.approved.needs-adoption"));
  story.with("grounds", boost::json::array{"DEC-1"}).when("programme.approved", "PROG-1");
  CHECK(story.accepted());
}

TEST_CASE("to take note of a programme is not to approve it") {
  Formulated story;
  list(story, "body", "IDB");
  story.document("DOC-1", "report");
  story.when("programme.approved", "PROG-1", {{"decision", "DOC-1"}});
  CHECK(story.refusedBy("programme.approved.decision"));
  story.given("document.decisionTaken", "DOC-1",
              {{"kind", "takes-note"}, {"text", "en:Took note"}, {"body", "IDB"}});
  story.when("programme.approved", "PROG-1", {{"decision", "DOC-1"}});
  CHECK(story.refusedBy("programme.approved.decision"));
  story.given("document.decisionTaken", "DOC-1",
              {{"kind", "approves"}, {"text", "en:Approved"}, {"body", "IDB"}});
  story.when("programme.approved", "PROG-1", {{"decision", "DOC-1"}});
  CHECK(story.accepted());
}

TEST_CASE("a programme is put once to a consultation that is about it") {
  Formulated story;
  story.given("programme.identified", "PROG-2", {{"title", "en:Another"}});
  story.consultation("CON-1", "PROG-2", "");
  story.consultation("CON-2", "PROG-1", "");
  story.when("programme.consulted", "PROG-1", {{"consultation", "CON-1"}});
  CHECK(story.refusedBy("programme.consulted.subject"));
  story.given("programme.consulted", "PROG-1", {{"consultation", "CON-2"}});
  CHECK(story.stateOf("PROG-1") == "in-consultation");
  story.when("programme.consulted", "PROG-1", {{"consultation", "CON-2"}});
  CHECK(story.refusedBy("programme.consulted.once"));
}

TEST_CASE("a consultation on the document that describes a programme is about the programme") {
  Identified story;
  story.given("document.found", "DOC-1",
              {{"title", "en:Text"}, {"kind", "programme-document"}, {"state", "issued"}});
  story.given("programme.formulated", "PROG-1", {{"document", "DOC-1"}});
  story.given("consultation.planned", "CON-1",
              {{"title", "en:On it"}, {"subjects", boost::json::array{"DOC-1"}}});
  story.when("programme.consulted", "PROG-1", {{"consultation", "CON-1"}});
  CHECK(story.accepted());
}

TEST_CASE("a share of a programme lies between none and the whole") {
  Identified story;
  story.when("programme.countryCovered", "PROG-1", {{"country", "UY"}, {"share", "100.5"}});
  CHECK(story.refusedBy("programme.countryCovered.share"));
  story.when("programme.sectorAssigned", "PROG-1", {{"sector", "32120"}, {"share", "-1"}});
  CHECK(story.refusedBy("programme.sectorAssigned.share"));
}

TEST_CASE("the shares of countries come to no more than the whole") {
  Identified story;
  story.given("programme.countryCovered", "PROG-1", {{"country", "UY"}, {"share", "33.4"}});
  story.given("programme.countryCovered", "PROG-1", {{"country", "AR"}, {"share", "66.5"}});
  story.when("programme.countryCovered", "PROG-1", {{"country", "BR"}, {"share", "0.11"}});
  CHECK(story.refusedBy("programme.countryCovered.sum"));
  story.given("programme.countryCovered", "PROG-1", {{"country", "AR"}, {"share", "66.49"}});
  story.when("programme.countryCovered", "PROG-1", {{"country", "BR"}, {"share", "0.11"}});
  CHECK(story.accepted());
  CHECK(story.as<Programme>("PROG-1").countries.size() == 3);
}

TEST_CASE("the shares of sectors come to no more than the whole") {
  Identified story;
  story.given("programme.sectorAssigned", "PROG-1", {{"sector", "32120"}, {"share", "100"}});
  story.when("programme.sectorAssigned", "PROG-1", {{"sector", "31110"}, {"share", "0.001"}});
  CHECK(story.refusedBy("programme.sectorAssigned.sum"));
}

TEST_CASE("only a priority area of the programme is dropped") {
  Identified story;
  story.when("programme.areaDropped", "PROG-1", {{"area", "energy"}});
  CHECK(story.refusedBy("programme.areaDropped.exists"));
  story.when("programme.areaDropped", "PROG-1", {{"area", "trade"}});
  CHECK(story.accepted());
  CHECK(story.as<Programme>("PROG-1").areas.empty());
}

TEST_CASE("an area that is stated again keeps its place and takes its framework") {
  Identified story;
  story.given("programme.areaAdded", "PROG-1", {{"area", "trade"}, {"framework", "en:2006-2009"}});
  const auto& areas = story.as<Programme>("PROG-1").areas;
  REQUIRE(areas.size() == 1);
  CHECK(areas[0].framework.phrases[0].text == "2006-2009");
}

TEST_CASE("steps are numbered from one and stand in the order of their numbers") {
  Identified story;
  story.when("programme.stepPlanned", "PROG-1", {{"number", 0}, {"text", "en:Nothing"}});
  CHECK(story.refusedBy("programme.stepPlanned.number"));
  story.given("programme.stepPlanned", "PROG-1", {{"number", 2}, {"text", "en:Projects"}});
  story.given("programme.stepPlanned", "PROG-1", {{"number", 1}, {"text", "en:Meeting"}});
  const auto& steps = story.as<Programme>("PROG-1").steps;
  REQUIRE(steps.size() == 2);
  CHECK(steps[0].text.phrases[0].text == "Meeting");
}

TEST_CASE("a suspension does not end before it begins") {
  Formulated story;
  story.when("programme.suspended", "PROG-1", {{"reason", "Funds"}, {"until", "2006-03"}});
  CHECK(story.refusedBy("programme.suspended.until"));
  story.when("programme.suspended", "PROG-1", {{"reason", "Funds"}, {"until", "2006-04"}});
  CHECK(story.accepted());
}

TEST_CASE("a programme is taken up again where it was suspended") {
  Approved story;
  story.given("programme.suspended", "PROG-1", {{"reason", "Funds"}, {"until", "2006-09"}});
  story.on("2006-08-01").given("programme.resumed", "PROG-1");
  CHECK(story.stateOf("PROG-1") == "approved");
  CHECK(story.as<Programme>("PROG-1").suspendedUntil.edtf.empty());
}

TEST_CASE("a programme found before its approval has no day of approval") {
  Story story;
  story.when("programme.found", "PROG-9",
             {{"title", "en:Africa"}, {"state", "formulated"}, {"approvedOn", "2004-05-01"}});
  CHECK(story.refusedBy("programme.found.approved-on"));
  story.when("programme.found", "PROG-9",
             {{"title", "en:Africa"}, {"state", "in-execution"}, {"approvedOn", "2004-05-01"}});
  CHECK(story.accepted());
}

TEST_CASE("a new formulation or a revision changes something") {
  Formulated story;
  story.when("programme.reformulated", "PROG-1", {{"reason", "None"}});
  CHECK(story.refusedBy("programme.reformulated.something"));
  Approved approved;
  approved.when("programme.revised", "PROG-1", {{"reason", "None"}});
  CHECK(approved.refusedBy("programme.revised.something"));
  approved.given("programme.revised", "PROG-1", {{"period", "2006/2008"}});
  CHECK(approved.as<Programme>("PROG-1").period.edtf == "2006/2008");
  CHECK(approved.as<Programme>("PROG-1").revisions.size() == 1);
}

TEST_CASE("execution needs approval") {
  Formulated story;
  story.when("programme.executionStarted", "PROG-1");
  CHECK(story.refusedBy("programme.lifecycle"));
}

TEST_CASE("a programme opens with each country and area once") {
  Identified story;
  story.when("programme.identified", "PROG-2",
             {{"title", "en:Twice"}, {"countries", {"AR", "AR"}}, {"areas", {"trade", "trade"}}});
  CHECK(story.refusedBy("programme.countries.distinct"));
  CHECK(story.refusedBy("programme.areas.distinct"));
  story.when("programme.approachStated", "PROG-1",
             {{"text", "en:Together"}, {"areas", {"trade", "trade"}}});
  CHECK(story.refusedBy("programme.areas.distinct"));
}

TEST_CASE("a dissolved party is no partner, and a closed office is responsible for no programme") {
  Identified story;
  story.given("party.registered", "SEGIB",
              {{"name", "en:SEGIB"}, {"kind", "regional-organization"}});
  story.given("office.established", "LAC", {{"name", "en:Bureau"}, {"kind", "headquarters-unit"}});
  story.given("party.dissolved", "SEGIB");
  story.given("office.closed", "LAC");
  story.on("2006-03-02");
  story.when("programme.partnerAdded", "PROG-1", {{"party", "SEGIB"}});
  CHECK(story.refusedBy("programme.partnerAdded.standing"));
  story.when("programme.officeAssigned", "PROG-1", {{"office", "LAC"}});
  CHECK(story.refusedBy("programme.office.standing"));
  boost::json::object data{{"title", "en:Old"}, {"office", "LAC"}};
  story.when("programme.identified", "PROG-2", data);
  CHECK(story.refusedBy("programme.office.standing"));
  data["state"] = "in-execution";
  story.when("programme.found", "PROG-2", data);
  CHECK(story.refusedBy("programme.office.standing"));
  data["state"] = "completed";
  story.when("programme.found", "PROG-2", data);
  CHECK(story.accepted());
}

TEST_CASE("a retired file describes no programme") {
  Identified story;
  story.given("file.attached", "FILE-1",
              {{"kind", "text"},
               {"sha256", std::string(64, 'a')},
               {"size", 9},
               {"mediaType", "application/pdf"}});
  story.given("file.retired", "FILE-1", {{"reason", "In error"}});
  story.on("2006-03-02");
  for (const std::string act : {"formulated", "reformulated"}) {
    story.when("programme." + act, "PROG-1", {{"document", "FILE-1"}});
    CHECK(story.refusedBy("programme.document.retired"));
  }
}
