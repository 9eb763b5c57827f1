@0xb7d2f0a94c1e6a35;
# Procedures: how a consultation runs, as the secretariat defines it.
# in force > retired. A consultation keeps the version it began with.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("consulta::schema");
using A = import "annotations.capnp";
using V = import "values.capnp";

enum ProcedureState {
  inForce @0;
  retired @1;
}

struct ProcedureEvent $A.aggregate(name = "procedure", plural = "procedures", prefix = "PROC",
    help = "A procedure by which consultations run: its steps, time limits and decisions") {
  union {
    adopted @0 :ProcedureAdopted;
    found @1 :ProcedureFound;
    revised @2 :ProcedureRevised;
    retired @3 :ProcedureRetired;
  }
}

struct ProcedureAdopted $A.act(verb = "adopt", opens = true,
    help = "Enter a procedure, its definition as a text in TOML (see: procedure add)",
    example = "SILENCE-96 --definition \"$(cat silence-96.toml)\"",
    moves = [(to = "inForce")]) {
  definition @0 :Text $A.required $A.public $A.publishable $A.help("the procedure in TOML");
}

struct ProcedureFound $A.act(verb = "found", opens = true,
    help = "Enter a procedure as found, for instance one that is retired already",
    example = "SILENCE-48 --state retired --definition \"$(cat silence-48.toml)\"",
    moves = [(computed = void)]) {
  definition @0 :Text $A.required $A.public $A.publishable $A.help("the procedure in TOML");
  state @1 :ProcedureState $A.required $A.axis("state") $A.publishable;
}

struct ProcedureRevised $A.act(verb = "revise",
    help = "Enter a new version of the procedure; what runs by it keeps the version it began with",
    example = "SILENCE-96 --definition \"$(cat silence-96.toml)\"",
    moves = [(from = ["inForce"], stays = void)]) {
  definition @0 :Text $A.required $A.public $A.publishable $A.help("the procedure in TOML");
  reason @1 :V.Sealed;
}

struct ProcedureRetired $A.act(verb = "retire",
    help = "Record that no consultation is to begin by the procedure any more",
    example = "SILENCE-96 --reason \"Replaced by the rules of 2008\"",
    moves = [(from = ["inForce"], to = "retired")]) {
  replacement @0 :UInt64 $A.ref(["procedure"]) $A.publishable $A.help("what takes its place");
  reason @1 :V.Sealed;
}
