@0xab575de89a212265;
# Results: impact, outcome and output in a chain, their indicators and what was measured.
# planned > being measured > assessed (achieved, partly, not).

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("consulta::schema");
using A = import "annotations.capnp";
using V = import "values.capnp";

enum ResultState {
  planned @0;
  measured @1 $A.help("measurements have come in");
  achieved @2;
  partlyAchieved @3;
  notAchieved @4;
  dropped @5 $A.help("no longer pursued");
}

enum ResultLevel {
  impact @0;
  outcome @1;
  output @2;
}

enum IndicatorMeasure {
  unit @0 $A.help("a count or a quantity");
  percentage @1;
  nominal @2;
  ordinal @3;
  qualitative @4 $A.help("said in words");
}

struct ResultEvent $A.aggregate(name = "result", plural = "results", prefix = "RES",
    help = "An intended result, its indicators and what was achieved") {
  union {
    planned @0 :ResultPlanned;
    found @1 :ResultFound;
    reworded @2 :ResultReworded;
    indicatorAdded @3 :ResultIndicatorAdded;
    targetSet @4 :ResultTargetSet;
    measured @5 :ResultMeasured;
    measurementApproved @6 :ResultMeasurementApproved;
    achieved @7 :ResultAchieved;
    partlyAchieved @8 :ResultPartlyAchieved;
    notAchieved @9 :ResultNotAchieved;
    reassessed @10 :ResultReassessed;
    dropped @11 :ResultDropped;
  }
}

struct ResultPlanned $A.act(verb = "plan", opens = true,
    help = "Set out an intended result",
    example = "RES-2006-001 --title \"en:Regional programmes respond to demand\""
              " --level outcome --of PROG-LAC",
    moves = [(to = "planned")]) {
  title @0 :V.Texts $A.required $A.public $A.publishable;
  level @1 :ResultLevel $A.required $A.publishable;
  of @2 :UInt64 $A.required $A.ref(["programme", "project"]) $A.publishable
      $A.help("the programme or project it is a result of");
  contributesTo @3 :UInt64 $A.ref(["result"]) $A.publishable $A.help("the result above it");
  goals @4 :List(Text) $A.code("goal") $A.publishable;
  due @5 :V.Date $A.publishable;
}

struct ResultFound $A.act(verb = "found", opens = true,
    help = "Enter a result as found, its earlier life unknown",
    example = "RES-2005-004 --title \"en:Two regional centres work\" --level output"
              " --of PRJ-2005-001 --state measured",
    moves = [(computed = void)]) {
  title @0 :V.Texts $A.required $A.public $A.publishable;
  level @1 :ResultLevel $A.required $A.publishable;
  state @2 :ResultState $A.required $A.axis("state") $A.publishable;
  of @3 :UInt64 $A.ref(["programme", "project"]) $A.publishable
      $A.help("the programme or project it is a result of");
  contributesTo @4 :UInt64 $A.ref(["result"]) $A.publishable $A.help("the result above it");
  goals @5 :List(Text) $A.code("goal") $A.publishable;
  due @6 :V.Date $A.publishable;
}

struct ResultReworded $A.act(verb = "reword",
    help = "Change how the result is put, or when it is due",
    example = "RES-2006-001"
              " --title \"en:Regional programmes respond to the demand of all countries\"",
    moves = [(from = ["planned", "measured"], stays = void)]) {
  title @0 :V.Texts $A.public $A.publishable;
  due @1 :V.Date $A.publishable;
  contributesTo @2 :UInt64 $A.ref(["result"]) $A.publishable $A.help("the result above it");
}

struct ResultIndicatorAdded $A.act(verb = "add-indicator",
    help = "Add an indicator by which the result is measured",
    example = "RES-2006-001 --number 1 --title \"en:Programmes updated\" --measure unit"
              " --baseline 0 --target 3 --due 2007-12-31",
    moves = [(from = ["planned", "measured"], stays = void)]) {
  number @0 :UInt32 $A.required $A.publishable;
  title @1 :V.Texts $A.required $A.public $A.publishable;
  measure @2 :IndicatorMeasure $A.required $A.publishable;
  unit @3 :Text $A.public $A.publishable $A.help("tonnes, persons, programmes");
  baseline @4 :V.Decimal $A.publishable;
  baselineDate @5 :V.Date $A.publishable;
  target @6 :V.Decimal $A.publishable;
  targetText @7 :V.Texts $A.public $A.publishable $A.help("of a qualitative indicator");
  due @8 :V.Date $A.publishable;
}

struct ResultTargetSet $A.act(verb = "set-target",
    help = "Set or change the target of an indicator",
    example = "RES-2006-001 --number 1 --target 4 --due 2007-12-31",
    moves = [(from = ["planned", "measured"], stays = void)]) {
  number @0 :UInt32 $A.required $A.publishable;
  target @1 :V.Decimal $A.publishable;
  targetText @2 :V.Texts $A.public $A.publishable $A.help("of a qualitative indicator");
  due @3 :V.Date $A.publishable;
  reason @4 :V.Sealed;
}

struct ResultMeasured $A.act(verb = "measure",
    help = "Record what was measured by an indicator, and by which source",
    example = "RES-2006-001 --number 1 --value 2 --measured-on 2006-12-31 --evidence DOC-2006-004",
    moves = [(from = ["planned", "measured"], to = "measured")]) {
  number @0 :UInt32 $A.required $A.publishable;
  value @1 :V.Decimal $A.publishable;
  text @2 :V.Texts $A.public $A.publishable $A.help("of a qualitative indicator");
  measuredOn @3 :V.Date $A.publishable;
  evidence @4 :List(UInt64) $A.ref(["*"]) $A.help("where it stands");
}

struct ResultMeasurementApproved $A.act(verb = "approve-measurement",
    help = "Confirm the latest measurement of an indicator, as somebody else than who reported it",
    example = "RES-2006-001 --number 1",
    moves = [(from = ["measured"], stays = void)]) {
  number @0 :UInt32 $A.required $A.publishable;
  remarks @1 :V.Sealed;
}

struct ResultAchieved $A.act(verb = "achieve",
    help = "Assess the result as achieved",
    example = "RES-2006-001 --assessment \"en:All three programmes were updated\"",
    moves = [(from = ["measured"], to = "achieved")]) {
  assessment @0 :V.Texts $A.required $A.public $A.publishable;
  evidence @1 :List(UInt64) $A.ref(["*"]);
}

struct ResultPartlyAchieved $A.act(verb = "achieve-in-part",
    help = "Assess the result as achieved in part",
    example = "RES-2006-001 --assessment \"en:Two of three programmes were updated\"",
    moves = [(from = ["measured"], to = "partlyAchieved")]) {
  assessment @0 :V.Texts $A.required $A.public $A.publishable;
  evidence @1 :List(UInt64) $A.ref(["*"]);
}

struct ResultNotAchieved $A.act(verb = "miss",
    help = "Assess the result as not achieved",
    example = "RES-2006-001 --assessment \"en:No programme was updated\"",
    moves = [(from = ["planned", "measured"], to = "notAchieved")]) {
  assessment @0 :V.Texts $A.required $A.public $A.publishable;
  evidence @1 :List(UInt64) $A.ref(["*"]);
}

struct ResultReassessed $A.act(verb = "reassess",
    help = "Take the assessment up again",
    example = "RES-2006-001 --reason \"A later measurement came in\"",
    moves = [(from = ["achieved", "partlyAchieved", "notAchieved"], to = "measured")]) {
  reason @0 :V.Sealed $A.required;
}

struct ResultDropped $A.act(verb = "drop",
    help = "Record that the result is no longer pursued",
    example = "RES-2006-001 --reason \"The component was cancelled\"",
    moves = [(from = ["planned", "measured"], to = "dropped")]) {
  reason @0 :V.Sealed $A.required;
}
