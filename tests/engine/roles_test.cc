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
