@0xb9e039c8008e87b1;
# Exchanges: South-South cooperation within the region, and exchanges with other regions.
# proposed > agreed > under way > completed; cancelled.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("consulta::schema");
using A = import "annotations.capnp";
using V = import "values.capnp";

enum ExchangeState {
  proposed @0;
  agreed @1;
  underWay @2;
  completed @3;
  cancelled @4;
}

enum ExchangeReach {
  withinRegion @0 $A.help("South-South cooperation within one region");
  acrossRegions @1 $A.help("with countries of other regions");
}

struct ExchangeEvent $A.aggregate(name = "exchange", plural = "exchanges", prefix = "EXC",
    listedBy = "agreedOn",
    help = "South-South cooperation: who gives what to whom, within or across regions") {
  union {
    proposed @0 :ExchangeProposed;
    found @1 :ExchangeFound;
    providerNamed @2 :ExchangeProviderNamed;
    recipientNamed @3 :ExchangeRecipientNamed;
    resubjected @4 :ExchangeResubjected;
    agreed @5 :ExchangeAgreed;
    started @6 :ExchangeStarted;
    completed @7 :ExchangeCompleted;
    cancelled @8 :ExchangeCancelled;
  }
}

struct ExchangeProposed $A.act(verb = "propose", opens = true,
    help = "Propose an exchange",
    example = "EXC-2006-001 --subject \"en:Small hydropower\" --reach within-region"
              " --providers BR --recipients UY",
    moves = [(to = "proposed")]) {
  subject @0 :V.Texts $A.required $A.public $A.publishable;
  reach @1 :ExchangeReach $A.required $A.publishable;
  providers @2 :List(UInt64) $A.ref(["party"]) $A.publishable;
  recipients @3 :List(UInt64) $A.ref(["party"]) $A.publishable;
  network @4 :V.Texts $A.public $A.publishable $A.help("through which it runs");
  regions @5 :List(Text) $A.code("region") $A.publishable;
  programme @6 :UInt64 $A.ref(["programme"]) $A.publishable;
  areas @7 :List(Text) $A.code("area") $A.publishable;
}

struct ExchangeFound $A.act(verb = "found", opens = true,
    help = "Enter an exchange as found, its earlier life unknown",
    example = "EXC-2005-002 --subject \"en:Cleaner production centres\" --reach across-regions"
              " --state under-way",
    moves = [(computed = void)]) {
  subject @0 :V.Texts $A.required $A.public $A.publishable;
  reach @1 :ExchangeReach $A.required $A.publishable;
  state @2 :ExchangeState $A.required $A.axis("state") $A.publishable;
  providers @3 :List(UInt64) $A.ref(["party"]) $A.publishable;
  recipients @4 :List(UInt64) $A.ref(["party"]) $A.publishable;
  network @5 :V.Texts $A.public $A.publishable $A.help("through which it runs");
  regions @6 :List(Text) $A.code("region") $A.publishable;
  programme @7 :UInt64 $A.ref(["programme"]) $A.publishable;
  areas @8 :List(Text) $A.code("area") $A.publishable;
}

struct ExchangeProviderNamed $A.act(verb = "name-provider",
    help = "Name who gives",
    example = "EXC-2006-001 --party BR",
    moves = [(from = ["proposed", "agreed", "underWay"], stays = void)]) {
  party @0 :UInt64 $A.required $A.ref(["party"]) $A.publishable;
}

struct ExchangeRecipientNamed $A.act(verb = "name-recipient",
    help = "Name who receives",
    example = "EXC-2006-001 --party UY",
    moves = [(from = ["proposed", "agreed", "underWay"], stays = void)]) {
  party @0 :UInt64 $A.required $A.ref(["party"]) $A.publishable;
}

struct ExchangeResubjected $A.act(verb = "change-subject",
    help = "Change what the exchange is about, before it is agreed",
    example = "EXC-2006-001 --subject \"en:Small hydropower and biomass\"",
    moves = [(from = ["proposed"], stays = void)]) {
  subject @0 :V.Texts $A.required $A.public $A.publishable;
}

struct ExchangeAgreed $A.act(verb = "agree",
    help = "Record that provider and recipients have agreed",
    example = "EXC-2006-001",
    moves = [(from = ["proposed"], to = "agreed")]) {
  agreement @0 :UInt64 $A.ref(["mou", "document", "correspondence"]) $A.publishable;
}

struct ExchangeStarted $A.act(verb = "start",
    help = "Record that the exchange is under way",
    example = "EXC-2006-001",
    moves = [(from = ["agreed"], to = "underWay")]) {
  until @0 :V.Date $A.publishable $A.help("when it is to end");
}

struct ExchangeCompleted $A.act(verb = "complete",
    help = "Record that the exchange has been completed",
    example = "EXC-2006-001 --result \"en:Twelve engineers trained\"",
    moves = [(from = ["underWay"], to = "completed")]) {
  result @0 :V.Texts $A.public $A.publishable;
  document @1 :UInt64 $A.ref(["document"]) $A.publishable;
}

struct ExchangeCancelled $A.act(verb = "cancel",
    help = "Give the exchange up",
    example = "EXC-2006-001 --reason \"No funds\"",
    moves = [(from = ["proposed", "agreed", "underWay"], to = "cancelled")]) {
  reason @0 :V.Sealed $A.required;
}
