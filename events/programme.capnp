@0x954eb96909f69ace;
# Programmes: regional programmes of technical cooperation.
# identified > formulated > in consultation > approved > in execution > completed; suspended;
# cancelled; revised any time from approval on.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("consulta::schema");
using A = import "annotations.capnp";
using V = import "values.capnp";

enum ProgrammeState {
  identified @0;
  formulated @1;
  inConsultation @2;
  approved @3;
  inExecution @4;
  completed @5;
  suspended @6;
  cancelled @7;
}

enum Principle {
  resultsBasedManagement @0;
  partnerships @1;
  strategicAlliances @2;
  southSouthCooperation @3;
  commonApproach @4;
  nationalOwnership @5;
}

enum Significance {
  notStated @0;
  significant @1;
  principal @2;
}

struct ProgrammeEvent $A.aggregate(name = "programme", plural = "programmes", prefix = "PROG",
    listedBy = "period", isPlanned = true,
    help = "A programme of technical cooperation, regional as a rule") {
  union {
    identified @0 :ProgrammeIdentified;
    found @1 :ProgrammeFound;
    areaAdded @2 :ProgrammeAreaAdded;
    areaDropped @3 :ProgrammeAreaDropped;
    approachStated @4 :ProgrammeApproachStated;
    goalAdded @5 :ProgrammeGoalAdded;
    principleAdopted @6 :ProgrammePrincipleAdopted;
    stepPlanned @7 :ProgrammeStepPlanned;
    countryCovered @8 :ProgrammeCountryCovered;
    partnerAdded @9 :ProgrammePartnerAdded;
    sectorAssigned @10 :ProgrammeSectorAssigned;
    markerAssigned @11 :ProgrammeMarkerAssigned;
    officeAssigned @12 :ProgrammeOfficeAssigned;
    formulated @13 :ProgrammeFormulated;
    reformulated @14 :ProgrammeReformulated;
    consulted @15 :ProgrammeConsulted;
    approved @16 :ProgrammeApproved;
    executionStarted @17 :ProgrammeExecutionStarted;
    revised @18 :ProgrammeRevised;
    suspended @19 :ProgrammeSuspended;
    resumed @20 :ProgrammeResumed;
    completed @21 :ProgrammeCompleted;
    cancelled @22 :ProgrammeCancelled;
  }
}

struct ProgrammeIdentified $A.act(verb = "identify", opens = true,
    help = "Record that a programme is wanted",
    example = "PROG-LAC --title \"en:Regional programme for Latin America and the Caribbean\""
              " --region 419 --period 2006/2007 --mandate GC.11/Res.1",
    moves = [(to = "identified")]) {
  title @0 :V.Texts $A.required $A.public $A.publishable;
  region @1 :Text $A.code("region") $A.publishable;
  countries @2 :List(Text) $A.code("country") $A.publishable;
  period @3 :V.Date $A.publishable $A.help("when it is to be executed: 2006/2007");
  mandate @4 :UInt64 $A.ref(["mandate"]) $A.publishable $A.help("what it answers");
  objective @5 :V.Texts $A.public $A.publishable;
  office @6 :UInt64 $A.ref(["office"]) $A.publishable $A.help("responsible for it");
  areas @7 :List(Text) $A.code("area") $A.publishable $A.help("its priority areas");
  goals @8 :List(Text) $A.code("goal") $A.publishable;
  predecessor @9 :UInt64 $A.ref(["programme"]) $A.publishable $A.help("the programme it follows");
}

struct ProgrammeFound $A.act(verb = "found", opens = true,
    help = "Open a programme as found, its earlier life unknown",
    example = "PROG-AFR --title \"en:Regional programme for Africa\" --region 002"
              " --period 2004/2005 --state in-execution",
    moves = [(computed = void)]) {
  title @0 :V.Texts $A.required $A.public $A.publishable;
  state @1 :ProgrammeState $A.required $A.axis("state") $A.publishable;
  region @2 :Text $A.code("region") $A.publishable;
  countries @3 :List(Text) $A.code("country") $A.publishable;
  period @4 :V.Date $A.publishable $A.help("when it is executed: 2006/2007");
  mandate @5 :UInt64 $A.ref(["mandate"]) $A.publishable $A.help("what it answers");
  objective @6 :V.Texts $A.public $A.publishable;
  office @7 :UInt64 $A.ref(["office"]) $A.publishable $A.help("responsible for it");
  areas @8 :List(Text) $A.code("area") $A.publishable $A.help("its priority areas");
  goals @9 :List(Text) $A.code("goal") $A.publishable;
  predecessor @10 :UInt64 $A.ref(["programme"]) $A.publishable $A.help("the programme it follows");
  document @11 :UInt64 $A.ref(["document", "file"]) $A.publishable
      $A.help("that describes the programme");
  approvedOn @12 :V.Date $A.publishable;
  stateBefore @13 :Text $A.axisBefore("state") $A.publishable
      $A.help("of one found suspended: the state it had before");
}

struct ProgrammeAreaAdded $A.act(verb = "add-area",
    help = "Make an area a priority of the programme",
    example = "PROG-LAC --area trade-capacity"
              " --framework \"en:Medium-term programme framework 2006-2009\"",
    moves = [(from = ["identified", "formulated", "inConsultation", "approved", "inExecution"],
              stays = void)]) {
  area @0 :Text $A.required $A.code("area") $A.publishable;
  framework @1 :V.Texts $A.public $A.publishable $A.help("the framework that defines the area");
}

struct ProgrammeAreaDropped $A.act(verb = "drop-area",
    help = "Record that an area is no longer a priority of the programme",
    example = "PROG-LAC --area trade-capacity",
    moves = [(from = ["identified", "formulated", "inConsultation", "approved", "inExecution"],
              stays = void)]) {
  area @0 :Text $A.required $A.code("area") $A.publishable;
  reason @1 :V.Sealed;
}

struct ProgrammeApproachStated $A.act(verb = "state-approach",
    help = "State the approach that programmes and projects share",
    example = "PROG-LAC --text \"en:A common approach will facilitate formulation\""
              " --areas poverty-reduction --areas trade-capacity --areas environment-energy",
    moves = [(from = ["identified", "formulated", "inConsultation", "approved", "inExecution"],
              stays = void)]) {
  text @0 :V.Texts $A.required $A.public $A.publishable;
  areas @1 :List(Text) $A.code("area") $A.publishable $A.help("the areas it holds for");
  framework @2 :V.Texts $A.public $A.publishable $A.help("the framework that defines the areas");
}

struct ProgrammeGoalAdded $A.act(verb = "add-goal",
    help = "Record that the programme pays attention to a goal",
    example = "PROG-LAC --goal MDG7 --attention \"en:Due attention is to be paid\"",
    moves = [(from = ["identified", "formulated", "inConsultation", "approved", "inExecution"],
              stays = void)]) {
  goal @0 :Text $A.required $A.code("goal") $A.publishable;
  attention @1 :V.Texts $A.public $A.publishable $A.help("how much, and in what way");
}

struct ProgrammePrincipleAdopted $A.act(verb = "adopt-principle",
    help = "Record a principle that the programme follows",
    example = "PROG-LAC --principle results-based-management",
    moves = [(from = ["identified", "formulated", "inConsultation", "approved", "inExecution"],
              stays = void)]) {
  principle @0 :Principle $A.required $A.publishable;
  text @1 :V.Texts $A.public $A.publishable;
}

struct ProgrammeStepPlanned $A.act(verb = "plan-step",
    help = "Record a step towards execution",
    example = "PROG-LAC --number 1 --text \"en:Ministerial meeting on renewable energies\""
              " --step MTG-2006-002",
    moves = [(from = ["identified", "formulated", "inConsultation", "approved", "inExecution"],
              stays = void)]) {
  number @0 :UInt32 $A.required $A.publishable $A.help("1 for the first step");
  text @1 :V.Texts $A.required $A.public $A.publishable;
  step @2 :UInt64 $A.ref(["meeting", "project", "consultation"]) $A.publishable
      $A.help("the meeting or project it consists of");
}

struct ProgrammeCountryCovered $A.act(verb = "cover",
    help = "Record that the programme covers a country",
    example = "PROG-LAC --country UY --share 12.5",
    moves = [(from = ["identified", "formulated", "inConsultation", "approved", "inExecution"],
              stays = void)]) {
  country @0 :Text $A.required $A.code("country") $A.publishable;
  share @1 :V.Decimal $A.publishable $A.help("its share of the programme, in per cent");
}

struct ProgrammePartnerAdded $A.act(verb = "add-partner",
    help = "Record that a party takes part in the programme",
    example = "PROG-LAC --party SEGIB --role \"en:Strategic alliance\"",
    moves = [(from = ["identified", "formulated", "inConsultation", "approved", "inExecution"],
              stays = void)]) {
  party @0 :UInt64 $A.required $A.ref(["party"]) $A.publishable;
  role @1 :V.Texts $A.public $A.publishable;
}

struct ProgrammeSectorAssigned $A.act(verb = "assign-sector",
    help = "Record the sector the programme belongs to, wholly or in part",
    example = "PROG-LAC --sector 32120 --share 100",
    moves = [(from = ["identified", "formulated", "inConsultation", "approved", "inExecution"],
              stays = void)]) {
  sector @0 :Text $A.required $A.code("sector") $A.publishable;
  share @1 :V.Decimal $A.publishable $A.help("its share of the programme, in per cent");
}

struct ProgrammeMarkerAssigned $A.act(verb = "assign-marker",
    help = "Record how far the programme serves a policy",
    example = "PROG-LAC --marker 2 --significance significant",
    moves = [(from = ["identified", "formulated", "inConsultation", "approved", "inExecution"],
              stays = void)]) {
  marker @0 :Text $A.required $A.code("marker") $A.publishable;
  significance @1 :Significance $A.required $A.publishable;
}

struct ProgrammeOfficeAssigned $A.act(verb = "assign",
    help = "Make an office responsible for the programme",
    example = "PROG-LAC --office LAC-BUREAU",
    moves = [(from = ["identified", "formulated", "inConsultation", "approved", "inExecution",
                      "suspended"], stays = void)]) {
  office @0 :UInt64 $A.required $A.ref(["office"]) $A.publishable;
}

struct ProgrammeFormulated $A.act(verb = "formulate",
    help = "Record that the programme has been formulated",
    example = "PROG-LAC --document DOC-2006-002",
    moves = [(from = ["identified"], to = "formulated")]) {
  document @0 :UInt64 $A.ref(["document", "file"]) $A.publishable $A.help("the formulation");
  title @1 :V.Texts $A.public $A.publishable;
  objective @2 :V.Texts $A.public $A.publishable;
  period @3 :V.Date $A.publishable $A.help("when it is to be executed");
}

struct ProgrammeReformulated $A.act(verb = "reformulate",
    help = "Record a new formulation, before approval",
    example = "PROG-LAC --document DOC-2006-003",
    moves = [(from = ["identified", "formulated", "inConsultation"], stays = void)]) {
  document @0 :UInt64 $A.ref(["document", "file"]) $A.publishable $A.help("the new formulation");
  title @1 :V.Texts $A.public $A.publishable;
  objective @2 :V.Texts $A.public $A.publishable;
  period @3 :V.Date $A.publishable $A.help("when it is to be executed");
  region @4 :Text $A.code("region") $A.publishable;
  reason @5 :V.Sealed;
}

struct ProgrammeConsulted $A.act(verb = "consult",
    help = "Record that the programme is put to a consultation",
    example = "PROG-LAC --consultation CON-2006-001",
    moves = [(from = ["formulated", "inConsultation"], to = "inConsultation")]) {
  consultation @0 :UInt64 $A.required $A.ref(["consultation"]) $A.publishable;
}

struct ProgrammeApproved $A.act(verb = "approve",
    help = "Record that the programme is approved, by a consultation or a decision",
    example = "PROG-LAC --consultation CON-2006-001",
    moves = [(from = ["formulated", "inConsultation"], to = "approved")]) {
  consultation @0 :UInt64 $A.ref(["consultation"]) $A.publishable
      $A.help("the concluded consultation that adopted it");
  decision @1 :UInt64 $A.ref(["document", "mandate"]) $A.publishable
      $A.help("the decision that approved it");
}

struct ProgrammeExecutionStarted $A.act(verb = "start",
    help = "Record that execution has begun",
    example = "PROG-LAC",
    moves = [(from = ["approved"], to = "inExecution")]) {
  summary @0 :V.Sealed;
}

struct ProgrammeRevised $A.act(verb = "revise",
    help = "Revise the programme after approval",
    example = "PROG-LAC --period 2006/2008 --decision IDB.33/Dec.2",
    moves = [(from = ["approved", "inExecution"], stays = void)]) {
  title @0 :V.Texts $A.public $A.publishable;
  objective @1 :V.Texts $A.public $A.publishable;
  period @2 :V.Date $A.publishable $A.help("when it is to be executed");
  region @3 :Text $A.code("region") $A.publishable;
  document @4 :UInt64 $A.ref(["document", "file"]) $A.publishable $A.help("the revised programme");
  decision @5 :UInt64 $A.ref(["document", "mandate", "recommendation", "consultation"])
      $A.publishable $A.help("what the revision rests on");
  reason @6 :V.Sealed;
}

struct ProgrammeSuspended $A.act(verb = "suspend",
    help = "Suspend the programme",
    example = "PROG-LAC --reason \"Funds are awaited\"",
    moves = [(from = ["identified", "formulated", "inConsultation", "approved", "inExecution"],
              to = "suspended")]) {
  reason @0 :V.Sealed $A.required;
  until @1 :V.Date $A.publishable;
}

struct ProgrammeResumed $A.act(verb = "resume",
    help = "Take the programme up again where it was suspended",
    example = "PROG-LAC",
    moves = [(from = ["suspended"], previous = void)]) {
  reason @0 :V.Sealed;
}

struct ProgrammeCompleted $A.act(verb = "complete",
    help = "Record that the programme has been carried out",
    example = "PROG-LAC --report DOC-2008-001",
    moves = [(from = ["inExecution"], to = "completed")]) {
  report @0 :UInt64 $A.ref(["document"]) $A.publishable;
}

struct ProgrammeCancelled $A.act(verb = "cancel",
    help = "Give the programme up for good",
    example = "PROG-LAC --reason \"No funds were found\"",
    moves = [(from = ["identified", "formulated", "inConsultation", "approved", "inExecution",
                      "suspended"], to = "cancelled")]) {
  reason @0 :V.Sealed $A.required;
}
