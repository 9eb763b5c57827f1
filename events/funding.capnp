@0xf86b9eed1043f6bd;
# Funding: what is needed and what is pledged. A requirement and each pledge are entities of their
# own, so that each pledge has a life of its own.
# Requirement: required. Pledge: announced > confirmed > received in part > received; withdrawn.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("consulta::schema");
using A = import "annotations.capnp";
using V = import "values.capnp";

enum FundingState {
  required @0 $A.help("a requirement, to be met by pledges");
  announced @1;
  confirmed @2;
  receivedInPart @3;
  received @4;
  withdrawn @5;
}

enum ContributionKind {
  notStated @0;
  cash @1;
  inKind @2;
}

struct FundingEvent $A.aggregate(name = "funding", plural = "fundings", prefix = "FUND",
    listedBy = "announcedOn",
    help = "A requirement of funds, or a pledge towards one") {
  union {
    requirementSet @0 :FundingRequirementSet;
    announced @1 :FundingAnnounced;
    found @2 :FundingFound;
    requirementRevised @3 :FundingRequirementRevised;
    amountRevised @4 :FundingAmountRevised;
    confirmed @5 :FundingConfirmed;
    instalmentScheduled @6 :FundingInstalmentScheduled;
    instalmentOverdue @7 :FundingInstalmentOverdue;
    received @8 :FundingReceived;
    withdrawn @9 :FundingWithdrawn;
    allocated @10 :FundingAllocated;
    released @11 :FundingReleased;
    disbursed @12 :FundingDisbursed;
    supportExpected @13 :FundingSupportExpected;
    supportRecorded @14 :FundingSupportRecorded;
  }
}

struct FundingRequirementSet $A.act(verb = "require", opens = true,
    help = "Record that funds are needed, the amount known or not",
    example = "FUND-LAC --purposes PROG-LAC --title \"en:Funds for the regional programme\"",
    moves = [(to = "required")]) {
  purposes @0 :List(UInt64) $A.required $A.ref(["programme", "project", "mechanism", "meeting"])
      $A.publishable $A.help("what they are needed for");
  amount @1 :V.Money $A.publishable $A.help("absent: not known");
  title @2 :V.Texts $A.public $A.publishable;
  period @3 :V.Date $A.publishable $A.help("when they are needed");
}

struct FundingAnnounced $A.act(verb = "announce", opens = true,
    help = "Record that a party has announced a pledge, the amount known or not",
    example = "FUND-2006-002 --party ES --amount \"250000.00 EUR\" --requirement FUND-LAC",
    moves = [(to = "announced")]) {
  party @0 :UInt64 $A.required $A.ref(["party"]) $A.publishable;
  amount @1 :V.Money $A.publishable $A.help("absent: not known");
  requirement @2 :UInt64 $A.ref(["funding"]) $A.publishable $A.help("what it is pledged towards");
  purposes @3 :List(UInt64) $A.ref(["programme", "project", "mechanism", "meeting"])
      $A.publishable $A.help("what it is for, when narrower");
  kind @4 :ContributionKind $A.publishable;
  conditions @5 :V.Sealed;
  forum @6 :UInt64 $A.ref(["meeting", "session"]) $A.publishable $A.help("where it was announced");
}

struct FundingFound $A.act(verb = "found", opens = true,
    help = "Open a requirement or a pledge as found, its earlier life unknown",
    example = "FUND-2005-001 --party ES --amount \"100000.00 EUR\" --state confirmed",
    moves = [(computed = void)]) {
  state @0 :FundingState $A.required $A.axis("state") $A.publishable;
  party @1 :UInt64 $A.ref(["party"]) $A.publishable $A.help("who pledged; absent: a requirement");
  amount @2 :V.Money $A.publishable $A.help("required or pledged; absent: not known");
  received @3 :V.Money $A.publishable $A.help("what has been received so far");
  requirement @4 :UInt64 $A.ref(["funding"]) $A.publishable $A.help("what it is pledged towards");
  purposes @5 :List(UInt64) $A.ref(["programme", "project", "mechanism", "meeting"])
      $A.publishable $A.help("what it is for");
  title @6 :V.Texts $A.public $A.publishable;
  period @7 :V.Date $A.publishable $A.help("when the funds are needed");
  kind @8 :ContributionKind $A.publishable;
}

struct FundingRequirementRevised $A.act(verb = "revise-requirement",
    help = "Set the amount that is needed, as it becomes known or changes",
    example = "FUND-LAC --amount \"4000000.00 USD\"",
    moves = [(from = ["required"], stays = void)]) {
  amount @0 :V.Money $A.publishable;
  title @1 :V.Texts $A.public $A.publishable;
  period @2 :V.Date $A.publishable $A.help("when the funds are needed");
  reason @3 :V.Sealed;
  unknown @4 :Bool $A.publishable $A.help("the amount is not known any longer");
}

struct FundingAmountRevised $A.act(verb = "revise-amount",
    help = "Set the amount of an announced pledge, as it becomes known or changes",
    example = "FUND-2006-002 --amount \"300000.00 EUR\"",
    moves = [(from = ["announced"], stays = void)]) {
  amount @0 :V.Money $A.required $A.publishable;
  reason @1 :V.Sealed;
}

struct FundingConfirmed $A.act(verb = "confirm",
    help = "Record the agreement that confirms a pledge",
    example = "FUND-2006-002 --amount \"250000.00 EUR\" --agreement COR-2006-044",
    moves = [(from = ["announced"], to = "confirmed")]) {
  amount @0 :V.Money $A.required $A.publishable;
  agreement @1 :UInt64 $A.required $A.ref(["document", "file", "mou", "correspondence"])
      $A.publishable;
}

struct FundingInstalmentScheduled $A.act(verb = "schedule",
    help = "Record when an instalment of a pledge is to come in",
    example = "FUND-2006-002 --amount \"125000.00 EUR\" --due 2006-10-01",
    moves = [(from = ["confirmed", "receivedInPart"], stays = void)]) {
  amount @0 :V.Money $A.required $A.publishable;
  due @1 :V.Deadline $A.required $A.publishable;
}

struct FundingInstalmentOverdue $A.act(verb = "",
    help = "Note that an instalment has not come in by the day agreed",
    moves = [(from = ["confirmed", "receivedInPart"], stays = void)]) {
  number @0 :UInt32 $A.required $A.help("which one, in the order in which they were agreed on");
  due @1 :V.Date $A.required;
  lateSeconds @2 :UInt64 $A.help("how long after the deadline this was entered");
}

struct FundingReceived $A.act(verb = "receive",
    help = "Record that funds of a pledge have come in",
    example = "FUND-2006-002 --amount \"125000.00 EUR\"",
    moves = [(from = ["confirmed", "receivedInPart"], computed = void)]) {
  amount @0 :V.Money $A.required $A.publishable;
  reference @1 :V.Sealed $A.help("of the bank or the accounts");
}

struct FundingWithdrawn $A.act(verb = "withdraw",
    help = "Record that a pledge or a requirement is withdrawn",
    example = "FUND-2006-002 --reason \"Budget cut\"",
    moves = [(from = ["required", "announced", "confirmed", "receivedInPart"],
              to = "withdrawn")]) {
  reason @0 :V.Sealed $A.required;
}

struct FundingAllocated $A.act(verb = "allocate",
    help = "Allocate received funds to a programme or project",
    example = "FUND-2006-002 --amount \"100000.00 EUR\" --purpose PRJ-2007-001",
    moves = [(from = ["receivedInPart", "received", "withdrawn"], stays = void)]) {
  amount @0 :V.Money $A.required $A.publishable;
  purpose @1 :UInt64 $A.required $A.ref(["programme", "project", "meeting"]) $A.publishable;
}

struct FundingReleased $A.act(verb = "release",
    help = "Take back an allocation, in full or in part",
    example = "FUND-2006-002 --amount \"20000.00 EUR\" --purpose PRJ-2007-001",
    moves = [(from = ["receivedInPart", "received", "withdrawn"], stays = void)]) {
  amount @0 :V.Money $A.required $A.publishable;
  purpose @1 :UInt64 $A.required $A.ref(["programme", "project", "meeting"]) $A.publishable;
  reason @2 :V.Sealed;
}

struct FundingDisbursed $A.act(verb = "disburse",
    help = "Record that allocated funds have been paid out",
    example = "FUND-2006-002 --amount \"50000.00 EUR\" --purpose PRJ-2007-001 --recipient UY",
    moves = [(from = ["receivedInPart", "received", "withdrawn"], stays = void)]) {
  amount @0 :V.Money $A.required $A.publishable;
  purpose @1 :UInt64 $A.required $A.ref(["programme", "project", "meeting"]) $A.publishable;
  recipient @2 :UInt64 $A.ref(["party"]) $A.publishable;
}

struct FundingSupportExpected $A.act(verb = "expect-support",
    help = "Record that a forum is expected to win political support for the funds",
    example = "FUND-LAC --text \"en:Political support needed to find sufficient funds\""
              " --forum MTG-2006-002",
    moves = [(from = ["required", "announced", "confirmed", "receivedInPart"], stays = void)]) {
  text @0 :V.Texts $A.required $A.public $A.publishable;
  forum @1 :UInt64 $A.ref(["meeting", "session"]) $A.publishable;
}

struct FundingSupportRecorded $A.act(verb = "record-support",
    help = "Record the political support that a party has stated",
    example = "FUND-LAC --party UY --statement \"Will speak to donors\" --forum MTG-2006-002",
    moves = [(from = ["required", "announced", "confirmed", "receivedInPart", "received"],
              stays = void)]) {
  party @0 :UInt64 $A.required $A.ref(["party"]) $A.publishable;
  statement @1 :V.Sealed $A.required;
  forum @2 :UInt64 $A.ref(["meeting", "session"]) $A.publishable;
}
