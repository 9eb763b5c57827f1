#include <doctest/doctest.h>

#include <string>

#include "projections/rows/register.h"
#include "tests/support/story_steps.h"

using namespace consulta;  // NOLINT
using test::Story;

namespace {

const std::string register_id = "0190a5e2-7c41-7d0e-9b1f-3a5c8e2f6d47";
/// She enters what the stories tell.
const std::string ana = "00000000-0000-0000-0000-000000000001";
const std::string ben = "00000000-0000-0000-0000-000000000002";
const std::string eve = "8d3f6f1e-5a3c-4c58-9d5e-0c9f8f1d2a3b";

boost::json::object opened() {
  return {{"organization", "en:UNIDO"},
          {"registerId", register_id},
          {"timeZone", "Europe/Vienna"},
          {"languages", {"en", "fr"}}};
}

struct Opened : Story {
  Opened() {
    on("2006-01-01");
    for (const std::string language : {"en", "fr"}) listItem(*this, "language", language);
    given("office.established", "LAC", {{"name", "en:Bureau"}, {"kind", "headquarters-unit"}});
    given("register.opened", "REG", opened());
    for (const auto& actor : {ana, ben}) {
      given("register.actorEnrolled", "REG", {{"actor", actor}, {"name", "Somebody"}});
    }
  }
};

/// Ana is administrator of the whole register.
struct Administered : Opened {
  Administered() {
    given("register.roleGranted", "REG", {{"actor", ana}, {"role", "administrator"}});
  }
};

}  // namespace

TEST_CASE("a directory holds one register, whose opening entry can be corrected") {
  Opened story;
  story.when("register.opened", "REG-2", opened());
  CHECK(story.refusedBy("register.opened.once"));
  correctOpening(story, "REG", {{"organization", "en:United Nations"}});
  REQUIRE(story.accepted());
  CHECK(story.as<RegisterRow>("REG").organization.phrases[0].text == "United Nations");
}

TEST_CASE("the id of a register is kept in one form and never changes") {
  Story story;
  test::listItem(story, "language", "en");
  test::listItem(story, "language", "fr");
  auto data = opened();
  data["registerId"] = "0190A5E2-7C41-7D0E-9B1F-3A5C8E2F6D47";
  story.when("register.opened", "REG", data);
  CHECK(story.refusedBy("register.id.form"));
  story.given("register.opened", "REG", opened());
  correctOpening(story, "REG", {{"registerId", ana}});
  CHECK(story.refusedBy("register.id.stays"));
}

TEST_CASE("a register works in a time zone that exists and in languages named once") {
  Opened story;
  story.when("register.timeZoneSet", "REG", {{"timeZone", "Europe/Wien"}});
  CHECK(story.refusedBy("register.time-zone"));
  story.when("register.timeZoneSet", "REG", {{"timeZone", "America/Montevideo"}});
  CHECK(story.accepted());
  story.when("register.languagesSet", "REG", {{"languages", {"en", "en"}}});
  CHECK(story.refusedBy("register.languages.distinct"));
}

TEST_CASE("an actor is enrolled once, under an id written in lower case") {
  Opened story;
  story.when("register.actorEnrolled", "REG", {{"actor", ana}, {"name", "Ana"}});
  CHECK(story.refusedBy("register.enrolled.once"));
  story.when("register.actorEnrolled", "REG",
             {{"actor", "6B1F6F1E-5A3C-4C58-9D5E-0C9F8F1D2A3B"}, {"name", "Ana"}});
  CHECK(story.refusedBy("register.actor.form"));
  story.when("register.actorEnrolled", "REG", {{"actor", "ana"}, {"name", "Ana"}});
  CHECK_FALSE(story.accepted());
}

TEST_CASE("a person who has left is not enrolled") {
  Opened story;
  story.given("person.registered", "PER-1", {{"name", "Ana"}});
  story.on("2006-02-01").given("person.departed", "PER-1");
  story.on("2006-02-02");
  story.when("register.actorEnrolled", "REG", {{"actor", eve}, {"name", "E"}, {"person", "PER-1"}});
  CHECK(story.refusedBy("register.enrolled.person"));
}

TEST_CASE("a new name or credential belongs to an enrolled actor and says something") {
  Opened story;
  story.when("register.actorRenamed", "REG", {{"actor", eve}, {"name", "Eve"}});
  CHECK(story.refusedBy("register.actor.enrolled"));
  story.when("register.actorRenamed", "REG", {{"actor", ana}});
  CHECK(story.refusedBy("register.renamed-actor.something"));
  story.when("register.actorRenamed", "REG", {{"actor", ana}, {"credential", "uid 1000"}});
  CHECK(story.accepted());
}

TEST_CASE("the first role granted is that of an administrator of the whole register") {
  Opened story;
  story.when("register.roleGranted", "REG", {{"actor", ana}, {"role", "clerk"}});
  CHECK(story.refusedBy("register.granted.administrator-first"));
  story.when("register.roleGranted", "REG",
             {{"actor", ana}, {"role", "administrator"}, {"office", "LAC"}});
  CHECK(story.refusedBy("register.granted.administrator-first"));
  story.when("register.roleGranted", "REG", {{"actor", ana}, {"role", "administrator"}});
  CHECK(story.accepted());
}

TEST_CASE("a role is granted once to an actor for the same office and programme") {
  Administered story;
  story.when("register.roleGranted", "REG", {{"actor", eve}, {"role", "clerk"}});
  CHECK(story.refusedBy("register.actor.enrolled"));
  story.given("register.roleGranted", "REG", {{"actor", ben}, {"role", "clerk"}});
  story.when("register.roleGranted", "REG", {{"actor", ben}, {"role", "clerk"}});
  CHECK(story.refusedBy("register.granted.once"));
  story.when("register.roleGranted", "REG", {{"actor", ben}, {"role", "clerk"}, {"office", "LAC"}});
  CHECK(story.accepted());
  CHECK(story.as<RegisterRow>("REG").roles.size() == 3);
}

TEST_CASE("only an integrator is granted a view of personal values") {
  Administered story;
  story.when("register.roleGranted", "REG",
             {{"actor", ben}, {"role", "clerk"}, {"personalValues", true}});
  CHECK(story.refusedBy("register.granted.personal-values"));
  story.when("register.roleGranted", "REG",
             {{"actor", ben}, {"role", "integrator"}, {"personalValues", true}});
  CHECK(story.accepted());
}

TEST_CASE("no role is granted for an office that was closed") {
  Administered story;
  story.on("2006-02-01").given("office.closed", "LAC");
  story.on("2006-02-02");
  story.when("register.roleGranted", "REG", {{"actor", ben}, {"role", "clerk"}, {"office", "LAC"}});
  CHECK(story.refusedBy("register.granted.office"));
}

TEST_CASE("only a role that was granted is withdrawn, with the scope it was granted for") {
  Administered story;
  story.given("register.roleGranted", "REG",
              {{"actor", ben}, {"role", "clerk"}, {"office", "LAC"}});
  story.when("register.roleWithdrawn", "REG", {{"actor", ben}, {"role", "clerk"}});
  CHECK(story.refusedBy("register.role.granted"));
  story.when("register.roleWithdrawn", "REG",
             {{"actor", ben}, {"role", "clerk"}, {"office", "LAC"}});
  CHECK(story.accepted());
}

TEST_CASE("the last administrator of the whole register stays") {
  Administered story;
  const boost::json::object last{{"actor", ana}, {"role", "administrator"}};
  // Neither an administrator of one office nor a second role of the same actor takes their place.
  story.given("register.roleGranted", "REG",
              {{"actor", ben}, {"role", "administrator"}, {"office", "LAC"}});
  story.given("register.roleGranted", "REG",
              {{"actor", ana}, {"role", "administrator"}, {"office", "LAC"}});
  story.when("register.roleWithdrawn", "REG", last);
  CHECK(story.refusedBy("register.role.last-administrator"));
  story.given("register.roleWithdrawn", "REG",
              {{"actor", ben}, {"role", "administrator"}, {"office", "LAC"}});
  story.given("register.roleGranted", "REG", {{"actor", ben}, {"role", "administrator"}});
  story.when("register.roleWithdrawn", "REG", last);
  CHECK(story.accepted());
}

TEST_CASE("a correction does not leave the register without an administrator") {
  Opened story;
  story.given("register.roleGranted", "REG", {{"actor", ana}, {"role", "administrator"}});
  correctEntry(story, "REG", newest(story), {{"role", "clerk"}});
  CHECK(story.refusedBy("register.granted.administrator-first"));
}

TEST_CASE("a withdrawal that comes late is held against what followed it") {
  Administered story;
  story.on("2006-03-01");
  story.given("register.roleGranted", "REG", {{"actor", ben}, {"role", "administrator"}});
  story.on("2006-04-01");
  story.given("register.roleWithdrawn", "REG", {{"actor", ana}, {"role", "administrator"}});
  story.on("2006-03-15").by(2);
  story.when("register.roleWithdrawn", "REG", {{"actor", ben}, {"role", "administrator"}});
  CHECK(story.refusedBy("register.role.last-administrator"));
}

TEST_CASE("each epoch has a higher number, and what is lost ends at the checkpoint") {
  Opened story;
  const auto epoch = [&](std::uint64_t number, std::uint64_t from, std::uint64_t to,
                         std::uint64_t checkpoint) {
    boost::json::object data{{"epoch", number}, {"lostFrom", from}};
    if (to != 0) data["lostTo"] = to;
    if (checkpoint != 0) data["checkpoint"] = checkpoint;
    story.when("register.epochOpened", "REG", data);
  };
  epoch(1, 10, 0, 0);
  CHECK(story.refusedBy("register.epoch.next"));
  epoch(2, 10, 9, 9);
  CHECK(story.refusedBy("register.epoch.lost"));
  epoch(2, 10, 12, 11);
  CHECK(story.refusedBy("register.epoch.lost"));
  epoch(2, 10, 12, 12);
  REQUIRE(story.accepted());
  epoch(2, 11, 0, 0);
  CHECK(story.refusedBy("register.epoch.next"));
  epoch(3, 11, 0, 0);
  REQUIRE(story.accepted());
  const auto& epochs = story.as<RegisterRow>("REG").epochs;
  REQUIRE(epochs.size() == 2);
  CHECK(epochs[0].lostTo == 12);
  CHECK(epochs[1].number == 3);
}
