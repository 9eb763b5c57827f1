@0xdfcdcaa78932917e;
# Liaison: working relations all the year round, contact by contact.
# logged > follow-up asked > done; overdue is noted on the way.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("consulta::schema");
using A = import "annotations.capnp";
using V = import "values.capnp";

enum LiaisonState {
  logged @0;
  followUpAsked @1;
  done @2;
}

enum Channel {
  noteVerbale @0;
  letter @1;
  call @2;
  visit @3;
  message @4 $A.help("electronic mail");
  meeting @5 $A.help("in the margins of a meeting");
  permanentMission @6 $A.help("through the permanent mission of the State");
  fieldOffice @7;
}

struct LiaisonEvent $A.aggregate(name = "liaison", plural = "liaisons", prefix = "LIA",
    listedBy = "period", isPlanned = true,
    help = "A contact between an office and a party, and what is to follow from it") {
  union {
    logged @0 :LiaisonLogged;
    found @1 :LiaisonFound;
    followUpAsked @2 :LiaisonFollowUpAsked;
    followUpDone @3 :LiaisonFollowUpDone;
    overdue @4 :LiaisonOverdue;
    followUpAssigned @5 :LiaisonFollowUpAssigned;
  }
}

struct LiaisonLogged $A.act(verb = "log", opens = true,
    help = "Log a contact with a party",
    example = "LIA-2006-001 --office LAC-BUREAU --party UY --channel call"
              " --subject \"Expert meeting\"",
    moves = [(to = "logged")]) {
  office @0 :UInt64 $A.required $A.ref(["office"]);
  party @1 :UInt64 $A.required $A.ref(["party"]);
  channel @2 :Channel $A.required;
  subject @3 :V.Sealed;
  summary @4 :V.Sealed;
  programme @5 :UInt64 $A.ref(["programme"]);
  persons @6 :List(UInt64) $A.ref(["person"]);
  letter @7 :UInt64 $A.ref(["correspondence"]);
}

struct LiaisonFound $A.act(verb = "found", opens = true,
    help = "Enter working relations or a contact as found",
    example = "LIA-2006-000 --parties UY --channels permanent-mission --state logged --period 2006",
    moves = [(computed = void)]) {
  state @0 :LiaisonState $A.required $A.axis("state");
  offices @1 :List(UInt64) $A.ref(["office"]);
  parties @2 :List(UInt64) $A.ref(["party"]);
  channels @3 :List(Channel);
  period @4 :V.Date $A.help("when the relations are kept up: 2006, 2006/..");
  purpose @5 :V.Texts $A.public;
  programme @6 :UInt64 $A.ref(["programme"]);
  mechanism @7 :UInt64 $A.ref(["mechanism"]);
}

struct LiaisonFollowUpAsked $A.act(verb = "ask-follow-up",
    help = "Record that something is to follow, and by when",
    example = "LIA-2006-001 --due 2006-05-31 --what \"Send the draft agenda\"",
    moves = [(from = ["logged", "done"], to = "followUpAsked")]) {
  what @0 :V.Sealed $A.required;
  due @1 :V.Date $A.required;
  office @2 :UInt64 $A.ref(["office"]) $A.help("who has to see to it");
}

struct LiaisonFollowUpDone $A.act(verb = "complete",
    help = "Record that the follow-up has been done",
    example = "LIA-2006-001 --result \"Draft agenda sent\"",
    moves = [(from = ["followUpAsked"], to = "done")]) {
  result @0 :V.Sealed;
  letter @1 :UInt64 $A.ref(["correspondence"]);
}

struct LiaisonOverdue $A.act(verb = "",
    help = "Note that the follow-up has not been done by the day set",
    moves = [(from = ["followUpAsked"], stays = void)]) {
  due @0 :V.Date $A.required;
  lateSeconds @1 :UInt64 $A.help("how long after the deadline this was entered");
}

struct LiaisonFollowUpAssigned $A.act(verb = "assign",
    help = "Make an office responsible for the follow-up",
    example = "LIA-2006-001 --office LAC-BUREAU",
    moves = [(from = ["followUpAsked"], stays = void)]) {
  office @0 :UInt64 $A.required $A.ref(["office"]);
}
