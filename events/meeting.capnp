@0xd1f0a3b27c5e4a05;
# Meetings: expert groups, ministerial meetings, their round tables and side events.
# scheduled > confirmed > convened > closed > reported; postponed; cancelled.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("consulta::schema");
using A = import "annotations.capnp";
using V = import "values.capnp";

enum MeetingState {
  scheduled @0;
  confirmed @1;
  convened @2;
  closed @3;
  reported @4;
  postponed @5;
  cancelled @6;
}

enum MeetingKind {
  expertGroup @0;
  ministerial @1;
  technical @2;
  coordination @3;
  roundTable @4 $A.help("part of another meeting");
  sideEvent @5 $A.help("part of another meeting");
}

enum InvitationAnswer {
  accepted @0;
  declined @1;
}

enum Capacity {
  member @0;
  observer @1 $A.help("never counted in a quorum");
  expert @2;
  resourcePerson @3;
}

enum OrganizerRole {
  organizer @0;
  coOrganizer @1;
  preparedWith @2 $A.help("the meeting is prepared in cooperation with it");
  sponsor @3;
}

enum OutcomeKind {
  conclusion @0;
  declaration @1;
  projectProposal @2;
}

enum OutcomeScope {
  national @0;
  regional @1;
  interregional @2;
}

struct MeetingEvent $A.aggregate(name = "meeting", plural = "meetings", prefix = "MTG",
    listedBy = "dates", isPlanned = true,
    help = "A meeting, or a round table or side event within one") {
  union {
    scheduled @0 :MeetingScheduled;
    found @1 :MeetingFound;
    confirmed @2 :MeetingConfirmed;
    rescheduled @3 :MeetingRescheduled;
    postponed @4 :MeetingPostponed;
    cancelled @5 :MeetingCancelled;
    convened @6 :MeetingConvened;
    closed @7 :MeetingClosed;
    reported @8 :MeetingReported;
    agendaItemAdded @9 :MeetingAgendaItemAdded;
    organizerAdded @10 :MeetingOrganizerAdded;
    invited @11 :MeetingInvited;
    answered @12 :MeetingAnswered;
    representativeNamed @13 :MeetingRepresentativeNamed;
    credentialsReceived @14 :MeetingCredentialsReceived;
    registered @15 :MeetingRegistered;
    quorumRecorded @16 :MeetingQuorumRecorded;
    outcomeRecorded @17 :MeetingOutcomeRecorded;
    answerOverdue @18 :MeetingAnswerOverdue;
    retitled @19 :MeetingRetitled;
    relocated @20 :MeetingRelocated;
    preparationStarted @21 :MeetingPreparationStarted;
    partsPlanned @22 :MeetingPartsPlanned;
    outcomeExpected @23 :MeetingOutcomeExpected;
    invitationWithdrawn @24 :MeetingInvitationWithdrawn;
    agendaItemRemoved @25 :MeetingAgendaItemRemoved;
  }
}

struct MeetingScheduled $A.act(verb = "schedule", opens = true,
    help = "Plan a meeting, with exact dates or a window",
    example = "MTG-2006-001 --title \"en:Annual expert meeting\" --kind expert-group"
              " --dates 2006-06/2006-07",
    moves = [(to = "scheduled")]) {
  title @0 :V.Texts $A.required $A.public $A.publishable;
  kind @1 :MeetingKind $A.required $A.publishable;
  dates @2 :V.Date $A.publishable $A.help("when it is to be held: days or a window");
  place @3 :Text $A.public $A.publishable $A.help("city or venue");
  country @4 :Text $A.code("country") $A.publishable;
  host @5 :UInt64 $A.ref(["party"]) $A.publishable;
  programme @6 :UInt64 $A.ref(["programme"]) $A.publishable;
  mechanism @7 :UInt64 $A.ref(["mechanism"]) $A.publishable $A.help("the series it belongs to");
  consultation @8 :UInt64 $A.ref(["consultation"]) $A.publishable;
  parent @9 :UInt64 $A.ref(["meeting"]) $A.publishable $A.help("the meeting it is part of");
  theme @10 :V.Texts $A.public $A.publishable;
  region @11 :Text $A.code("region") $A.publishable $A.help("the region of a regional meeting");
  highLevel @12 :Bool $A.publishable;
}

struct MeetingFound $A.act(verb = "found", opens = true,
    help = "Open a meeting as found, its earlier life unknown",
    example = "MTG-2005-004 --title \"en:Expert meeting\" --kind expert-group --dates 2005-11"
              " --state closed",
    moves = [(computed = void)]) {
  title @0 :V.Texts $A.required $A.public $A.publishable;
  kind @1 :MeetingKind $A.required $A.publishable;
  state @2 :MeetingState $A.required $A.axis("state") $A.publishable;
  dates @3 :V.Date $A.publishable $A.help("when it was or is to be held: days or a window");
  place @4 :Text $A.public $A.publishable $A.help("city or venue");
  country @5 :Text $A.code("country") $A.publishable;
  host @6 :UInt64 $A.ref(["party"]) $A.publishable;
  programme @7 :UInt64 $A.ref(["programme"]) $A.publishable;
  mechanism @8 :UInt64 $A.ref(["mechanism"]) $A.publishable $A.help("the series it belongs to");
  consultation @9 :UInt64 $A.ref(["consultation"]) $A.publishable;
  parent @10 :UInt64 $A.ref(["meeting"]) $A.publishable $A.help("the meeting it is part of");
  theme @11 :V.Texts $A.public $A.publishable;
  region @12 :Text $A.code("region") $A.publishable $A.help("the region of a regional meeting");
  highLevel @13 :Bool $A.publishable;
  organizers @14 :List(UInt64) $A.ref(["party", "office"]) $A.publishable;
  report @15 :UInt64 $A.ref(["document"]) $A.publishable $A.help("the report of the meeting");
}

struct MeetingConfirmed $A.act(verb = "confirm",
    help = "Confirm that the meeting will be held, with its days and place",
    example = "MTG-2006-001 --dates 2006-06-26/2006-06-28 --place Vienna --country AT",
    moves = [(from = ["scheduled"], to = "confirmed")]) {
  dates @0 :V.Date $A.publishable $A.help("the exact days; not repeated when already known");
  place @1 :Text $A.public $A.publishable $A.help("city or venue");
  country @2 :Text $A.code("country") $A.publishable;
  host @3 :UInt64 $A.ref(["party"]) $A.publishable;
}

struct MeetingRescheduled $A.act(verb = "reschedule",
    help = "Give the meeting new dates, still to be confirmed",
    example = "MTG-2006-001 --dates 2006-07-03/2006-07-05",
    moves = [(from = ["scheduled", "confirmed", "postponed"], to = "scheduled")]) {
  dates @0 :V.Date $A.required $A.publishable $A.help("days or a window");
  reason @1 :V.Sealed;
}

struct MeetingPostponed $A.act(verb = "postpone",
    help = "Put the meeting off, to a later time or until further notice",
    example = "MTG-2006-001 --reason \"The host asked for more time\" --until 2006-10",
    moves = [(from = ["scheduled", "confirmed"], to = "postponed")]) {
  reason @0 :V.Sealed $A.required;
  until @1 :V.Date $A.publishable
      $A.help("when it is now thought of; absent: until further notice");
}

struct MeetingCancelled $A.act(verb = "cancel",
    help = "Give the meeting up for good",
    example = "MTG-2006-001 --reason \"Merged with the ministerial meeting\"",
    moves = [(from = ["scheduled", "confirmed", "postponed"], to = "cancelled")]) {
  reason @0 :V.Sealed $A.required;
}

struct MeetingConvened $A.act(verb = "convene",
    help = "Record that the meeting has begun",
    example = "MTG-2006-001",
    moves = [(from = ["confirmed"], to = "convened")]) {
  chair @0 :UInt64 $A.ref(["person", "party"]) $A.help("who presides");
}

struct MeetingClosed $A.act(verb = "close",
    help = "Record that the meeting has ended",
    example = "MTG-2006-001",
    moves = [(from = ["convened"], to = "closed")]) {
  summary @0 :V.Sealed;
}

struct MeetingReported $A.act(verb = "report",
    help = "Name the report of the meeting",
    example = "MTG-2006-001 --document DOC-2006-004",
    moves = [(from = ["closed"], to = "reported")]) {
  document @0 :UInt64 $A.required $A.ref(["document"]) $A.publishable;
}

struct MeetingAgendaItemAdded $A.act(verb = "add-item",
    help = "Add an item to the agenda",
    example = "MTG-2006-001 --number 3 --title \"en:Priority areas\" --document DOC-2006-004",
    moves = [(from = ["scheduled", "confirmed", "convened", "postponed"], stays = void)]) {
  number @0 :Text $A.required $A.public $A.publishable $A.help("as printed: 3, 3(a)");
  title @1 :V.Texts $A.required $A.public $A.publishable;
  document @2 :UInt64 $A.ref(["document"]) $A.publishable $A.help("the paper for the item");
}

struct MeetingOrganizerAdded $A.act(verb = "add-organizer",
    help = "Name who organizes the meeting or prepares it with us",
    example = "MTG-2006-002 --organizer SEGIB --role prepared-with",
    moves = [(from = ["scheduled", "confirmed", "convened", "postponed"], stays = void)]) {
  organizer @0 :UInt64 $A.required $A.ref(["party", "office"]) $A.publishable;
  role @1 :OrganizerRole $A.required $A.publishable;
}

struct MeetingInvited $A.act(verb = "invite",
    help = "Invite a party to the meeting",
    example = "MTG-2006-001 --party UY --reply-by 2006-05-15",
    moves = [(from = ["scheduled", "confirmed"], stays = void)]) {
  party @0 :UInt64 $A.required $A.ref(["party"]) $A.publishable;
  replyBy @1 :V.Date $A.help("the last day for an answer");
  invitation @2 :UInt64 $A.ref(["correspondence"]) $A.help("the letter that carried it");
}

struct MeetingAnswered $A.act(verb = "answer",
    help = "Record a party's answer to its invitation",
    example = "MTG-2006-001 --party UY --answer accepted",
    moves = [(from = ["scheduled", "confirmed", "convened", "postponed"], stays = void)]) {
  party @0 :UInt64 $A.required $A.ref(["party"]) $A.publishable;
  answer @1 :InvitationAnswer $A.required $A.publishable;
  reply @2 :UInt64 $A.ref(["correspondence"]) $A.help("the letter that carried it");
}

struct MeetingRepresentativeNamed $A.act(verb = "name-representative",
    help = "Record whom a party sends to the meeting",
    example = "MTG-2006-001 --party UY --person PER-2006-011",
    moves = [(from = ["scheduled", "confirmed", "convened"], stays = void)]) {
  party @0 :UInt64 $A.required $A.ref(["party"]);
  person @1 :UInt64 $A.required $A.ref(["person"]);
  head @2 :Bool $A.help("heads the delegation");
}

struct MeetingCredentialsReceived $A.act(verb = "receive-credentials",
    help = "Record that a party's credentials have arrived",
    example = "MTG-2006-001 --party UY --file FILE-2006-020",
    moves = [(from = ["scheduled", "confirmed", "convened"], stays = void)]) {
  party @0 :UInt64 $A.required $A.ref(["party"]);
  person @1 :UInt64 $A.ref(["person"]) $A.help("for whom, when not for the whole delegation");
  file @2 :UInt64 $A.ref(["file"]);
}

struct MeetingRegistered $A.act(verb = "register",
    help = "Register a person who takes part",
    example = "MTG-2006-001 --person PER-2006-011 --party UY --capacity member",
    moves = [(from = ["confirmed", "convened"], stays = void)]) {
  person @0 :UInt64 $A.required $A.ref(["person"]);
  capacity @1 :Capacity $A.required;
  party @2 :UInt64 $A.ref(["party"]) $A.help("for whom; absent: in a personal capacity");
}

struct MeetingQuorumRecorded $A.act(verb = "record-quorum",
    help = "Record how many were present and how many had to be",
    example = "MTG-2006-001 --present 24 --needed 17",
    moves = [(from = ["convened"], stays = void)]) {
  present @0 :UInt32 $A.required $A.publishable;
  needed @1 :UInt32 $A.required $A.publishable;
}

struct MeetingOutcomeRecorded $A.act(verb = "record-outcome",
    help = "Record a conclusion, declaration or project proposal of the meeting",
    example = "MTG-2006-001 --kind conclusion"
              " --text \"en:Regional programmes should be updated every year\"",
    moves = [(from = ["convened", "closed"], stays = void)]) {
  kind @0 :OutcomeKind $A.required $A.publishable;
  text @1 :V.Texts $A.required $A.public $A.publishable;
  number @2 :Text $A.public $A.publishable $A.help("as printed, when outcomes are numbered");
  document @3 :UInt64 $A.ref(["document"]) $A.publishable $A.help("where it is printed");
}

struct MeetingAnswerOverdue $A.act(verb = "",
    help = "Note that a party has not answered by the day asked",
    moves = [(from = ["scheduled", "confirmed"], stays = void)]) {
  party @0 :UInt64 $A.required $A.ref(["party"]);
  due @1 :V.Date $A.required;
  lateSeconds @2 :UInt64 $A.help("how long after the deadline this was entered");
}

struct MeetingRetitled $A.act(verb = "retitle",
    help = "Change the title or the theme of the meeting",
    example = "MTG-2006-002 --theme \"en:Renewable energies\"",
    moves = [(from = ["scheduled", "confirmed", "postponed"], stays = void)]) {
  title @0 :V.Texts $A.public $A.publishable;
  theme @1 :V.Texts $A.public $A.publishable;
}

struct MeetingRelocated $A.act(verb = "relocate",
    help = "Change where the meeting is held",
    example = "MTG-2006-002 --place Montevideo --country UY",
    moves = [(from = ["scheduled", "confirmed", "postponed"], stays = void)]) {
  place @0 :Text $A.required $A.public $A.publishable $A.help("city or venue");
  country @1 :Text $A.code("country") $A.publishable;
  host @2 :UInt64 $A.ref(["party"]) $A.publishable;
}

struct MeetingPreparationStarted $A.act(verb = "prepare",
    help = "Record that preparations are under way, and with whom",
    example = "MTG-2006-002 --with SEGIB"
              " --serves \"en:First step towards execution of the programme\"",
    moves = [(from = ["scheduled", "confirmed", "postponed"], stays = void)]) {
  with @0 :List(UInt64) $A.ref(["party", "office"]) $A.publishable;
  serves @1 :V.Texts $A.public $A.publishable $A.help("what the meeting is a step towards");
  summary @2 :V.Sealed;
}

struct MeetingPartsPlanned $A.act(verb = "plan-parts",
    help = "Provide for round tables or side events within the meeting, their number known or not",
    example = "MTG-2006-002 --kind round-table --theme \"en:Forms of renewable energy\"",
    moves = [(from = ["scheduled", "confirmed", "postponed"], stays = void)]) {
  kind @0 :MeetingKind $A.required $A.publishable;
  count @1 :UInt32 $A.publishable $A.help("how many; absent: not yet known");
  theme @2 :V.Texts $A.public $A.publishable;
}

struct MeetingOutcomeExpected $A.act(verb = "expect-outcome",
    help = "Record what the meeting is expected to lead to, which is not yet an outcome",
    example = "MTG-2006-002 --kind project-proposal --scopes national --scopes regional"
              " --text \"en:Technical cooperation projects for the industrial sector\"",
    moves = [(from = ["scheduled", "confirmed", "postponed", "convened"], stays = void)]) {
  kind @0 :OutcomeKind $A.required $A.publishable;
  text @1 :V.Texts $A.required $A.public $A.publishable;
  scopes @2 :List(OutcomeScope) $A.publishable;
  count @3 :UInt32 $A.publishable $A.help("how many; absent: not yet known");
}

struct MeetingInvitationWithdrawn $A.act(verb = "withdraw-invitation",
    help = "Take an invitation back",
    example = "MTG-2006-001 --party UY --reason \"Invited in error\"",
    moves = [(from = ["scheduled", "confirmed", "postponed"], stays = void)]) {
  party @0 :UInt64 $A.required $A.ref(["party"]) $A.publishable;
  reason @1 :V.Sealed $A.required;
}

struct MeetingAgendaItemRemoved $A.act(verb = "remove-item",
    help = "Take an item off the agenda",
    example = "MTG-2006-001 --number 3",
    moves = [(from = ["scheduled", "confirmed", "convened", "postponed"], stays = void)]) {
  number @0 :Text $A.required $A.public $A.publishable $A.help("as printed: 3, 3(a)");
  reason @1 :V.Sealed;
}
