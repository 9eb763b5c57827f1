// Whom the steps of a procedure ask: parties, groups and offices that are named, and what follows
// from it for their ends, for who may act, and for the worklist.
#include <doctest/doctest.h>

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "projections/rows/consultation_asked.h"
#include "projections/tasks.h"
#include "projections/waiting.h"
#include "tests/support/story.h"
#include "tests/support/story_steps.h"

using namespace consulta;  // NOLINT
using test::listItem;
using test::Story;

namespace {

using Types = std::vector<std::string>;
using Names = std::vector<std::string>;

/// A step of that kind and nothing else, with a time limit of ten days.
std::string oneStep(const std::string& kind, const std::string& by, const std::string& more) {
  return "name = \"P-1\"\ntitle = \"P\"\n[[step]]\nname = \"only\"\nkind = \"" + kind +
         "\"\ntitle = \"T\"\nwithin = \"P10D\"\nby = " + by + "\n" + more;
}

const char* const contributed = "on.received = \"not-adopted\"\non.closed = \"not-adopted\"\n";
const char* const tabledFirst =
    "name = \"P-1\"\ntitle = \"P\"\n[[step]]\nname = \"text\"\nkind = \"tabling\"\n"
    "title = \"T\"\non.tabled = \"only\"\n[[step]]\nname = \"only\"\ntitle = \"T\"\n";

/// AR, BR and UY are counted, MX observes; UY and MX are members of GRULAC, BR joins it later. Two
/// offices, of which LAC is responsible. Opened on 1 May 2006.
struct Asked : Story {
  explicit Asked(const std::string& definition) {
    recordedAt("2006-04-02").on("2006-04-01");
    for (const std::string code : {"AR", "BR", "MX", "UY"}) {
      listItem(*this, "country", code);
      given("party.registered", code,
            {{"name", "en:" + code}, {"kind", "member-state"}, {"country", code}});
    }
    given("party.registered", "GRULAC", {{"name", "en:Group"}, {"kind", "group"}});
    for (const std::string office : {"LAC", "LEGAL", "CABINET"}) {
      given("office.established", office,
            {{"name", "en:" + office}, {"kind", "headquarters-unit"}});
    }
    for (const std::string member : {"UY", "MX"}) {
      given("party.groupJoined", member, {{"group", "GRULAC"}});
    }
    given("procedure.adopted", "P-1", {{"definition", definition}});
    given("consultation.planned", "CON-1",
          {{"title", "en:C"}, {"procedure", "P-1"}, {"office", "LAC"}});
    for (const std::string party : {"AR", "BR", "UY"}) {
      given("consultation.invited", "CON-1", {{"party", party}, {"standing", "eligible"}});
    }
    given("consultation.invited", "CON-1", {{"party", "MX"}, {"standing", "observer"}});
    recordedAt("2006-05-01").on("2006-05-01").given("consultation.opened", "CON-1");
    day("2006-05-02");
  }

  void day(const std::string& date) { recordedAt(date).on(date); }
  void contributes(const std::string& party) {
    when("consultation.contributed", "CON-1", {{"party", party}, {"contribution", "Yes"}});
    INFO(why());
    CHECK(accepted());
  }
  Names named(const std::vector<EntityId>& ids) const {
    Names out;
    for (const auto one : ids) out.push_back(state().row(one)->head.name());
    return out;
  }
  /// The first task of a kind.
  std::optional<Task> task(DueKind kind) const {
    std::optional<Task> out;
    const auto forEver = std::numeric_limits<std::int64_t>::max();
    eachTask(state(), dateBounds("2006-05-03").value().earliestNs, forEver, [&](const Task& one) {
      if (one.due.kind == kind) out = one;
      return !out;
    });
    return out;
  }
  Names awaited(DueKind kind) const {
    const auto found = task(kind);
    REQUIRE(found);
    return named(awaitedOf(*state().row(found->id), found->due).whom);
  }
  Names offices(DueKind kind) const {
    const auto found = task(kind);
    REQUIRE(found);
    return named(officesOf(*state().row(found->id), found->due));
  }
  std::string outcome() { return lastRunOf(as<Consultation>("CON-1"), "only")->outcome; }
};

}  // namespace

TEST_CASE("contributions asked of one party are complete once it has contributed") {
  Asked story(oneStep("contributions", "\"UY\"", contributed));
  CHECK(story.awaited(DueKind::step) == Names{"UY"});
  story.contributes("AR");
  CHECK(story.outcome().empty());
  story.contributes("UY");
  CHECK(story.outcome() == "received");
}

TEST_CASE("contributions asked of a group wait for its members on the roll of the day it began") {
  Asked story(oneStep("contributions", "\"GRULAC\"", contributed));
  CHECK(story.awaited(DueKind::step) == Names{"UY", "MX"});
  story.given("party.groupJoined", "BR", {{"group", "GRULAC"}});
  CHECK(story.awaited(DueKind::step) == Names{"UY", "MX"});
  story.contributes("UY");
  CHECK(story.awaited(DueKind::step) == Names{"MX"});
  story.contributes("AR");
  CHECK(story.outcome().empty());
  story.given("consultation.struckOff", "CON-1", {{"party", "MX"}, {"reason", "Has left"}});
  CHECK(story.outcome() == "received");
}

TEST_CASE("a party that is named beside a role is asked too") {
  Asked story(oneStep("contributions", "[\"observers\", \"UY\"]", contributed));
  CHECK(story.awaited(DueKind::step) == Names{"UY", "MX"});
}

TEST_CASE("members that are groups bring in their own members") {
  Asked story(oneStep("contributions", "[\"eligible\"]", contributed));
  story.given("party.registered", "WIDER", {{"name", "en:Wider"}, {"kind", "group"}});
  story.given("party.groupJoined", "GRULAC", {{"group", "WIDER"}});
  story.given("procedure.revised", "P-1",
              {{"definition", oneStep("contributions", "\"WIDER\"", contributed)}});
  story.given("consultation.planned", "CON-2", {{"title", "en:C"}, {"procedure", "P-1"}});
  for (const std::string party : {"AR", "UY"}) {
    story.given("consultation.invited", "CON-2", {{"party", party}, {"standing", "eligible"}});
  }
  story.given("consultation.opened", "CON-2");
  const auto& row = story.as<Consultation>("CON-2");
  CHECK(story.named(askedParties(row, row.steps.front())) == Names{"UY"});
}

TEST_CASE("a step that asks an office is that office's, and after its escalation another's") {
  Asked story(oneStep("contributions", "[\"LEGAL\", \"UY\"]",
                      "escalate-to = \"CABINET\"\nescalate-after = \"P5D\"\n"
                      "on.received = \"not-adopted\"\non.closed = \"not-adopted\"\n"));
  CHECK(story.awaited(DueKind::step) == Names{"UY", "LEGAL"});
  CHECK(story.offices(DueKind::step) == Names{"LEGAL"});
  Asked meeting(oneStep("meeting", "\"LEGAL\"",
                        "escalate-to = \"CABINET\"\nescalate-after = \"P5D\"\n"
                        "on.held = \"adopted\"\non.cancelled = \"not-adopted\"\n"));
  CHECK(meeting.offices(DueKind::step) == Names{"LEGAL"});
  meeting.recordedAt("2006-05-12").fallDue();
  CHECK(meeting.enteredTypes() == Types{"consultation.stepOverdue"});
  CHECK(meeting.offices(DueKind::step) == Names{"LEGAL"});
  meeting.recordedAt("2006-05-17").fallDue();
  REQUIRE(meeting.enteredTypes() == Types{"consultation.escalated"});
  const auto run = meeting.as<Consultation>("CON-1").steps.front();
  CHECK(run.escalatedTo == meeting.id("CABINET"));
  CHECK(meeting.offices(DueKind::step) == Names{"CABINET"});
  meeting.fallDue();
  CHECK(meeting.entered().empty());
}

TEST_CASE("without an office that is named a step is that of the one responsible") {
  Asked story(oneStep("contributions", "\"eligible\"", contributed));
  CHECK(story.offices(DueKind::step) == Names{"LAC"});
}

TEST_CASE("a vote asked of a group is cast by its members and by nobody else") {
  Asked story(std::string(tabledFirst) +
              "kind = \"vote\"\nby = [\"GRULAC\", \"BR\"]\nmajority = \"simple\"\n"
              "quorum = \"1/2\"\non.carried = \"adopted\"\non.not-carried = \"not-adopted\"\n"
              "on.no-quorum = \"not-adopted\"\n");
  story.given("consultation.tabled", "CON-1", {{"revision", 1}, {"text", "en:We agree"}});
  story.given("consultation.voteOpened", "CON-1",
              {{"round", 1},
               {"majority", "simple"},
               {"quorum", 1},
               {"closes", "2006-05-10T18:00 Europe/Vienna"}});
  CHECK(story.named(story.as<Consultation>("CON-1").votes.front().eligible) == Names{"BR", "UY"});
  CHECK(story.awaited(DueKind::vote) == Names{"BR", "UY"});
  const auto cast = [&](const std::string& party) {
    story.when("consultation.voteCast", "CON-1",
               {{"round", 1}, {"party", party}, {"vote", "in-favour"}});
  };
  cast("AR");
  CHECK(story.refusedBy("consultation.voteCast.asked"));
  cast("MX");
  CHECK(story.refusedBy("consultation.voteCast.eligible"));
  cast("UY");
  CHECK(story.accepted());
  CHECK(story.awaited(DueKind::step) == Names{"BR"});
  story.recordedAt("2006-05-11").fallDue();
  CHECK(story.stateOf("CON-1") == "concluded");
  CHECK(story.as<Consultation>("CON-1").votes.front().eligibleCount == 2U);
}

TEST_CASE("a silence asked of one party is broken by it and by nobody else") {
  Asked story(std::string(tabledFirst) +
              "kind = \"silence\"\nby = \"UY\"\nperiod = \"PT72H\"\n"
              "on.observed = \"adopted\"\non.broken = \"not-adopted\"\n");
  story.given("consultation.tabled", "CON-1", {{"revision", 1}, {"text", "en:We agree"}});
  story.given("consultation.putUnderSilence", "CON-1",
              {{"revision", 1}, {"deadline", "2006-05-10T18:00 Europe/Vienna"}});
  const auto silence = story.task(DueKind::silence);
  REQUIRE(silence);
  const auto may = awaitedOf(*story.state().row(silence->id), silence->due);
  CHECK(story.named(may.whom) == Names{"UY"});
  CHECK(may.mayOnlyObject);
  story.when("consultation.objected", "CON-1", {{"party", "AR"}, {"reason", "No"}});
  CHECK(story.refusedBy("consultation.objected.asked"));
  story.when("consultation.objected", "CON-1", {{"party", "UY"}, {"reason", "No"}});
  CHECK(story.outcome() == "broken");
}

TEST_CASE("a vote is not opened where nobody of those asked is counted") {
  Asked story(std::string(tabledFirst) +
              "kind = \"vote\"\nby = \"MX\"\nmajority = \"simple\"\n"
              "on.carried = \"adopted\"\non.not-carried = \"not-adopted\"\n"
              "on.no-quorum = \"not-adopted\"\n");
  story.given("consultation.tabled", "CON-1", {{"revision", 1}, {"text", "en:We agree"}});
  story.when("consultation.voteOpened", "CON-1",
             {{"round", 1}, {"majority", "simple"}, {"closes", "2006-05-10T18:00 UTC"}});
  CHECK(story.refusedBy("consultation.voteOpened.roll"));
}
