@0xd6c1f0a47b3e9528;
# Consultations: the steps of the procedure by which one runs, mostly entered by the engine.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("consulta::schema");
using A = import "annotations.capnp";
using V = import "values.capnp";

struct ConsultationStepStarted $A.act(verb = "",
    help = "Note that a step of the procedure has begun",
    moves = [(from = ["open"], stays = void)]) {
  step @0 :Text $A.required $A.public $A.publishable $A.help("name of the step");
  due @1 :V.Deadline $A.publishable;
  deadline @2 :V.ZonedTime $A.publishable $A.help("when the hour matters");
  version @3 :UInt32 $A.publishable $A.help("of the procedure that the consultation runs by");
  reminders @4 :List(Text) $A.public $A.help("days on which those are reminded who have to act");
  escalateOn @5 :V.Date $A.help("when it is passed on, if it is not done by then");
  escalateTo @6 :UInt64 $A.ref(["office"]);
  calendar @7 :UInt64 $A.ref(["calendar"]) $A.help("by which its days were counted");
  session @8 :UInt64 $A.ref(["session"]) $A.help("before which it is due");
  countsFrom @9 :V.Date $A.publishable $A.help("the end of the step that its limit counts from");
  kind @10 :Text $A.public $A.publishable $A.help("what is done in it: contributions, vote");
  roles @11 :List(Text) $A.public $A.publishable $A.help("whom it asks: eligible, secretariat");
  asked @12 :List(UInt64) $A.ref(["party"]) $A.publishable
      $A.help("the parties it asks by name, and the members that groups had when it began");
  offices @13 :List(UInt64) $A.ref(["office"]) $A.publishable $A.help("the offices it asks");
}

struct ConsultationStepMoved $A.act(verb = "",
    help = "Note that the time limit of a step has moved with a session, calendar or other step",
    moves = [(from = ["open", "suspended"], stays = void)]) {
  step @0 :Text $A.required $A.public $A.publishable $A.help("name of the step");
  from @1 :V.Deadline $A.publishable $A.help("when it was due before");
  due @2 :V.Deadline $A.publishable $A.help("when it is due now");
  deadline @3 :V.ZonedTime $A.publishable $A.help("when the hour matters");
  reminders @4 :List(Text) $A.public $A.help("days on which those are reminded who have to act");
  escalateOn @5 :V.Date $A.help("when it is passed on, if it is not done by then");
  because @6 :UInt64 $A.ref(["session", "calendar"]) $A.publishable $A.help("what has changed");
  after @7 :Text $A.public $A.publishable $A.help("the step that it counts from, where that ended");
  countsFrom @8 :V.Date $A.publishable $A.help("the end of that step");
  run @9 :UInt64 $A.required $A.help("position of the entry by which this run of it began");
}

struct ConsultationStepCompleted $A.act(verb = "",
    help = "Note that a step of the procedure is completed",
    moves = [(from = ["open"], stays = void)]) {
  step @0 :Text $A.required $A.public $A.publishable $A.help("name of the step");
  outcome @1 :Text $A.required $A.public $A.publishable;
  next @2 :List(Text) $A.public $A.publishable $A.help("the steps that follow");
}

struct ConsultationStepReported $A.act(verb = "report-step",
    help = "Record how a step of the procedure ended that the register cannot see for itself",
    example = "CON-2006-001 --step meeting --outcome held --evidence MTG-2006-001",
    moves = [(from = ["open"], stays = void)]) {
  step @0 :Text $A.required $A.public $A.publishable $A.help("name of the step");
  outcome @1 :Text $A.required $A.public $A.publishable
      $A.help("as the procedure names it: held, signed, taken, refused, overdue");
  evidence @2 :UInt64 $A.publishable
      $A.ref(["meeting", "mou", "document", "mandate", "session", "correspondence", "file"])
      $A.help("what shows it");
}

struct ConsultationStepOverdue $A.act(verb = "",
    help = "Note that a step was not completed in time",
    moves = [(from = ["open"], stays = void)]) {
  step @0 :Text $A.required $A.public $A.help("name of the step");
  due @1 :V.Date $A.required;
  lateSeconds @2 :UInt64 $A.help("how long after the deadline this was entered");
}

struct ConsultationReminderDue $A.act(verb = "",
    help = "Note that a party is to be reminded",
    moves = [(from = ["open"], stays = void)]) {
  step @0 :Text $A.required $A.public $A.help("name of the step");
  party @1 :UInt64 $A.ref(["party"]) $A.help("absent: everybody who has not acted");
  due @2 :V.Date $A.help("the deadline the reminder is about");
  lateSeconds @3 :UInt64 $A.help("how long after its hour this was entered");
}

struct ConsultationEscalated $A.act(verb = "",
    help = "Note that a step has been passed on to a higher office",
    moves = [(from = ["open"], stays = void)]) {
  step @0 :Text $A.required $A.public $A.help("name of the step");
  office @1 :UInt64 $A.ref(["office"]) $A.help("to whom");
  lateSeconds @2 :UInt64 $A.help("how long after its hour this was entered");
}

struct ConsultationAnswerOverdue $A.act(verb = "",
    help = "Note that a party has said nothing by the day that its invitation asked for",
    moves = [(from = ["planned", "open"], stays = void)]) {
  party @0 :UInt64 $A.required $A.ref(["party"]);
  due @1 :V.Date $A.required;
  lateSeconds @2 :UInt64 $A.help("how long after the deadline this was entered");
}
