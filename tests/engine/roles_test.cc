// What the roles that were granted to somebody let them enter.
#include <doctest/doctest.h>

#include <string>

#include "tests/support/story.h"
#include "tests/support/story_steps.h"

using namespace consulta;  // NOLINT
using test::Story;

namespace {

std::string actor(int number) {
  return "00000000-0000-0000-0000-00000000000" + std::to_string(number);
}

/// 1 administers, 2 audits, 3 enters for one office, 4 enters for all, and nobody has granted
/// anything to 5.
struct WithRoles : Story {
  WithRoles() {
    test::listItem(*this, "language", "en");
    given("register.opened", "REG",
          {{"organization", "en:Test"},
           {"timeZone", "UTC"},
           {"languages", {"en"}},
           {"registerId", "0190a5e2-7c41-7d0e-9b1f-3a5c8e2f6d47"}});
    for (const std::string office : {"LAC", "AFR"}) {
      given("office.established", office, {{"name", "en:" + office}, {"kind", "field-office"}});
    }
    for (int i = 1; i <= 5; ++i) {
      given("register.actorEnrolled", "REG", {{"actor", actor(i)}, {"name", "Somebody"}});
    }
    grant(1, "administrator");
    grant(2, "auditor");
    given("register.roleGranted", "REG",
          {{"actor", actor(3)}, {"role", "clerk"}, {"office", "LAC"}});
    grant(4, "clerk");
  }
  void grant(int number, const std::string& role) {
    given("register.roleGranted", "REG", {{"actor", actor(number)}, {"role", role}});
  }
  /// Whoever acts withdraws their own role as administrator.
  void stepDown(int number) {
    given("register.roleWithdrawn", "REG", {{"actor", actor(number)}, {"role", "administrator"}});
  }
  void retract(const std::string& name, std::uint64_t position) {
    when("common.retraction", name, {{"retracts", position}});
  }
  void delegation(const std::string& type, int from, int to) {
    boost::json::object data{{"from", actor(from)}, {"to", actor(to)}};
    if (type == "register.delegated") data["begins"] = "2006-01-01";
    when(type, "REG", data);
  }
  void plan(const std::string& name, const std::string& office = {}) {
    boost::json::object data{{"title", "en:C"}};
    if (!office.empty()) data["office"] = office;
    when("consultation.planned", name, data);
  }
};

}  // namespace

TEST_CASE("an auditor enters nothing, and is told who may") {
  WithRoles story;
  story.by(2);
  story.plan("CON-1");
  CHECK(story.refusedBy("role.enters"));
  CHECK(story.why().find("the role of a clerk") != std::string::npos);
  CHECK(story.why().find(actor(4)) != std::string::npos);
  CHECK(story.why().find(actor(2)) == std::string::npos);
}

TEST_CASE("a role for an office lets enter what concerns that office") {
  WithRoles story;
  story.by(3);
  story.plan("CON-1", "LAC");
  INFO(story.why());
  CHECK(story.accepted());
  story.plan("CON-2", "AFR");
  CHECK(story.refusedBy("role.scope"));
  CHECK(story.why().find("covers office:LAC") != std::string::npos);
  CHECK(story.why().find(actor(4)) != std::string::npos);
  story.plan("CON-2");
  CHECK(story.refusedBy("role.scope"));
  story.when("consultation.retitled", "CON-1", {{"title", "en:D"}});
  CHECK(story.accepted());
  story.by(4);
  story.plan("CON-2", "AFR");
  CHECK(story.accepted());
  story.by(3);
  story.when("consultation.retitled", "CON-2", {{"title", "en:D"}});
  CHECK(story.refusedBy("role.scope"));
}

TEST_CASE("whoever was granted no role is trusted with what the directory lets them open") {
  WithRoles story;
  story.by(5);
  story.plan("CON-1");
  CHECK(story.accepted());
}

TEST_CASE("roles are granted and withdrawn by an administrator of the whole register") {
  WithRoles story;
  for (const std::uint64_t other : {4U, 5U}) {
    story.by(other);
    story.when("register.roleGranted", "REG", {{"actor", actor(5)}, {"role", "administrator"}});
    CHECK(story.refusedBy("role.administrator"));
    story.when("register.roleWithdrawn", "REG", {{"actor", actor(4)}, {"role", "clerk"}});
    CHECK(story.refusedBy("role.administrator"));
    CHECK(story.why().find(actor(1)) != std::string::npos);
  }
}

TEST_CASE("on somebody's behalf one enters what that one may, but an auditor nothing") {
  WithRoles story;
  for (const int to : {2, 4}) {
    story.given("register.delegated", "REG",
                {{"from", actor(3)}, {"to", actor(to)}, {"begins", "2006-01-01"}});
  }
  story.by(4).onBehalfOf(3);
  story.plan("CON-1", "AFR");
  CHECK(story.refusedBy("role.scope"));
  story.plan("CON-1", "LAC");
  CHECK(story.accepted());
  story.by(2).onBehalfOf(3);
  story.plan("CON-2", "LAC");
  CHECK(story.refusedBy("role.enters"));
}

TEST_CASE("what the engine enters by the clock asks for no role") {
  WithRoles story;
  story.given("party.registered", "AR", {{"name", "en:AR"}, {"kind", "institution"}});
  story.recordedAt("2010-01-02").on("2010-01-02");
  story.given("liaison.logged", "LIA-1",
              {{"office", "LAC"}, {"party", "AR"}, {"channel", "letter"}});
  story.given("liaison.followUpAsked", "LIA-1", {{"what", "An answer"}, {"due", "2010-02-01"}});
  story.recordedAt("2010-02-03").fallDue();
  CHECK(story.entered().size() == 1);
}

TEST_CASE("a role is not taken back by somebody who is no administrator any more") {
  WithRoles story;
  story.grant(4, "administrator");
  story.by(4);
  story.grant(5, "clerk");
  const auto granted = test::newest(story);
  test::correctEntry(story, "REG", granted, {{"role", "auditor"}});
  REQUIRE(story.accepted());
  const auto corrected = test::newest(story);
  story.stepDown(4);
  for (const auto position : {test::newest(story), granted, corrected}) {
    CAPTURE(position);
    story.retract("REG", position);
    CHECK(story.refusedBy("role.administrator"));
    CHECK(story.why().find(actor(1)) != std::string::npos);
  }
  test::correctEntry(story, "REG", granted, {{"role", "integrator"}});
  CHECK(story.refusedBy("role.administrator"));
}

TEST_CASE("one's own slips are withdrawn by whoever may enter the like") {
  WithRoles story;
  story.by(1);
  story.grant(5, "clerk");
  story.retract("REG", test::newest(story));
  CHECK(story.accepted());
  story.by(3);
  story.plan("CON-1", "LAC");
  story.retract("CON-1", test::newest(story));
  CHECK(story.accepted());
  story.delegation("register.delegated", 3, 4);
  story.retract("REG", test::newest(story));
  INFO(story.why());
  CHECK(story.accepted());
}

TEST_CASE("a delegation is corrected by the one whose it is, or by an administrator") {
  WithRoles story;
  story.delegation("register.delegated", 4, 3);
  const auto given = test::newest(story);
  const auto correct = [&](const char* field, int to) {
    test::correctEntry(story, "REG", given, {{field, actor(to)}});
  };
  story.by(5);
  correct("to", 5);
  CHECK(story.refusedBy("register.delegated.by"));
  story.by(4);
  correct("to", 5);
  INFO(story.why());
  CHECK(story.accepted());
  correct("from", 1);
  CHECK(story.refusedBy("register.delegated.by"));
  story.by(1);
  correct("to", 3);
  CHECK(story.accepted());
}

TEST_CASE("what all lean on is within no role for one office or programme") {
  WithRoles story;
  story.given("programme.identified", "PROG-1", {{"title", "en:P"}});
  story.given("register.roleGranted", "REG",
              {{"actor", actor(5)}, {"role", "clerk"}, {"programme", "PROG-1"}});
  struct Act {
    const char* type;
    const char* entity;
    boost::json::object data;
  };
  const Act acts[] = {
      {"register.timeZoneSet", "REG", {{"timeZone", "Europe/Vienna"}}},
      {"register.actorEnrolled", "REG", {{"actor", actor(6)}, {"name", "Somebody"}}},
      {"reference.listed", "area/1", {{"list", "area"}, {"code", "1"}, {"names", "en:A"}}},
      {"calendar.adopted", "CAL-1", {{"title", "en:W"}, {"timeZone", "UTC"}}},
      {"party.registered", "UY", {{"name", "en:UY"}, {"kind", "institution"}}},
      {"programme.identified", "PROG-2", {{"title", "en:P"}, {"predecessor", "PROG-1"}}}};
  for (const auto& act : acts) {
    CAPTURE(act.type);
    for (const std::uint64_t scoped : {3U, 5U}) {
      story.by(scoped).when(act.type, act.entity, act.data);
      CHECK(story.refusedBy("role.scope"));
      CHECK(story.why().find(actor(4)) != std::string::npos);
    }
    story.by(4).when(act.type, act.entity, act.data);
    CHECK(story.accepted());
  }
}

TEST_CASE("whoever has a role for one office or programme delegates it, and ends that") {
  WithRoles story;
  story.given("programme.identified", "PROG-1", {{"title", "en:P"}});
  story.given("register.roleGranted", "REG",
              {{"actor", actor(5)}, {"role", "clerk"}, {"programme", "PROG-1"}});
  for (const int scoped : {3, 5}) {
    CAPTURE(scoped);
    story.by(static_cast<std::uint64_t>(scoped));
    for (const char* type : {"register.delegated", "register.delegationEnded"}) {
      story.delegation(type, scoped, 1);
      INFO(story.why());
      CHECK(story.accepted());
    }
    story.delegation("register.delegated", 4, scoped);
    CHECK(story.refusedBy("register.delegated.by"));
  }
}

TEST_CASE("a role covers what the entity is part of, while it is opened as afterwards") {
  WithRoles story;
  story.given("programme.identified", "PROG-1", {{"title", "en:P"}});
  story.given("register.roleGranted", "REG",
              {{"actor", actor(5)}, {"role", "clerk"}, {"programme", "PROG-1"}});
  story.by(5);
  const auto schedule = [&](const std::string& name, boost::json::object data) {
    data["kind"] = "technical";
    data["title"] = "en:M";
    story.when("meeting.scheduled", name, data);
  };
  schedule("MTG-1", {{"programme", "PROG-1"}});
  CHECK(story.accepted());
  schedule("MTG-2", {});
  CHECK(story.refusedBy("role.scope"));
  story.when("meeting.retitled", "MTG-1", {{"title", "en:N"}});
  CHECK(story.accepted());
  story.given("project.conceived", "PRJ-1",
              {{"title", "en:P"}, {"scope", "regional"}, {"programme", "PROG-1"}});
  story.when("result.planned", "RES-1", {{"title", "en:R"}, {"level", "outcome"}, {"of", "PRJ-1"}});
  CHECK(story.accepted());
  story.by(3).when("person.registered", "PER-1", {{"name", "Ana"}, {"office", "LAC"}});
  CHECK(story.accepted());
  story.when("person.registered", "PER-2", {{"name", "Ana"}, {"office", "AFR"}});
  CHECK(story.refusedBy("role.scope"));
}
