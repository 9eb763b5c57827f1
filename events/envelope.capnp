@0x8f13336bb3a6ea64;
# What surrounds every entry: one event, and the record it is kept in.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("consulta::schema");
using A = import "annotations.capnp";
using V = import "values.capnp";
using Calendar = import "calendar.capnp";
using Consultation = import "consultation.capnp";
using Correspondence = import "correspondence.capnp";
using Document = import "document.capnp";
using Exchange = import "exchange.capnp";
using File = import "file.capnp";
using Funding = import "funding.capnp";
using Liaison = import "liaison.capnp";
using Mandate = import "mandate.capnp";
using Mechanism = import "mechanism.capnp";
using Meeting = import "meeting.capnp";
using Mou = import "mou.capnp";
using Office = import "office.capnp";
using Party = import "party.capnp";
using Person = import "person.capnp";
using Procedure = import "procedure.capnp";
using Programme = import "programme.capnp";
using Project = import "project.capnp";
using Recommendation = import "recommendation.capnp";
using Register = import "register.capnp";
using Result = import "result.capnp";

struct Event {
  union {
    register @0 :Register.RegisterEvent;
    reference @1 :Register.ReferenceEvent;
    session @2 :Register.SessionEvent;
    rate @3 :Register.RateEvent;
    party @4 :Party.PartyEvent;
    person @5 :Person.PersonEvent;
    office @6 :Office.OfficeEvent;
    mechanism @7 :Mechanism.MechanismEvent;
    mandate @8 :Mandate.MandateEvent;
    programme @9 :Programme.ProgrammeEvent;
    consultation @10 :Consultation.ConsultationEvent;
    meeting @11 :Meeting.MeetingEvent;
    recommendation @12 :Recommendation.RecommendationEvent;
    mou @13 :Mou.MouEvent;
    project @14 :Project.ProjectEvent;
    funding @15 :Funding.FundingEvent;
    result @16 :Result.ResultEvent;
    document @17 :Document.DocumentEvent;
    correspondence @18 :Correspondence.CorrespondenceEvent;
    file @19 :File.FileEvent;
    liaison @20 :Liaison.LiaisonEvent;
    exchange @21 :Exchange.ExchangeEvent;
    procedure @22 :Procedure.ProcedureEvent;
    calendar @23 :Calendar.CalendarEvent;
    corrigendum @24 :Corrigendum;
    symbolGiven @25 :SymbolGiven;
    retraction @26 :Retraction;
    deadlinesReleased @27 :DeadlinesReleased;
    deadlineMoved @28 :DeadlineMoved;
  }
}

struct Corrigendum $A.act(verb = "",
    help = "Correct an earlier entry of the same entity; the entry itself stays as it is") {
  corrects @0 :UInt64 $A.required $A.help("position of the entry that was wrong");
  fields @1 :List(Text) $A.public $A.help("names of the fields that are put right");
  right @2 :Event $A.required $A.help("the whole entry as it should have been");
  occurred @3 :V.Date $A.help("the right date, when the date itself was wrong");
  reason @4 :V.Sealed $A.required;
  orderNs @5 :Int64 $A.help("the ordering instant of the right date; the register decides it");
}

struct SymbolGiven $A.act(verb = "name",
    help = "Give the entity a further symbol, valid from now on",
    example = "DOC-2006-001 --symbol IDB.31/10") {
  symbol @0 :Text $A.required $A.alias;
}

struct Retraction $A.act(verb = "",
    help = "Withdraw an earlier entry of the same entity, and what followed from it at once") {
  retracts @0 :UInt64 $A.required $A.help("position of the entry that is withdrawn");
  reason @1 :V.Sealed;
  refiledTo @2 :UInt64 $A.ref(["*"])
      $A.help("the entity it was meant for, on which it is entered instead");
}

struct DeadlinesReleased $A.act(verb = "release-deadlines",
    help = "Let deadlines take effect that were past when they were entered, in their order",
    example = "CON-2006-001 --until 2006-07-31") {
  until @0 :V.Date $A.help("of those that came by then; absent: by the day of the act");
}

struct DeadlineMoved $A.act(verb = "",
    help = "Note that a deadline has moved with the session it hangs on") {
  kind @0 :Text $A.required $A.public $A.help("what is due: request, consultation ...");
  number @1 :Text $A.public $A.help("of the request or indicator");
  of @2 :UInt64 $A.ref(["party"]) $A.help("from whom it is awaited");
  from @3 :V.Date $A.help("the dates of the session before; absent: not known");
  to @4 :V.Date $A.help("the dates of the session now; absent: not known");
  session @5 :UInt64 $A.required $A.ref(["session"]) $A.help("that it is due before");
}

struct Record {
  position @0 :UInt64;
  # In the log: dense from 1, no gap, ever.
  recordedAtNs @1 :Int64;
  # When it was entered: nanoseconds since 1970-01-01T00:00Z, never decreasing.
  occurred @2 :V.Date;
  # When it happened, as imprecise as that is known.
  orderNs @3 :Int64;
  # The instant that orders it among the entity's entries, fixed when it was decided.
  entity @4 :UInt64;
  # The position of the entry that opened the entity; of an opening entry its own.
  revision @5 :UInt32;
  # Of the entity: dense from 1.
  schemaVersion @6 :UInt16;
  actorHigh @7 :UInt64;
  actorLow @8 :UInt64;
  # A random id: names are personal and stand elsewhere.
  onBehalfOfHigh @9 :UInt64;
  onBehalfOfLow @10 :UInt64;
  # 0: on nobody's behalf.
  submissionHigh @11 :UInt64;
  submissionLow @12 :UInt64;
  # The UUID that makes a submission enter once, however often it is sent.
  correlationHigh @13 :UInt64;
  correlationLow @14 :UInt64;
  # Shared by the entries of one piece of work.
  subjectHigh @15 :UInt64;
  subjectLow @16 :UInt64;
  # The data subject whose key the entry's personal values are committed and sealed under.
  cause @17 :UInt64;
  # The position of the entry that this one is a consequence of; 0: of none.
  symbol @18 :Text;
  # The symbol that an opening entry gives its entity.
  note @19 :V.Sealed;
  grounds @20 :List(UInt64);
  # The entities it rests on: documents, decisions, meetings.
  sources @21 :List(V.Citation);
  event @22 :Event;
  authority @23 :V.Texts;
  # The function that orders what undoes or newly brings about consequences.
}
