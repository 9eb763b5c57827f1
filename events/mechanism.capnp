@0x85d26fbc35532682;
# Mechanisms of periodic consultation: what is consulted on, with which circles, how often.
# being elaborated > in operation; revised on the way; ended.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("consulta::schema");
using A = import "annotations.capnp";
using V = import "values.capnp";
using Meeting = import "meeting.capnp";

enum MechanismState {
  beingElaborated @0;
  inOperation @1;
  ended @2;
}

enum Circle {
  # Three circles that are never mixed: a party of one is not thereby a party of another.
  memberStates @0 $A.help("the Member States of the region, who are consulted");
  regionalGroup @1 $A.help("the regional group of States, with whom we cooperate closely");
  countriesAndStakeholders @2 $A.help("countries with the main stakeholders and partners");
}

enum StrategyQuality {
  consensual @0;
  lasting @1;
  comprehensive @2;
}

enum StrategyFunction {
  definition @0;
  formulation @1;
  updating @2 $A.help("of programmes that exist");
  execution @3;
  monitoring @4;
  resourceMobilization @5;
}

enum Frequency {
  notStated @0;
  once @1;
  allYearRound @2;
  regular @3 $A.help("at intervals that are not stated");
  monthly @4;
  quarterly @5;
  halfYearly @6;
  annual @7;
  biennial @8;
}

enum RelationSide {
  secretariat @0;
  fieldOffices @1;
  permanentMissions @2 $A.help("each belongs to its Member State");
  nationalPartners @3;
  regionalGroup @4;
}

enum Foundation {
  coreCompetencies @0;
  availableResources @1;
  globalNetworks @2;
}

struct MechanismEvent $A.aggregate(name = "mechanism", plural = "mechanisms", prefix = "MEC",
    listedBy = "operatingSince",
    help = "A mechanism of periodic consultation with countries, stakeholders and partners") {
  union {
    elaborationStarted @0 :MechanismElaborationStarted;
    found @1 :MechanismFound;
    strategyStated @2 :MechanismStrategyStated;
    purposeStated @3 :MechanismPurposeStated;
    circleDefined @4 :MechanismCircleDefined;
    circleJoined @5 :MechanismCircleJoined;
    circleLeft @6 :MechanismCircleLeft;
    seriesProvided @7 :MechanismSeriesProvided;
    relationsProvided @8 :MechanismRelationsProvided;
    foundationStated @9 :MechanismFoundationStated;
    programmeCovered @10 :MechanismProgrammeCovered;
    officeAssigned @11 :MechanismOfficeAssigned;
    startedOperating @12 :MechanismStartedOperating;
    revised @13 :MechanismRevised;
    ended @14 :MechanismEnded;
  }
}

struct MechanismElaborationStarted $A.act(verb = "elaborate", opens = true,
    help = "Record that a mechanism of consultation is being elaborated",
    example = "MEC-LAC --title \"en:Mechanism of periodic consultation\" --region 419"
              " --mandate GC.11/Res.1 --frequency regular",
    moves = [(to = "beingElaborated")]) {
  title @0 :V.Texts $A.required $A.public $A.publishable;
  purpose @1 :V.Texts $A.public $A.publishable $A.help("what is consulted on, and to what end");
  region @2 :Text $A.code("region") $A.publishable;
  mandate @3 :UInt64 $A.ref(["mandate"]) $A.publishable $A.help("what it answers");
  programmes @4 :List(UInt64) $A.ref(["programme"]) $A.publishable;
  frequency @5 :Frequency $A.publishable;
  office @6 :UInt64 $A.ref(["office"]) $A.publishable $A.help("responsible for it");
}

struct MechanismFound $A.act(verb = "found", opens = true,
    help = "Open a mechanism as found, its earlier life unknown",
    example = "MEC-AFR --title \"en:Consultations with Africa\" --region 002 --state in-operation",
    moves = [(computed = void)]) {
  title @0 :V.Texts $A.required $A.public $A.publishable;
  state @1 :MechanismState $A.required $A.axis("state") $A.publishable;
  purpose @2 :V.Texts $A.public $A.publishable $A.help("what is consulted on, and to what end");
  region @3 :Text $A.code("region") $A.publishable;
  mandate @4 :UInt64 $A.ref(["mandate"]) $A.publishable $A.help("what it answers");
  programmes @5 :List(UInt64) $A.ref(["programme"]) $A.publishable;
  frequency @6 :Frequency $A.publishable;
  office @7 :UInt64 $A.ref(["office"]) $A.publishable $A.help("responsible for it");
  operatingSince @8 :V.Date $A.publishable;
}

struct MechanismStrategyStated $A.act(verb = "state-strategy",
    help = "State the programming strategy that the mechanism serves",
    example = "MEC-LAC --text \"en:A consensual, lasting and comprehensive mechanism\""
              " --qualities consensual --qualities lasting --functions definition"
              " --functions resource-mobilization",
    moves = [(from = ["beingElaborated", "inOperation"], stays = void)]) {
  text @0 :V.Texts $A.required $A.public $A.publishable;
  qualities @1 :List(StrategyQuality) $A.publishable $A.help("what the mechanism is to be");
  functions @2 :List(StrategyFunction) $A.publishable $A.help("what it is to serve for");
}

struct MechanismPurposeStated $A.act(verb = "state-purpose",
    help = "State one of the things that are consulted on",
    example = "MEC-LAC --function updating --text \"en:Update the existing programmes\"",
    moves = [(from = ["beingElaborated", "inOperation"], stays = void)]) {
  function @0 :StrategyFunction $A.required $A.publishable;
  text @1 :V.Texts $A.public $A.publishable;
  areas @2 :List(Text) $A.code("area") $A.publishable;
}

struct MechanismCircleDefined $A.act(verb = "define-circle",
    help = "Say who makes up one of the circles, and how it takes part",
    example = "MEC-LAC --circle regional-group --group GRULAC"
              " --involvement \"en:Close cooperation\"",
    moves = [(from = ["beingElaborated", "inOperation"], stays = void)]) {
  circle @0 :Circle $A.required $A.publishable;
  group @1 :UInt64 $A.ref(["party"]) $A.publishable $A.help("the group that makes it up");
  region @2 :Text $A.code("region") $A.publishable $A.help("whose countries make it up");
  involvement @3 :V.Texts $A.public $A.publishable $A.help("how it takes part");
}

struct MechanismCircleJoined $A.act(verb = "admit",
    help = "Record that a party belongs to a circle",
    example = "MEC-LAC --circle countries-and-stakeholders --party SEGIB",
    moves = [(from = ["beingElaborated", "inOperation"], stays = void)]) {
  circle @0 :Circle $A.required $A.publishable;
  party @1 :UInt64 $A.required $A.ref(["party"]) $A.publishable;
}

struct MechanismCircleLeft $A.act(verb = "release",
    help = "Record that a party no longer belongs to a circle",
    example = "MEC-LAC --circle countries-and-stakeholders --party SEGIB",
    moves = [(from = ["beingElaborated", "inOperation"], stays = void)]) {
  circle @0 :Circle $A.required $A.publishable;
  party @1 :UInt64 $A.required $A.ref(["party"]) $A.publishable;
  reason @2 :V.Sealed;
}

struct MechanismSeriesProvided $A.act(verb = "provide-series",
    help = "Provide for a series of meetings",
    example = "MEC-LAC --title \"en:Annual expert meetings\" --kind expert-group"
              " --frequency annual --first 2006-06/2006-07",
    moves = [(from = ["beingElaborated", "inOperation"], stays = void)]) {
  title @0 :V.Texts $A.required $A.public $A.publishable;
  kind @1 :Meeting.MeetingKind $A.required $A.publishable;
  frequency @2 :Frequency $A.required $A.publishable;
  first @3 :V.Date $A.publishable $A.help("when the first is to be held");
}

struct MechanismRelationsProvided $A.act(verb = "provide-relations",
    help = "Provide for working relations between two or more sides",
    example = "MEC-LAC --between secretariat --between field-offices"
              " --between permanent-missions --frequency all-year-round",
    moves = [(from = ["beingElaborated", "inOperation"], stays = void)]) {
  between @0 :List(RelationSide) $A.required $A.publishable;
  frequency @1 :Frequency $A.required $A.publishable;
  purpose @2 :V.Texts $A.public $A.publishable $A.help("what they are for: monitoring, follow-up");
}

struct MechanismFoundationStated $A.act(verb = "state-foundation",
    help = "State what in the region or the organization the mechanism can build on",
    example = "MEC-LAC --foundation core-competencies"
              " --text \"en:Core competencies available in the region\"",
    moves = [(from = ["beingElaborated", "inOperation"], stays = void)]) {
  foundation @0 :Foundation $A.required $A.publishable;
  text @1 :V.Texts $A.required $A.public $A.publishable;
}

struct MechanismProgrammeCovered $A.act(verb = "cover",
    help = "Record that a programme is consulted on under the mechanism",
    example = "MEC-LAC --programme PROG-LAC",
    moves = [(from = ["beingElaborated", "inOperation"], stays = void)]) {
  programme @0 :UInt64 $A.required $A.ref(["programme"]) $A.publishable;
}

struct MechanismOfficeAssigned $A.act(verb = "assign",
    help = "Make an office responsible for the mechanism",
    example = "MEC-LAC --office LAC-BUREAU",
    moves = [(from = ["beingElaborated", "inOperation"], stays = void)]) {
  office @0 :UInt64 $A.required $A.ref(["office"]) $A.publishable;
}

struct MechanismStartedOperating $A.act(verb = "start",
    help = "Record that the mechanism is in operation",
    example = "MEC-LAC",
    moves = [(from = ["beingElaborated"], to = "inOperation")]) {
  document @0 :UInt64 $A.ref(["document"]) $A.publishable $A.help("that describes it");
}

struct MechanismRevised $A.act(verb = "revise",
    help = "Change the title, purpose, region or frequency of the mechanism",
    example = "MEC-LAC --frequency annual",
    moves = [(from = ["beingElaborated", "inOperation"], stays = void)]) {
  title @0 :V.Texts $A.public $A.publishable;
  purpose @1 :V.Texts $A.public $A.publishable $A.help("what is consulted on, and to what end");
  region @2 :Text $A.code("region") $A.publishable;
  frequency @3 :Frequency $A.publishable;
  document @4 :UInt64 $A.ref(["document"]) $A.publishable $A.help("that describes the revision");
}

struct MechanismEnded $A.act(verb = "end",
    help = "Record that the mechanism has ended",
    example = "MEC-LAC --reason \"Replaced by a wider mechanism\"",
    moves = [(from = ["beingElaborated", "inOperation"], to = "ended")]) {
  reason @0 :V.Sealed;
  replacement @1 :UInt64 $A.ref(["mechanism"]) $A.publishable;
}
