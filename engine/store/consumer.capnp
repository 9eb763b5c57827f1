@0xd2a6c8f1705be943;
# Named consumers of the log, as they stand in the database (engine/runtime/consumers.h).
#
#   family "consumers":  "c" name            -> Consumer
#                        "h" name 0 entity(8) -> Held

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("consulta::stored");

struct Consumer {
  ownerHigh @0 :UInt64;
  ownerLow @1 :UInt64;
  # The actor that made it.
  filter @2 :Text;
  # As of `consulta log --filter`; empty: everything.
  done @3 :UInt64;
  # All that is wanted up to this position is done, but for what is held.
  madeAtNs @4 :Int64;
  doneAtNs @5 :Int64;
  # When `done` was last moved; 0: never.
  epoch @6 :UInt64;
  # In which the positions count.
}

struct Held {
  # An entity whose entries are held back, from one that could not be handled.
  begin @0 :UInt64;
  # That one.
  from @1 :UInt64;
  # The first one that is not done meanwhile.
  dueNs @2 :Int64;
  # When it is tried again, ns since 1970 UTC; not while it is parked.
  parked @3 :Bool;
  attempts @4 :UInt32;
  # How often the entry at `from` has failed.
  reason @5 :Text;
  heldAtNs @6 :Int64;
}
