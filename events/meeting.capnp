@0xd1f0a3b27c5e4a05;
# Meetings: expert groups, ministerial meetings, their round tables and side events.

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
  observer @1;
  expert @2;
  resourcePerson @3;
}

enum OutcomeKind {
  conclusion @0;
  declaration @1;
  projectProposal @2;
}

struct MeetingEvent $A.aggregate(name = "meeting", plural = "meetings", prefix = "MTG",
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
  }
}

struct MeetingScheduled $A.act(verb = "schedule", opens = true,
    help = "Plan a meeting, with exact dates or a window",
    example = "MTG-2006-001 --title \"en:Annual expert meeting\" --kind expert-group --dates 2006-06/2006-07",
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
}
