@0xed21662f15d91f33;
# Consultations: rounds in which parties contribute, object, vote or agree.
# planned > open > concluded (adopted, not adopted, withdrawn); suspended.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("consulta::schema");
using A = import "annotations.capnp";
using V = import "values.capnp";
using Cycle = import "consultation_cycle.capnp";
using Steps = import "consultation_steps.capnp";

enum ConsultationState {
  planned @0;
  open @1;
  concluded @2;
  suspended @3;
}

enum ConsultationOutcome {
  notStated @0;
  adopted @1;
  notAdopted @2;
  withdrawn @3;
}

enum Standing {
  eligible @0 $A.help("counts towards quorum and majority");
  observer @1 $A.help("takes part, is never counted");
}

enum Majority {
  notStated @0;
  simple @1;
  twoThirds @2;
  fourFifths @3;
}

enum Vote {
  inFavour @0;
  against @1;
  abstains @2;
}

struct ConsultationEvent $A.aggregate(name = "consultation", plural = "consultations",
    prefix = "CON",
    listedBy = "dates", isPlanned = true,
    help = "A consultation of parties on a text, a programme or a question") {
  union {
    planned @0 :ConsultationPlanned;
    found @1 :ConsultationFound;
    rescheduled @2 :ConsultationRescheduled;
    retitled @3 :ConsultationRetitled;
    invited @4 :ConsultationInvited;
    rollChanged @5 :ConsultationRollChanged;
    struckOff @6 :ConsultationStruckOff;
    opened @7 :ConsultationOpened;
    contributed @8 :ConsultationContributed;
    tabled @9 :ConsultationTabled;
    putUnderSilence @10 :ConsultationPutUnderSilence;
    objected @11 :ConsultationObjected;
    objectionWithdrawn @12 :ConsultationObjectionWithdrawn;
    lateObjectionRecorded @13 :ConsultationLateObjectionRecorded;
    positionExplained @14 :ConsultationPositionExplained;
    silenceExtended @15 :ConsultationSilenceExtended;
    silenceBroken @16 :ConsultationSilenceBroken;
    silenceObserved @17 :ConsultationSilenceObserved;
    voteOpened @18 :ConsultationVoteOpened;
    voteCast @19 :ConsultationVoteCast;
    voteClosed @20 :ConsultationVoteClosed;
    consensusDeclared @21 :ConsultationConsensusDeclared;
    adoptionConfirmed @22 :ConsultationAdoptionConfirmed;
    adoptionNoted @23 :ConsultationAdoptionNoted;
    stepStarted @24 :Steps.ConsultationStepStarted;
    stepCompleted @25 :Steps.ConsultationStepCompleted;
    stepOverdue @26 :Steps.ConsultationStepOverdue;
    reminderDue @27 :Steps.ConsultationReminderDue;
    escalated @28 :Steps.ConsultationEscalated;
    suspended @29 :ConsultationSuspended;
    resumed @30 :ConsultationResumed;
    concluded @31 :ConsultationConcluded;
    withdrawn @32 :ConsultationWithdrawn;
    reopened @33 :ConsultationReopened;
    stepReported @34 :Steps.ConsultationStepReported;
    stepMoved @35 :Steps.ConsultationStepMoved;
    carriedOver @36 :Cycle.ConsultationCarriedOver;
    assigned @37 :Cycle.ConsultationAssigned;
    answerOverdue @38 :Steps.ConsultationAnswerOverdue;
  }
}

struct ConsultationPlanned $A.act(verb = "plan", opens = true,
    help = "Plan a consultation, or the next one of a cycle",
    example = "CON-2006-001 --title \"en:Consultation on the regional programme\""
              " --subjects PROG-LAC --mechanism MEC-LAC --cycle 2006",
    moves = [(to = "planned")]) {
  title @0 :V.Texts $A.required $A.public $A.publishable;
  subjects @1 :List(UInt64) $A.ref(["programme", "document", "mechanism", "project"])
      $A.publishable $A.help("what is consulted on");
  question @2 :V.Texts $A.public $A.publishable $A.help("what the parties are asked");
  mechanism @3 :UInt64 $A.ref(["mechanism"]) $A.publishable $A.help("the mechanism it belongs to");
  cycle @4 :Text $A.public $A.publishable $A.help("the cycle it belongs to: 2006");
  previous @5 :UInt64 $A.ref(["consultation"]) $A.publishable
      $A.help("the consultation of the last cycle that it continues");
  dates @6 :V.Date $A.publishable $A.help("when it is to run: days or a window");
  office @7 :UInt64 $A.ref(["office"]) $A.publishable $A.help("responsible for it");
  procedure @8 :UInt64 $A.ref(["procedure"]) $A.publishable
      $A.help("by which it is to run; absent: by none, step by step as you enter it");
}

struct ConsultationFound $A.act(verb = "found", opens = true,
    help = "Open a consultation as found, its earlier life unknown",
    example = "CON-2005-001 --title \"en:Consultation on energy\" --state concluded"
              " --outcome adopted",
    moves = [(computed = void)]) {
  title @0 :V.Texts $A.required $A.public $A.publishable;
  state @1 :ConsultationState $A.required $A.axis("state") $A.publishable;
  outcome @2 :ConsultationOutcome $A.publishable $A.help("when it is concluded");
  subjects @3 :List(UInt64) $A.ref(["programme", "document", "mechanism", "project"])
      $A.publishable $A.help("what is consulted on");
  question @4 :V.Texts $A.public $A.publishable $A.help("what the parties are asked");
  mechanism @5 :UInt64 $A.ref(["mechanism"]) $A.publishable $A.help("the mechanism it belongs to");
  cycle @6 :Text $A.public $A.publishable $A.help("the cycle it belongs to: 2006");
  previous @7 :UInt64 $A.ref(["consultation"]) $A.publishable
      $A.help("the consultation of the last cycle that it continues");
  dates @8 :V.Date $A.publishable $A.help("when it runs or ran: days or a window");
  office @9 :UInt64 $A.ref(["office"]) $A.publishable $A.help("responsible for it");
  parties @10 :List(UInt64) $A.ref(["party"]) $A.publishable $A.help("the parties consulted");
  stateBefore @11 :Text $A.axisBefore("state") $A.publishable
      $A.help("of one found suspended: the state it had before");
}

struct ConsultationRescheduled $A.act(verb = "reschedule",
    help = "Give the consultation other dates",
    example = "CON-2006-001 --dates 2006-05/2006-06",
    moves = [(from = ["planned", "open", "suspended"], stays = void)]) {
  dates @0 :V.Date $A.required $A.publishable $A.help("days or a window");
  reason @1 :V.Sealed;
}

struct ConsultationRetitled $A.act(verb = "retitle",
    help = "Change the title or the question of the consultation",
    example = "CON-2006-001 --title \"fr:Consultation sur le programme régional\"",
    moves = [(from = ["planned", "open", "suspended"], stays = void)]) {
  title @0 :V.Texts $A.public $A.publishable;
  question @1 :V.Texts $A.public $A.publishable $A.help("what the parties are asked");
}

struct ConsultationInvited $A.act(verb = "invite",
    help = "Invite a party, as one who is counted or as an observer",
    example = "CON-2006-001 --party UY --standing eligible --reply-by 2006-05-15",
    moves = [(from = ["planned", "open"], stays = void)]) {
  party @0 :UInt64 $A.required $A.ref(["party"]) $A.publishable;
  standing @1 :Standing $A.required $A.publishable;
  replyBy @2 :V.Date $A.help("the last day for a contribution");
  invitation @3 :UInt64 $A.ref(["correspondence"]) $A.help("the letter that carried it");
}

struct ConsultationRollChanged $A.act(verb = "enrol",
    help = "Change a party's place on the roll after the round has opened",
    example = "CON-2006-001 --party BR --standing eligible"
              " --reason \"Has become a member of the group\"",
    moves = [(from = ["open"], stays = void)]) {
  party @0 :UInt64 $A.required $A.ref(["party"]) $A.publishable;
  standing @1 :Standing $A.required $A.publishable;
  reason @2 :V.Sealed $A.required;
}

struct ConsultationStruckOff $A.act(verb = "strike-off",
    help = "Take a party off the roll",
    example = "CON-2006-001 --party BR --reason \"Has left the group\"",
    moves = [(from = ["planned", "open"], stays = void)]) {
  party @0 :UInt64 $A.required $A.ref(["party"]) $A.publishable;
  reason @1 :V.Sealed $A.required;
}

struct ConsultationOpened $A.act(verb = "open",
    help = "Open the consultation; the roll of parties is fixed from here",
    example = "CON-2006-001 --closes 2006-06-15",
    moves = [(from = ["planned"], to = "open")]) {
  closes @0 :V.Deadline $A.publishable $A.help("until when contributions are taken");
  procedure @1 :UInt64 $A.ref(["procedure"]) $A.publishable
      $A.help("by which it runs, in the version of that day; absent: the one it was planned by");
  after @2 :UInt64 $A.ref(["consultation"]) $A.publishable
      $A.help("the consultation of the last cycle, whose roll and open matters come over");
}

struct ConsultationContributed $A.act(verb = "contribute",
    help = "Record what a party submits",
    example = "CON-2006-001 --party UY --contribution \"Supports the second area\""
              " --part \"Chapter 2\"",
    moves = [(from = ["open"], stays = void)]) {
  party @0 :UInt64 $A.required $A.ref(["party"]) $A.publishable;
  contribution @1 :V.Sealed $A.required;
  part @2 :Text $A.public $A.publishable $A.help("which part of the text it is about");
  document @3 :UInt64 $A.ref(["document", "file", "correspondence"])
      $A.help("in which it was submitted");
  receivedAt @4 :V.ZonedTime $A.help("the hour of receipt, when it matters");
}

struct ConsultationTabled $A.act(verb = "table",
    help = "Table a text, the first or a new revision",
    example = "CON-2006-001 --revision 1 --document DOC-2006-002",
    moves = [(from = ["open"], stays = void)]) {
  revision @0 :UInt32 $A.required $A.publishable;
  document @1 :UInt64 $A.ref(["document", "file"]) $A.publishable;
  text @2 :V.Texts $A.public $A.publishable $A.help("the text itself, when it is short");
  by @3 :UInt64 $A.ref(["party", "office"]) $A.publishable $A.help("who tables it");
}

struct ConsultationPutUnderSilence $A.act(verb = "put-under-silence",
    help = "Circulate a text that stands adopted unless somebody objects in time",
    example = "CON-2006-001 --revision 2 --deadline \"2006-07-14T18:00 Europe/Vienna\""
              " --languages en --languages es",
    moves = [(from = ["open"], stays = void)]) {
  revision @0 :UInt32 $A.required $A.publishable $A.help("of the text that is put under silence");
  deadline @1 :V.ZonedTime $A.required $A.publishable $A.help("day, hour and time zone");
  languages @2 :List(Text) $A.code("language") $A.publishable $A.help("in which it is circulated");
  circulation @3 :UInt64 $A.ref(["correspondence", "document"])
      $A.help("the letter that circulates it");
}

struct ConsultationObjected $A.act(verb = "object",
    help = "Record an objection and its reason",
    example = "CON-2006-001 --party AR --reason \"Paragraph 3 goes too far\""
              " --received-at \"2006-07-14T17:20 Europe/Vienna\"",
    moves = [(from = ["open", "suspended", "concluded"], stays = void)]) {
  party @0 :UInt64 $A.required $A.ref(["party"]) $A.publishable;
  reason @1 :V.Sealed $A.required;
  revision @2 :UInt32 $A.publishable $A.help("of the text; absent: the one under discussion");
  receivedAt @3 :V.ZonedTime $A.help("the hour of receipt, by which being in time is judged");
  letter @4 :UInt64 $A.ref(["correspondence"]) $A.help("that carries it");
}

struct ConsultationObjectionWithdrawn $A.act(verb = "withdraw-objection",
    help = "Record that a party no longer objects",
    example = "CON-2006-001 --party AR",
    moves = [(from = ["open", "suspended"], stays = void)]) {
  party @0 :UInt64 $A.required $A.ref(["party"]) $A.publishable;
  revision @1 :UInt32 $A.publishable
      $A.help("of the text; absent: the one under discussion, or the question itself");
  reason @2 :V.Sealed;
  letter @3 :UInt64 $A.ref(["correspondence"]) $A.help("that carries it");
}

struct ConsultationLateObjectionRecorded $A.act(verb = "",
    help = "Note that an objection was received after the deadline",
    moves = [(from = ["open", "concluded", "suspended"], stays = void)]) {
  party @0 :UInt64 $A.required $A.ref(["party"]) $A.publishable;
  deadline @1 :V.ZonedTime $A.required;
  receivedAt @2 :V.ZonedTime;
  revision @3 :UInt32 $A.publishable $A.help("of the text that was under silence");
  lateSeconds @4 :UInt64 $A.help("how long after the deadline it was received");
}

struct ConsultationPositionExplained $A.act(verb = "explain",
    help = "Record a party's explanation of its position, which is neither objection nor vote",
    example = "CON-2006-001 --party MX --explanation \"Joins with a reservation on wording\"",
    moves = [(from = ["open", "concluded"], stays = void)]) {
  party @0 :UInt64 $A.required $A.ref(["party"]) $A.publishable;
  explanation @1 :V.Sealed $A.required;
  letter @2 :UInt64 $A.ref(["correspondence"]) $A.help("that carries it");
}

struct ConsultationSilenceExtended $A.act(verb = "extend-silence",
    help = "Move the deadline of a silence that still runs, on whose authority and why",
    example = "CON-2006-001 --deadline \"2006-07-21T18:00 Europe/Vienna\""
              " --authority \"en:Presiding officer\" --reason \"The text came late\"",
    moves = [(from = ["open"], stays = void)]) {
  deadline @0 :V.ZonedTime $A.required $A.publishable $A.help("day, hour and time zone");
  revision @1 :UInt32 $A.publishable $A.help("of the text that is under silence");
  reason @2 :V.Sealed $A.required;
  authority @3 :V.Texts $A.required $A.public $A.help("the function that orders it");
}

struct ConsultationSilenceBroken $A.act(verb = "",
    help = "Note that an objection in time has broken the silence",
    moves = [(from = ["open", "suspended"], stays = void)]) {
  revision @0 :UInt32 $A.required $A.publishable;
  party @1 :UInt64 $A.required $A.ref(["party"]) $A.publishable;
  deadline @2 :V.ZonedTime $A.publishable;
}

struct ConsultationSilenceObserved $A.act(verb = "",
    help = "Note that the deadline has passed without objection and the text stands adopted",
    moves = [(from = ["open"], stays = void)]) {
  revision @0 :UInt32 $A.required $A.publishable;
  deadline @1 :V.ZonedTime $A.required $A.publishable;
  lateSeconds @2 :UInt64 $A.help("how long after the deadline this was entered");
}

struct ConsultationVoteOpened $A.act(verb = "open-vote",
    help = "Open a vote on a text, with its quorum and majority",
    example = "CON-2006-001 --round 1 --majority two-thirds --quorum 17"
              " --closes \"2006-07-20T18:00 Europe/Vienna\" --rules \"Rules of procedure 2004\"",
    moves = [(from = ["open"], stays = void)]) {
  round @0 :UInt32 $A.required $A.publishable $A.help("number of the vote");
  majority @1 :Majority $A.required $A.publishable $A.help("of those who vote for or against");
  quorum @2 :UInt32 $A.publishable $A.help("how many eligible parties have to take part");
  closes @3 :V.ZonedTime $A.publishable $A.help("day, hour and time zone");
  revision @4 :UInt32 $A.publishable $A.help("of the text that is voted on");
  rules @5 :Text $A.public $A.publishable $A.help("which version of the rules holds");
}

struct ConsultationVoteCast $A.act(verb = "vote",
    help = "Record a party's vote; a later one takes its place",
    example = "CON-2006-001 --round 1 --party UY --vote in-favour",
    moves = [(from = ["open"], stays = void)]) {
  round @0 :UInt32 $A.required $A.publishable $A.help("number of the vote");
  party @1 :UInt64 $A.required $A.ref(["party"]) $A.publishable;
  vote @2 :Vote $A.required $A.publishable;
  receivedAt @3 :V.ZonedTime $A.help("the hour of receipt, when it matters");
}

struct ConsultationVoteClosed $A.act(verb = "",
    help = "Note that the vote is closed, with its tally",
    moves = [(from = ["open"], stays = void)]) {
  round @0 :UInt32 $A.required $A.publishable;
  eligible @1 :UInt32 $A.required $A.publishable;
  inFavour @2 :UInt32 $A.required $A.publishable;
  against @3 :UInt32 $A.required $A.publishable;
  abstained @4 :UInt32 $A.required $A.publishable;
  notVoting @5 :UInt32 $A.required $A.publishable;
  quorumReached @6 :Bool $A.required $A.publishable;
  carried @7 :Bool $A.required $A.publishable;
  lateSeconds @8 :UInt64 $A.help("how long after the closing hour this was entered");
}

struct ConsultationConsensusDeclared $A.act(verb = "declare-consensus",
    help = "Declare that no objection stands and the text is agreed",
    example = "CON-2006-001 --revision 3",
    moves = [(from = ["open"], stays = void)]) {
  revision @0 :UInt32 $A.required $A.publishable;
  by @1 :UInt64 $A.ref(["party", "person", "office"]) $A.help("who presides and declares it");
}

struct ConsultationAdoptionConfirmed $A.act(verb = "confirm-adoption",
    help = "Record the letter that confirms the adoption of a text",
    example = "CON-2006-001 --letter COR-2006-031 --revision 2",
    moves = [(from = ["open", "concluded"], stays = void)]) {
  letter @0 :UInt64 $A.required $A.ref(["correspondence"]) $A.publishable;
  revision @1 :UInt32 $A.publishable $A.help("of the text that was adopted");
}

struct ConsultationAdoptionNoted $A.act(verb = "note-adoption",
    help = "Record that a meeting or session has noted the adoption of a text",
    example = "CON-2006-001 --at MTG-2006-001 --revision 2",
    moves = [(from = ["open", "concluded"], stays = void)]) {
  at @0 :UInt64 $A.required $A.ref(["meeting", "session"]) $A.publishable;
  revision @1 :UInt32 $A.publishable $A.help("of the text that was adopted");
}

struct ConsultationSuspended $A.act(verb = "suspend",
    help = "Suspend the consultation",
    example = "CON-2006-001 --reason \"The text is being redrafted\"",
    moves = [(from = ["planned", "open"], to = "suspended")]) {
  reason @0 :V.Sealed $A.required;
  until @1 :V.Date $A.publishable;
}

struct ConsultationResumed $A.act(verb = "resume",
    help = "Take the consultation up again where it was suspended",
    example = "CON-2006-001",
    moves = [(from = ["suspended"], previous = void)]) {
  reason @0 :V.Sealed;
}

struct ConsultationConcluded $A.act(verb = "conclude",
    help = "Conclude the consultation with its outcome",
    example = "CON-2006-001 --outcome adopted --revision 2",
    moves = [(from = ["open"], to = "concluded")]) {
  outcome @0 :ConsultationOutcome $A.required $A.publishable;
  revision @1 :UInt32 $A.publishable $A.help("of the text that was adopted");
  document @2 :UInt64 $A.ref(["document"]) $A.publishable $A.help("that records the outcome");
  reason @3 :V.Sealed;
}

struct ConsultationWithdrawn $A.act(verb = "withdraw",
    help = "Give the consultation up without an outcome",
    example = "CON-2006-001 --reason \"The programme was given up\"",
    moves = [(from = ["planned", "open", "suspended"], to = "concluded")]) {
  reason @0 :V.Sealed $A.required;
}

struct ConsultationReopened $A.act(verb = "reopen",
    help = "Reopen what was concluded or adopted, on whose authority and why",
    example = "CON-2006-001 --authority \"en:Presiding officer\""
              " --reason \"An objection received in time was entered late\"",
    moves = [(from = ["open", "concluded"], to = "open")]) {
  authority @0 :V.Texts $A.required $A.public $A.help("the function that orders it");
  reason @1 :V.Sealed $A.required;
  party @2 :UInt64 $A.ref(["party"]) $A.publishable $A.help("whose objection was in time");
  receivedAt @3 :V.ZonedTime $A.help("when that objection was received");
}
