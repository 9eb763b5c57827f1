@0x84000f5616336eba;
# Yearly cycles of consultations, and who is responsible for one: what comes over from the last one.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("consulta::schema");
using A = import "annotations.capnp";

struct ConsultationCarriedOver $A.act(verb = "",
    help = "Note what comes over from the consultation of the last cycle",
    moves = [(from = ["open"], stays = void)]) {
  previous @0 :UInt64 $A.required $A.ref(["consultation"]) $A.publishable;
  eligible @1 :List(UInt64) $A.ref(["party"]) $A.publishable $A.help("who is counted");
  observers @2 :List(UInt64) $A.ref(["party"]) $A.publishable $A.help("who takes part besides");
  pending @3 :List(UInt64) $A.ref(["recommendation"]) $A.publishable
      $A.help("recommendations that nobody has decided on yet");
  followUps @4 :List(UInt64) $A.ref(["recommendation", "liaison"])
      $A.help("what was accepted or asked for, and is not done yet");
}

struct ConsultationAssigned $A.act(verb = "assign",
    help = "Make an office responsible for the consultation",
    example = "CON-2006-001 --office LAC-BUREAU",
    moves = [(from = ["planned", "open", "suspended"], stays = void)]) {
  office @0 :UInt64 $A.required $A.ref(["office"]) $A.publishable;
}
