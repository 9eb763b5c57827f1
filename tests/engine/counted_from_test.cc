// Time limits that count from the end of another step: they move with it.
#include <doctest/doctest.h>

#include <string>

#include "tests/engine/consultation_story.h"
#include "tests/engine/running_procedure.h"
#include "tests/support/story_steps.h"

using namespace consulta;  // NOLINT
using test::Types;

namespace {

/// A meeting and a draft begin together; the draft is to be tabled within ten days of the meeting.
struct DraftAfterMeeting : test::PlannedProcedure {
  DraftAfterMeeting()
      : PlannedProcedure(
            "name = \"P-1\"\ntitle = \"P\"\ncalendar = \"WORKING-DAYS\"\n"
            "first = [\"meeting\", \"draft\"]\n[[step]]\nname = \"meeting\"\n"
            "kind = \"meeting\"\ntitle = \"M\"\non.held = \"decision\"\n"
            "on.cancelled = \"decision\"\n[[step]]\nname = \"draft\"\nkind = \"tabling\"\n"
            "title = \"D\"\nwithin = \"P10D\"\nfrom = \"meeting\"\nremind = \"P3D\"\n"
            "on.tabled = \"decision\"\n[[step]]\nname = \"decision\"\nkind = \"decision\"\n"
            "title = \"E\"\nwaits-for = [\"meeting\", \"draft\"]\non.taken = \"adopted\"\n"
            "on.refused = \"not-adopted\"\n",
            "P-1") {
    given("consultation.opened", "CON-1");
  }
  void held(const std::string& day) {
    recordedAt(day + "T12:00:00Z").on(day);
    given("consultation.stepReported", "CON-1", {{"step", "meeting"}, {"outcome", "held"}});
  }
};

schema::ConsultationStepMoved::Reader lastMove(const test::Story& story) {
  return story.entered().back()->get().getEvent().getConsultation().getStepMoved();
}

}  // namespace

TEST_CASE("a limit that counts from a step that ends later is set by an entry when that ends") {
  DraftAfterMeeting story;
  CHECK(story.run("draft").due.date.edtf.empty());
  story.held("2006-05-10");
  REQUIRE(story.enteredTypes() == Types{"consultation.stepReported", "consultation.stepCompleted",
                                        "consultation.stepMoved"});
  CHECK(lastMove(story).getAfter() == "meeting");
  CHECK(lastMove(story).getCountsFrom().getEdtf() == "2006-05-10");
  CHECK(story.run("draft").due.date.edtf == "2006-05-20");
  CHECK(story.run("draft").reminderDays == Types{"2006-05-17"});
  story.recordedAt("2006-05-18").fallDue();
  CHECK(story.enteredTypes() == Types{"consultation.reminderDue"});
  story.recordedAt("2006-05-22").fallDue();
  CHECK(story.enteredTypes() == Types{"consultation.stepOverdue"});
}

TEST_CASE("where the end of that step is corrected, on authority, the limit moves with it") {
  DraftAfterMeeting story;
  story.held("2006-05-10");
  const auto report = story.entered().front()->position().value;
  story.on("2006-05-16").recordedAt("2006-05-16");
  test::correctDate(story, "CON-1", report, "2006-05-12");
  CHECK(story.refusedBy("consequence.undone"));
  CHECK(story.run("draft").due.date.edtf == "2006-05-20");
  story.with("authority", "en:Presiding officer");
  test::correctDate(story, "CON-1", report, "2006-05-12");
  INFO(story.why());
  CHECK(story.enteredTypes() == Types{"common.corrigendum", "common.retraction",
                                      "consultation.stepCompleted", "consultation.stepMoved"});
  CHECK(story.run("meeting").completed.edtf == "2006-05-12");
  CHECK(story.run("draft").due.date.edtf == "2006-05-22");
  CHECK(story.run("draft").countsFrom.edtf == "2006-05-12");
}

TEST_CASE("what was noted as late by the wrong end is withdrawn with it") {
  DraftAfterMeeting story;
  story.held("2006-05-10");
  const auto report = story.entered().front()->position().value;
  story.recordedAt("2006-05-22").fallDue();
  REQUIRE(story.run("draft").state == StepState::overdue);
  story.on("2006-05-22").with("authority", "en:Presiding officer");
  test::correctDate(story, "CON-1", report, "2006-05-15");
  INFO(story.why());
  REQUIRE(story.accepted());
  CHECK(story.run("draft").state == StepState::started);
  CHECK(story.run("draft").due.date.edtf == "2006-05-25");
  story.recordedAt("2006-05-27").fallDue();
  CHECK(story.run("draft").state == StepState::overdue);
  const auto kept = story.Story::row("CON-1");
  CHECK(kept->equals(*story.state().timeline(kept->head.id).fold(test::Story::catalogue())));
}

TEST_CASE("a holiday moves a limit in working days whose step counts from another") {
  DraftAfterMeeting story;
  story.held("2006-05-10");
  story.on("2006-05-11").recordedAt("2006-05-11");
  story.given("calendar.holidaysAdded", "WORKING-DAYS", {{"days", {"2006-05-25"}}});
  CHECK(story.entered().size() == 1);  // it counts calendar days
  CHECK(story.run("draft").countsFrom.edtf == "2006-05-10");
}
