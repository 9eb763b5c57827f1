@0xdd5da55ead4cb479;
# The register itself and what every other entry leans on: its actors and their roles, reference
# lists, sessions of bodies and exchange rates. None but a session has a life worth the name:
# listed > open > closed.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("consulta::schema");
using A = import "annotations.capnp";
using V = import "values.capnp";

enum Role {
  clerk @0 $A.help("reads and enters");
  auditor @1 $A.help("reads and proves, never writes");
  integrator @2 $A.help("connects other systems; sees no personal values unless granted");
  administrator @3 $A.help("grants roles and keeps the register running");
}

enum ReferenceList {
  country @0;
  region @1;
  currency @2;
  language @3;
  area @4 $A.help("priority areas");
  goal @5 $A.help("goals of an international scheme");
  body @6 $A.help("governing bodies");
  sector @7 $A.help("economic sectors");
  marker @8 $A.help("policy markers");
}

enum SessionState {
  listed @0;
  open @1;
  closed @2;
}

struct RegisterEvent $A.aggregate(name = "register", plural = "registers", prefix = "REG",
    help = "The register itself: whose it is, who may enter what, its defaults") {
  union {
    opened @0 :RegisterOpened;
    renamed @1 :RegisterRenamed;
    timeZoneSet @2 :RegisterTimeZoneSet;
    languagesSet @3 :RegisterLanguagesSet;
    actorEnrolled @4 :RegisterActorEnrolled;
    actorRenamed @5 :RegisterActorRenamed;
    roleGranted @6 :RegisterRoleGranted;
    roleWithdrawn @7 :RegisterRoleWithdrawn;
    epochOpened @8 :RegisterEpochOpened;
    delegated @9 :RegisterDelegated;
    delegationEnded @10 :RegisterDelegationEnded;
  }
}

struct RegisterOpened $A.act(verb = "open", opens = true,
    help = "Open a new register",
    example = "REG --organization \"en:United Nations Industrial Development Organization\""
              " --register-id 0190a5e2-7c41-7d0e-9b1f-3a5c8e2f6d47 --time-zone Europe/Vienna"
              " --languages en --languages fr --languages es") {
  organization @0 :V.Texts $A.required $A.public $A.publishable $A.help("whose register it is");
  registerId @1 :Text $A.required $A.public $A.publishable $A.help("the random id of the register");
  timeZone @2 :Text $A.required $A.public $A.help("IANA name used where none is given");
  languages @3 :List(Text) $A.required $A.code("language") $A.publishable
      $A.help("the languages it works in, the first one by default");
  currency @4 :Text $A.code("currency") $A.publishable $A.help("the currency of totals");
}

struct RegisterRenamed $A.act(verb = "rename",
    help = "Change the name of the organization that keeps the register",
    example = "REG"
              " --organization \"es:Organización de las Naciones Unidas para el Desarrollo\"") {
  organization @0 :V.Texts $A.required $A.public $A.publishable;
}

struct RegisterTimeZoneSet $A.act(verb = "set-time-zone",
    help = "Set the time zone that is used where none is given",
    example = "REG --time-zone Europe/Vienna") {
  timeZone @0 :Text $A.required $A.public $A.help("IANA name");
}

struct RegisterLanguagesSet $A.act(verb = "set-languages",
    help = "Set the languages the register works in",
    example = "REG --languages en --languages fr --languages es") {
  languages @0 :List(Text) $A.required $A.code("language") $A.publishable
      $A.help("the first one is the default");
}

struct RegisterActorEnrolled $A.act(verb = "enrol",
    help = "Make an actor known to the register",
    example = "REG --actor 6b1f6f1e-5a3c-4c58-9d5e-0c9f8f1d2a3b --name \"A. Clerk\"") {
  actor @0 :Text $A.required $A.public $A.help("the actor's random id, a UUID");
  name @1 :V.Sealed $A.required;
  person @2 :UInt64 $A.ref(["person"]);
  credential @3 :V.Sealed $A.help("account or certificate by which the actor is recognized");
}

struct RegisterActorRenamed $A.act(verb = "rename-actor",
    help = "Change the name or the credential of an actor",
    example = "REG --actor 6b1f6f1e-5a3c-4c58-9d5e-0c9f8f1d2a3b --name \"A. Clerk-Smith\"") {
  actor @0 :Text $A.required $A.public $A.actor
      $A.help("the actor, by name or random id");
  name @1 :V.Sealed;
  credential @2 :V.Sealed $A.help("account or certificate by which the actor is recognized");
}

struct RegisterRoleGranted $A.act(verb = "grant",
    help = "Grant an actor a role, everywhere or for one office or programme",
    example = "REG --actor 6b1f6f1e-5a3c-4c58-9d5e-0c9f8f1d2a3b --role clerk --office LAC-BUREAU") {
  actor @0 :Text $A.required $A.public $A.actor
      $A.help("the actor, by name or random id");
  role @1 :Role $A.required;
  office @2 :UInt64 $A.ref(["office"]) $A.help("absent: every office");
  programme @3 :UInt64 $A.ref(["programme"]) $A.help("absent: every programme");
  personalValues @4 :Bool $A.help("an integrator may see personal values");
}

struct RegisterRoleWithdrawn $A.act(verb = "withdraw",
    help = "Withdraw a role from an actor",
    example = "REG --actor 6b1f6f1e-5a3c-4c58-9d5e-0c9f8f1d2a3b --role clerk --office LAC-BUREAU") {
  actor @0 :Text $A.required $A.public $A.actor
      $A.help("the actor, by name or random id");
  role @1 :Role $A.required;
  office @2 :UInt64 $A.ref(["office"]) $A.help("as it was granted");
  programme @3 :UInt64 $A.ref(["programme"]) $A.help("as it was granted");
  reason @4 :V.Sealed;
}

struct RegisterEpochOpened $A.act(verb = "",
    help = "Record that the register was restored to an older state and goes on from there",
    example = "REG --epoch 2 --lost-from 4811 --lost-to 4815 --checkpoint 4815 --checkpoint-hash"
              " 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08") {
  epoch @0 :UInt64 $A.required $A.help("its number; the first one is 1");
  lostFrom @1 :UInt64 $A.required $A.help("the first position whose old entry is lost");
  lostTo @2 :UInt64 $A.help("the last one; absent: not known, perhaps nothing is lost");
  checkpoint @3 :UInt64 $A.help("the newest position known to have been acknowledged before");
  checkpointHash @4 :Text $A.public $A.help("SHA-256 of the record there, 64 hexadecimal digits");
}

struct RegisterDelegated $A.act(verb = "delegate",
    help = "Let an actor enter on behalf of another, for a time and within a scope",
    example = "REG --from \"B. Director\" --to \"A. Clerk\" --begins 2006-07-01"
              " --ends 2006-08-31 --programme PROG-LAC --ground DOC-2006-001") {
  from @0 :Text $A.required $A.public $A.actor
      $A.help("on whose behalf it is entered, by name or random id");
  to @1 :Text $A.required $A.public $A.actor $A.help("who enters it, by name or random id");
  begins @2 :V.Date $A.required $A.help("the first day of the acts that it covers");
  ends @3 :V.Date $A.help("the last day of them; absent: until it is ended");
  office @4 :UInt64 $A.ref(["office"]) $A.help("absent: of every office");
  programme @5 :UInt64 $A.ref(["programme"]) $A.help("absent: of every programme");
  kinds @6 :List(Text) $A.public
      $A.help("of what: meeting, recommendation ...; absent: of everything but the register");
}

struct RegisterDelegationEnded $A.act(verb = "end-delegation",
    help = "End a delegation before its last day, or one that has none",
    example = "REG --from \"B. Director\" --to \"A. Clerk\" --programme PROG-LAC") {
  from @0 :Text $A.required $A.public $A.actor
      $A.help("on whose behalf it was entered, by name or random id");
  to @1 :Text $A.required $A.public $A.actor $A.help("who entered it, by name or random id");
  office @2 :UInt64 $A.ref(["office"]) $A.help("as it was delegated");
  programme @3 :UInt64 $A.ref(["programme"]) $A.help("as it was delegated");
  reason @4 :V.Sealed;
}

struct ReferenceEvent $A.aggregate(name = "reference", plural = "references", prefix = "REF",
    help = "One item of a reference list: a country, a currency, a goal, a governing body") {
  union {
    listed @0 :ReferenceListed;
    renamed @1 :ReferenceRenamed;
    retired @2 :ReferenceRetired;
  }
}

struct ReferenceListed $A.act(verb = "add", opens = true,
    help = "Add an item to a reference list",
    example = "sector/32120 --list sector --code 32120"
              " --names \"en:Industrial development\"") {
  list @0 :ReferenceList $A.required $A.publishable;
  code @1 :Text $A.required $A.public $A.publishable
      $A.help("as it is used in entries: UY, EUR, IDB");
  names @2 :V.Texts $A.required $A.public $A.publishable;
  parent @3 :Text $A.public $A.publishable $A.help("code of the item it is part of");
  scheme @4 :Text $A.public $A.publishable $A.help("of a goal: MDG or SDG");
  numeric @5 :Text $A.public $A.publishable $A.help("numeric code, with leading zeros: 858, 005");
  alpha3 @6 :Text $A.public $A.publishable $A.help("of a country: URY");
  decimals @7 :UInt8 $A.publishable $A.help("of a currency: digits after the point");
  validFrom @8 :V.Date $A.publishable;
  validTo @9 :V.Date $A.publishable;
}

struct ReferenceRenamed $A.act(verb = "rename",
    help = "Change the names of an item",
    example = "country/TR --names \"en:Türkiye\"") {
  names @0 :V.Texts $A.required $A.public $A.publishable;
}

struct ReferenceRetired $A.act(verb = "retire",
    help = "Record that an item is no longer to be used",
    example = "currency/CSK --replaced-by CZK") {
  replacedBy @0 :Text $A.public $A.publishable $A.help("code of the item that takes its place");
  validTo @1 :V.Date $A.publishable $A.help("the last day it is valid");
}

struct SessionEvent $A.aggregate(name = "session", plural = "sessions", prefix = "SES",
    listedBy = "dates", isPlanned = true,
    help = "A session of a governing body, its dates known or not") {
  union {
    listed @0 :SessionListed;
    found @1 :SessionFound;
    dated @2 :SessionDated;
    retitled @3 :SessionRetitled;
    opened @4 :SessionOpened;
    closed @5 :SessionClosed;
  }
}

struct SessionListed $A.act(verb = "add", opens = true,
    help = "List a session that is to be held, its dates known or not",
    example = "IDB.31 --body IDB --number 31"
              " --title \"en:Thirty-first session of the Industrial Development Board\"",
    moves = [(to = "listed")]) {
  body @0 :Text $A.required $A.code("body") $A.publishable;
  number @1 :UInt32 $A.required $A.publishable;
  title @2 :V.Texts $A.public $A.publishable;
  dates @3 :V.Date $A.publishable $A.help("absent: not known");
  place @4 :Text $A.public $A.publishable;
}

struct SessionFound $A.act(verb = "found", opens = true,
    help = "List a session as found, already open or closed",
    example = "GC.11 --body GC --number 11 --state closed",
    moves = [(computed = void)]) {
  body @0 :Text $A.required $A.code("body") $A.publishable;
  number @1 :UInt32 $A.required $A.publishable;
  state @2 :SessionState $A.required $A.axis("state") $A.publishable;
  title @3 :V.Texts $A.public $A.publishable;
  dates @4 :V.Date $A.publishable $A.help("absent: not known");
  place @5 :Text $A.public $A.publishable;
}

struct SessionDated $A.act(verb = "date",
    help = "Record the dates of the session, as they become known or change",
    example = "IDB.31 --dates 2006-06",
    moves = [(from = ["listed", "open", "closed"], stays = void)]) {
  dates @0 :V.Date $A.required $A.publishable;
}

struct SessionRetitled $A.act(verb = "retitle",
    help = "Change the title or the place of the session",
    example = "IDB.31"
              " --title \"fr:Trente et unième session du Conseil du développement industriel\"",
    moves = [(from = ["listed", "open", "closed"], stays = void)]) {
  title @0 :V.Texts $A.public $A.publishable;
  place @1 :Text $A.public $A.publishable;
}

struct SessionOpened $A.act(verb = "open",
    help = "Record that the session has begun",
    example = "IDB.31",
    moves = [(from = ["listed"], to = "open")]) {
  president @0 :UInt64 $A.ref(["party", "person"]) $A.help("who presides");
}

struct SessionClosed $A.act(verb = "close",
    help = "Record that the session has ended",
    example = "IDB.31",
    moves = [(from = ["open"], to = "closed")]) {
  report @0 :UInt64 $A.ref(["document"]) $A.publishable $A.help("the report of the session");
}

struct RateEvent $A.aggregate(name = "rate", plural = "rates", prefix = "RATE",
    help = "An exchange rate between two currencies, valid from the day of its entry") {
  union {
    quoted @0 :RateQuoted;
    withdrawn @1 :RateWithdrawn;
  }
}

struct RateQuoted $A.act(verb = "quote", opens = true,
    help = "Record an exchange rate",
    example = "RATE-2006-04 --base EUR --quote USD --rate 1.2143"
              " --quoted-by \"United Nations operational rate\"") {
  base @0 :Text $A.required $A.code("currency") $A.publishable
      $A.help("the currency of which one unit is priced");
  quote @1 :Text $A.required $A.code("currency") $A.publishable
      $A.help("the currency in which it is priced");
  rate @2 :V.Decimal $A.required $A.publishable $A.help("units of the second for one of the first");
  quotedBy @3 :Text $A.public $A.publishable $A.help("who publishes the rate");
}

struct RateWithdrawn $A.act(verb = "withdraw",
    help = "Record that a rate was withdrawn by who published it",
    example = "RATE-2006-04 --reason \"Replaced by a corrected bulletin\"") {
  reason @0 :V.Sealed;
}
