@0xd1f0a3b27c5e4801;
# What the schema says of each event beside its fields. Command line, help, completion, man page,
# JSON, import, lifecycle guards, "next" and the catalogue are derived from these by reflection and
# are written nowhere else.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("consulta::schema");

annotation aggregate @0xe5b5e0c1a90f7d01 (struct) :Aggregate;
# On the struct that unites an aggregate's events.

struct Aggregate {
  name @0 :Text;
  # The noun of the command line and the first half of a full name: "meeting:MTG-2006-001".
  plural @1 :Text;
  prefix @2 :Text;
  # Of the ids that are proposed: "MTG" gives MTG-2006-003.
  help @3 :Text;
  # One sentence for people who have never seen the program.
  listedBy @4 :Text = "opened";
  # The date that matters of it, by which it is listed: a date of what is shown of it, the same for
  # all of them. Without one the day it was opened.
  isPlanned @5 :Bool;
  # It has that date from the first: where none is stated it is unknown.
}

annotation act @0xe5b5e0c1a90f7d02 (struct) :Act;
# On an event's struct.

struct Act {
  verb @0 :Text;
  # Imperative, one word or several joined by hyphens, unique within the aggregate.
  # Empty: only the engine enters it.
  help @1 :Text;
  # One line, begins with a verb, no full stop.
  example @2 :Text;
  # What follows the verb in a command that works: "MTG-2006-001 --place Montevideo".
  opens @3 :Bool;
  # Opens a new entity; lawful only when there is none.
  moves @4 :List(Move);
  # One for each state axis that guards or changes. An axis that is not named neither guards nor
  # changes. An opening entry moves every axis it names from nothing.
}

struct Move {
  axis @0 :Text = "state";
  from @1 :List(Text);
  # The states it is lawful in; empty: any. A rule, so it may change between releases.
  union {
    stays @2 :Void;
    to @3 :Text;
    # Frozen with the event.
    previous @4 :Void;
    # Back to the state before the last change of this axis (return from suspension).
    computed @5 :Void;
    # The fold says (the last of several signatures, a field of the entry).
  }
}

annotation axis @0xe5b5e0c1a90f7d03 (field) :Text;
# On the fields of an aggregate's "found" event that say in which state it was found. They declare
# the aggregate's state axes: the annotation names the axis, the field's enum lists its states.

annotation axisBefore @0xe5b5e0c1a90f7d0c (field) :Text;
# On a Text of the "found" event that names the state which the entity left for the one it was found
# in: where it goes back to when it is resumed. The annotation names the axis. Absent: not known.

annotation help @0xe5b5e0c1a90f7d04 (field, enumerant) :Text;
annotation required @0xe5b5e0c1a90f7d05 (field) :Void;
annotation ref @0xe5b5e0c1a90f7d06 (field) :List(Text);
# A UInt64 (or list of them) that names another entity, of one of these aggregates; "*": of any.
annotation alias @0xe5b5e0c1a90f7d07 (field) :Void;
# A Text that becomes one of the entity's symbols from this entry on.
annotation code @0xe5b5e0c1a90f7d08 (field) :Text;
# A Text (or list) out of a reference list: country, currency, language, area, goal, region, role.
annotation public @0xe5b5e0c1a90f7d09 (field) :Void;
# A free text that anybody may read and that is kept for ever: a title, an agreed text, a
# recommendation. Every other free text is personal and has the type Sealed.
annotation publishable @0xe5b5e0c1a90f7d0a (field) :Void;
# May leave by public feeds and IATI. Without it the field never does.
annotation symbol @0xe5b5e0c1a90f7d0b (field) :Void;
# A Text that must read as a document symbol (GC.11/Res.1).
annotation actor @0xe5b5e0c1a90f7d0d (field) :Void;
# A Text that is the random id of somebody who acts here; the command line takes the name too.
