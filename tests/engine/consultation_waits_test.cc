// What of a consultation, a letter or a memorandum waits for somebody beside the steps of a
// procedure: invitations, an opening, a resumption, a reply, signatures.
#include <doctest/doctest.h>

#include <limits>
#include <string>
#include <vector>

#include "projections/tasks.h"
#include "projections/waiting.h"
#include "tests/support/story.h"

using namespace consulta;  // NOLINT
using test::Story;

namespace {

using Types = std::vector<std::string>;

/// In May 2006: AR, BR and UY asked to say something by the 15th.
struct Invited : Story {
  Invited() {
    recordedAt("2006-05-01").on("2006-05-01");
    given("consultation.planned", "CON-1", {{"title", "en:C"}});
    for (const std::string party : {"AR", "BR", "UY"}) {
      given("party.registered", party, {{"name", "en:" + party}, {"kind", "institution"}});
      given("consultation.invited", "CON-1",
            {{"party", party}, {"standing", "eligible"}, {"replyBy", "2006-05-15"}});
    }
  }
  void day(const std::string& date) { recordedAt(date).on(date); }
  /// "reply AR", "opening", in the order of the days.
  Types waiting() const {
    Types out;
    const auto forEver = std::numeric_limits<std::int64_t>::max();
    eachTask(state(), dateBounds("2006-05-03").value().earliestNs, forEver, [&](const Task& task) {
      out.emplace_back(boost::describe::enum_to_string(task.due.kind, ""));
      if (!task.due.number.empty()) out.back() += " " + task.due.number;
      for (const auto one : awaitedOf(*state().row(task.id), task.due).whom) {
        out.back() += " " + state().row(one)->head.name();
      }
      return true;
    });
    return out;
  }
  const ConsultationSeat& seat(const std::string& party) {
    return *seatOf(as<Consultation>("CON-1"), id(party));
  }
};

}  // namespace

TEST_CASE("invitations without an answer by their date fall due by timer, the others do not") {
  Invited story;
  CHECK(story.waiting() == Types{"reply AR", "reply BR", "reply UY", "opening"});
  story.given("consultation.opened", "CON-1");
  story.day("2006-05-10");
  story.given("consultation.contributed", "CON-1", {{"party", "BR"}, {"contribution", "Yes"}});
  CHECK(story.seat("BR").answered.edtf == "2006-05-10");
  CHECK(story.waiting() == Types{"reply AR", "reply UY", "conclusion"});
  story.recordedAt("2006-05-15T23:00:00Z").fallDue();
  CHECK(story.entered().empty());
  story.recordedAt("2006-05-16").fallDue();
  CHECK(story.enteredTypes() == Types{"consultation.answerOverdue", "consultation.answerOverdue"});
  CHECK(story.seat("AR").overdue);
  CHECK_FALSE(story.seat("BR").overdue);
  story.fallDue();
  CHECK(story.entered().empty());
  CHECK(story.waiting() == Types{"reply AR", "reply UY", "conclusion"});
}

TEST_CASE("an answer that comes late ends the waiting, and another date begins it again") {
  Invited story;
  story.recordedAt("2006-05-16").fallDue();
  REQUIRE(story.seat("AR").overdue);
  story.day("2006-05-20");
  story.given("consultation.opened", "CON-1");
  story.given("consultation.positionExplained", "CON-1", {{"party", "AR"}, {"explanation", "Yes"}});
  CHECK(story.waiting() == Types{"reply BR", "reply UY", "conclusion"});
  story.given("consultation.invited", "CON-1",
              {{"party", "AR"}, {"standing", "eligible"}, {"replyBy", "2006-06-15"}});
  CHECK_FALSE(story.seat("AR").overdue);
  CHECK(story.waiting() == Types{"reply BR", "reply UY", "reply AR", "conclusion"});
}

TEST_CASE("that an answer is overdue is noted only of who was asked by a day") {
  Invited story;
  story.given("party.registered", "MX", {{"name", "en:MX"}, {"kind", "institution"}});
  story.given("consultation.invited", "CON-1", {{"party", "MX"}, {"standing", "observer"}});
  story.when("consultation.answerOverdue", "CON-1", {{"party", "MX"}, {"due", "2006-04-15"}});
  CHECK(story.refusedBy("consultation.answerOverdue.asked"));
}

TEST_CASE("a planned consultation waits to be opened, by its dates where they are known") {
  Invited story;
  story.given("consultation.rescheduled", "CON-1", {{"dates", "2006-05-10"}});
  CHECK(story.waiting() == Types{"opening", "reply AR", "reply BR", "reply UY"});
}

TEST_CASE("a suspended consultation waits to be taken up again") {
  Invited story;
  story.given("consultation.opened", "CON-1");
  story.given("consultation.suspended", "CON-1", {{"reason", "Text"}, {"until", "2006-06-01"}});
  CHECK(story.waiting() == Types{"resumption"});
  CHECK(story.row("CON-1")->head.dues.front().due.date.edtf == "2006-06-01");
  story.given("consultation.resumed", "CON-1");
  CHECK(story.waiting() == Types{"reply AR", "reply BR", "reply UY", "conclusion"});
  story.given("consultation.suspended", "CON-1", {{"reason", "Again"}});
  CHECK(story.waiting() == Types{"resumption"});
}

TEST_CASE("an open consultation with a closing date waits for that and for nothing else") {
  Invited story;
  story.given("consultation.opened", "CON-1", {{"closes", "2006-06-15"}});
  CHECK(story.waiting() == Types{"reply AR", "reply BR", "reply UY", "consultation"});
}

TEST_CASE("a step that waits for others is listed where none is under way") {
  Invited story;
  story.given("consultation.opened", "CON-1");
  story.given("consultation.stepStarted", "CON-1", {{"step", "left"}});
  CHECK(story.waiting() == Types{"reply AR", "reply BR", "reply UY", "step left"});
  story.given("consultation.stepCompleted", "CON-1",
              {{"step", "left"}, {"outcome", "held"}, {"next", {"both"}}});
  CHECK(story.waiting() == Types{"reply AR", "reply BR", "reply UY", "join both"});
}

TEST_CASE("a letter waits for the office that is to reply, one of ours for its addressees") {
  Story story;
  story.recordedAt("2006-05-01").on("2006-05-01");
  story.given("office.established", "LAC", {{"name", "en:LAC"}, {"kind", "headquarters-unit"}});
  story.given("party.registered", "UY", {{"name", "en:UY"}, {"kind", "institution"}});
  story.given("correspondence.registered", "COR-1",
              {{"kind", "letter"}, {"direction", "incoming"}, {"sender", "UY"}});
  story.given("correspondence.registered", "COR-2",
              {{"kind", "letter"}, {"direction", "outgoing"}, {"addressees", {"UY"}}});
  CHECK(story.row("COR-1")->head.dues.empty());
  story.given("correspondence.replyAsked", "COR-1", {{"by", "2006-05-31"}, {"office", "LAC"}});
  story.given("correspondence.replyAsked", "COR-2");
  const auto in = story.row("COR-1");
  REQUIRE(in->head.dues.size() == 1);
  CHECK(in->head.dues[0].kind == DueKind::answer);
  CHECK(in->head.dues[0].due.date.edtf == "2006-05-31");
  CHECK(officesOf(*in, in->head.dues[0]) == std::vector{story.id("LAC")});
  const auto out = story.row("COR-2");
  REQUIRE(out->head.dues.size() == 1);
  CHECK(awaitedOf(*out, out->head.dues[0]).whom == std::vector{story.id("UY")});
  story.recordedAt("2006-06-10").on("2006-06-10").fallDue();
  CHECK(story.entered().empty());
  story.given("correspondence.filed", "COR-1");
  CHECK(story.row("COR-1")->head.dues.empty());
}

TEST_CASE("a memorandum that is agreed waits for the signatures that are missing") {
  Story story;
  story.on("2006-03-01");
  for (const std::string party : {"UNIDO", "SEGIB"}) {
    story.given("party.registered", party, {{"name", "en:" + party}, {"kind", "institution"}});
  }
  story.given("mou.proposed", "MOU-1", {{"title", "en:M"}, {"parties", {"UNIDO", "SEGIB"}}});
  for (const char* act : {"mou.drafted", "mou.cleared", "mou.agreed"}) story.given(act, "MOU-1");
  const auto awaited = [&] {
    const auto row = story.row("MOU-1");
    REQUIRE(row->head.dues.size() == 1);
    return awaitedOf(*row, row->head.dues[0]).whom;
  };
  CHECK(awaited() == std::vector{story.id("UNIDO"), story.id("SEGIB")});
  story.given("mou.signed", "MOU-1", {{"party", "SEGIB"}});
  CHECK(awaited() == std::vector{story.id("UNIDO")});
  story.given("mou.signed", "MOU-1", {{"party", "UNIDO"}});
  CHECK(story.row("MOU-1")->head.dues.empty());
}
