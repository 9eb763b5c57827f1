@0xf7e10dbab8828895;
# Memoranda of understanding.
# proposed > drafted > cleared > agreed > signed by some > signed by all > in force > expired,
# terminated; amended and renewed on the way.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("consulta::schema");
using A = import "annotations.capnp";
using V = import "values.capnp";

enum MouState {
  proposed @0;
  drafted @1;
  cleared @2 $A.help("passed legal review");
  agreed @3 $A.help("the text is settled and open for signature");
  signedBySome @4;
  signedByAll @5;
  inForce @6;
  expired @7;
  terminated @8;
}

enum MouPartyRole {
  signatory @0 $A.help("has to sign");
  observer @1 $A.help("is named but does not sign");
  depositary @2 $A.help("keeps the original and receives notifications");
}

enum EntryIntoForce {
  notStated @0;
  onLastSignature @1;
  onDate @2;
  onNotification @3 $A.help("when every signatory has notified the others");
}

struct MouEvent $A.aggregate(name = "mou", plural = "mous", prefix = "MOU",
    listedBy = "signedOn",
    help = "A memorandum of understanding between parties") {
  union {
    proposed @0 :MouProposed;
    found @1 :MouFound;
    partyNamed @2 :MouPartyNamed;
    supportStated @3 :MouSupportStated;
    retitled @4 :MouRetitled;
    drafted @5 :MouDrafted;
    clauseAdded @6 :MouClauseAdded;
    entryIntoForceSet @7 :MouEntryIntoForceSet;
    termSet @8 :MouTermSet;
    noticeSet @9 :MouNoticeSet;
    cleared @10 :MouCleared;
    agreed @11 :MouAgreed;
    signed @12 :MouSigned;
    signatureConfirmed @13 :MouSignatureConfirmed;
    signedByAll @14 :MouSignedByAll;
    notified @15 :MouNotified;
    enteredIntoForce @16 :MouEnteredIntoForce;
    amended @17 :MouAmended;
    renewed @18 :MouRenewed;
    noticeGiven @19 :MouNoticeGiven;
    terminated @20 :MouTerminated;
    expired @21 :MouExpired;
  }
}

struct MouProposed $A.act(verb = "propose", opens = true,
    help = "Propose a memorandum of understanding",
    example = "MOU-SEGIB-2006 --title \"en:Memorandum with SEGIB\" --parties UNIDO --parties SEGIB",
    moves = [(to = "proposed")]) {
  title @0 :V.Texts $A.required $A.public $A.publishable;
  parties @1 :List(UInt64) $A.ref(["party"]) $A.publishable $A.help("the signatories");
  subject @2 :V.Texts $A.public $A.publishable $A.help("what it is about");
  supports @3 :List(UInt64) $A.ref(["programme", "project", "mechanism", "meeting"]) $A.publishable
      $A.help("what it is in support of");
}

struct MouFound $A.act(verb = "found", opens = true,
    help = "Open a memorandum as found, its earlier life unknown",
    example = "MOU-SEGIB-2006 --title \"en:Memorandum with SEGIB\" --parties UNIDO"
              " --parties SEGIB --signed-on 2006-04-06 --supports PROG-LAC"
              " --state signed-by-all",
    moves = [(computed = void)]) {
  title @0 :V.Texts $A.required $A.public $A.publishable;
  state @1 :MouState $A.required $A.axis("state") $A.publishable;
  parties @2 :List(UInt64) $A.ref(["party"]) $A.publishable $A.help("the signatories");
  subject @3 :V.Texts $A.public $A.publishable $A.help("what it is about");
  supports @4 :List(UInt64) $A.ref(["programme", "project", "mechanism", "meeting"]) $A.publishable
      $A.help("what it is in support of");
  signedOn @5 :V.Date $A.publishable;
  signedAt @6 :Text $A.public $A.publishable $A.help("the place of signature");
  signedBy @7 :List(UInt64) $A.ref(["party"]) $A.publishable
      $A.help("who has signed, when not yet all");
  entryIntoForce @8 :EntryIntoForce $A.publishable $A.help("what its clause says");
  inForceOn @9 :V.Date $A.publishable $A.help("when it entered, or is to enter, into force");
  endsOn @10 :V.Date $A.publishable $A.help("when its term ends");
  noticeDays @11 :UInt32 $A.publishable $A.help("notice of termination, in days");
  text @12 :UInt64 $A.ref(["file", "document"]) $A.help("the text of the memorandum");
}

struct MouPartyNamed $A.act(verb = "name-party",
    help = "Name a party to the memorandum",
    example = "MOU-SEGIB-2006 --party SEGIB --role signatory",
    moves = [(from = ["proposed", "drafted", "cleared"], stays = void)]) {
  party @0 :UInt64 $A.required $A.ref(["party"]) $A.publishable;
  role @1 :MouPartyRole $A.required $A.publishable;
}

struct MouSupportStated $A.act(verb = "support",
    help = "State what the memorandum is in support of",
    example = "MOU-SEGIB-2006 --supported PROG-LAC",
    moves = [(from = ["proposed", "drafted", "cleared", "agreed", "signedBySome", "signedByAll",
                      "inForce"], stays = void)]) {
  supported @0 :UInt64 $A.required $A.ref(["programme", "project", "mechanism", "meeting"])
      $A.publishable;
}

struct MouRetitled $A.act(verb = "retitle",
    help = "Change the title or the subject while the text is still open",
    example = "MOU-SEGIB-2006 --title \"en:Memorandum on regional cooperation\"",
    moves = [(from = ["proposed", "drafted", "cleared"], stays = void)]) {
  title @0 :V.Texts $A.public $A.publishable;
  subject @1 :V.Texts $A.public $A.publishable;
}

struct MouDrafted $A.act(verb = "draft",
    help = "Record a draft of the text, the first or a new one",
    example = "MOU-SEGIB-2006 --revision 1 --file FILE-2006-001",
    moves = [(from = ["proposed", "drafted", "cleared"], to = "drafted")]) {
  revision @0 :UInt32 $A.help("number of the draft");
  file @1 :UInt64 $A.ref(["file"]);
  document @2 :UInt64 $A.ref(["document"]);
}

struct MouClauseAdded $A.act(verb = "clause",
    help = "Record the wording of a clause",
    example = "MOU-SEGIB-2006 --number 4 --text \"en:The parties shall meet once a year\"",
    moves = [(from = ["proposed", "drafted", "cleared"], stays = void)]) {
  number @0 :Text $A.required $A.public $A.publishable $A.help("as printed: 4, IV.2");
  text @1 :V.Texts $A.required $A.public $A.publishable;
  heading @2 :V.Texts $A.public $A.publishable;
}

struct MouEntryIntoForceSet $A.act(verb = "set-entry-into-force",
    help = "State what the memorandum says about its entry into force",
    example = "MOU-SEGIB-2006 --entry on-last-signature --clause 9",
    moves = [(from = ["proposed", "drafted", "cleared", "agreed", "signedBySome", "signedByAll"],
              stays = void)]) {
  entry @0 :EntryIntoForce $A.required $A.publishable;
  date @1 :V.Date $A.publishable $A.help("when it is on a date");
  clause @2 :Text $A.public $A.publishable $A.help("number of the clause");
}

struct MouTermSet $A.act(verb = "set-term",
    help = "State how long the memorandum runs",
    example = "MOU-SEGIB-2006 --months 24 --clause 10",
    moves = [(from = ["proposed", "drafted", "cleared", "agreed", "signedBySome", "signedByAll",
                      "inForce"], stays = void)]) {
  months @0 :UInt32 $A.publishable $A.help("from entry into force; absent: not limited in months");
  endsOn @1 :V.Date $A.publishable $A.help("the last day, when it is a fixed one");
  tacitRenewal @2 :Bool $A.publishable $A.help("runs on unless notice is given");
  clause @3 :Text $A.public $A.publishable $A.help("number of the clause");
}

struct MouNoticeSet $A.act(verb = "set-notice",
    help = "State the notice by which a party may end the memorandum",
    example = "MOU-SEGIB-2006 --days 90 --clause 11",
    moves = [(from = ["proposed", "drafted", "cleared", "agreed", "signedBySome", "signedByAll",
                      "inForce"], stays = void)]) {
  days @0 :UInt32 $A.required $A.publishable;
  clause @1 :Text $A.public $A.publishable $A.help("number of the clause");
}

struct MouCleared $A.act(verb = "clear",
    help = "Record that legal review has cleared the draft",
    example = "MOU-SEGIB-2006 --office LEGAL",
    moves = [(from = ["drafted"], to = "cleared")]) {
  office @0 :UInt64 $A.ref(["office"]) $A.help("which office reviewed it");
  remarks @1 :V.Sealed;
}

struct MouAgreed $A.act(verb = "agree",
    help = "Record that the parties have agreed the text",
    example = "MOU-SEGIB-2006 --file FILE-2006-002",
    moves = [(from = ["cleared"], to = "agreed")]) {
  file @0 :UInt64 $A.ref(["file"]) $A.help("the agreed text");
  text @1 :V.Texts $A.public $A.publishable $A.help("the agreed text, when it is short");
}

struct MouSigned $A.act(verb = "sign",
    help = "Record the signature of one party",
    example = "MOU-SEGIB-2006 --party UNIDO --signatory \"The Director General\" --place Vienna",
    moves = [(from = ["agreed", "signedBySome"], computed = void)]) {
  party @0 :UInt64 $A.required $A.ref(["party"]) $A.publishable;
  signatory @1 :V.Sealed $A.help("name of the person who signed");
  capacity @2 :V.Sealed $A.help("function in which that person signed");
  person @3 :UInt64 $A.ref(["person"]) $A.help("the signatory, when the register knows the person");
  fullPowers @4 :UInt64 $A.ref(["file"]);
  place @5 :Text $A.public $A.publishable;
  adReferendum @6 :Bool $A.publishable $A.help("subject to confirmation by the party");
}

struct MouSignatureConfirmed $A.act(verb = "confirm-signature",
    help = "Record that a party has confirmed its signature ad referendum",
    example = "MOU-SEGIB-2006 --party SEGIB",
    moves = [(from = ["signedBySome", "signedByAll"], computed = void)]) {
  party @0 :UInt64 $A.required $A.ref(["party"]) $A.publishable;
  confirmation @1 :UInt64 $A.ref(["correspondence"]) $A.help("the letter that confirms it");
}

struct MouSignedByAll $A.act(verb = "",
    help = "Note that every signatory has signed",
    moves = [(from = ["signedBySome", "signedByAll"], to = "signedByAll")]) {
  lastSignature @0 :V.Date $A.required $A.publishable;
}

struct MouNotified $A.act(verb = "notify",
    help = "Record that a party has notified that it is ready for entry into force",
    example = "MOU-SEGIB-2006 --party SEGIB",
    moves = [(from = ["signedBySome", "signedByAll"], stays = void)]) {
  party @0 :UInt64 $A.required $A.ref(["party"]) $A.publishable;
  notification @1 :UInt64 $A.ref(["correspondence"]) $A.help("the letter that carries it");
}

struct MouEnteredIntoForce $A.act(verb = "",
    help = "Note that the memorandum has entered into force",
    moves = [(from = ["signedByAll"], to = "inForce")]) {
  entry @0 :EntryIntoForce $A.required $A.publishable;
  date @1 :V.Date $A.required $A.publishable;
  lateSeconds @2 :UInt64 $A.help("how long after the day this was entered");
}

struct MouAmended $A.act(verb = "amend",
    help = "Record an amendment that the parties have agreed",
    example = "MOU-SEGIB-2006 --text \"en:Clause 4 also covers energy efficiency\" --clause 4",
    moves = [(from = ["signedByAll", "inForce"], stays = void)]) {
  text @0 :V.Texts $A.required $A.public $A.publishable;
  clause @1 :Text $A.public $A.publishable $A.help("number of the clause that changes");
  document @2 :UInt64 $A.ref(["document", "file"]) $A.help("the instrument of amendment");
  inForceOn @3 :V.Date $A.publishable $A.help("from when the amendment applies");
  endsOn @4 :V.Date $A.publishable $A.help("the new last day, when the term changes");
  noticeDays @5 :UInt32 $A.publishable $A.help("the new notice, when it changes");
}

struct MouRenewed $A.act(verb = "renew",
    help = "Record that the parties have renewed the memorandum",
    example = "MOU-SEGIB-2006 --ends-on 2010-04-05",
    moves = [(from = ["inForce", "expired"], to = "inForce")]) {
  endsOn @0 :V.Date $A.publishable $A.help("the new last day; absent: without limit");
  document @1 :UInt64 $A.ref(["document", "file", "correspondence"])
      $A.help("the instrument of renewal");
}

struct MouNoticeGiven $A.act(verb = "give-notice",
    help = "Record that a party has given notice of termination",
    example = "MOU-SEGIB-2006 --party SEGIB --effective 2008-12-31",
    moves = [(from = ["inForce"], stays = void)]) {
  party @0 :UInt64 $A.required $A.ref(["party"]) $A.publishable;
  effective @1 :V.Date $A.publishable $A.help("when the notice runs out");
  notice @2 :UInt64 $A.ref(["correspondence"]) $A.help("the letter that carries it");
}

struct MouTerminated $A.act(verb = "terminate",
    help = "Record that the memorandum has been ended before its term",
    example = "MOU-SEGIB-2006 --reason \"Replaced by a wider agreement\"",
    moves = [(from = ["signedByAll", "inForce"], to = "terminated")]) {
  reason @0 :V.Sealed $A.required;
  by @1 :UInt64 $A.ref(["party"]) $A.publishable $A.help("at whose notice; absent: by agreement");
  replacement @2 :UInt64 $A.ref(["mou"]) $A.publishable;
}

struct MouExpired $A.act(verb = "",
    help = "Note that the term of the memorandum has run out",
    moves = [(from = ["inForce"], to = "expired")]) {
  endedOn @0 :V.Date $A.required $A.publishable;
  lateSeconds @1 :UInt64 $A.help("how long after the day this was entered");
}
