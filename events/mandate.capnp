@0xa186b0fd227138d5;
# Mandates: what a governing body has adopted and whom it has asked to do what.
# adopted > in progress > reported > fulfilled; lapsed; superseded.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("consulta::schema");
using A = import "annotations.capnp";
using V = import "values.capnp";

enum MandateState {
  adopted @0;
  inProgress @1;
  reported @2 $A.help("every request has been reported on");
  fulfilled @3 $A.help("every request has been fulfilled");
  lapsed @4;
  superseded @5;
}

enum MandateKind {
  notStated @0;
  resolution @1;
  decision @2;
  declaration @3;
}

struct MandateEvent $A.aggregate(name = "mandate", plural = "mandates", prefix = "MAN",
    listedBy = "adoptedOn",
    help = "A resolution or decision of a governing body, with its requests") {
  union {
    adopted @0 :MandateAdopted;
    found @1 :MandateFound;
    requestMade @2 :MandateRequestMade;
    requestAssigned @3 :MandateRequestAssigned;
    begun @4 :MandateBegun;
    deadlineMoved @5 :MandateDeadlineMoved;
    requestReported @6 :MandateRequestReported;
    requestFulfilled @7 :MandateRequestFulfilled;
    requestOverdue @8 :MandateRequestOverdue;
    lapsed @9 :MandateLapsed;
    superseded @10 :MandateSuperseded;
    retitled @11 :MandateRetitled;
  }
}

struct MandateAdopted $A.act(verb = "adopt", opens = true,
    help = "Record a resolution or decision that a body has adopted",
    example = "GC.11/Res.1"
              " --title \"en:Regional programme for Latin America and the Caribbean\" --body GC"
              " --session GC.11",
    moves = [(to = "adopted")]) {
  title @0 :V.Texts $A.required $A.public $A.publishable;
  body @1 :Text $A.required $A.code("body") $A.publishable;
  session @2 :UInt64 $A.ref(["session"]) $A.publishable;
  kind @3 :MandateKind $A.publishable;
  decision @4 :UInt64 $A.ref(["document"]) $A.publishable
      $A.help("the document with the decision that founds it");
  regions @5 :List(Text) $A.code("region") $A.publishable;
}

struct MandateFound $A.act(verb = "found", opens = true,
    help = "Open a mandate as found, its earlier life unknown",
    example = "GC.10/Res.3 --title \"en:Field representation\" --body GC --state in-progress",
    moves = [(computed = void)]) {
  title @0 :V.Texts $A.required $A.public $A.publishable;
  body @1 :Text $A.required $A.code("body") $A.publishable;
  state @2 :MandateState $A.required $A.axis("state") $A.publishable;
  session @3 :UInt64 $A.ref(["session"]) $A.publishable;
  kind @4 :MandateKind $A.publishable;
  adoptedOn @5 :V.Date $A.publishable;
  decision @6 :UInt64 $A.ref(["document"]) $A.publishable
      $A.help("the document with the decision that founds it");
  regions @7 :List(Text) $A.code("region") $A.publishable;
}

struct MandateRequestMade $A.act(verb = "request",
    help = "Record one numbered request of the mandate, to whom and by when",
    example = "GC.11/Res.1 --number 1"
              " --text \"en:To take the measures necessary to prepare a regional programme\""
              " --addressee \"en:Director General\" --deadline \"before IDB.31\""
              " --for-period 2006/2007 --consult-region 419",
    moves = [(from = ["adopted", "inProgress", "reported"], stays = void)]) {
  number @0 :Text $A.required $A.public $A.publishable $A.help("as printed, or as counted");
  text @1 :V.Texts $A.required $A.public $A.publishable;
  addressee @2 :V.Texts $A.required $A.public $A.publishable
      $A.help("the function or body that is asked");
  addressed @3 :List(UInt64) $A.ref(["party", "office"]) $A.publishable
      $A.help("the parties or offices meant, when the register holds them");
  deadline @4 :V.Deadline $A.publishable $A.help("a day, or before a session");
  forPeriod @5 :V.Date $A.publishable $A.help("when what is asked for is to be carried out");
  consult @6 :List(UInt64) $A.ref(["party"]) $A.publishable
      $A.help("the parties or groups to be consulted");
  consultRegion @7 :Text $A.code("region") $A.publishable
      $A.help("the region whose Member States are to be consulted");
  subject @8 :UInt64 $A.ref(["programme", "mechanism", "project"]) $A.publishable
      $A.help("what the request is to bring about");
}

struct MandateRequestAssigned $A.act(verb = "assign",
    help = "Make an office responsible for a request",
    example = "GC.11/Res.1 --request 1 --office LAC-BUREAU",
    moves = [(from = ["adopted", "inProgress", "reported"], computed = void)]) {
  request @0 :Text $A.required $A.public $A.publishable $A.help("number of the request");
  office @1 :UInt64 $A.required $A.ref(["office"]) $A.publishable;
  due @2 :V.Deadline $A.help("an earlier deadline within the house");
}

struct MandateBegun $A.act(verb = "begin",
    help = "Record that work on the mandate is in progress",
    example = "GC.11/Res.1",
    moves = [(from = ["adopted"], to = "inProgress")]) {
  summary @0 :V.Sealed;
}

struct MandateDeadlineMoved $A.act(verb = "move-deadline",
    help = "Set another deadline for a request",
    example = "GC.11/Res.1 --request 1 --deadline 2006-06-20",
    moves = [(from = ["adopted", "inProgress", "reported"], stays = void)]) {
  request @0 :Text $A.required $A.public $A.publishable $A.help("number of the request");
  deadline @1 :V.Deadline $A.required $A.publishable;
  reason @2 :V.Sealed;
}

struct MandateRequestReported $A.act(verb = "report",
    help = "Record the document that reports on a request",
    example = "GC.11/Res.1 --request 1 --document DOC-2006-001",
    moves = [(from = ["inProgress", "reported"], computed = void)]) {
  request @0 :Text $A.required $A.public $A.publishable $A.help("number of the request");
  document @1 :UInt64 $A.required $A.ref(["document"]) $A.publishable;
}

struct MandateRequestFulfilled $A.act(verb = "fulfil",
    help = "Record that a request has been fulfilled, with the evidence",
    example = "GC.11/Res.1 --request 1 --evidence PROG-LAC",
    moves = [(from = ["inProgress", "reported"], computed = void)]) {
  request @0 :Text $A.required $A.public $A.publishable $A.help("number of the request");
  evidence @1 :List(UInt64) $A.required $A.ref(["*"]);
  summary @2 :V.Sealed;
}

struct MandateRequestOverdue $A.act(verb = "",
    help = "Note that a request has not been fulfilled by its deadline",
    moves = [(from = ["adopted", "inProgress", "reported"], stays = void)]) {
  request @0 :Text $A.required $A.public;
  due @1 :V.Date $A.required;
  lateSeconds @2 :UInt64 $A.help("how long after the deadline this was entered");
}

struct MandateLapsed $A.act(verb = "lapse",
    help = "Record that the mandate has lapsed",
    example = "GC.11/Res.1 --reason \"The biennium is over\"",
    moves = [(from = ["adopted", "inProgress", "reported"], to = "lapsed")]) {
  reason @0 :V.Sealed $A.required;
}

struct MandateSuperseded $A.act(verb = "supersede",
    help = "Record that a later mandate replaces it",
    example = "GC.11/Res.1 --by GC.12/Res.2",
    moves = [(from = ["adopted", "inProgress", "reported", "fulfilled"], to = "superseded")]) {
  by @0 :UInt64 $A.required $A.ref(["mandate"]) $A.publishable;
}

struct MandateRetitled $A.act(verb = "retitle",
    help = "Give the mandate the title in further languages, or a better one",
    example = "GC.11/Res.1"
              " --title \"fr:Programme régional pour l'Amérique latine et les Caraïbes\"",
    moves = [(from = ["adopted", "inProgress", "reported"], stays = void)]) {
  title @0 :V.Texts $A.required $A.public $A.publishable;
}
