@0x8e6a5bfbe384ffa3;
# Correspondence: each letter, note verbale or message, in and out.
# registered > awaiting a reply > answered; filed.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("consulta::schema");
using A = import "annotations.capnp";
using V = import "values.capnp";

enum CorrespondenceState {
  registered @0;
  awaitingReply @1;
  answered @2;
  filed @3 $A.help("nothing more is expected");
}

enum CorrespondenceKind {
  letter @0;
  noteVerbale @1;
  memorandum @2;
  message @3 $A.help("electronic mail");
  facsimile @4;
  other @5;
}

enum Direction {
  incoming @0;
  outgoing @1;
  internal @2;
}

struct CorrespondenceEvent $A.aggregate(name = "correspondence", plural = "correspondence",
    prefix = "COR",
    listedBy = "written",
    help = "A letter, note verbale or message, received or sent") {
  union {
    registered @0 :CorrespondenceRegistered;
    found @1 :CorrespondenceFound;
    addresseeAdded @2 :CorrespondenceAddresseeAdded;
    subjectCovered @3 :CorrespondenceSubjectCovered;
    fileEnclosed @4 :CorrespondenceFileEnclosed;
    sent @5 :CorrespondenceSent;
    received @6 :CorrespondenceReceived;
    replyAsked @7 :CorrespondenceReplyAsked;
    answered @8 :CorrespondenceAnswered;
    filed @9 :CorrespondenceFiled;
    reopened @10 :CorrespondenceReopened;
  }
}

struct CorrespondenceRegistered $A.act(verb = "register", opens = true,
    help = "Register a letter, note or message",
    example = "COR-2006-014 --kind note-verbale --direction incoming --sender UY"
              " --their-reference 123/2006 --received 2006-05-04",
    moves = [(to = "registered")]) {
  kind @0 :CorrespondenceKind $A.required $A.publishable;
  direction @1 :Direction $A.required $A.publishable;
  sender @2 :UInt64 $A.ref(["party", "office", "person"]);
  addressees @3 :List(UInt64) $A.ref(["party", "office", "person"]);
  ourReference @4 :Text $A.public;
  theirReference @5 :Text $A.public;
  subject @6 :V.Sealed;
  summary @7 :V.Sealed;
  language @8 :Text $A.code("language");
  written @9 :V.Date $A.help("the date it bears");
  sent @10 :V.Date;
  received @11 :V.Date;
  inReplyTo @12 :UInt64 $A.ref(["correspondence"]);
  about @13 :List(UInt64) $A.ref(["*"]) $A.help("what it concerns");
  files @14 :List(UInt64) $A.ref(["file"]);
}

struct CorrespondenceFound $A.act(verb = "found", opens = true,
    help = "Enter a letter as found in the files",
    example = "COR-2005-003 --kind letter --direction outgoing --state filed",
    moves = [(computed = void)]) {
  kind @0 :CorrespondenceKind $A.required $A.publishable;
  direction @1 :Direction $A.required $A.publishable;
  state @2 :CorrespondenceState $A.required $A.axis("state");
  sender @3 :UInt64 $A.ref(["party", "office", "person"]);
  addressees @4 :List(UInt64) $A.ref(["party", "office", "person"]);
  ourReference @5 :Text $A.public;
  theirReference @6 :Text $A.public;
  subject @7 :V.Sealed;
  summary @8 :V.Sealed;
  language @9 :Text $A.code("language");
  written @10 :V.Date $A.help("the date it bears");
  sent @11 :V.Date;
  received @12 :V.Date;
  inReplyTo @13 :UInt64 $A.ref(["correspondence"]);
  about @14 :List(UInt64) $A.ref(["*"]) $A.help("what it concerns");
  files @15 :List(UInt64) $A.ref(["file"]);
}

struct CorrespondenceAddresseeAdded $A.act(verb = "add-addressee",
    help = "Name a further addressee",
    example = "COR-2006-014 --addressee AR",
    moves = [(from = ["registered", "awaitingReply"], stays = void)]) {
  addressee @0 :UInt64 $A.required $A.ref(["party", "office", "person"]);
}

struct CorrespondenceSubjectCovered $A.act(verb = "relate",
    help = "Name something else that it concerns",
    example = "COR-2006-014 --about MTG-2006-001") {
  about @0 :UInt64 $A.required $A.ref(["*"]);
}

struct CorrespondenceFileEnclosed $A.act(verb = "enclose",
    help = "Name a file that belongs to it",
    example = "COR-2006-014 --file FILE-2006-020") {
  file @0 :UInt64 $A.required $A.ref(["file"]);
}

struct CorrespondenceSent $A.act(verb = "send",
    help = "Record that it has been sent",
    example = "COR-2006-015 --sent 2006-05-08",
    moves = [(from = ["registered", "awaitingReply"], stays = void)]) {
  sent @0 :V.Date $A.required;
  ourReference @1 :Text $A.public;
}

struct CorrespondenceReceived $A.act(verb = "receive",
    help = "Record that it has arrived",
    example = "COR-2006-015 --received 2006-05-12",
    moves = [(from = ["registered", "awaitingReply"], stays = void)]) {
  received @0 :V.Date $A.required;
}

struct CorrespondenceReplyAsked $A.act(verb = "ask-reply",
    help = "Record that a reply is expected, and by when",
    example = "COR-2006-015 --by 2006-05-31",
    moves = [(from = ["registered", "awaitingReply"], to = "awaitingReply")]) {
  by @0 :V.Date $A.help("the last day");
  office @1 :UInt64 $A.ref(["office"]) $A.help("who has to reply, when it is us");
}

struct CorrespondenceAnswered $A.act(verb = "answer",
    help = "Name the letter that answers it",
    example = "COR-2006-014 --reply COR-2006-015",
    moves = [(from = ["registered", "awaitingReply"], to = "answered")]) {
  reply @0 :UInt64 $A.required $A.ref(["correspondence"]);
}

struct CorrespondenceFiled $A.act(verb = "file",
    help = "Record that nothing more is expected of it",
    example = "COR-2006-014",
    moves = [(from = ["registered", "awaitingReply", "answered"], to = "filed")]) {
  remarks @0 :V.Sealed;
}

struct CorrespondenceReopened $A.act(verb = "reopen",
    help = "Take it up again",
    example = "COR-2006-014 --reason \"The matter came back\"",
    moves = [(from = ["answered", "filed"], to = "registered")]) {
  reason @0 :V.Sealed $A.required;
}
