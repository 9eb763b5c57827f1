// Consultations that run by a procedure: what the engine enters, and when.
#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <string>

#include "projections/tasks.h"
#include "tests/engine/running_procedure.h"

using namespace consulta;  // NOLINT
using test::PastRevision;
using test::PlannedProcedure;
using test::shipped;
using test::Silence72;
using test::UnderRevision;

namespace {

using Types = std::vector<std::string>;

/// A text that is to be tabled by Friday 30 June, with these reminders.
struct Reminded : PlannedProcedure {
  explicit Reminded(const std::string& reminders)
      : PlannedProcedure(
            "name = \"P-1\"\ntitle = \"P\"\ncalendar = \"WORKING-DAYS\"\n[[step]]\n"
            "name = \"text\"\nkind = \"tabling\"\ntitle = \"T\"\nuntil = \"2006-06-30\"\n"
            "remind = " +
                reminders + "\non.tabled = \"adopted\"\n",
            "P-1") {}
  Types daysToRemind() {
    Types out;
    for (const auto& due : Story::row("CON-1")->head.dues) {
      if (due.kind == DueKind::reminder) out.push_back(due.due.date.edtf);
    }
    return out;
  }
};

}  // namespace

TEST_CASE("a silence procedure runs from the text to the adoption by itself") {
  Silence72 story;
  CHECK(story.row().procedureVersion == 1);
  story.table(1);
  CHECK(story.enteredTypes() ==
        Types{"consultation.tabled", "consultation.stepCompleted", "consultation.stepStarted"});
  story.recordedAt("2006-05-10").on("2006-05-10");
  story.silence(1, "2006-05-15");
  CHECK(story.enteredTypes() == Types{"consultation.putUnderSilence"});
  story.recordedAt("2006-05-16").fallDue();
  CHECK(story.enteredTypes() == Types{"consultation.silenceObserved", "consultation.stepCompleted",
                                      "consultation.concluded"});
  CHECK(story.stateOf("CON-1") == "concluded");
  CHECK(story.row().outcome == schema::ConsultationOutcome::ADOPTED);
  CHECK(story.row().adoptedRevision == 1);
}

TEST_CASE("what a procedure waits for is among the tasks, with a day or without") {
  Silence72 story;
  const auto now = dateBounds("2006-05-03").value().earliestNs;
  std::vector<std::string> waiting;
  const auto list = [&] {
    waiting.clear();
    eachTask(story.state(), now, std::numeric_limits<std::int64_t>::max(), [&](const Task& task) {
      if (task.due.kind == DueKind::step) waiting.push_back(task.due.number);
      return true;
    });
    return waiting;
  };
  CHECK(list() == std::vector<std::string>{"text"});
  story.table(1);
  CHECK(list() == std::vector<std::string>{"silence"});
}

TEST_CASE("a text is under silence as long, and in the languages, that the procedure says") {
  Silence72 story;
  story.table(1);
  story.recordedAt("2006-05-10").on("2006-05-10");
  const auto silence = [&](const std::string& until, boost::json::array languages) {
    story.when("consultation.putUnderSilence", "CON-1",
               {{"revision", 1},
                {"deadline", until + "T18:00 Europe/Vienna"},
                {"languages", std::move(languages)}});
  };
  silence("2006-05-12", {"en", "fr", "es"});
  CHECK(story.refusedBy("consultation.putUnderSilence.period"));
  silence("2006-05-15", {"en"});
  CHECK(story.failures().size() == 2);
  CHECK(story.refusedBy("consultation.putUnderSilence.languages"));
  silence("2006-05-15", {"es", "en", "fr"});
  CHECK(story.accepted());
}

TEST_CASE("an objection leads to the revision, and a revision in time to another silence") {
  UnderRevision story;
  CHECK(story.enteredTypes() == Types{"consultation.objected", "consultation.silenceBroken",
                                      "consultation.stepCompleted", "consultation.stepStarted"});
  // Ten working days from Friday 12 May; reminded of three before.
  CHECK(story.run("revision").due.date.edtf == "2006-05-26");
  CHECK(story.run("revision").deadline.local == "2006-05-26T23:59:59");
  CHECK(story.run("revision").reminderDays == std::vector<std::string>{"2006-05-23"});
  story.recordedAt("2006-05-22").on("2006-05-22");
  story.table(2);
  CHECK(story.run("silence").state == StepState::started);
  CHECK(story.row().steps.size() == 4);
}

TEST_CASE(
    "a step is reminded of on its day, is overdue after its limit, and the procedure goes on") {
  UnderRevision story;
  story.recordedAt("2006-05-22T23:00:00Z").fallDue();
  CHECK(story.entered().empty());
  story.recordedAt("2006-05-23T08:00:00Z").fallDue();
  CHECK(story.enteredTypes() == Types{"consultation.reminderDue"});
  story.recordedAt("2006-05-26T21:59:59Z").fallDue();
  CHECK(story.entered().empty());
  story.recordedAt("2006-05-26T22:00:00Z").fallDue();
  CHECK(story.enteredTypes() ==
        Types{"consultation.stepOverdue", "consultation.stepCompleted", "consultation.concluded"});
  CHECK(story.row().outcome == schema::ConsultationOutcome::NOT_ADOPTED);
  story.recordedAt("2006-07-01").fallDue();
  CHECK(story.entered().empty());
}

TEST_CASE("a reminder whose day had passed when its step began holds back no other") {
  Reminded story("[\"P45D\", \"P10D\", \"P3D\"]");
  story.recordedAt("2006-05-20");
  story.given("consultation.opened", "CON-1");
  CHECK(story.daysToRemind() == Types{"2006-05-16", "2006-06-20", "2006-06-27"});
  story.fallDue();
  CHECK(story.entered().empty());
  story.recordedAt("2006-06-20T08:00:00Z").fallDue();
  REQUIRE(story.enteredTypes() == Types{"consultation.reminderDue"});
  CHECK(story.entered().front()->get().getOccurred().getEdtf() == "2006-06-20");
  CHECK(story.daysToRemind() == Types{"2006-05-16", "2006-06-27"});
  story.recordedAt("2006-06-28").fallDue();
  CHECK(story.enteredTypes() == Types{"consultation.reminderDue"});
  CHECK(story.daysToRemind() == Types{"2006-05-16"});
}

TEST_CASE("reminders that come to the same day are given once") {
  Reminded story("[\"P3BD\", \"P3D\"]");
  story.given("consultation.opened", "CON-1");
  CHECK(story.daysToRemind() == Types{"2006-06-27"});
  story.recordedAt("2006-06-28").fallDue();
  CHECK(story.enteredTypes() == Types{"consultation.reminderDue"});
  CHECK(story.daysToRemind().empty());
}

TEST_CASE("parallel steps meet where the procedure says so") {
  PlannedProcedure story(shipped("mou-clearance"), "MOU-CLEARANCE");
  story.given("consultation.opened", "CON-1");
  story.table(1);
  CHECK(story.enteredTypes() == Types{"consultation.tabled", "consultation.stepCompleted",
                                      "consultation.stepStarted", "consultation.stepStarted"});
  const auto report = [&](const std::string& step, const std::string& outcome) {
    story.when("consultation.stepReported", "CON-1", {{"step", step}, {"outcome", outcome}});
  };
  report("legal-review", "taken");
  CHECK(story.enteredTypes() == Types{"consultation.stepReported", "consultation.stepCompleted"});
  report("financial-review", "taken");
  CHECK(story.enteredTypes() == Types{"consultation.stepReported", "consultation.stepCompleted",
                                      "consultation.stepStarted"});
  CHECK(story.run("agreement").state == StepState::started);
  story.given("consultation.consensusDeclared", "CON-1", {{"revision", 1}});
  CHECK(story.run("signature").state == StepState::started);
  report("signature", "signed");
  CHECK(story.stateOf("CON-1") == "concluded");
}

TEST_CASE("one of two parallel steps that leads back begins anew, and both are awaited again") {
  PlannedProcedure story(shipped("mou-clearance"), "MOU-CLEARANCE");
  story.given("consultation.opened", "CON-1");
  story.table(1);
  const auto report = [&](const std::string& step, const std::string& outcome) {
    story.given("consultation.stepReported", "CON-1", {{"step", step}, {"outcome", outcome}});
  };
  report("financial-review", "taken");
  report("legal-review", "refused");
  CHECK(story.run("draft").state == StepState::started);
  story.table(2);
  CHECK(story.run("legal-review").state == StepState::started);
  CHECK(story.run("financial-review").state == StepState::started);
  report("legal-review", "taken");
  CHECK(lastRunOf(story.row(), "agreement") == nullptr);
  report("financial-review", "taken");
  CHECK(story.run("agreement").state == StepState::started);
}

TEST_CASE("contributions end when all who were asked have contributed, or with the time limit") {
  for (const bool all : {true, false}) {
    CAPTURE(all);
    PlannedProcedure story(shipped("written-consultation"), "WRITTEN-CONSULTATION");
    story.given("consultation.opened", "CON-1");
    story.given("consultation.stepReported", "CON-1",
                {{"step", "invitation"}, {"outcome", "sent"}});
    const auto contribute = [&](const std::string& party) {
      story.given("consultation.contributed", "CON-1",
                  {{"party", party}, {"contribution", "We support it"}});
    };
    contribute("AR");
    contribute("MX");  // an observer is not asked
    CHECK(story.run("contributions").state == StepState::started);
    if (all) {
      contribute("UY");
      CHECK(story.run("contributions").outcome == "received");
    } else {
      story.recordedAt("2006-06-15").fallDue();
      CHECK(story.run("contributions").outcome == "closed");
    }
    CHECK(story.run("text").state == StepState::started);
  }
}

TEST_CASE("a consultation keeps the version that it began with") {
  const auto first =
      "name = \"P-1\"\ntitle = \"P\"\n[[step]]\nname = \"text\"\nkind = \"tabling\"\n"
      "title = \"Text\"\non.tabled = \"adopted\"\n";
  const auto second =
      "name = \"P-1\"\ntitle = \"P\"\n[[step]]\nname = \"other\"\nkind = \"tabling\"\n"
      "title = \"Text\"\non.tabled = \"not-adopted\"\n";
  PlannedProcedure story(first, "P-1");
  story.given("consultation.opened", "CON-1");
  story.given("procedure.revised", "P-1", {{"definition", second}});
  story.table(1);
  CHECK(story.enteredTypes() ==
        Types{"consultation.tabled", "consultation.stepCompleted", "consultation.concluded"});
  CHECK(story.row().outcome == schema::ConsultationOutcome::ADOPTED);
}

TEST_CASE("states that lie over each other take the text of a procedure apart once for all") {
  Silence72 story;
  const auto text = shipped("silence-72");
  const auto kept = story.state().procedure(text);
  const Overlay above(static_cast<const State&>(story.state()));
  CHECK(above.procedure(text) == kept);
  CHECK(PastState(above, Moment{}).procedure(text) == kept);
  const EmptyState other(test::Story::catalogue());
  CHECK(other.procedure(text) != kept);
}

TEST_CASE("only outcomes that the procedure provides for are reported, of steps under way") {
  PlannedProcedure story(shipped("mou-clearance"), "MOU-CLEARANCE");
  story.given("consultation.opened", "CON-1");
  const auto report = [&](const std::string& step, const std::string& outcome) {
    story.when("consultation.stepReported", "CON-1", {{"step", step}, {"outcome", outcome}});
  };
  report("signature", "signed");
  CHECK(story.refusedBy("consultation.stepReported.running"));
  story.table(1);
  report("legal-review", "postponed");
  CHECK(story.refusedBy("consultation.stepReported.outcome"));
  Silence72 other;
  other.table(1);
  other.when("consultation.stepReported", "CON-1", {{"step", "silence"}, {"outcome", "observed"}});
  CHECK(other.refusedBy("consultation.stepReported.own"));
}

TEST_CASE("no consultation begins by a procedure that is retired, or not valid on that day") {
  const std::string text =
      "name = \"P-1\"\ntitle = \"P\"\nvalid = \"2007/2009\"\n[[step]]\nname = \"text\"\n"
      "kind = \"tabling\"\ntitle = \"Text\"\non.tabled = \"adopted\"\n";
  PlannedProcedure story(text, "P-1");
  story.when("consultation.opened", "CON-1");
  CHECK(story.refusedBy("consultation.procedure.valid"));
  story.given("procedure.retired", "P-1");
  story.when("consultation.opened", "CON-1");
  CHECK(story.refusedBy("consultation.procedure.in-force"));
}

TEST_CASE("in a history that is caught up with, time limits are listed and never fire") {
  PastRevision story;
  story.fallDue();
  CHECK(story.entered().empty());
  story.on("2006-05-27");
  story.given("consultation.stepReported", "CON-1", {{"step", "revision"}, {"outcome", "overdue"}});
  CHECK(story.stateOf("CON-1") == "concluded");
}

TEST_CASE("a step is completed with the outcome that is there and no other") {
  Silence72 story;
  story.when("consultation.stepCompleted", "CON-1",
             {{"step", "text"}, {"outcome", "tabled"}, {"next", {"silence"}}});
  CHECK(story.refusedBy("consultation.stepCompleted.outcome"));
}

TEST_CASE("a vote of a procedure has its majority, and its quorum of those who are counted") {
  PlannedProcedure story(
      "name = \"P-1\"\ntitle = \"P\"\n[[step]]\nname = \"text\"\nkind = \"tabling\"\n"
      "title = \"T\"\non.tabled = \"vote\"\n[[step]]\nname = \"vote\"\nkind = \"vote\"\n"
      "title = \"V\"\nmajority = \"two-thirds\"\nquorum = \"1/2\"\non.carried = \"adopted\"\n"
      "on.not-carried = \"not-adopted\"\non.no-quorum = \"not-adopted\"\n",
      "P-1");
  story.given("consultation.opened", "CON-1");
  story.table(1);
  const auto open = [&](const std::string& majority, int quorum) {
    story.when("consultation.voteOpened", "CON-1",
               {{"round", 1},
                {"majority", majority},
                {"quorum", quorum},
                {"closes", "2006-05-15T18:00 Europe/Vienna"}});
  };
  open("simple", 0);
  CHECK(story.failures().size() == 2);
  CHECK(story.refusedBy("consultation.voteOpened.by-procedure"));
  open("two-thirds", 0);
  CHECK(story.refusedBy("consultation.voteOpened.by-procedure"));
  open("two-thirds", 1);
  CHECK(story.accepted());
}
