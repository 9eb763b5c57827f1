@0xa1c4f64d193653c3;
# Offices of the organization: headquarters units and field offices. A permanent mission is none:
# it belongs to its Member State.
# open > closed.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("consulta::schema");
using A = import "annotations.capnp";
using V = import "values.capnp";

enum OfficeState {
  open @0;
  closed @1;
}

enum OfficeKind {
  headquartersUnit @0;
  fieldOffice @1;
}

struct OfficeEvent $A.aggregate(name = "office", plural = "offices", prefix = "OFF",
    help = "A headquarters unit or field office of the organization") {
  union {
    established @0 :OfficeEstablished;
    found @1 :OfficeFound;
    renamed @2 :OfficeRenamed;
    relocated @3 :OfficeRelocated;
    attached @4 :OfficeAttached;
    partyCovered @5 :OfficePartyCovered;
    partyReleased @6 :OfficePartyReleased;
    headNamed @7 :OfficeHeadNamed;
    closed @8 :OfficeClosed;
    reopened @9 :OfficeReopened;
  }
}

struct OfficeEstablished $A.act(verb = "establish", opens = true,
    help = "Record that an office has been established",
    example = "LAC-BUREAU --name \"en:Regional Bureau for Latin America and the Caribbean\""
              " --kind headquarters-unit",
    moves = [(to = "open")]) {
  name @0 :V.Texts $A.required $A.public $A.publishable;
  kind @1 :OfficeKind $A.required $A.publishable;
  place @2 :Text $A.public $A.publishable;
  country @3 :Text $A.code("country") $A.publishable;
  parent @4 :UInt64 $A.ref(["office"]) $A.publishable $A.help("the office it is part of");
  timeZone @5 :Text $A.public $A.help("IANA name");
}

struct OfficeFound $A.act(verb = "found", opens = true,
    help = "Enter an office as found, open or already closed",
    example = "FO-MONTEVIDEO --name \"en:Field office Montevideo\" --kind field-office"
              " --country UY --state open",
    moves = [(computed = void)]) {
  name @0 :V.Texts $A.required $A.public $A.publishable;
  kind @1 :OfficeKind $A.required $A.publishable;
  state @2 :OfficeState $A.required $A.axis("state") $A.publishable;
  place @3 :Text $A.public $A.publishable;
  country @4 :Text $A.code("country") $A.publishable;
  parent @5 :UInt64 $A.ref(["office"]) $A.publishable $A.help("the office it is part of");
  timeZone @6 :Text $A.public $A.help("IANA name");
  covers @7 :List(UInt64) $A.ref(["party"]) $A.publishable $A.help("the parties it looks after");
}

struct OfficeRenamed $A.act(verb = "rename",
    help = "Change the name of an office",
    example = "LAC-BUREAU --name \"en:Latin America and the Caribbean Programme\"",
    moves = [(from = ["open"], stays = void)]) {
  name @0 :V.Texts $A.required $A.public $A.publishable;
}

struct OfficeRelocated $A.act(verb = "relocate",
    help = "Record that an office has moved",
    example = "FO-MONTEVIDEO --place Montevideo --country UY",
    moves = [(from = ["open"], stays = void)]) {
  place @0 :Text $A.required $A.public $A.publishable;
  country @1 :Text $A.code("country") $A.publishable;
  timeZone @2 :Text $A.public $A.help("IANA name");
}

struct OfficeAttached $A.act(verb = "attach",
    help = "Make an office part of another one",
    example = "FO-MONTEVIDEO --parent LAC-BUREAU",
    moves = [(from = ["open"], stays = void)]) {
  parent @0 :UInt64 $A.required $A.ref(["office"]) $A.publishable;
}

struct OfficePartyCovered $A.act(verb = "cover",
    help = "Record that an office looks after a party",
    example = "FO-MONTEVIDEO --party UY",
    moves = [(from = ["open"], stays = void)]) {
  party @0 :UInt64 $A.required $A.ref(["party"]) $A.publishable;
}

struct OfficePartyReleased $A.act(verb = "release",
    help = "Record that an office no longer looks after a party",
    example = "FO-MONTEVIDEO --party UY",
    moves = [(from = ["open"], stays = void)]) {
  party @0 :UInt64 $A.required $A.ref(["party"]) $A.publishable;
}

struct OfficeHeadNamed $A.act(verb = "name-head",
    help = "Name the person who heads an office",
    example = "FO-MONTEVIDEO --person PER-2006-012",
    moves = [(from = ["open"], stays = void)]) {
  person @0 :UInt64 $A.required $A.ref(["person"]);
}

struct OfficeClosed $A.act(verb = "close",
    help = "Record that an office has been closed",
    example = "FO-MONTEVIDEO --successor LAC-BUREAU",
    moves = [(from = ["open"], to = "closed")]) {
  successor @0 :UInt64 $A.ref(["office"]) $A.publishable $A.help("who takes over its work");
}

struct OfficeReopened $A.act(verb = "reopen",
    help = "Record that a closed office is open again",
    example = "FO-MONTEVIDEO",
    moves = [(from = ["closed"], to = "open")]) {
  place @0 :Text $A.public $A.publishable;
}
