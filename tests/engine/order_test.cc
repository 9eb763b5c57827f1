// Entries that come late or correct others: what follows from them, and what stands in their way.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "projections/past.h"
#include "projections/rows/meeting.h"
#include "projections/rows/mou.h"
#include "projections/rows/programme.h"
#include "tests/support/story.h"

namespace consulta::test {

namespace {

using schema::MouState;

/// Two parties and a memorandum between them, its text agreed on 15 March 2006.
void agreedMemorandum(Story& story) {
  story.on("2006-01-01");
  story.given("party.found", "UNIDO",
              {{"name", "UNIDO"}, {"kind", "international-organization"}, {"state", "active"}});
  story.given("party.found", "SEGIB",
              {{"name", "SEGIB"}, {"kind", "international-organization"}, {"state", "active"}});
  story.given("mou.proposed", "MOU-1", {{"title", "Memorandum"}, {"parties", {"UNIDO", "SEGIB"}}});
  story.on("2006-02-01").given("mou.drafted", "MOU-1");
  story.on("2006-03-01").given("mou.cleared", "MOU-1");
  story.on("2006-03-15").given("mou.agreed", "MOU-1");
}

void country(Story& story, const char* code) {
  story.given("reference.listed", std::string("country/") + code,
              {{"list", "country"}, {"code", code}, {"names", code}});
}

}  // namespace

TEST_CASE("the last signature in order completes a memorandum, whichever is entered last") {
  Story story;
  agreedMemorandum(story);
  story.on("2006-04-06").given("mou.signed", "MOU-1", {{"party", "UNIDO"}});
  story.on("2006-04-01").given("mou.signed", "MOU-1", {{"party", "SEGIB"}});
  REQUIRE(story.enteredTypes() == std::vector<std::string>{"mou.signed", "mou.signedByAll"});
  const auto completing = story.entered().back()->get();
  CHECK(std::string(completing.getOccurred().getEdtf().cStr()) == "2006-04-06");
  const auto row = story.row("MOU-1");
  CHECK(stateOf<MouState>(row->head) == MouState::SIGNED_BY_ALL);
  CHECK(as<Mou>(*row).signedOn.edtf == "2006-04-06");
  const auto on5April = dateBounds("2006-04-05").value().latestNs;
  CHECK(stateOf<MouState>(story.state().rowAt(row->head.id, on5April)->head) ==
        MouState::SIGNED_BY_SOME);
}

TEST_CASE("what followed from a withdrawn entry goes with it and cannot be withdrawn alone") {
  Story story;
  agreedMemorandum(story);
  story.on("2006-04-01").given("mou.signed", "MOU-1", {{"party", "SEGIB"}});
  story.on("2006-04-06").given("mou.signed", "MOU-1", {{"party", "UNIDO"}});
  REQUIRE(story.enteredTypes() == std::vector<std::string>{"mou.signed", "mou.signedByAll"});
  const auto signature = story.entered().front()->position();
  const auto completed = story.entered().back()->position();
  story.when("common.retraction", "MOU-1", {{"retracts", completed.value}});
  CHECK(story.refusedBy("retraction.consequence"));
  story.given("common.retraction", "MOU-1", {{"retracts", signature.value}});
  CHECK(story.stateOf("MOU-1") == "signed-by-some");
  CHECK(story.state().timeline(story.id("MOU-1")).withdrawn().contains(completed));
}

TEST_CASE("what completes a memorandum comes after a last signature of an imprecise day") {
  Story story;
  agreedMemorandum(story);
  story.on("2006-04-10").given("mou.termSet", "MOU-1", {{"months", 24}});
  story.on("2006-04").given("mou.signed", "MOU-1", {{"party", "UNIDO"}});  // by the 10th, then
  story.on("2006-04-01").given("mou.signed", "MOU-1", {{"party", "SEGIB"}});
  REQUIRE(story.enteredTypes() == std::vector<std::string>{"mou.signed", "mou.signedByAll"});
  CHECK(story.entered().back()->get().getOrderNs() == dateBounds("2006-04-10").value().earliestNs);
}

TEST_CASE("an entry whose consequence would not be lawful is refused and says so") {
  Story story;
  agreedMemorandum(story);
  story.on("2006-04-06").given("mou.signed", "MOU-1", {{"party", "UNIDO"}});
  story.on("2006-04-20").given("mou.entryIntoForceSet", "MOU-1", {{"entry", "on-last-signature"}});
  // It would be in force from the 10th, ten days before that was agreed.
  story.on("2006-04-10").when("mou.signed", "MOU-1", {{"party", "SEGIB"}});
  REQUIRE_FALSE(story.accepted());
  CHECK(story.refusedBy("consequence.order.mou.lifecycle"));
  CHECK(story.why().find("mou.enteredIntoForce") != std::string::npos);
}

TEST_CASE("what was found suspended goes back to the state that was named") {
  Story story;
  story.on("2006-01-01")
      .given("programme.found", "PROG-1",
             {{"title", "Regional programme"},
              {"state", "suspended"},
              {"stateBefore", "in-execution"}});
  story.on("2006-02-01").given("programme.resumed", "PROG-1");
  CHECK(stateOf<schema::ProgrammeState>(story.row("PROG-1")->head) ==
        schema::ProgrammeState::IN_EXECUTION);
}

TEST_CASE("what was found suspended without its earlier state is not resumed until that is known") {
  Story story;
  story.on("2006-01-01")
      .given("programme.found", "PROG-1",
             {{"title", "Regional programme"}, {"state", "suspended"}});
  const auto found = story.entered().front()->position().value;
  story.on("2006-02-01").when("programme.resumed", "PROG-1");
  CHECK(story.refusedBy("programme.state-before"));
  story.given("common.corrigendum", "PROG-1",
              {{"corrects", found},
               {"right", {{"stateBefore", "approved"}}},
               {"reason", "the file was found"}});
  story.given("programme.resumed", "PROG-1");
  CHECK(stateOf<schema::ProgrammeState>(story.row("PROG-1")->head) ==
        schema::ProgrammeState::APPROVED);
}

TEST_CASE("a state before is one from which the state found can be reached") {
  Story story;
  story.on("2006-01-01");
  const auto found = [&](const char* state, const char* before) {
    story.when("programme.found", "PROG-1",
               {{"title", "Regional programme"}, {"state", state}, {"stateBefore", before}});
    return !story.refusedBy("programme.found.state-before");
  };
  CHECK_FALSE(found("suspended", "completed"));
  CHECK_FALSE(found("approved", "formulated"));
  CHECK(found("suspended", "formulated"));
}

TEST_CASE("a changed past is checked against the entries of others that rested on it") {
  Story story;
  story.on("2006-04-03")
      .given("meeting.scheduled", "MTG-1",
             {{"title", "Expert meeting"},
              {"kind", "expert-group"},
              {"dates", "2006-06-26/2006-07-05"},
              {"place", "Vienna"}});
  story.given("meeting.confirmed", "MTG-1");
  story.on("2006-06-26").given("meeting.convened", "MTG-1");
  const auto convening = story.entered().front()->position().value;
  story.on("2006-06-28")
      .given("recommendation.recorded", "REC-1",
             {{"text", "Update the programmes"}, {"origin", "MTG-1"}});
  story.when("common.corrigendum", "MTG-1",
             {{"corrects", convening}, {"occurred", "2006-07-03"}, {"reason", "a slip"}});
  REQUIRE_FALSE(story.accepted());
  CHECK(story.why().find("recommendation:REC-1") != std::string::npos);
  story.when("common.corrigendum", "MTG-1",
             {{"corrects", convening}, {"occurred", "2006-06-27"}, {"reason", "a slip"}});
  CHECK(story.accepted());
}

TEST_CASE("backlog is checked against the entries of others that come behind it") {
  Story story;
  story.on("2006-01-01");
  story.given("party.registered", "SEGIB",
              {{"name", "SEGIB"}, {"kind", "international-organization"}});
  story.given("office.found", "LAC",
              {{"name", "Bureau"}, {"kind", "headquarters-unit"}, {"state", "open"}});
  story.on("2006-05-30")
      .given("liaison.logged", "LIA-1",
             {{"office", "LAC"}, {"party", "SEGIB"}, {"channel", "call"}});
  // It is the party's own newest entry, and yet it was called later that month.
  story.on("2006-05-10").when("party.dissolved", "SEGIB");
  REQUIRE_FALSE(story.accepted());
  CHECK(story.why().find("liaison:LIA-1") != std::string::npos);
  story.on("2006-06-10").when("party.dissolved", "SEGIB");
  CHECK(story.accepted());
}

TEST_CASE("a code is written as it stands in its list, and not used once it is retired") {
  Story story;
  story.on("2006-01-01");
  country(story, "UY");
  story.on("2006-02-01")
      .when("meeting.scheduled", "MTG-1",
            {{"title", "M"}, {"kind", "technical"}, {"country", "uy"}});
  CHECK(story.refusedBy("reference.code.form"));
  story.on("2006-03-01").given("reference.retired", "country/UY");
  const auto meeting = [&](const char* id, const char* day) {
    story.on(day).when("meeting.scheduled", id,
                       {{"title", "M"}, {"kind", "technical"}, {"country", "UY"}});
  };
  meeting("MTG-1", "2006-02-01");
  CHECK(story.accepted());
  meeting("MTG-2", "2006-04-01");
  CHECK(story.refusedBy("reference.code.retired"));
  story.when("common.symbolGiven", "reference:country/UY", {{"symbol", "country/XX"}});
  CHECK(story.refusedBy("common.symbolGiven.fixed"));
}

TEST_CASE("a correction may keep a code that was in use when the entry it corrects occurred") {
  Story story;
  story.on("2006-01-01");
  country(story, "UY");
  story.on("2006-02-01")
      .given("meeting.scheduled", "MTG-1",
             {{"title", "M"}, {"kind", "technical"}, {"place", "Montevido"}, {"country", "UY"}});
  const auto scheduling = story.entered().front()->position().value;
  story.on("2006-03-01").given("reference.retired", "country/UY");
  const auto correct = [&](boost::json::object right, const char* occurred) {
    boost::json::object data{
        {"corrects", scheduling}, {"right", std::move(right)}, {"reason", "a slip"}};
    if (occurred != nullptr) data["occurred"] = occurred;
    story.on("2006-05-01").when("common.corrigendum", "MTG-1", std::move(data));
  };
  correct({{"place", "Montevideo"}}, nullptr);
  CHECK(story.accepted());
  correct({{"title", "Meeting"}}, "2006-04-01");
  CHECK(story.refusedBy("reference.code.retired"));
  correct({{"title", "Meeting"}}, "2006-02-02");
  CHECK(story.accepted());
}

TEST_CASE("what an entry of an imprecise date was allowed by may lie behind its place") {
  Story story;
  story.on("2006-01-01");
  for (const char* id : {"SEGIB", "OTHER"}) {
    story.given("party.registered", id, {{"name", id}, {"kind", "international-organization"}});
  }
  story.on("2006-03-10").given("party.reclassified", "SEGIB", {{"kind", "group"}});
  const auto naming = story.entered().front()->position().value;
  // In March, which began before it was a group.
  story.on("2006-03").given("party.representationTaken", "OTHER", {{"represented", "SEGIB"}});
  const auto correctTo = [&](const char* day) {
    story.on("2006-05-01")
        .when("common.corrigendum", "SEGIB",
              {{"corrects", naming}, {"occurred", day}, {"reason", "a slip"}});
  };
  correctTo("2006-04-10");
  CHECK(story.refusedBy("party.represents.kind"));
  correctTo("2006-03-20");
  CHECK(story.accepted());
}

TEST_CASE("an entry is refused its wrong correction for itself, not as one that comes later") {
  Story story;
  agreedMemorandum(story);
  story.on("2006-04-06").given("mou.signed", "MOU-1", {{"party", "UNIDO"}});
  const auto signing = story.entered().front()->position().value;
  story.on("2006-05-01")
      .when("common.corrigendum", "MOU-1",
            {{"corrects", signing}, {"occurred", "2006-03-10"}, {"reason", "a slip"}});
  std::vector<std::string> rules;
  for (const auto& one : story.failures()) rules.push_back(one.rule);
  // The agreement of 15 March is the one that comes later.
  CHECK(rules == std::vector<std::string>{"mou.lifecycle", "order.mou.lifecycle"});
}

TEST_CASE("a symbol names one entity of its aggregate, whichever entry gives it") {
  Story story;
  story.on("2006-01-01");
  country(story, "UY");
  country(story, "AR");
  story.given("party.registered", "UY",
              {{"name", "Uruguay"}, {"kind", "member-state"}, {"country", "UY"}});
  story.given("party.registered", "AR",
              {{"name", "Argentina"}, {"kind", "member-state"}, {"country", "AR"}});
  story.when("common.symbolGiven", "party:UY", {{"symbol", "ar"}});
  CHECK(story.refusedBy("party.symbol.unique"));
  story.given("common.symbolGiven", "party:UY", {{"symbol", "URUGUAY"}});
  const auto naming = story.entered().front()->position().value;
  story.when("common.corrigendum", "party:UY",
             {{"corrects", naming}, {"right", {{"symbol", "AR"}}}, {"reason", "a slip"}});
  CHECK(story.refusedBy("party.symbol.unique"));
}

TEST_CASE("a correction of an opening entry is checked against all other entities, not itself") {
  Story story;
  story.on("2006-01-01");
  country(story, "UY");
  country(story, "AR");
  country(story, "PY");
  story.given("party.registered", "UY",
              {{"name", "Uruguay"}, {"kind", "member-state"}, {"country", "UY"}});
  const auto opening = story.entered().front()->position().value;
  story.given("party.registered", "AR",
              {{"name", "Argentina"}, {"kind", "member-state"}, {"country", "AR"}});
  const auto correctTo = [&](const char* code) {
    story.when("common.corrigendum", "party:UY",
               {{"corrects", opening}, {"right", {{"country", code}}}, {"reason", "a slip"}});
  };
  correctTo("AR");
  CHECK(story.refusedBy("party.state.unique"));
  correctTo("PY");
  CHECK(story.accepted());
}

TEST_CASE("a symbol that was corrected away is still found as it was known") {
  Story story;
  story.on("2006-05-01")
      .given("meeting.scheduled", "MTG-1", {{"title", "Meeting"}, {"kind", "technical"}});
  story.given("common.symbolGiven", "MTG-1", {{"symbol", "EGM.1"}});
  const auto naming = story.entered().front()->position();
  story.given("common.corrigendum", "MTG-1",
              {{"corrects", naming.value}, {"right", {{"symbol", "EGM.2"}}}, {"reason", "a slip"}});
  CHECK(story.state().named("EGM.1", std::nullopt).empty());
  const PastState then(story.state(), Moment{Timeline::the_end, naming});
  CHECK(then.named("EGM.1", std::nullopt).size() == 1);
  CHECK(then.named("EGM.2", std::nullopt).empty());
}

TEST_CASE("of a late entry what is wrong with itself is said before what it would do to others") {
  Story story;
  story.on("2006-03-01")
      .given("meeting.scheduled", "MTG-1", {{"title", "Experts"}, {"kind", "expert-group"}});
  story.on("2006-05-10")
      .given("meeting.confirmed", "MTG-1", {{"dates", "2006-06-26"}, {"place", "Vienna"}});
  story.on("2006-04-01").when("meeting.closed", "MTG-1");
  REQUIRE(story.failures().size() > 1);
  CHECK(story.failures().front().rule == "meeting.lifecycle");
  CHECK(story.failures().back().rule.starts_with("order."));
}

TEST_CASE(
    "a refusal says at once what is wrong with the day, with what is named and with the act") {
  Story story;
  story.on("2006-03-01")
      .given("meeting.scheduled", "MTG-1", {{"title", "Experts"}, {"kind", "expert-group"}});
  story.on("2099-01-01").when("meeting.convened", "MTG-1", {{"chair", "NOBODY"}});
  std::vector<std::string> rules;
  for (const auto& one : story.failures()) rules.push_back(one.rule);
  CAPTURE(rules.size());
  for (const auto* rule : {"reference.exists", "entry.occurred.past", "meeting.lifecycle"}) {
    CAPTURE(rule);
    CHECK(std::ranges::count(rules, rule) == 1);
  }
}

}  // namespace consulta::test
