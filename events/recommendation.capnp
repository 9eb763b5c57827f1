@0xfc3ce4336ea5608d;
# Recommendations of a meeting or a consultation, and what came of them.
# Acceptance: recorded > under consideration > accepted, partially accepted, rejected; superseded.
# Implementation, an axis of its own: not started > in progress > implemented > verified.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("consulta::schema");
using A = import "annotations.capnp";
using V = import "values.capnp";

enum RecommendationAcceptance {
  recorded @0;
  underConsideration @1;
  accepted @2;
  partiallyAccepted @3;
  rejected @4;
  superseded @5;
}

enum RecommendationImplementation {
  notStarted @0;
  inProgress @1;
  implemented @2;
  verified @3;
}

struct RecommendationEvent $A.aggregate(name = "recommendation", plural = "recommendations",
    prefix = "REC", help = "A recommendation of a meeting or a consultation, with its follow-up") {
  union {
    recorded @0 :RecommendationRecorded;
    found @1 :RecommendationFound;
    reworded @2 :RecommendationReworded;
    assigned @3 :RecommendationAssigned;
    dueSet @4 :RecommendationDueSet;
    considered @5 :RecommendationConsidered;
    accepted @6 :RecommendationAccepted;
    partiallyAccepted @7 :RecommendationPartiallyAccepted;
    rejected @8 :RecommendationRejected;
    reconsidered @9 :RecommendationReconsidered;
    started @10 :RecommendationStarted;
    progressReported @11 :RecommendationProgressReported;
    implemented @12 :RecommendationImplemented;
    verified @13 :RecommendationVerified;
    reopened @14 :RecommendationReopened;
    overdue @15 :RecommendationOverdue;
    superseded @16 :RecommendationSuperseded;
    consequenceLinked @17 :RecommendationConsequenceLinked;
  }
}

struct RecommendationRecorded $A.act(verb = "record", opens = true,
    help = "Record a recommendation that was made",
    example = "REC-2006-001 --text \"en:Update the regional programmes every year\""
              " --origin MTG-2006-001",
    moves = [(axis = "acceptance", to = "recorded"),
             (axis = "implementation", to = "notStarted")]) {
  text @0 :V.Texts $A.required $A.public $A.publishable;
  origin @1 :UInt64 $A.required $A.ref(["meeting", "consultation"]) $A.publishable
      $A.help("which meeting or consultation made it");
  number @2 :Text $A.public $A.publishable $A.help("as printed in its source");
  title @3 :V.Texts $A.public $A.publishable;
  addressees @4 :List(UInt64) $A.ref(["party", "office"]) $A.publishable;
  office @5 :UInt64 $A.ref(["office"]) $A.publishable $A.help("responsible for the follow-up");
  due @6 :V.Deadline $A.publishable;
  programme @7 :UInt64 $A.ref(["programme"]) $A.publishable;
  areas @8 :List(Text) $A.code("area") $A.publishable;
}

struct RecommendationFound $A.act(verb = "found", opens = true,
    help = "Open a recommendation as found, its earlier life unknown",
    example = "REC-2005-007 --text \"en:Strengthen the field offices\" --acceptance accepted"
              " --implementation in-progress",
    moves = [(axis = "acceptance", computed = void), (axis = "implementation", computed = void)]) {
  text @0 :V.Texts $A.required $A.public $A.publishable;
  acceptance @1 :RecommendationAcceptance $A.required $A.axis("acceptance") $A.publishable;
  implementation @2 :RecommendationImplementation $A.required $A.axis("implementation")
      $A.publishable;
  origin @3 :UInt64 $A.ref(["meeting", "consultation"]) $A.publishable
      $A.help("which meeting or consultation made it");
  number @4 :Text $A.public $A.publishable $A.help("as printed in its source");
  title @5 :V.Texts $A.public $A.publishable;
  addressees @6 :List(UInt64) $A.ref(["party", "office"]) $A.publishable;
  office @7 :UInt64 $A.ref(["office"]) $A.publishable $A.help("responsible for the follow-up");
  due @8 :V.Deadline $A.publishable;
  programme @9 :UInt64 $A.ref(["programme"]) $A.publishable;
  areas @10 :List(Text) $A.code("area") $A.publishable;
}

struct RecommendationReworded $A.act(verb = "reword",
    help = "Record a new wording or title, before anybody has decided on it",
    example = "REC-2006-001 --text \"en:Update the regional programmes every two years\"",
    moves = [(axis = "acceptance", from = ["recorded", "underConsideration"], stays = void)]) {
  text @0 :V.Texts $A.public $A.publishable;
  title @1 :V.Texts $A.public $A.publishable;
}

struct RecommendationAssigned $A.act(verb = "assign",
    help = "Make an office responsible for the follow-up",
    example = "REC-2006-001 --office LAC-BUREAU",
    moves = [(axis = "acceptance",
              from = ["recorded", "underConsideration", "accepted", "partiallyAccepted"],
              stays = void),
             (axis = "implementation", from = ["notStarted", "inProgress"], stays = void)]) {
  office @0 :UInt64 $A.required $A.ref(["office"]) $A.publishable;
}

struct RecommendationDueSet $A.act(verb = "set-due",
    help = "Set or move the day by which it is to be implemented",
    example = "REC-2006-001 --due 2007-06-30",
    moves = [(axis = "acceptance",
              from = ["recorded", "underConsideration", "accepted", "partiallyAccepted"],
              stays = void),
             (axis = "implementation", from = ["notStarted", "inProgress"], stays = void)]) {
  due @0 :V.Deadline $A.required $A.publishable;
  reason @1 :V.Sealed $A.help("why it moves");
}

struct RecommendationConsidered $A.act(verb = "consider",
    help = "Record that the addressee has taken it under consideration",
    example = "REC-2006-001",
    moves = [(axis = "acceptance", from = ["recorded"], to = "underConsideration")]) {
  by @0 :UInt64 $A.ref(["party", "office"]) $A.publishable $A.help("who considers it");
}

struct RecommendationAccepted $A.act(verb = "accept",
    help = "Record that it has been accepted in full",
    example = "REC-2006-001 --by UNIDO",
    moves = [(axis = "acceptance", from = ["underConsideration"], to = "accepted")]) {
  by @0 :UInt64 $A.ref(["party", "office"]) $A.publishable $A.help("who accepted it");
  reason @1 :V.Sealed;
}

struct RecommendationPartiallyAccepted $A.act(verb = "accept-in-part",
    help = "Record that it has been accepted in part, and why not in full",
    example = "REC-2006-001 --reason \"No funds for the second part\""
              " --part \"en:The first sentence\"",
    moves = [(axis = "acceptance", from = ["underConsideration"], to = "partiallyAccepted")]) {
  reason @0 :V.Sealed $A.required;
  part @1 :V.Texts $A.public $A.publishable $A.help("what is accepted");
  by @2 :UInt64 $A.ref(["party", "office"]) $A.publishable $A.help("who accepted it");
}

struct RecommendationRejected $A.act(verb = "reject",
    help = "Record that it has been rejected, and why",
    example = "REC-2006-001 --reason \"Outside the mandate\"",
    moves = [(axis = "acceptance", from = ["underConsideration"], to = "rejected")]) {
  reason @0 :V.Sealed $A.required;
  by @1 :UInt64 $A.ref(["party", "office"]) $A.publishable $A.help("who rejected it");
}

struct RecommendationReconsidered $A.act(verb = "reconsider",
    help = "Take up again the question whether it is accepted",
    example = "REC-2006-001 --reason \"The mandate has changed\"",
    moves = [(axis = "acceptance", from = ["accepted", "partiallyAccepted", "rejected"],
              to = "underConsideration")]) {
  reason @0 :V.Sealed $A.required;
}

struct RecommendationStarted $A.act(verb = "start",
    help = "Record that implementation has begun",
    example = "REC-2006-001",
    moves = [(axis = "acceptance", from = ["accepted", "partiallyAccepted"], stays = void),
             (axis = "implementation", from = ["notStarted"], to = "inProgress")]) {
  office @0 :UInt64 $A.ref(["office"]) $A.publishable $A.help("who implements it");
  summary @1 :V.Sealed;
}

struct RecommendationProgressReported $A.act(verb = "report-progress",
    help = "Report on the progress of implementation",
    example = "REC-2006-001 --report \"Two of three programmes updated\" --evidence DOC-2006-004",
    moves = [(axis = "acceptance", from = ["accepted", "partiallyAccepted"], stays = void),
             (axis = "implementation", from = ["inProgress"], stays = void)]) {
  report @0 :V.Sealed $A.required;
  evidence @1 :List(UInt64) $A.ref(["*"]);
  percent @2 :V.Decimal $A.publishable $A.help("how much is done, when that can be said");
}

struct RecommendationImplemented $A.act(verb = "implement",
    help = "Record that it has been implemented",
    example = "REC-2006-001 --evidence DOC-2006-004",
    moves = [(axis = "acceptance", from = ["accepted", "partiallyAccepted"], stays = void),
             (axis = "implementation", from = ["inProgress"], to = "implemented")]) {
  evidence @0 :List(UInt64) $A.ref(["*"]);
  summary @1 :V.Sealed;
  office @2 :UInt64 $A.ref(["office"]) $A.publishable $A.help("who implemented it");
}

struct RecommendationVerified $A.act(verb = "verify",
    help = "Confirm, as somebody else than who implemented it, that it is implemented",
    example = "REC-2006-001 --evidence DOC-2006-004",
    moves = [(axis = "acceptance", from = ["accepted", "partiallyAccepted"], stays = void),
             (axis = "implementation", from = ["implemented"], to = "verified")]) {
  evidence @0 :List(UInt64) $A.ref(["*"]);
  summary @1 :V.Sealed;
  office @2 :UInt64 $A.ref(["office"]) $A.publishable $A.help("who verified it");
}

struct RecommendationReopened $A.act(verb = "reopen",
    help = "Take implementation up again, although it was thought done",
    example = "REC-2006-001 --reason \"One programme was left out\"",
    moves = [(axis = "acceptance", from = ["accepted", "partiallyAccepted"], stays = void),
             (axis = "implementation", from = ["implemented", "verified"], to = "inProgress")]) {
  reason @0 :V.Sealed $A.required;
  due @1 :V.Deadline $A.publishable;
}

struct RecommendationOverdue $A.act(verb = "",
    help = "Note that it has not been implemented by the day set",
    moves = [(axis = "acceptance", from = ["accepted", "partiallyAccepted"], stays = void),
             (axis = "implementation", from = ["notStarted", "inProgress"], stays = void)]) {
  due @0 :V.Date $A.required;
  lateSeconds @1 :UInt64 $A.help("how long after the deadline this was entered");
}

struct RecommendationSuperseded $A.act(verb = "supersede",
    help = "Record that a later recommendation or decision replaces it",
    example = "REC-2006-001 --by REC-2007-003",
    moves = [(axis = "acceptance",
              from = ["recorded", "underConsideration", "accepted", "partiallyAccepted",
                      "rejected"],
              to = "superseded")]) {
  by @0 :UInt64 $A.required $A.ref(["recommendation", "mandate", "document"]) $A.publishable;
}

struct RecommendationConsequenceLinked $A.act(verb = "link",
    help = "Name what came of it: a project, a programme, a decision",
    example = "REC-2006-001 --consequence PRJ-2007-001",
    moves = [(axis = "acceptance", from = ["accepted", "partiallyAccepted", "superseded"],
              stays = void)]) {
  consequence @0 :UInt64 $A.required
      $A.ref(["project", "programme", "document", "mandate", "mechanism", "meeting"])
      $A.publishable;
  summary @1 :V.Sealed $A.help("how it came of it");
}
