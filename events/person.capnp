@0xbd358e2fb5560d04;
# Persons: delegates, experts, focal points. Everything about them is personal and erasable.
# active > left.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("consulta::schema");
using A = import "annotations.capnp";
using V = import "values.capnp";

enum PersonState {
  active @0;
  left @1;
}

struct PersonEvent $A.aggregate(name = "person", plural = "persons", prefix = "PER",
    help = "A person we deal with; name, function and contact details are personal") {
  union {
    registered @0 :PersonRegistered;
    found @1 :PersonFound;
    renamed @2 :PersonRenamed;
    appointed @3 :PersonAppointed;
    contactChanged @4 :PersonContactChanged;
    departed @5 :PersonDeparted;
    returned @6 :PersonReturned;
  }
}

struct PersonRegistered $A.act(verb = "register", opens = true,
    help = "Enter a person in the register",
    example = "PER-2006-011 --name \"Ana Pérez\" --function \"Counsellor\" --party UY",
    moves = [(to = "active")]) {
  name @0 :V.Sealed $A.required;
  function @1 :V.Sealed;
  party @2 :UInt64 $A.ref(["party"]) $A.help("for whom the person acts");
  office @3 :UInt64 $A.ref(["office"]) $A.help("where one of our own works");
  email @4 :V.Sealed;
  telephone @5 :V.Sealed;
  address @6 :V.Sealed;
  languages @7 :List(Text) $A.code("language") $A.help("the languages to write in");
}

struct PersonFound $A.act(verb = "found", opens = true,
    help = "Enter a person as found, active or already gone",
    example = "PER-2001-002 --name \"Juan Gómez\" --state left",
    moves = [(computed = void)]) {
  name @0 :V.Sealed $A.required;
  state @1 :PersonState $A.required $A.axis("state");
  function @2 :V.Sealed;
  party @3 :UInt64 $A.ref(["party"]) $A.help("for whom the person acts or acted");
  office @4 :UInt64 $A.ref(["office"]) $A.help("where one of our own works or worked");
  email @5 :V.Sealed;
  telephone @6 :V.Sealed;
  address @7 :V.Sealed;
  languages @8 :List(Text) $A.code("language") $A.help("the languages to write in");
}

struct PersonRenamed $A.act(verb = "rename",
    help = "Change the name of a person",
    example = "PER-2006-011 --name \"Ana Pérez de Silva\"",
    moves = [(from = ["active", "left"], stays = void)]) {
  name @0 :V.Sealed $A.required;
}

struct PersonAppointed $A.act(verb = "appoint",
    help = "Record a new function of a person, or for whom the person now acts",
    example = "PER-2006-011 --function \"Ambassador\" --party UY",
    moves = [(from = ["active"], stays = void)]) {
  function @0 :V.Sealed $A.required;
  party @1 :UInt64 $A.ref(["party"]) $A.help("for whom the person acts");
  office @2 :UInt64 $A.ref(["office"]) $A.help("where one of our own works");
}

struct PersonContactChanged $A.act(verb = "change-contact",
    help = "Change how a person is reached",
    example = "PER-2006-011 --email ana@example.org",
    moves = [(from = ["active", "left"], stays = void)]) {
  email @0 :V.Sealed;
  telephone @1 :V.Sealed;
  address @2 :V.Sealed;
  languages @3 :List(Text) $A.code("language") $A.help("the languages to write in");
}

struct PersonDeparted $A.act(verb = "leave",
    help = "Record that a person has left the function",
    example = "PER-2006-011 --successor PER-2008-003",
    moves = [(from = ["active"], to = "left")]) {
  successor @0 :UInt64 $A.ref(["person"]);
}

struct PersonReturned $A.act(verb = "return",
    help = "Record that a person who had left is back",
    example = "PER-2006-011 --function \"Adviser\"",
    moves = [(from = ["left"], to = "active")]) {
  function @0 :V.Sealed;
  party @1 :UInt64 $A.ref(["party"]) $A.help("for whom the person acts");
  office @2 :UInt64 $A.ref(["office"]) $A.help("where one of our own works");
}
