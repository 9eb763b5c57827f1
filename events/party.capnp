@0x89b2b5d843e3c4c2;
# Parties: States, groups, organizations, donors, institutions, companies.
# active > dissolved.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("consulta::schema");
using A = import "annotations.capnp";
using V = import "values.capnp";

enum PartyState {
  active @0;
  dissolved @1;
}

enum PartyKind {
  memberState @0;
  state @1 $A.help("a State that is not a member");
  group @2 $A.help("a group of States");
  internationalOrganization @3;
  regionalOrganization @4;
  donor @5;
  institution @6;
  company @7;
  ngo @8;
}

struct PartyEvent $A.aggregate(name = "party", plural = "parties", prefix = "PTY",
    help = "A State, group, organization or other partner that we consult or work with") {
  union {
    registered @0 :PartyRegistered;
    found @1 :PartyFound;
    renamed @2 :PartyRenamed;
    reclassified @3 :PartyReclassified;
    groupJoined @4 :PartyGroupJoined;
    groupLeft @5 :PartyGroupLeft;
    representationTaken @6 :PartyRepresentationTaken;
    representationEnded @7 :PartyRepresentationEnded;
    focalPointNamed @8 :PartyFocalPointNamed;
    focalPointReleased @9 :PartyFocalPointReleased;
    missionOpened @10 :PartyMissionOpened;
    missionClosed @11 :PartyMissionClosed;
    dissolved @12 :PartyDissolved;
    languageChosen @13 :PartyLanguageChosen;
  }
}

struct PartyRegistered $A.act(verb = "register", opens = true,
    help = "Enter a party in the register",
    example = "SEGIB --name \"en:Ibero-American General Secretariat\" --kind regional-organization",
    moves = [(to = "active")]) {
  name @0 :V.Texts $A.required $A.public $A.publishable;
  kind @1 :PartyKind $A.required $A.publishable;
  country @2 :Text $A.code("country") $A.publishable $A.help("of a State, or where it is seated");
  acronym @3 :Text $A.public $A.publishable;
  region @4 :Text $A.code("region") $A.publishable;
  identifier @5 :Text $A.public $A.publishable $A.help("of an organization in public registers");
  language @6 :Text $A.code("language") $A.publishable $A.help("in which we write to it");
}

struct PartyFound $A.act(verb = "found", opens = true,
    help = "Enter a party as found, active or already dissolved",
    example = "YU --name \"en:Yugoslavia\" --kind member-state --state dissolved",
    moves = [(computed = void)]) {
  name @0 :V.Texts $A.required $A.public $A.publishable;
  kind @1 :PartyKind $A.required $A.publishable;
  state @2 :PartyState $A.required $A.axis("state") $A.publishable;
  country @3 :Text $A.code("country") $A.publishable $A.help("of a State, or where it is seated");
  acronym @4 :Text $A.public $A.publishable;
  region @5 :Text $A.code("region") $A.publishable;
  identifier @6 :Text $A.public $A.publishable $A.help("of an organization in public registers");
  groups @7 :List(UInt64) $A.ref(["party"]) $A.publishable $A.help("the groups it belongs to");
  represents @8 :List(UInt64) $A.ref(["party"]) $A.publishable
      $A.help("the States or groups it represents");
  language @9 :Text $A.code("language") $A.publishable $A.help("in which we write to it");
}

struct PartyRenamed $A.act(verb = "rename",
    help = "Change the name or the acronym of a party",
    example = "SEGIB --name \"fr:Secrétariat général ibéro-américain\"",
    moves = [(from = ["active"], stays = void)]) {
  name @0 :V.Texts $A.public $A.publishable;
  acronym @1 :Text $A.public $A.publishable;
}

struct PartyReclassified $A.act(verb = "reclassify",
    help = "Change the kind of a party, as when a State becomes a member",
    example = "UY --kind member-state",
    moves = [(from = ["active"], stays = void)]) {
  kind @0 :PartyKind $A.required $A.publishable;
  country @1 :Text $A.code("country") $A.publishable;
  region @2 :Text $A.code("region") $A.publishable;
}

struct PartyGroupJoined $A.act(verb = "join",
    help = "Record that a party belongs to a group from now on",
    example = "UY --group GRULAC",
    moves = [(from = ["active"], stays = void)]) {
  group @0 :UInt64 $A.required $A.ref(["party"]) $A.publishable;
}

struct PartyGroupLeft $A.act(verb = "leave",
    help = "Record that a party no longer belongs to a group",
    example = "UY --group GRULAC",
    moves = [(from = ["active"], stays = void)]) {
  group @0 :UInt64 $A.required $A.ref(["party"]) $A.publishable;
}

struct PartyRepresentationTaken $A.act(verb = "represent",
    help = "Record that an organization represents a State or a group",
    example = "SEGIB --represented PT",
    moves = [(from = ["active"], stays = void)]) {
  represented @0 :UInt64 $A.required $A.ref(["party"]) $A.publishable;
}

struct PartyRepresentationEnded $A.act(verb = "cease-representing",
    help = "Record that an organization no longer represents a State or a group",
    example = "SEGIB --represented PT",
    moves = [(from = ["active"], stays = void)]) {
  represented @0 :UInt64 $A.required $A.ref(["party"]) $A.publishable;
}

struct PartyFocalPointNamed $A.act(verb = "name-focal-point",
    help = "Name the person a party is reached through",
    example = "UY --person PER-2006-011 --programme PROG-LAC",
    moves = [(from = ["active"], stays = void)]) {
  person @0 :UInt64 $A.required $A.ref(["person"]);
  programme @1 :UInt64 $A.ref(["programme"]) $A.help("for which programme; absent: for all");
}

struct PartyFocalPointReleased $A.act(verb = "release-focal-point",
    help = "Record that a person is no longer focal point of a party",
    example = "UY --person PER-2006-011",
    moves = [(from = ["active"], stays = void)]) {
  person @0 :UInt64 $A.required $A.ref(["person"]);
  programme @1 :UInt64 $A.ref(["programme"]) $A.help("for which programme; absent: for all");
}

struct PartyMissionOpened $A.act(verb = "open-mission",
    help = "Record a permanent mission, a channel to the State it belongs to",
    example = "UY --name \"en:Permanent Mission of Uruguay\" --place Vienna",
    moves = [(from = ["active"], stays = void)]) {
  name @0 :V.Texts $A.required $A.public $A.publishable;
  place @1 :Text $A.required $A.public $A.publishable $A.help("the city it is in");
  contact @2 :V.Sealed $A.help("how it is reached");
}

struct PartyMissionClosed $A.act(verb = "close-mission",
    help = "Record that a permanent mission has been closed",
    example = "UY --place Vienna",
    moves = [(from = ["active"], stays = void)]) {
  place @0 :Text $A.required $A.public $A.publishable $A.help("the city it was in");
}

struct PartyDissolved $A.act(verb = "dissolve",
    help = "Record that a party no longer exists",
    example = "SEGIB --successors OEI",
    moves = [(from = ["active"], to = "dissolved")]) {
  successors @0 :List(UInt64) $A.ref(["party"]) $A.publishable;
}

struct PartyLanguageChosen $A.act(verb = "choose-language",
    help = "Record the language in which a party wants to be written to",
    example = "UY --language es",
    moves = [(from = ["active"], stays = void)]) {
  language @0 :Text $A.required $A.code("language") $A.publishable;
}
