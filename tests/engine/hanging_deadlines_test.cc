// Deadlines that move with a session or a calendar, and those that do not.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "projections/rows/mandate.h"
#include "tests/engine/running_procedure.h"
#include "tests/support/story_steps.h"

using namespace consulta;  // NOLINT
using test::Story;

namespace {

using Types = std::vector<std::string>;

void addHoliday(Story& story, const std::string& day) {
  story.given("calendar.holidaysAdded", "WORKING-DAYS", {{"days", {day}}});
}

/// The newest entry, of a step that moved.
schema::ConsultationStepMoved::Reader moved(const Story& story) {
  return story.entered().back()->get().getEvent().getConsultation().getStepMoved();
}

/// A step that is to be done a week before the session IDB.31, in October.
struct BeforeSession : test::PlannedProcedure {
  explicit BeforeSession(const std::string& limit = "before = \"IDB.31\"\nlead = \"P1W\"\n",
                         const std::string& reminders = "\"P7D\"")
      : PlannedProcedure(
            "name = \"P-1\"\ntitle = \"P\"\ncalendar = \"WORKING-DAYS\"\n[[step]]\n"
            "name = \"text\"\nkind = \"tabling\"\ntitle = \"T\"\n" +
                limit + "remind = " + reminders + "\non.tabled = \"adopted\"\n",
            "P-1") {}
  void dated(const std::string& dates) { given("session.dated", "IDB.31", {{"dates", dates}}); }
};

/// The step runs, and the days of the session are known since the first of June.
struct KnownBeforeSession : BeforeSession {
  KnownBeforeSession() {
    given("consultation.opened", "CON-1");
    recordedAt("2006-06-01").on("2006-06-01");
    dated("2006-10-09/2006-10-11");
  }
};

/// A request to be answered before the session, known on the first of June.
struct RequestBeforeSession : BeforeSession {
  RequestBeforeSession() {
    given("mandate.adopted", "GC.11/Res.1", {{"title", "en:Programme"}, {"body", "IDB"}});
    given("mandate.requestMade", "GC.11/Res.1",
          {{"number", "1"},
           {"text", "en:Prepare it"},
           {"addressee", "en:Director General"},
           {"deadline", {{"beforeSession", "IDB.31"}}}});
    recordedAt("2006-06-01").on("2006-06-01");
  }
};

}  // namespace

TEST_CASE("a holiday moves the step that counts working days, and the entry says why") {
  test::UnderRevision story;
  story.recordedAt("2006-05-15").on("2006-05-15");
  addHoliday(story, "2006-05-25");
  REQUIRE(story.enteredTypes() == Types{"calendar.holidaysAdded", "consultation.stepMoved"});
  const auto record = story.entered().back()->get();
  CHECK(Position(record.getCause()) == story.entered().front()->position());
  CHECK(record.getOccurred().getEdtf() == "2006-05-15");
  CHECK(moved(story).getFrom().getDate().getEdtf() == "2006-05-26");
  CHECK(moved(story).getDue().getDate().getEdtf() == "2006-05-29");
  CHECK(EntityId(moved(story).getBecause()) == story.id("WORKING-DAYS"));
  const auto& run = story.run("revision");
  CHECK(run.due.date.edtf == "2006-05-29");
  CHECK(run.deadline.local == "2006-05-29T23:59:59");
  CHECK(run.reminderDays == Types{"2006-05-23"});
  CHECK(run.movedFrom.date.edtf == "2006-05-26");
  CHECK(run.movedBy == record.getPosition());
  story.recordedAt("2006-05-27").fallDue();
  CHECK(story.enteredTypes() == Types{"consultation.reminderDue"});
  story.recordedAt("2006-05-30").fallDue();
  CHECK(story.enteredTypes().front() == "consultation.stepOverdue");
}

TEST_CASE("a holiday beyond the deadline moves nothing") {
  test::UnderRevision story;
  story.recordedAt("2006-05-15").on("2006-05-15");
  addHoliday(story, "2006-06-05");
  CHECK(story.entered().size() == 1);
}

TEST_CASE("what moves a deadline and is withdrawn moves it back") {
  test::UnderRevision story;
  story.recordedAt("2006-05-15").on("2006-05-15");
  addHoliday(story, "2006-05-25");
  const auto added = story.entered().front()->position().value;
  story.given("common.retraction", "WORKING-DAYS", {{"retracts", added}});
  REQUIRE(story.enteredTypes() == Types{"common.retraction", "consultation.stepMoved"});
  CHECK(moved(story).getFrom().getDate().getEdtf() == "2006-05-29");
  CHECK(story.run("revision").due.date.edtf == "2006-05-26");
}

TEST_CASE("a corrected holiday moves the deadline as well") {
  test::UnderRevision story;
  story.recordedAt("2006-05-15").on("2006-05-15");
  addHoliday(story, "2006-06-25");
  const auto added = story.entered().front()->position().value;
  story.given("common.corrigendum", "WORKING-DAYS",
              {{"corrects", added}, {"right", {{"days", {"2006-05-25"}}}}, {"reason", "A slip"}});
  CHECK(story.enteredTypes() == Types{"common.corrigendum", "consultation.stepMoved"});
}

TEST_CASE("a reminder that was given is not given again when the deadline moves") {
  test::UnderRevision story;
  story.recordedAt("2006-05-23T10:00:00Z").fallDue();
  CHECK(story.enteredTypes() == Types{"consultation.reminderDue"});
  story.recordedAt("2006-05-24").on("2006-05-24");
  addHoliday(story, "2006-05-25");
  CHECK(story.run("revision").due.date.edtf == "2006-05-29");
  story.recordedAt("2006-05-28").fallDue();
  CHECK(story.entered().empty());
}

TEST_CASE("of several reminders those that were given stay, and the others move") {
  BeforeSession story("before = \"IDB.31\"\nlead = \"P1W\"\n", "[\"P180D\", \"P90D\", \"P7D\"]");
  story.given("consultation.opened", "CON-1");
  story.recordedAt("2006-06-01").on("2006-06-01");
  story.dated("2006-10-09/2006-10-11");
  CHECK(story.run("text").reminderDays == Types{"2006-04-04", "2006-07-03", "2006-09-24"});
  story.recordedAt("2006-07-04").fallDue();
  CHECK(story.enteredTypes() == Types{"consultation.reminderDue"});
  story.recordedAt("2006-07-10").on("2006-07-10");
  story.dated("2006-11-13/2006-11-15");
  CHECK(story.run("text").reminderDays == Types{"2006-05-09", "2006-07-03", "2006-10-29"});
  story.recordedAt("2006-10-28").fallDue();
  CHECK(story.entered().empty());
  story.recordedAt("2006-10-29T08:00:00Z").fallDue();
  CHECK(story.enteredTypes() == Types{"consultation.reminderDue"});
}

TEST_CASE("a deadline that has passed does not revive") {
  test::UnderRevision story;
  story.recordedAt("2006-05-27").fallDue();
  story.on("2006-05-27");
  addHoliday(story, "2006-05-25");
  CHECK(story.entered().size() == 1);
  CHECK(story.stateOf("CON-1") == "concluded");
}

TEST_CASE("in a history a deadline moves that was ahead when the change came about") {
  for (const bool ahead : {true, false}) {
    CAPTURE(ahead);
    test::UnderRevision story;
    story.recordedAt("2006-05-12").on("2006-05-12");
    story.given("consultation.suspended", "CON-1", {{"reason", "Elections"}});
    story.recordedAt("2010-01-01").on(ahead ? "2006-05-20" : "2006-05-28");
    addHoliday(story, "2006-05-25");
    CHECK(story.entered().size() == (ahead ? 2 : 1));
  }
}

TEST_CASE("a change that is entered late moves the deadline where that stands now") {
  test::UnderRevision story;
  story.recordedAt("2006-05-15").on("2006-05-05");
  addHoliday(story, "2006-05-25");
  REQUIRE(story.enteredTypes() == Types{"calendar.holidaysAdded", "consultation.stepMoved"});
  CHECK(story.entered().back()->get().getOccurred().getEdtf() == "2006-05-12");
  CHECK(story.run("revision").due.date.edtf == "2006-05-29");
}

TEST_CASE("a step before a session moves with its dates, from when they are known") {
  BeforeSession story;
  story.given("consultation.opened", "CON-1");
  CHECK(story.run("text").due.beforeSession == story.id("IDB.31"));
  story.recordedAt("2006-06-01").on("2006-06-01");
  story.dated("2006-10-09/2006-10-11");
  REQUIRE(story.enteredTypes() == Types{"session.dated", "consultation.stepMoved"});
  CHECK(moved(story).getFrom().getBeforeSession() == story.id("IDB.31").value);
  CHECK(story.run("text").due.date.edtf == "2006-10-01");
  CHECK(story.run("text").reminderDays == Types{"2006-09-24"});
  story.recordedAt("2006-07-01").on("2006-07-01");
  story.dated("2006-11-13/2006-11-15");
  CHECK(moved(story).getFrom().getDate().getEdtf() == "2006-10-01");
  CHECK(story.run("text").due.date.edtf == "2006-11-05");
  story.recordedAt("2006-10-05").fallDue();
  CHECK(story.entered().empty());
}

TEST_CASE("a fixed date hangs on nothing") {
  BeforeSession story("until = \"2006-10-02\"\n");
  story.given("consultation.opened", "CON-1");
  story.recordedAt("2006-06-01").on("2006-06-01");
  story.dated("2006-11-13/2006-11-15");
  CHECK(story.entered().size() == 1);
  addHoliday(story, "2006-10-02");
  CHECK(story.entered().size() == 1);
}

TEST_CASE("a request before a session is told that it moved, and from when") {
  RequestBeforeSession story;
  story.dated("2006-10-09/2006-10-11");
  REQUIRE(story.enteredTypes() == Types{"session.dated", "common.deadlineMoved"});
  story.dated("2006-11-13/2006-11-15");
  const auto event = story.entered().back()->get().getEvent().getDeadlineMoved();
  CHECK(event.getKind() == "request");
  CHECK(event.getNumber() == "1");
  CHECK(event.getFrom().getEdtf() == "2006-10-09/2006-10-11");
  CHECK(event.getTo().getEdtf() == "2006-11-13/2006-11-15");
  const auto row = story.Story::row("GC.11/Res.1");
  CHECK(row->head.dues.front().movedFrom.edtf == "2006-10-09/2006-10-11");
  CHECK(row->head.dues.front().movedBy == story.entered().back()->position());
  story.recordedAt("2006-11-13T12:00:00Z").on("2006-11-13");
  story.given("session.opened", "IDB.31");
  CHECK(story.entered().size() == 1);  // on the day that was known
}

TEST_CASE("a session date that was wrong undoes what is noted as late, only on authority") {
  for (const bool corrects : {true, false}) {
    CAPTURE(corrects);
    KnownBeforeSession story;
    const auto wrong = story.entered().front()->position().value;
    story.recordedAt("2006-10-03").fallDue();
    REQUIRE(story.run("text").state == StepState::overdue);
    const auto putRight = [&] {
      const boost::json::object right{{"dates", "2006-11-13/2006-11-15"}};
      if (corrects) {
        test::correctEntry(story, "IDB.31", wrong, right);
      } else {
        story.when("session.dated", "IDB.31", right);
      }
    };
    story.recordedAt("2006-10-05").on(corrects ? "2006-10-05" : "2006-09-01");
    putRight();
    CHECK(story.why().find("consultation.stepOverdue of 2006-10-0") != std::string::npos);
    CHECK(story.why().find("--authority") != std::string::npos);
    CHECK(story.run("text").state == StepState::overdue);
    story.with("authority", "en:Secretary of the Board");
    putRight();
    INFO(story.why());
    REQUIRE(story.accepted());
    REQUIRE(story.enteredTypes().size() == 3);
    CHECK(story.enteredTypes()[1] == "consultation.stepMoved");
    CHECK(story.enteredTypes()[2] == "common.retraction");
    CHECK(story.run("text").state == StepState::started);
    CHECK(story.run("text").due.date.edtf == "2006-11-05");
    story.recordedAt("2006-11-05").fallDue();
    CHECK(story.run("text").state == StepState::started);
    story.recordedAt("2006-11-07").fallDue();
    CHECK(story.run("text").state == StepState::overdue);
  }
}

TEST_CASE("a holiday that was forgotten brings back a consultation that had ended without it") {
  test::UnderRevision story;
  story.recordedAt("2006-05-27").fallDue();
  REQUIRE(story.stateOf("CON-1") == "concluded");
  const auto forgotten = [&] {
    story.on("2006-05-15")
        .when("calendar.holidaysAdded", "WORKING-DAYS", {{"days", {"2006-05-25"}}});
  };
  forgotten();
  REQUIRE_FALSE(story.accepted());
  CHECK(std::ranges::count_if(story.failures(), [](const Failure& one) {
          return one.rule.ends_with("consequence.undone");
        }) == 3);  // overdue, completed, concluded
  story.with("authority", "en:Director");
  forgotten();
  INFO(story.why());
  CHECK(story.enteredTypes() ==
        Types{"calendar.holidaysAdded", "consultation.stepMoved", "common.retraction"});
  CHECK(story.stateOf("CON-1") == "open");
  CHECK(story.run("revision").state == StepState::started);
  CHECK(story.run("revision").due.date.edtf == "2006-05-29");
  story.recordedAt("2006-05-30").fallDue();
  CHECK(story.stateOf("CON-1") == "concluded");
}

TEST_CASE("a step that is late gets more time only where somebody with authority orders it") {
  for (const bool ordered : {false, true}) {
    CAPTURE(ordered);
    KnownBeforeSession story;
    story.recordedAt("2006-10-03").fallDue();
    story.recordedAt("2006-10-05").on("2006-10-05");
    if (ordered) story.with("authority", "en:Secretary of the Board");
    story.dated("2006-11-13/2006-11-15");
    CHECK(story.entered().size() == (ordered ? 2 : 1));
    CHECK(story.run("text").state == (ordered ? StepState::started : StepState::overdue));
    if (!ordered) continue;
    CHECK(story.run("text").due.date.edtf == "2006-11-05");
    story.recordedAt("2006-11-07").fallDue();
    CHECK(story.run("text").state == StepState::overdue);  // late a second time
  }
}

TEST_CASE("a request that a wrong session date made overdue is so no more, on authority") {
  RequestBeforeSession story;
  story.dated("2006-10-09/2006-10-11");
  const auto wrong = story.entered().front()->position().value;
  story.recordedAt("2006-10-10").fallDue();
  REQUIRE(story.enteredTypes() == Types{"mandate.requestOverdue"});
  story.on("2006-10-10");
  const boost::json::object right{{"dates", "2006-11-13/2006-11-15"}};
  test::correctEntry(story, "IDB.31", wrong, right);
  CHECK(story.refusedBy("mandate.requestOverdue.due"));
  CHECK(story.refusedBy("consequence.undone"));
  story.with("authority", "en:Secretary of the Board");
  test::correctEntry(story, "IDB.31", wrong, right);
  INFO(story.why());
  CHECK(story.enteredTypes() ==
        Types{"common.corrigendum", "common.retraction", "common.deadlineMoved"});
  CHECK_FALSE(story.Story::row("GC.11/Res.1")->head.dues.front().noted);
  story.recordedAt("2006-11-14").fallDue();
  CHECK(story.enteredTypes() == Types{"mandate.requestOverdue"});
}

TEST_CASE("a step that is due before a session without a lead is told that it moved") {
  BeforeSession story("before = \"IDB.31\"\n");
  story.given("consultation.opened", "CON-1");
  story.recordedAt("2006-06-01").on("2006-06-01");
  story.dated("2006-10-09/2006-10-11");
  CHECK(story.enteredTypes() == Types{"session.dated", "common.deadlineMoved"});
}

TEST_CASE("what was late twice by a forgotten holiday goes back to the first of the two") {
  test::PlannedProcedure story(
      "name = \"P-1\"\ntitle = \"P\"\ncalendar = \"WORKING-DAYS\"\n[[step]]\nname = \"a\"\n"
      "kind = \"tabling\"\ntitle = \"A\"\nwithin = \"P5BD\"\non.tabled = \"adopted\"\n"
      "on.overdue = \"b\"\n[[step]]\nname = \"b\"\nkind = \"tabling\"\ntitle = \"B\"\n"
      "within = \"P5BD\"\non.tabled = \"adopted\"\non.overdue = \"not-adopted\"\n",
      "P-1");
  story.given("consultation.opened", "CON-1");  // on Monday 1 May: by the 8th, and then the 15th
  for (const std::string day : {"2006-05-10", "2006-05-17"}) story.recordedAt(day).fallDue();
  REQUIRE(story.stateOf("CON-1") == "concluded");
  story.on("2006-05-02").with("authority", "en:Director");
  story.when("calendar.holidaysAdded", "WORKING-DAYS", {{"days", {"2006-05-03"}}});
  INFO(story.why());
  CHECK(story.enteredTypes() ==
        Types{"calendar.holidaysAdded", "consultation.stepMoved", "common.retraction"});
  CHECK(story.stateOf("CON-1") == "open");
  CHECK(story.run("a").due.date.edtf == "2006-05-09");
  CHECK(lastRunOf(story.row(), "b") == nullptr);
  CHECK(story.Story::row("CON-1")->head.dues.size() == 1);  // nobody is stuck
}

TEST_CASE("of two runs of a step that began on one day the one under way moves") {
  test::PlannedProcedure story(
      "name = \"P-1\"\ntitle = \"P\"\ncalendar = \"WORKING-DAYS\"\n[[step]]\nname = \"a\"\n"
      "kind = \"tabling\"\ntitle = \"A\"\nwithin = \"P5BD\"\non.tabled = \"b\"\n[[step]]\n"
      "name = \"b\"\nkind = \"decision\"\ntitle = \"B\"\non.taken = \"adopted\"\n"
      "on.refused = \"a\"\n",
      "P-1");
  story.given("consultation.opened", "CON-1");  // on Monday 1 May: by the 8th
  story.table(1);
  story.given("consultation.stepReported", "CON-1", {{"step", "b"}, {"outcome", "refused"}});
  const auto first = story.row().steps.front().startedBy;
  const auto second = story.run("a").startedBy;
  REQUIRE(first != second);
  REQUIRE(story.row().steps.front().started == story.run("a").started);
  struct Move {
    const char* holiday;
    const char* from;
    const char* to;
  };
  for (const auto& one : {Move{"2006-05-03", "2006-05-08", "2006-05-09"},
                          Move{"2006-05-09", "2006-05-09", "2006-05-10"}}) {
    CAPTURE(one.holiday);
    story.recordedAt(one.from).on(one.from);
    addHoliday(story, one.holiday);
    REQUIRE(story.enteredTypes() == Types{"calendar.holidaysAdded", "consultation.stepMoved"});
    CHECK(moved(story).getRun() == second);
    CHECK(moved(story).getFrom().getDate().getEdtf() == one.from);
    CHECK(story.run("a").due.date.edtf == one.to);
    CHECK(story.row().steps.front().due.date.edtf == "2006-05-08");
  }
  story.when("consultation.stepMoved", "CON-1", {{"step", "a"}, {"run", first}});
  CHECK(story.refusedBy("consultation.stepMoved.running"));
}
