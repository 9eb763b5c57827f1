#include <doctest/doctest.h>

#include <string>

#include "projections/rows/document.h"
#include "projections/rows/mandate.h"
#include "tests/support/story_steps.h"

using namespace consulta;  // NOLINT
using test::Story;

namespace {

/// A report drafted on 1 March 2006 for the thirty-first session of the Board, held in June.
struct Drafted : Story {
  Drafted() {
    on("2006-03-01");
    for (const std::string code : {"en", "fr", "es"}) listItem(*this, "language", code);
    for (const std::string code : {"IDB", "GC"}) listItem(*this, "body", code);
    given("session.listed", "IDB.31",
          {{"body", "IDB"}, {"number", 31}, {"dates", "2006-06-20/2006-06-22"}});
    given("office.established", "LAC", {{"name", "en:Bureau"}, {"kind", "headquarters-unit"}});
    file("FILE-FR", "fr");
    given("document.drafted", "DOC-1", {{"title", "en:Report"}, {"kind", "report"}});
  }
  void file(const std::string& name, const std::string& language) {
    given("file.attached", name,
          {{"kind", "text"},
           {"sha256", std::string(64, 'a')},
           {"size", 9},
           {"mediaType", "application/pdf"},
           {"language", language}});
  }
};

struct Submitted : Drafted {
  Submitted() {
    on("2006-04-01").given("document.cleared", "DOC-1", {{"office", "LAC"}});
    on("2006-04-10").given("document.submitted", "DOC-1", {{"session", "IDB.31"}});
  }
};

struct Issued : Submitted {
  Issued() {
    on("2006-05-02");
    given("document.issued", "DOC-1",
          {{"symbol", "IDB.31/10"}, {"languages", boost::json::array{"en"}}});
  }
};

struct Considered : Issued {
  Considered() { on("2006-06-21").given("document.considered", "DOC-1", {{"session", "IDB.31"}}); }
};

boost::json::object found(const std::string& state) {
  return {{"title", "en:Report"}, {"kind", "report"}, {"state", state}};
}

}  // namespace

TEST_CASE("a document is cleared, submitted, issued and considered in this order") {
  Drafted story;
  story.when("document.issued", "DOC-1", {{"languages", boost::json::array{"en"}}});
  CHECK(story.refusedBy("document.lifecycle"));
  story.when("document.submitted", "DOC-1");
  CHECK(story.refusedBy("document.lifecycle"));
  Considered whole;
  CHECK(whole.stateOf("DOC-1") == "considered");
  const auto& document = whole.as<Document>("DOC-1");
  CHECK(document.clearedBy == whole.row("LAC")->head.id);
  CHECK(document.issued.edtf == "2006-05-02");
  CHECK(document.considered.edtf == "2006-06-21");
}

TEST_CASE("a new draft says what is new, and is lawful until the issue") {
  Submitted story;
  story.when("document.redrafted", "DOC-1");
  CHECK(story.refusedBy("document.redrafted.something"));
  story.when("document.redrafted", "DOC-1", {{"title", "en:A better title"}});
  REQUIRE(story.accepted());
  CHECK(story.stateOf("DOC-1") == "drafted");
  Issued issued;
  issued.when("document.redrafted", "DOC-1", {{"title", "en:Too late"}});
  CHECK(issued.refusedBy("document.lifecycle"));
  issued.when("document.cleared", "DOC-1");
  CHECK(issued.refusedBy("document.lifecycle"));
}

TEST_CASE("a document that was considered is not withdrawn") {
  Considered story;
  story.when("document.withdrawn", "DOC-1", {{"reason", "Merged"}});
  CHECK(story.refusedBy("document.lifecycle"));
}

TEST_CASE("a document does not answer itself") {
  Drafted story;
  correctOpening(story, "DOC-1", {{"answers", "document:DOC-1"}});
  CHECK(story.refusedBy("document.answers.itself"));
}

TEST_CASE("a document found before its issue has no day of issue") {
  Drafted story;
  auto data = found("submitted");
  data["issuedOn"] = "2006-02-01";
  story.when("document.found", "DOC-2", data);
  CHECK(story.refusedBy("document.found.issued-on"));
  data["state"] = "issued";
  data["issuedOn"] = "2006-03-02";
  story.when("document.found", "DOC-2", data);
  CHECK(story.refusedBy("document.found.issued-later"));
  data["issuedOn"] = "2006-03";
  story.when("document.found", "DOC-2", data);
  CHECK(story.accepted());
}

TEST_CASE("a document is out in each language once") {
  Issued story;
  story.when("document.languageIssued", "DOC-1", {{"language", "en"}});
  CHECK(story.refusedBy("document.language.once"));
  story.when("document.languageIssued", "DOC-1", {{"language", "es"}, {"file", "FILE-FR"}});
  CHECK(story.refusedBy("document.language.file"));
  story.given("document.languageIssued", "DOC-1", {{"language", "fr"}, {"file", "FILE-FR"}});
  const auto& document = story.as<Document>("DOC-1");
  CHECK(document.languages == std::vector<std::string>{"en", "fr"});
  REQUIRE(document.languageFiles.size() == 1);
  CHECK(document.languageFiles[0].language == "fr");
  auto data = found("issued");
  data["languages"] = boost::json::array{"fr", "fr"};
  story.when("document.found", "DOC-2", data);
  CHECK(story.refusedBy("document.languages.distinct"));
}

TEST_CASE("a language that came out earlier, entered late, is not out twice") {
  Issued story;
  story.on("2006-06-01").given("document.languageIssued", "DOC-1", {{"language", "fr"}});
  story.on("2006-05-15").when("document.languageIssued", "DOC-1", {{"language", "fr"}});
  CHECK(story.refusedBy("document.language.once"));
  story.on("2006-05-01").when("document.languageIssued", "DOC-1", {{"language", "es"}});
  CHECK(story.refusedBy("document.lifecycle"));
}

TEST_CASE("the issued text is in a language of the issue and not a retired file") {
  Submitted story;
  boost::json::object data{{"languages", {"en", "en"}}};
  story.when("document.issued", "DOC-1", data);
  CHECK(story.refusedBy("document.languages.distinct"));
  data["languages"] = boost::json::array{"en"};
  data["file"] = "FILE-FR";
  story.when("document.issued", "DOC-1", data);
  CHECK(story.refusedBy("document.issued.language"));
  story.given("file.retired", "FILE-FR", {{"reason", "A wrong one"}});
  data["languages"] = boost::json::array{"fr"};
  story.on("2006-04-20").when("document.issued", "DOC-1", data);
  CHECK(story.refusedBy("document.file.retired"));
}

TEST_CASE("an office that is closed neither writes nor clears") {
  Drafted story;
  story.on("2006-03-10").given("office.closed", "LAC");
  story.on("2006-03-11");
  story.when("document.cleared", "DOC-1", {{"office", "LAC"}});
  CHECK(story.refusedBy("document.cleared.office"));
  story.when("document.drafted", "DOC-2",
             {{"title", "en:Note"}, {"kind", "note"}, {"author", "LAC"}});
  CHECK(story.refusedBy("document.author.standing"));
}

TEST_CASE("a corrigendum bears the symbol of its document with Corr, and is issued once") {
  Issued story;
  boost::json::object data{{"text", "en:For 2005 read 2006"}, {"symbol", "IDB.31/11/Corr.1"}};
  story.when("document.corrigendumIssued", "DOC-1", data);
  CHECK(story.refusedBy("document.symbol.added"));
  CHECK(story.why().find("IDB.31/10/Corr.1") != std::string::npos);
  data["symbol"] = "IDB.31/10/Add.1";
  story.when("document.corrigendumIssued", "DOC-1", data);
  CHECK(story.refusedBy("document.symbol.added"));
  data["symbol"] = "IDB.31/10/Corr.1";
  story.given("document.corrigendumIssued", "DOC-1", data);
  story.when("document.corrigendumIssued", "DOC-1", data);
  CHECK(story.refusedBy("document.corrigendum.once"));
  data["symbol"] = "IDB.31/10/Corr.2";
  story.when("document.corrigendumIssued", "DOC-1", data);
  CHECK(story.accepted());
  CHECK(story.as<Document>("DOC-1").corrigenda.size() == 2);
}

TEST_CASE("an addendum bears the symbol of its document with Add, and is issued once") {
  Issued story;
  boost::json::object data{{"title", "en:Annex"}, {"symbol", "IDB.31/10/Corr.1"}};
  story.when("document.addendumIssued", "DOC-1", data);
  CHECK(story.refusedBy("document.symbol.added"));
  data["symbol"] = "IDB.31/10/Add.1";
  story.given("document.addendumIssued", "DOC-1", data);
  story.when("document.addendumIssued", "DOC-1", data);
  CHECK(story.refusedBy("document.addendum.once"));
  story.when("document.addendumIssued", "DOC-1", {{"title", "en:Annex of no symbol"}});
  CHECK(story.accepted());
}

TEST_CASE("before a document is issued nothing is added to it") {
  Submitted story;
  story.when("document.corrigendumIssued", "DOC-1", {{"text", "en:For 2005 read 2006"}});
  CHECK(story.refusedBy("document.lifecycle"));
  story.when("document.addendumIssued", "DOC-1", {{"title", "en:Annex"}});
  CHECK(story.refusedBy("document.lifecycle"));
  story.when("document.revisionIssued", "DOC-1", {{"number", 1}});
  CHECK(story.refusedBy("document.lifecycle"));
}

TEST_CASE("revisions are numbered upwards, as their symbols say") {
  Issued story;
  story.when("document.revisionIssued", "DOC-1", {{"number", 0}});
  CHECK(story.refusedBy("document.revision.counts-up"));
  story.when("document.revisionIssued", "DOC-1", {{"number", 2}, {"symbol", "IDB.31/10/Rev.1"}});
  CHECK(story.refusedBy("document.symbol.added"));
  story.given("document.revisionIssued", "DOC-1", {{"number", 1}, {"symbol", "IDB.31/10/Rev.1"}});
  story.when("document.revisionIssued", "DOC-1", {{"number", 1}});
  CHECK(story.refusedBy("document.revision.counts-up"));
  story.on("2006-05-20");
  story.given("document.revisionIssued", "DOC-1", {{"number", 2}, {"symbol", "IDB.31/10/Rev.2"}});
  const auto& document = story.as<Document>("DOC-1");
  CHECK(document.revision == 2);
  CHECK(document.symbol == "IDB.31/10/Rev.2");
  REQUIRE(document.revisions.size() == 2);
  CHECK(document.revisions[1].date.edtf == "2006-05-20");
  // What was corrected is the revision, or the document as it first was.
  story.when("document.corrigendumIssued", "DOC-1",
             {{"text", "en:For 2005 read 2006"}, {"symbol", "IDB.31/10/Rev.2/Corr.1"}});
  CHECK(story.accepted());
}

TEST_CASE("a revision that comes late counts up among the others") {
  Issued story;
  story.on("2006-05-20").given("document.revisionIssued", "DOC-1", {{"number", 2}});
  story.on("2006-05-10").when("document.revisionIssued", "DOC-1", {{"number", 3}});
  CHECK(story.refusedBy("document.revision.counts-up"));
  story.when("document.revisionIssued", "DOC-1", {{"number", 1}});
  REQUIRE(story.accepted());
  CHECK(story.as<Document>("DOC-1").revision == 2);
}

TEST_CASE("a document of two bodies has corrigenda under both symbols") {
  Submitted story;
  story.given("document.issued", "DOC-1",
              {{"symbol", "IDB.31/8-PBC.22/6"}, {"languages", boost::json::array{"en"}}});
  boost::json::object data{{"text", "en:For 2005 read 2006"},
                           {"symbol", "IDB.31/8/Corr.1-PBC.22/7/Corr.1"}};
  story.when("document.corrigendumIssued", "DOC-1", data);
  CHECK(story.refusedBy("document.symbol.added"));
  data["symbol"] = "IDB.31/8/Corr.1-PBC.22/6/Corr.1";
  story.when("document.corrigendumIssued", "DOC-1", data);
  CHECK(story.accepted());
}

TEST_CASE("a symbol names one document") {
  Issued story;
  auto data = found("issued");
  data["symbol"] = "IDB.31/10";
  story.when("document.found", "DOC-2", data);
  CHECK(story.refusedBy("document.symbol.unique"));
}

TEST_CASE("a document is considered by a body, at its session and while that is held") {
  Issued story;
  story.on("2006-06-21");
  story.when("document.considered", "DOC-1");
  CHECK(story.refusedBy("document.body"));
  story.when("document.considered", "DOC-1", {{"session", "IDB.31"}, {"body", "GC"}});
  CHECK(story.refusedBy("document.session.body"));
  for (const std::string day : {"2006-06-19", "2006-06-23"}) {
    story.on(day).when("document.considered", "DOC-1", {{"session", "IDB.31"}});
    CHECK(story.refusedBy("document.session.dates"));
  }
  story.on("2006-06").when("document.considered", "DOC-1", {{"session", "IDB.31"}});
  CHECK(story.accepted());
}

TEST_CASE("what is proposed is not decided before the document was considered") {
  Issued story;
  story.given("document.actionProposed", "DOC-1",
              {{"kind", "takes-note"}, {"text", "en:May take note"}, {"body", "IDB"}});
  story.on("2006-06-21");
  const boost::json::object decision{
      {"kind", "takes-note"}, {"text", "en:Took note"}, {"session", "IDB.31"}};
  story.when("document.decisionTaken", "DOC-1", decision);
  CHECK(story.refusedBy("document.lifecycle"));
  CHECK(story.as<Document>("DOC-1").decisions.empty());
  story.given("document.considered", "DOC-1", {{"session", "IDB.31"}});
  story.when("document.decisionTaken", "DOC-1", {{"kind", "takes-note"}, {"text", "en:Note"}});
  CHECK(story.refusedBy("document.body"));
  story.given("document.decisionTaken", "DOC-1", decision);
  CHECK(story.as<Document>("DOC-1").decisions[0].date.edtf == "2006-06-21");
}

TEST_CASE("a decision taken on a document founds a mandate, a proposal does not") {
  Considered story;
  const boost::json::object mandate{
      {"title", "en:Programme"}, {"body", "IDB"}, {"kind", "decision"}, {"decision", "DOC-1"}};
  story.when("mandate.adopted", "IDB.31/Dec.4", mandate);
  CHECK(story.refusedBy("mandate.adopted.decision"));
  story.given("document.decisionTaken", "DOC-1",
              {{"kind", "requests"},
               {"text", "en:Requests a programme"},
               {"session", "IDB.31"},
               {"symbol", "IDB.31/Dec.4"}});
  story.when("mandate.adopted", "IDB.31/Dec.4", mandate);
  CHECK(story.accepted());
}
