@0x83507bf8774c671e;
# Documents, from the first draft to what a governing body made of them.
# drafted > cleared > submitted > issued > considered; withdrawn.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("consulta::schema");
using A = import "annotations.capnp";
using V = import "values.capnp";

enum DocumentState {
  drafted @0;
  cleared @1;
  submitted @2 $A.help("handed in for printing and translation");
  issued @3 $A.help("has its symbol and is locked");
  considered @4 $A.help("has been before the body it was written for");
  withdrawn @5;
}

enum DocumentKind {
  report @0;
  note @1;
  resolution @2;
  decision @3;
  paper @4 $A.help("conference room or working paper");
  agreement @5;
  programmeDocument @6;
  other @7;
}

enum DecisionKind {
  takesNote @0 $A.help("takes note: a decision, not an approval");
  approves @1;
  requests @2;
  endorses @3;
  declines @4;
  other @5;
}

struct DocumentEvent $A.aggregate(name = "document", plural = "documents", prefix = "DOC",
    listedBy = "issued",
    help = "A document, its symbol and what was decided on it") {
  union {
    drafted @0 :DocumentDrafted;
    found @1 :DocumentFound;
    redrafted @2 :DocumentRedrafted;
    cleared @3 :DocumentCleared;
    submitted @4 :DocumentSubmitted;
    issued @5 :DocumentIssued;
    languageIssued @6 :DocumentLanguageIssued;
    actionProposed @7 :DocumentActionProposed;
    considered @8 :DocumentConsidered;
    decisionTaken @9 :DocumentDecisionTaken;
    corrigendumIssued @10 :DocumentCorrigendumIssued;
    addendumIssued @11 :DocumentAddendumIssued;
    revisionIssued @12 :DocumentRevisionIssued;
    withdrawn @13 :DocumentWithdrawn;
  }
}

struct DocumentDrafted $A.act(verb = "draft", opens = true,
    help = "Record a new document in its first draft",
    example = "DOC-2006-001 --title \"en:Regional programme: report of the Director General\""
              " --kind report",
    moves = [(to = "drafted")]) {
  title @0 :V.Texts $A.required $A.public $A.publishable;
  kind @1 :DocumentKind $A.required $A.publishable;
  author @2 :UInt64 $A.ref(["office", "party"]) $A.publishable $A.help("who writes it");
  answers @3 :UInt64 $A.ref(["mandate", "document"]) $A.publishable
      $A.help("the mandate or document it answers");
  programme @4 :UInt64 $A.ref(["programme"]) $A.publishable;
  session @5 :UInt64 $A.ref(["session"]) $A.publishable $A.help("the session it is for");
  agendaItem @6 :Text $A.public $A.publishable $A.help("of that session, as printed");
  due @7 :V.Deadline $A.help("when it has to be submitted");
}

struct DocumentFound $A.act(verb = "found", opens = true,
    help = "Enter a document as found, its earlier life unknown",
    example = "DG-REPORT-LAC --title \"en:Report of the Director General\" --kind report"
              " --state issued --answers GC.11/Res.1",
    moves = [(computed = void)]) {
  title @0 :V.Texts $A.required $A.public $A.publishable;
  kind @1 :DocumentKind $A.required $A.publishable;
  state @2 :DocumentState $A.required $A.axis("state") $A.publishable;
  author @3 :UInt64 $A.ref(["office", "party"]) $A.publishable $A.help("who wrote it");
  answers @4 :UInt64 $A.ref(["mandate", "document"]) $A.publishable
      $A.help("the mandate or document it answers");
  programme @5 :UInt64 $A.ref(["programme"]) $A.publishable;
  session @6 :UInt64 $A.ref(["session"]) $A.publishable $A.help("the session it was for");
  agendaItem @7 :Text $A.public $A.publishable $A.help("of that session, as printed");
  symbol @8 :Text $A.symbol $A.alias $A.publishable $A.help("absent: it is not known");
  issuedOn @9 :V.Date $A.publishable $A.help("absent: it is not known");
  languages @10 :List(Text) $A.code("language") $A.publishable;
}

struct DocumentRedrafted $A.act(verb = "redraft",
    help = "Record a new draft, or a new title, before the document is issued",
    example = "DOC-2006-001 --title \"en:Regional programme for Latin America and the Caribbean\"",
    moves = [(from = ["drafted", "cleared", "submitted"], to = "drafted")]) {
  title @0 :V.Texts $A.public $A.publishable;
  file @1 :UInt64 $A.ref(["file"]) $A.help("the new draft");
  remarks @2 :V.Sealed;
}

struct DocumentCleared $A.act(verb = "clear",
    help = "Record that the document has been cleared for submission",
    example = "DOC-2006-001 --office LAC-BUREAU",
    moves = [(from = ["drafted"], to = "cleared")]) {
  office @0 :UInt64 $A.ref(["office"]) $A.help("who cleared it");
  remarks @1 :V.Sealed;
}

struct DocumentSubmitted $A.act(verb = "submit",
    help = "Record that the document has been handed in for issue",
    example = "DOC-2006-001 --session IDB.31",
    moves = [(from = ["cleared"], to = "submitted")]) {
  session @0 :UInt64 $A.ref(["session"]) $A.publishable $A.help("the session it is for");
  agendaItem @1 :Text $A.public $A.publishable $A.help("of that session, as printed");
  file @2 :UInt64 $A.ref(["file"]) $A.help("the text handed in");
}

struct DocumentIssued $A.act(verb = "issue",
    help = "Record that the document has been issued under its symbol",
    example = "DOC-2006-001 --symbol IDB.31/10 --languages en --languages fr --languages es",
    moves = [(from = ["submitted"], to = "issued")]) {
  symbol @0 :Text $A.symbol $A.alias $A.publishable $A.help("absent: it has none yet");
  languages @1 :List(Text) $A.required $A.code("language") $A.publishable;
  file @2 :UInt64 $A.ref(["file"]) $A.help("the issued text");
  distribution @3 :Text $A.public $A.publishable $A.help("as printed: general, limited");
}

struct DocumentLanguageIssued $A.act(verb = "issue-language",
    help = "Record that the document has come out in a further language",
    example = "DOC-2006-001 --language es",
    moves = [(from = ["issued", "considered"], stays = void)]) {
  language @0 :Text $A.required $A.code("language") $A.publishable;
  file @1 :UInt64 $A.ref(["file"]);
}

struct DocumentActionProposed $A.act(verb = "propose-action",
    help = "Record what the document proposes that the body should do, which is not yet done",
    example = "DOC-2006-001 --kind takes-note"
              " --text \"en:The Board may wish to take note of the information provided\""
              " --body IDB",
    moves = [(from = ["drafted", "cleared", "submitted", "issued"], stays = void)]) {
  kind @0 :DecisionKind $A.required $A.publishable;
  text @1 :V.Texts $A.required $A.public $A.publishable;
  body @2 :Text $A.code("body") $A.publishable $A.help("who is asked to act");
  paragraph @3 :Text $A.public $A.publishable $A.help("of the document");
}

struct DocumentConsidered $A.act(verb = "consider",
    help = "Record that a body has considered the document",
    example = "DOC-2006-001 --session IDB.31",
    moves = [(from = ["issued"], to = "considered")]) {
  session @0 :UInt64 $A.ref(["session"]) $A.publishable;
  body @1 :Text $A.code("body") $A.publishable $A.help("when the session is not in the register");
}

struct DocumentDecisionTaken $A.act(verb = "decide",
    help = "Record what a body decided on the document",
    example = "DOC-2006-001 --kind takes-note"
              " --text \"en:Took note of the information provided\" --session IDB.31",
    moves = [(from = ["considered"], stays = void)]) {
  kind @0 :DecisionKind $A.required $A.publishable;
  text @1 :V.Texts $A.required $A.public $A.publishable;
  session @2 :UInt64 $A.ref(["session"]) $A.publishable;
  body @3 :Text $A.code("body") $A.publishable $A.help("when the session is not in the register");
  symbol @4 :Text $A.symbol $A.publishable $A.help("of the decision: IDB.31/Dec.4");
}

struct DocumentCorrigendumIssued $A.act(verb = "issue-corrigendum",
    help = "Record that a corrigendum to the document has been issued",
    example = "DOC-2006-001 --text \"en:In paragraph 3, for 2005 read 2006\""
              " --symbol IDB.31/10/Corr.1",
    moves = [(from = ["issued", "considered"], stays = void)]) {
  text @0 :V.Texts $A.required $A.public $A.publishable;
  symbol @1 :Text $A.symbol $A.publishable;
  file @2 :UInt64 $A.ref(["file"]);
}

struct DocumentAddendumIssued $A.act(verb = "issue-addendum",
    help = "Record that an addendum to the document has been issued",
    example = "DOC-2006-001 --title \"en:Financial annex\" --symbol IDB.31/10/Add.1",
    moves = [(from = ["issued", "considered"], stays = void)]) {
  title @0 :V.Texts $A.required $A.public $A.publishable;
  symbol @1 :Text $A.symbol $A.publishable;
  file @2 :UInt64 $A.ref(["file"]);
}

struct DocumentRevisionIssued $A.act(verb = "issue-revision",
    help = "Record that a revision of the whole document has been issued",
    example = "DOC-2006-001 --number 1 --symbol IDB.31/10/Rev.1",
    moves = [(from = ["issued", "considered"], stays = void)]) {
  number @0 :UInt32 $A.required $A.publishable;
  symbol @1 :Text $A.symbol $A.alias $A.publishable;
  file @2 :UInt64 $A.ref(["file"]);
}

struct DocumentWithdrawn $A.act(verb = "withdraw",
    help = "Record that the document has been withdrawn before it was considered",
    example = "DOC-2006-001 --reason \"Merged with another report\"",
    moves = [(from = ["drafted", "cleared", "submitted", "issued"], to = "withdrawn")]) {
  reason @0 :V.Sealed $A.required;
}
