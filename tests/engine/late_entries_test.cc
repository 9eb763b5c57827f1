// Entries that come late and newly bring something about: in the midst of what was entered as it
// happened only on somebody's authority, else as they always do.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/engine/consultation_story.h"
#include "tests/engine/running_procedure.h"
#include "tests/support/story_steps.h"

using namespace consulta;  // NOLINT
using test::Story;
using test::Types;

namespace {

/// Views are asked for, then a text is tabled, which adopts it.
struct ViewsThenText : test::PlannedProcedure {
  ViewsThenText()
      : PlannedProcedure(
            "name = \"P-1\"\ntitle = \"P\"\n[[step]]\nname = \"views\"\n"
            "kind = \"contributions\"\ntitle = \"V\"\nby = \"eligible\"\nwithin = \"P90D\"\n"
            "on.received = \"text\"\non.closed = \"text\"\n[[step]]\nname = \"text\"\n"
            "kind = \"tabling\"\ntitle = \"T\"\non.tabled = \"adopted\"\n",
            "P-1") {
    given("consultation.opened", "CON-1");
  }
  void contribute(const std::string& party, const std::string& day) {
    on(day).when("consultation.contributed", "CON-1",
                 {{"party", party}, {"contribution", "We agree"}});
  }
  /// AR has written on the tenth, and a text was tabled on the twelfth, before UY had written.
  void goOn() {
    contribute("AR", "2006-05-10");
    REQUIRE(accepted());
    on("2006-05-12");
    table(1);
    REQUIRE(accepted());
  }
};

/// A memorandum that SEGIB has signed, all told long afterwards; UNIDO's signature is the last.
struct LackingOne : Story {
  explicit LackingOne(const std::string& year) {
    recordedAt("2010-01-01").on(year);
    for (const std::string party : {"UNIDO", "SEGIB"}) {
      given("party.registered", party,
            {{"name", "en:" + party}, {"kind", "international-organization"}});
    }
    given("mou.proposed", "MOU-1", {{"title", "en:M"}, {"parties", {"UNIDO", "SEGIB"}}});
    for (const std::string act : {"mou.drafted", "mou.cleared", "mou.agreed"}) given(act, "MOU-1");
    given("mou.signed", "MOU-1", {{"party", "SEGIB"}});
  }
  void sign(const std::string& day) { on(day).when("mou.signed", "MOU-1", {{"party", "UNIDO"}}); }
};

const Types adoption{"consultation.contributed", "consultation.stepCompleted",
                     "consultation.stepStarted", "consultation.stepCompleted",
                     "consultation.concluded"};

}  // namespace

TEST_CASE("a late reply that newly makes an adoption is refused with what it would bring about") {
  ViewsThenText story;
  story.recordedAt("2006-05-12T12:00:00Z");
  story.goOn();
  story.recordedAt("2006-05-25");
  story.contribute("UY", "2006-05-03");
  CHECK(story.refusedBy("consequence.caused"));
  CHECK(story.why().find("consultation.stepCompleted of 2006-05-10") != std::string::npos);
  CHECK(story.why().find("consultation.tabled of 2006-05-12") != std::string::npos);
  CHECK(story.why().find("--authority") != std::string::npos);
  CHECK(story.stateOf("CON-1") == "open");
}

TEST_CASE("on authority it makes the adoption, each entry at its place and because of it") {
  ViewsThenText story;
  story.recordedAt("2006-05-12T12:00:00Z");
  story.goOn();
  story.recordedAt("2006-05-25").with("authority", "en:Presiding officer");
  story.contribute("UY", "2006-05-03");
  INFO(story.why());
  REQUIRE(story.enteredTypes() == adoption);
  std::vector<std::string> days;
  for (const auto& record : story.entered()) {
    days.emplace_back(record->get().getOccurred().getEdtf().cStr());
    if (record == story.entered().front()) continue;
    CHECK(record->get().getCause() != 0);
    CHECK(record->get().getActorLow() == 0);
  }
  CHECK(days == Types{"2006-05-03", "2006-05-10", "2006-05-10", "2006-05-12", "2006-05-12"});
  CHECK(story.row().outcome == schema::ConsultationOutcome::ADOPTED);
  const auto kept = story.Story::row("CON-1");
  CHECK(kept->equals(*story.state().timeline(kept->head.id).fold(Story::catalogue())));
}

TEST_CASE("what is entered within a week of its day is on time, in whatever order it comes") {
  ViewsThenText story;
  story.recordedAt("2006-05-12T12:00:00Z");
  story.goOn();
  story.recordedAt("2006-05-18");
  story.contribute("UY", "2006-05-11");
  INFO(story.why());
  CHECK(story.enteredTypes() == adoption);
}

TEST_CASE("a history that is taken over backwards is not hindered") {
  ViewsThenText story;
  story.recordedAt("2010-01-01").on("2006-05-12");
  story.table(1);
  story.contribute("AR", "2006-05-10");
  story.contribute("UY", "2006-05-03");
  INFO(story.why());
  CHECK(story.enteredTypes() == adoption);
}

TEST_CASE("what comes about behind all that was entered needs no authority, however late") {
  ViewsThenText story;
  story.recordedAt("2006-05-10T12:00:00Z");
  story.contribute("AR", "2006-05-10");
  story.recordedAt("2006-06-20");
  story.contribute("UY", "2006-05-03");
  INFO(story.why());
  CHECK(story.enteredTypes() == Types{"consultation.contributed", "consultation.stepCompleted",
                                      "consultation.stepStarted"});
  CHECK(story.run("views").completed.edtf == "2006-05-10");
}

TEST_CASE("an objection that is found late breaks a running silence only on authority") {
  for (const bool found : {false, true}) {
    CAPTURE(found);
    test::Silence72 story;
    story.table(1);
    story.recordedAt("2006-05-02").on("2006-05-02");
    story.silence(1, "2006-05-31");
    story.recordedAt("2006-05-05").on("2006-05-05");
    story.given("consultation.positionExplained", "CON-1",
                {{"party", "UY"}, {"explanation", "We join"}});
    story.recordedAt(found ? "2006-05-20" : "2006-05-08").on("2006-05-03");
    const boost::json::object objection{{"party", "AR"}, {"reason", "Too far"}};
    story.when("consultation.objected", "CON-1", objection);
    CHECK(story.accepted() == !found);
    if (!found) continue;
    CHECK(story.refusedBy("consequence.caused"));
    story.with("authority", "en:Presiding officer");
    story.when("consultation.objected", "CON-1", objection);
    CHECK(story.enteredTypes() == Types{"consultation.objected", "consultation.silenceBroken",
                                        "consultation.stepCompleted", "consultation.stepStarted"});
  }
}

TEST_CASE("an entry of any century is late, where the register has gone on from there") {
  for (const std::string year : {"1710", "1740", "2005"}) {
    CAPTURE(year);
    LackingOne story(year);
    story.on("2010-01-01").given("mou.noticeSet", "MOU-1", {{"days", 90}});
    story.sign(year + "-12-01");
    CHECK(story.refusedBy("consequence.caused"));
    story.with("authority", "en:Presiding officer");
    story.sign(year + "-12-01");
    CHECK(story.enteredTypes() == Types{"mou.signed", "mou.signedByAll"});
  }
}

TEST_CASE("a date that says nothing of when is no sign that the register had gone on") {
  for (const std::string unknown : {"XXXX", "2005/.."}) {
    CAPTURE(unknown);
    LackingOne story("2005-02");
    story.on("2005-03-11").given("mou.termSet", "MOU-1", {{"endsOn", "2015-12-31"}});
    story.on(unknown).given("mou.noticeSet", "MOU-1", {{"days", 90}});
    story.sign("2005-03-01");
    CHECK(story.enteredTypes() == Types{"mou.signed", "mou.signedByAll"});
  }
}
