#include <doctest/doctest.h>

#include <string>

#include "projections/rows/meeting.h"
#include "tests/engine/meeting_story.h"

using namespace consulta;  // NOLINT
using test::Confirmed;
using test::Convened;
using test::correctEntry;
using test::correctOpening;
using test::newest;
using test::Scheduled;

TEST_CASE("a meeting is confirmed with exact days and a place") {
  Scheduled story;
  story.when("meeting.confirmed", "MTG-1");
  CHECK(story.refusedBy("meeting.confirmed.needs-days"));
  for (const auto* dates :
       {"2006-09-26~", "2006-09-26/..", "2006-09-2X/2006-09-28", "2006-W", ""}) {
    story.when("meeting.confirmed", "MTG-1", {{"dates", dates}});
    CHECK_FALSE(story.accepted());
  }
  story.when("meeting.confirmed", "MTG-1", {{"dates", "2006-09-26"}});
  CHECK(story.accepted());
  story.given("meeting.scheduled", "MTG-2", {{"title", "en:Experts"}, {"kind", "expert-group"}});
  story.when("meeting.confirmed", "MTG-2", {{"dates", "2006-06-26"}});
  CHECK(story.refusedBy("meeting.confirmed.needs-place"));
}

TEST_CASE("a corrigendum takes neither the days nor the place from a confirmed meeting") {
  Confirmed story;
  const auto confirmation = newest(story);
  story.given("meeting.scheduled", "MTG-2", {{"title", "en:Experts"}, {"kind", "expert-group"}});
  correctEntry(story, "MTG-1", confirmation, {{"dates", nullptr}});
  CHECK(story.refusedBy("meeting.confirmed.needs-days"));
  correctOpening(story, "MTG-1", {{"place", nullptr}});
  CHECK(story.refusedBy("meeting.confirmed.needs-place"));
}

TEST_CASE("what is found confirmed without its days is not convened until they are known") {
  Scheduled story;
  story.given("meeting.found", "MTG-2",
              {{"title", "en:Experts"}, {"kind", "expert-group"}, {"state", "confirmed"}});
  story.on("2006-06-26").when("meeting.convened", "MTG-2");
  CHECK(story.refusedBy("meeting.convened.needs-date"));
  CHECK(story.refusedBy("meeting.convened.needs-place"));
  correctOpening(story, "MTG-2", {{"dates", "2006-06-26"}, {"place", "Vienna"}});
  story.when("meeting.convened", "MTG-2");
  CHECK(story.accepted());
}

TEST_CASE("a meeting begins on the days it is confirmed for") {
  Confirmed story;
  story.on("2006-09-25").when("meeting.convened", "MTG-1");
  CHECK(story.refusedBy("meeting.convened.days"));
  story.on("2006-09-29").when("meeting.convened", "MTG-1");
  CHECK(story.refusedBy("meeting.convened.days"));
  story.on("2006-09").when("meeting.convened", "MTG-1");
  CHECK(story.accepted());
}

TEST_CASE("days that are corrected still hold the day on which the meeting began") {
  Convened story;
  correctOpening(story, "MTG-1", {{"dates", "2006-10"}});
  CHECK(story.accepted());  // the days are those of the confirmation
  story.on("2006-05-20").when("meeting.rescheduled", "MTG-1", {{"dates", "2006-10-02"}});
  CHECK(story.refusedBy("meeting.lifecycle"));
  CHECK_FALSE(story.accepted());
}

TEST_CASE("a new place comes with its country") {
  Confirmed story;
  story.when("meeting.relocated", "MTG-1", {{"place", "Vienna"}});
  CHECK(story.refusedBy("meeting.place.country"));
  story.when("meeting.relocated", "MTG-1", {{"place", "Montevideo"}, {"host", "UY"}});
  CHECK(story.accepted());
  story.given("meeting.relocated", "MTG-1", {{"place", "Vienna"}, {"country", "AT"}});
  CHECK(story.as<Meeting>("MTG-1").country == "AT");
}

TEST_CASE("a meeting is put off until later, and its old days no longer hold") {
  Confirmed story;
  story.on("2006-06-01");
  story.when("meeting.postponed", "MTG-1", {{"reason", "Elections"}, {"until", "2006-05"}});
  CHECK(story.refusedBy("meeting.postponed.until"));
  story.given("meeting.postponed", "MTG-1", {{"reason", "Elections"}});
  CHECK(story.as<Meeting>("MTG-1").dates.edtf.empty());
  story.when("meeting.confirmed", "MTG-1", {{"dates", "2006-10-02"}});
  CHECK(story.refusedBy("meeting.lifecycle"));
  story.given("meeting.rescheduled", "MTG-1", {{"dates", "2006-10-02"}});
  story.when("meeting.confirmed", "MTG-1");
  CHECK(story.accepted());
}

TEST_CASE("a new title says something new") {
  Scheduled story;
  story.when("meeting.retitled", "MTG-1");
  CHECK(story.refusedBy("meeting.retitled.something"));
  story.when("meeting.retitled", "MTG-1", {{"theme", "en:Renewable energies"}});
  CHECK(story.accepted());
}

TEST_CASE("what is found as held has not its days ahead, and a report only when reported") {
  Scheduled story;
  story.given("document.drafted", "DOC-1", {{"title", "en:Report"}, {"kind", "report"}});
  boost::json::object data{
      {"title", "en:Experts"}, {"kind", "technical"}, {"state", "closed"}, {"dates", "2006-05"}};
  story.when("meeting.found", "MTG-2", data);
  CHECK(story.refusedBy("meeting.found.held"));
  data["dates"] = "2006-04";
  data["report"] = "DOC-1";
  story.when("meeting.found", "MTG-2", data);
  CHECK(story.refusedBy("meeting.found.report"));
  data["state"] = "reported";
  story.when("meeting.found", "MTG-2", data);
  CHECK(story.accepted());
}

TEST_CASE("agenda items have numbers of their own, and only one that is there is taken off") {
  Scheduled story;
  boost::json::object item{{"number", "3(a)"}, {"title", "en:Priority areas"}};
  story.when("meeting.agendaItemRemoved", "MTG-1", {{"number", "3(a)"}});
  CHECK(story.refusedBy("meeting.agenda.none"));
  story.given("meeting.agendaItemAdded", "MTG-1", item);
  story.when("meeting.agendaItemAdded", "MTG-1", item);
  CHECK(story.refusedBy("meeting.agenda.number"));
  story.when("meeting.agendaItemRemoved", "MTG-1", {{"number", "3"}});
  CHECK(story.refusedBy("meeting.agenda.exists"));
  story.given("meeting.agendaItemRemoved", "MTG-1", {{"number", "3(a)"}});
  story.when("meeting.agendaItemAdded", "MTG-1", item);
  CHECK(story.accepted());
}

TEST_CASE("an organizer has a role once, and partners in preparation are named once") {
  Scheduled story;
  boost::json::object data{{"organizer", "SEGIB"}, {"role", "prepared-with"}};
  story.given("meeting.organizerAdded", "MTG-1", data);
  story.when("meeting.organizerAdded", "MTG-1", data);
  CHECK(story.refusedBy("meeting.organizerAdded.once"));
  data["role"] = "sponsor";
  story.when("meeting.organizerAdded", "MTG-1", data);
  CHECK(story.accepted());
  story.when("meeting.preparationStarted", "MTG-1", {{"with", {"SEGIB", "SEGIB"}}});
  CHECK(story.refusedBy("meeting.preparationStarted.distinct"));
}

TEST_CASE("a meeting comes to something once it is convened, numbered within its kind") {
  Confirmed story;
  boost::json::object data{{"kind", "conclusion"}, {"text", "en:Update"}, {"number", "1"}};
  story.when("meeting.outcomeRecorded", "MTG-1", data);
  CHECK(story.refusedBy("meeting.lifecycle"));
  story.on("2006-09-26").given("meeting.convened", "MTG-1");
  story.given("meeting.outcomeRecorded", "MTG-1", data);
  story.when("meeting.outcomeRecorded", "MTG-1", data);
  CHECK(story.refusedBy("meeting.outcomeRecorded.number"));
  data["kind"] = "declaration";
  story.when("meeting.outcomeRecorded", "MTG-1", data);
  CHECK(story.accepted());
  data.erase("number");
  story.given("meeting.outcomeRecorded", "MTG-1", data);
  story.when("meeting.outcomeRecorded", "MTG-1", data);
  CHECK(story.accepted());
}

TEST_CASE("whoever has ended prepares, hosts and organizes nothing any more") {
  Scheduled story;
  story.given("party.dissolved", "SEGIB");
  story.given("office.closed", "LAC");
  story.on("2006-04-04");
  story.when("meeting.preparationStarted", "MTG-1", {{"with", {"SEGIB", "LAC"}}});
  CHECK(story.refusedBy("meeting.preparationStarted.standing"));
  CHECK(story.failures().size() == 2);
  story.when("meeting.organizerAdded", "MTG-1", {{"organizer", "LAC"}, {"role", "organizer"}});
  CHECK(story.refusedBy("meeting.organizers.standing"));
  story.when("meeting.relocated", "MTG-1", {{"place", "Montevideo"}, {"host", "SEGIB"}});
  CHECK(story.refusedBy("meeting.host.standing"));
  boost::json::object data{{"title", "en:Experts"},
                           {"kind", "technical"},
                           {"state", "scheduled"},
                           {"organizers", boost::json::array{"SEGIB"}}};
  story.when("meeting.found", "MTG-2", data);
  CHECK(story.refusedBy("meeting.organizers.standing"));
  data["state"] = "closed";
  story.when("meeting.found", "MTG-2", data);
  CHECK(story.accepted());  // it did organize that one
}
