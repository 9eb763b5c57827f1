#include <doctest/doctest.h>

#include <string>

#include "projections/rows/liaison.h"
#include "tests/support/story_steps.h"

using namespace consulta;  // NOLINT
using test::Story;

namespace {

/// A call to Uruguay, logged on 4 May 2006.
struct Logged : Story {
  Logged() {
    on("2006-05-04");
    listItem(*this, "country", "UY");
    given("party.registered", "UY",
          {{"name", "en:Uruguay"}, {"kind", "member-state"}, {"country", "UY"}});
    given("office.established", "LAC", {{"name", "en:Bureau"}, {"kind", "headquarters-unit"}});
    given("liaison.logged", "LIA-1", call());
  }
  static boost::json::object call() {
    return {{"office", "LAC"}, {"party", "UY"}, {"channel", "call"}, {"subject", "The meeting"}};
  }
};

struct Asked : Logged {
  Asked() {
    given("liaison.followUpAsked", "LIA-1",
          {{"what", "Send the agenda"}, {"due", "2006-05-31"}, {"office", "LAC"}});
  }
};

}  // namespace

TEST_CASE("a contact is between an office and a party that are there") {
  Logged story;
  story.on("2006-06-01").given("party.dissolved", "UY");
  story.on("2006-06-02").when("liaison.logged", "LIA-2", Logged::call());
  CHECK(story.refusedBy("liaison.logged.party"));
  story.on("2006-05-20").when("liaison.logged", "LIA-2", Logged::call());
  CHECK(story.accepted());
  story.on("2006-06").when("liaison.logged", "LIA-3", Logged::call());
  CHECK(story.accepted());  // perhaps on its first day
  story.on("2006-07-01").given("office.closed", "LAC");
  story.on("2006-07-02").when("liaison.logged", "LIA-4", Logged::call());
  CHECK(story.refusedBy("liaison.logged.office"));
}

TEST_CASE("a contact of an unknown day is held against nobody") {
  Logged story;
  story.on("2006-06-01").given("party.dissolved", "UY");
  story.on("XXXX").when("liaison.logged", "LIA-2", Logged::call());
  CHECK(story.accepted());
}

TEST_CASE("a dissolution whose date is corrected is held against the contacts since") {
  Logged story;
  story.on("2006-05-30").given("liaison.logged", "LIA-2", Logged::call());
  story.on("2006-06-05").given("party.dissolved", "UY");
  const auto dissolved = newest(story);
  correctDate(story, "UY", dissolved, "2006-05-10");
  CHECK(story.refusedBy("liaison.logged.party"));
  correctDate(story, "UY", dissolved, "2006-05-30");
  CHECK(story.accepted());
}

TEST_CASE("working relations are found with offices, parties and persons named once") {
  Logged story;
  boost::json::object data{{"state", "logged"}, {"offices", {"LAC", "LAC"}}};
  story.when("liaison.found", "LIA-2", data);
  CHECK(story.refusedBy("liaison.offices.distinct"));
  data["offices"] = boost::json::array{"LAC"};
  data["parties"] = boost::json::array{"UY", "UY"};
  story.when("liaison.found", "LIA-2", data);
  CHECK(story.refusedBy("liaison.parties.distinct"));
  story.given("person.registered", "PER-1", {{"name", "A"}});
  auto call = Logged::call();
  call["persons"] = boost::json::array{"PER-1", "PER-1"};
  story.when("liaison.logged", "LIA-2", call);
  CHECK(story.refusedBy("liaison.persons.distinct"));
}

TEST_CASE("working relations are not found with what has ended before") {
  Logged story;
  story.given("party.dissolved", "UY");
  story.given("office.closed", "LAC");
  story.on("2006-06-01");
  story.when("liaison.found", "LIA-2",
             {{"state", "logged"},
              {"offices", boost::json::array{"LAC"}},
              {"parties", boost::json::array{"UY"}}});
  CHECK(story.refusedBy("liaison.found.office"));
  CHECK(story.refusedBy("liaison.found.party"));
}

TEST_CASE("a follow-up is due after it is asked for, and done only when it was") {
  Logged story;
  story.when("liaison.followUpDone", "LIA-1");
  CHECK(story.refusedBy("liaison.lifecycle"));
  story.when("liaison.followUpAsked", "LIA-1", {{"what", "Write"}, {"due", "2006-05-03"}});
  CHECK(story.refusedBy("liaison.follow-up.due"));
  story.when("liaison.followUpAsked", "LIA-1", {{"what", "Write"}, {"due", "2006-05"}});
  CHECK(story.accepted());
}

TEST_CASE("a closed office sees to no follow-up") {
  Logged story;
  story.on("2006-05-10").given("office.closed", "LAC");
  story.on("2006-05-11");
  story.when("liaison.followUpAsked", "LIA-1",
             {{"what", "Write"}, {"due", "2006-05-31"}, {"office", "LAC"}});
  CHECK(story.refusedBy("liaison.follow-up.office"));
}

TEST_CASE("the letter that did what was asked stands beside the result") {
  Asked story;
  story.given("correspondence.registered", "COR-1",
              {{"kind", "letter"}, {"direction", "outgoing"}, {"sender", "LAC"}});
  story.on("2006-05-20");
  story.given("liaison.followUpDone", "LIA-1", {{"result", "Sent"}, {"letter", "COR-1"}});
  const auto& liaison = story.as<Liaison>("LIA-1");
  CHECK(liaison.done.edtf == "2006-05-20");
  CHECK(liaison.resultLetter == story.row("COR-1")->head.id);
  // What is asked for next begins without it.
  story.given("liaison.followUpAsked", "LIA-1", {{"what", "Call"}, {"due", "2006-06-30"}});
  const auto& next = story.as<Liaison>("LIA-1");
  CHECK_FALSE(next.resultLetter);
  CHECK_FALSE(next.followUpOffice);
  CHECK_FALSE(next.result.at);
  CHECK(next.done.edtf.empty());
}

TEST_CASE("that a follow-up is overdue is noted once, of the day that is set, when it is over") {
  Asked story;
  story.on("2006-05-30").when("liaison.overdue", "LIA-1", {{"due", "2006-05-31"}});
  CHECK(story.refusedBy("liaison.overdue.passed"));
  story.on("2006-06-01").when("liaison.overdue", "LIA-1", {{"due", "2006-05-30"}});
  CHECK(story.refusedBy("liaison.overdue.day"));
  story.given("liaison.overdue", "LIA-1", {{"due", "2006-05-31"}});
  CHECK(story.as<Liaison>("LIA-1").overdue);
  story.when("liaison.overdue", "LIA-1", {{"due", "2006-05-31"}});
  CHECK(story.refusedBy("liaison.overdue.once"));
  story.given("liaison.followUpDone", "LIA-1");
  CHECK_FALSE(story.as<Liaison>("LIA-1").overdue);
  story.when("liaison.overdue", "LIA-1", {{"due", "2006-05-31"}});
  CHECK(story.refusedBy("liaison.lifecycle"));
}

TEST_CASE("what was found without a day is not overdue") {
  Logged story;
  story.given("liaison.found", "LIA-2", {{"state", "follow-up-asked"}});
  story.on("2006-06-01").when("liaison.overdue", "LIA-2", {{"due", "2006-05-31"}});
  CHECK(story.refusedBy("liaison.overdue.due"));
}

TEST_CASE("a follow-up said late to be done in time is held against the note that it is overdue") {
  Asked story;
  story.on("2006-06-01").given("liaison.overdue", "LIA-1", {{"due", "2006-05-31"}});
  story.on("2006-05-20").when("liaison.followUpDone", "LIA-1");
  CHECK(story.refusedBy("liaison.lifecycle"));  // it would undo what the engine entered
}
