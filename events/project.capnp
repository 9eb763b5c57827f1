@0xff1c3468842a64c7;
# Projects of technical cooperation, national or regional.
# concept > formulated > appraised > approved > in execution > operationally completed > financially
# closed; rejected; suspended; cancelled.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("consulta::schema");
using A = import "annotations.capnp";
using V = import "values.capnp";
using Programme = import "programme.capnp";

enum ProjectState {
  concept @0;
  formulated @1;
  appraised @2;
  approved @3;
  inExecution @4;
  operationallyCompleted @5;
  financiallyClosed @6;
  rejected @7;
  suspended @8;
  cancelled @9;
}

enum ProjectScope {
  national @0;
  regional @1;
  interregional @2;
}

enum ProjectRole {
  implementing @0;
  executing @1 $A.help("accountable for the whole");
  funding @2;
  beneficiary @3;
}

struct ProjectEvent $A.aggregate(name = "project", plural = "projects", prefix = "PRJ",
    listedBy = "period", isPlanned = true,
    help = "A project of technical cooperation, national or regional") {
  union {
    conceived @0 :ProjectConceived;
    found @1 :ProjectFound;
    originStated @2 :ProjectOriginStated;
    countryCovered @3 :ProjectCountryCovered;
    sectorAssigned @4 :ProjectSectorAssigned;
    markerAssigned @5 :ProjectMarkerAssigned;
    goalAdded @6 :ProjectGoalAdded;
    partyAdded @7 :ProjectPartyAdded;
    partyReleased @8 :ProjectPartyReleased;
    officeAssigned @9 :ProjectOfficeAssigned;
    budgeted @10 :ProjectBudgeted;
    formulated @11 :ProjectFormulated;
    appraised @12 :ProjectAppraised;
    approved @13 :ProjectApproved;
    executionStarted @14 :ProjectExecutionStarted;
    spent @15 :ProjectSpent;
    revised @16 :ProjectRevised;
    operationallyCompleted @17 :ProjectOperationallyCompleted;
    financiallyClosed @18 :ProjectFinanciallyClosed;
    rejected @19 :ProjectRejected;
    suspended @20 :ProjectSuspended;
    resumed @21 :ProjectResumed;
    cancelled @22 :ProjectCancelled;
  }
}

struct ProjectConceived $A.act(verb = "conceive", opens = true,
    help = "Record the concept of a project",
    example = "PRJ-2007-001 --title \"en:Solar drying of fruit\" --scope national"
              " --countries UY --programme PROG-LAC --areas environment-energy",
    moves = [(to = "concept")]) {
  title @0 :V.Texts $A.required $A.public $A.publishable;
  scope @1 :ProjectScope $A.required $A.publishable;
  countries @2 :List(Text) $A.code("country") $A.publishable;
  region @3 :Text $A.code("region") $A.publishable;
  areas @4 :List(Text) $A.code("area") $A.publishable;
  programme @5 :UInt64 $A.ref(["programme"]) $A.publishable;
  origins @6 :List(UInt64) $A.ref(["meeting", "recommendation", "consultation"]) $A.publishable
      $A.help("the meeting or recommendation it comes from");
  objective @7 :V.Texts $A.public $A.publishable;
  period @8 :V.Date $A.publishable $A.help("when it is to be executed");
  office @9 :UInt64 $A.ref(["office"]) $A.publishable $A.help("responsible for it");
}

struct ProjectFound $A.act(verb = "found", opens = true,
    help = "Open a project as found, its earlier life unknown",
    example = "PRJ-2004-009 --title \"en:Cleaner production centre\" --scope national"
              " --countries PE --state in-execution",
    moves = [(computed = void)]) {
  title @0 :V.Texts $A.required $A.public $A.publishable;
  scope @1 :ProjectScope $A.required $A.publishable;
  state @2 :ProjectState $A.required $A.axis("state") $A.publishable;
  countries @3 :List(Text) $A.code("country") $A.publishable;
  region @4 :Text $A.code("region") $A.publishable;
  areas @5 :List(Text) $A.code("area") $A.publishable;
  programme @6 :UInt64 $A.ref(["programme"]) $A.publishable;
  origins @7 :List(UInt64) $A.ref(["meeting", "recommendation", "consultation"]) $A.publishable
      $A.help("the meeting or recommendation it comes from");
  objective @8 :V.Texts $A.public $A.publishable;
  period @9 :V.Date $A.publishable $A.help("when it is executed");
  office @10 :UInt64 $A.ref(["office"]) $A.publishable $A.help("responsible for it");
  parties @11 :List(UInt64) $A.ref(["party"]) $A.publishable $A.help("the implementing parties");
  budget @12 :V.Money $A.publishable $A.help("absent: not known");
  approvedOn @13 :V.Date $A.publishable;
  stateBefore @14 :Text $A.axisBefore("state") $A.publishable
      $A.help("of one found suspended: the state it had before");
}

struct ProjectOriginStated $A.act(verb = "state-origin",
    help = "Name the meeting or recommendation the project comes from",
    example = "PRJ-2007-001 --origin MTG-2006-002",
    moves = [(from = ["concept", "formulated", "appraised", "approved", "inExecution"],
              stays = void)]) {
  origin @0 :UInt64 $A.required $A.ref(["meeting", "recommendation", "consultation"])
      $A.publishable;
}

struct ProjectCountryCovered $A.act(verb = "cover",
    help = "Record that the project covers a country",
    example = "PRJ-2007-001 --country AR --share 50",
    moves = [(from = ["concept", "formulated", "appraised", "approved", "inExecution"],
              stays = void)]) {
  country @0 :Text $A.required $A.code("country") $A.publishable;
  share @1 :V.Decimal $A.publishable $A.help("its share of the project, in per cent");
}

struct ProjectSectorAssigned $A.act(verb = "assign-sector",
    help = "Record the sector the project belongs to, wholly or in part",
    example = "PRJ-2007-001 --sector 32161 --share 100",
    moves = [(from = ["concept", "formulated", "appraised", "approved", "inExecution"],
              stays = void)]) {
  sector @0 :Text $A.required $A.code("sector") $A.publishable;
  share @1 :V.Decimal $A.publishable $A.help("its share of the project, in per cent");
}

struct ProjectMarkerAssigned $A.act(verb = "assign-marker",
    help = "Record how far the project serves a policy",
    example = "PRJ-2007-001 --marker 2 --significance principal",
    moves = [(from = ["concept", "formulated", "appraised", "approved", "inExecution"],
              stays = void)]) {
  marker @0 :Text $A.required $A.code("marker") $A.publishable;
  significance @1 :Programme.Significance $A.required $A.publishable;
}

struct ProjectGoalAdded $A.act(verb = "add-goal",
    help = "Record that the project serves a goal",
    example = "PRJ-2007-001 --goal MDG7",
    moves = [(from = ["concept", "formulated", "appraised", "approved", "inExecution"],
              stays = void)]) {
  goal @0 :Text $A.required $A.code("goal") $A.publishable;
}

struct ProjectPartyAdded $A.act(verb = "add-party",
    help = "Record that a party takes part in the project",
    example = "PRJ-2007-001 --party UNIDO --role implementing",
    moves = [(from = ["concept", "formulated", "appraised", "approved", "inExecution"],
              stays = void)]) {
  party @0 :UInt64 $A.required $A.ref(["party"]) $A.publishable;
  role @1 :ProjectRole $A.required $A.publishable;
}

struct ProjectPartyReleased $A.act(verb = "release-party",
    help = "Record that a party no longer takes part in the project",
    example = "PRJ-2007-001 --party UNIDO --role implementing",
    moves = [(from = ["concept", "formulated", "appraised", "approved", "inExecution"],
              stays = void)]) {
  party @0 :UInt64 $A.required $A.ref(["party"]) $A.publishable;
  role @1 :ProjectRole $A.required $A.publishable;
  reason @2 :V.Sealed;
}

struct ProjectOfficeAssigned $A.act(verb = "assign",
    help = "Make an office responsible for the project",
    example = "PRJ-2007-001 --office LAC-BUREAU",
    moves = [(from = ["concept", "formulated", "appraised", "approved", "inExecution",
                      "suspended", "operationallyCompleted"], stays = void)]) {
  office @0 :UInt64 $A.required $A.ref(["office"]) $A.publishable;
}

struct ProjectBudgeted $A.act(verb = "budget",
    help = "Set the budget of the project, as a whole or for a period",
    example = "PRJ-2007-001 --amount \"1000000.00 USD\" --period 2007",
    moves = [(from = ["concept", "formulated", "appraised", "approved", "inExecution"],
              stays = void)]) {
  amount @0 :V.Money $A.required $A.publishable;
  period @1 :V.Date $A.publishable $A.help("a year at most; absent: the whole project");
  indicative @2 :Bool $A.publishable $A.help("not yet committed");
}

struct ProjectFormulated $A.act(verb = "formulate",
    help = "Record that the project has been formulated",
    example = "PRJ-2007-001 --document DOC-2007-001",
    moves = [(from = ["concept"], to = "formulated")]) {
  document @0 :UInt64 $A.ref(["document", "file"]) $A.publishable $A.help("the formulation");
  title @1 :V.Texts $A.public $A.publishable;
  objective @2 :V.Texts $A.public $A.publishable;
  period @3 :V.Date $A.publishable $A.help("when it is to be executed");
}

struct ProjectAppraised $A.act(verb = "appraise",
    help = "Record that the project has been appraised",
    example = "PRJ-2007-001 --office QUALITY --appraisal \"Sound, with minor remarks\"",
    moves = [(from = ["formulated"], to = "appraised")]) {
  office @0 :UInt64 $A.ref(["office"]) $A.help("who appraised it");
  appraisal @1 :V.Sealed;
  document @2 :UInt64 $A.ref(["document", "file"]) $A.help("the appraisal");
}

struct ProjectApproved $A.act(verb = "approve",
    help = "Record that the project is approved, with the share of funds that is secured",
    example = "PRJ-2007-001 --secured-share 60 --funds FUND-2006-002",
    moves = [(from = ["appraised"], to = "approved")]) {
  securedShare @0 :V.Decimal $A.required $A.publishable $A.help("of the budget, in per cent");
  funds @1 :List(UInt64) $A.ref(["funding"]) $A.publishable $A.help("the pledges that secure it");
  by @2 :UInt64 $A.ref(["office", "party", "meeting"]) $A.publishable $A.help("who approved it");
}

struct ProjectExecutionStarted $A.act(verb = "start",
    help = "Record that execution has begun",
    example = "PRJ-2007-001",
    moves = [(from = ["approved"], to = "inExecution")]) {
  summary @0 :V.Sealed;
}

struct ProjectSpent $A.act(verb = "spend",
    help = "Record expenditure of the project",
    example = "PRJ-2007-001 --amount \"25000.00 USD\" --purpose \"en:Equipment\"",
    moves = [(from = ["inExecution", "operationallyCompleted"], stays = void)]) {
  amount @0 :V.Money $A.required $A.publishable;
  purpose @1 :V.Texts $A.public $A.publishable;
  party @2 :UInt64 $A.ref(["party"]) $A.publishable $A.help("who was paid");
}

struct ProjectRevised $A.act(verb = "revise",
    help = "Change the title, objective, region, areas or period of the project",
    example = "PRJ-2007-001 --period 2007/2009 --reason \"Equipment came late\"",
    moves = [(from = ["concept", "formulated", "appraised", "approved", "inExecution"],
              stays = void)]) {
  title @0 :V.Texts $A.public $A.publishable;
  objective @1 :V.Texts $A.public $A.publishable;
  period @2 :V.Date $A.publishable $A.help("when it is executed");
  region @3 :Text $A.code("region") $A.publishable;
  areas @4 :List(Text) $A.code("area") $A.publishable;
  document @5 :UInt64 $A.ref(["document", "file"]) $A.publishable $A.help("the revision");
  reason @6 :V.Sealed;
}

struct ProjectOperationallyCompleted $A.act(verb = "complete",
    help = "Record that the work of the project is done",
    example = "PRJ-2007-001 --report DOC-2009-003",
    moves = [(from = ["inExecution"], to = "operationallyCompleted")]) {
  report @0 :UInt64 $A.ref(["document"]) $A.publishable;
}

struct ProjectFinanciallyClosed $A.act(verb = "close",
    help = "Record that the accounts of the project are closed",
    example = "PRJ-2007-001",
    moves = [(from = ["operationallyCompleted"], to = "financiallyClosed")]) {
  balance @0 :V.Money $A.publishable $A.help("what was left over");
}

struct ProjectRejected $A.act(verb = "reject",
    help = "Record that the project is rejected, and why",
    example = "PRJ-2007-001 --reason \"Duplicates another project\"",
    moves = [(from = ["concept", "formulated", "appraised"], to = "rejected")]) {
  reason @0 :V.Sealed $A.required;
}

struct ProjectSuspended $A.act(verb = "suspend",
    help = "Suspend the project",
    example = "PRJ-2007-001 --reason \"Funds are awaited\"",
    moves = [(from = ["concept", "formulated", "appraised", "approved", "inExecution"],
              to = "suspended")]) {
  reason @0 :V.Sealed $A.required;
  until @1 :V.Date $A.publishable;
}

struct ProjectResumed $A.act(verb = "resume",
    help = "Take the project up again where it was suspended",
    example = "PRJ-2007-001",
    moves = [(from = ["suspended"], previous = void)]) {
  reason @0 :V.Sealed;
}

struct ProjectCancelled $A.act(verb = "cancel",
    help = "Give the project up for good",
    example = "PRJ-2007-001 --reason \"The partner has withdrawn\"",
    moves = [(from = ["concept", "formulated", "appraised", "approved", "inExecution",
                      "suspended"], to = "cancelled")]) {
  reason @0 :V.Sealed $A.required;
}
