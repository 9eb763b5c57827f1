@0xb1f5d1f0c2a47e31;
# The event protocol: what a client and a server of a register say to each other over a socket.
# README.md beside this file says how frames are cut and in which order things are said.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("consulta::wire");

const version :UInt16 = 1;

struct Id {
  # 128 bits, as a UUID writes them.
  high @0 :UInt64;
  low @1 :UInt64;
}

struct Place {
  # Where the log is, or somebody who reads it. Positions of another epoch mean other entries.
  epoch @0 :UInt64;
  position @1 :UInt64;
  recordedAtNs @2 :Int64;
  # When the entry there was recorded, ns since 1970 UTC; 0 where there is none.
}

struct ToServer {
  register @0 :Id;
  # Which register is meant. Only in hello it may be left out: the answer says it.
  request @1 :UInt32;
  # Chosen by the client, another one for each request that is open; answers carry it.
  union {
    hello @2 :Hello;
    submit @3 :Submit;
    subscribe @4 :Subscribe;
    credit @5 :UInt64;
    # To the subscription `request`: so many more bytes of events may be sent.
    cancel @6 :Void;
    # Ends the subscription or the command `request`, of which `ended` or `done` is the last.
    run @7 :Run;
    answer @8 :Answer;
    # To the command `request`, which has asked for something.
    ping @9 :Void;
    ack @10 :Ack;
    retry @11 :Retry;
    park @12 :Park;
    # To the subscription `request`, which has the name of a consumer.
  }
}

struct Hello {
  version @0 :UInt16;
  # The highest version of this protocol that the client speaks.
  client @1 :Text;
  # What it is, for the server's log.
}

struct Submit {
  id @0 :Id;
  # Of the submission: the same one again is answered, not entered again.
  entries @1 :Data;
  # JSON in UTF-8: one entry or an array of them, as `consulta import` reads them. All are entered,
  # or none.
  dryRun @2 :Bool;
  language @3 :Text;
  # Of texts that name none: en, fr or es; empty: en.
  onBehalfOf @4 :Id;
}

struct Subscribe {
  from :union {
    position @0 :UInt64;
    # The first one that is wanted.
    timeNs @1 :Int64;
    # Those recorded at or after it.
    beginning @2 :Void;
    now @3 :Void;
    # Only what comes from now on.
  }
  epoch @4 :UInt64;
  # Which `position` is of; 0: the present one.
  to @5 :UInt64;
  # The last one that is wanted; 0: there is no last one.
  filter @6 :Text;
  # As of `consulta log --filter`; empty: everything.
  credit @7 :UInt64;
  # Bytes of events that may be sent before more is granted.
  consumer @8 :Text;
  # Its name; empty: none. The server keeps how far it has got, and one that is there goes on behind
  # what was acknowledged, whatever `from` says; a new one begins there, with this filter.
}

struct Ack {
  # Done, never to be sent again.
  position @0 :UInt64;
  # All events up to here that were sent, but for those that are to be retried or are parked.
  entity @1 :UInt64;
  # Of events that came again (Events.again): those of this entity up to there, and no others. 0: of
  # those that came in their turn.
}

struct Retry {
  # It could not be handled: it is sent again after a while, and so is all of its entity behind it,
  # which waits until then. Of events that came again, all that were not acknowledged come again.
  position @0 :UInt64;
  delayMs @1 :UInt32;
  reason @2 :Text;
  # For whoever looks.
}

struct Park {
  # Likewise, but it is not tried again before somebody says so.
  position @0 :UInt64;
  reason @1 :Text;
}

struct Run {
  # A command line, run by the server with the files and the terminal of whoever typed it.
  words @0 :List(Text);
  language @1 :Text;
  timeZone @2 :Text;
  # A name of the IANA database; empty: that of the server.
  width @3 :UInt16;
  colour @4 :Bool;
  asks @5 :Bool;
  # Input and talk are a terminal.
  talkIsSeen @6 :Bool;
  goOn @7 :Place;
  # Of a command that follows the log and was broken off: the last `reached` of it.
}

struct ToClient {
  register @0 :Id;
  request @1 :UInt32;
  # That it answers; 0: it is about the connection.
  union {
    welcome @2 :Welcome;
    refused @3 :List(Failure);
    # The request has had no effect and is over; of request 0: so is the connection.
    accepted @4 :Accepted;
    events @5 :Events;
    caughtUp @6 :Place;
    # The subscriber has everything up to here; what comes now is new.
    fellBehind @7 :Place;
    # It had caught up, and now takes less than comes; it has everything before this place.
    heartbeat @8 :Place;
    # All is well, and this is how far the log, or the subscriber in it, is.
    ended @9 :Ended;
    output @10 :Output;
    question @11 :Question;
    done @12 :Int32;
    # The exit code of the command.
    kept @13 :UInt64;
    # So many of the acks, retries and parks of the subscription, in their order, are on the disk.
  }
}

struct Welcome {
  version @0 :UInt16;
  # The one that is spoken from here on.
  server @1 :Text;
  actor @2 :Id;
  # As whom the client acts: found by its account, never by what it says.
  last @3 :Place;
}

struct Failure {
  code @0 :Text;
  # Stable: the name of a rule or check.
  fault @1 :Fault;
  text @2 :Text;
  # For people, in English.

  enum Fault {
    none @0;
    refused @1;
    usage @2;
    conflict @3;
    damaged @4;
    unavailable @5;
  }
}

struct Accepted {
  repeated @0 :Bool;
  # It had been accepted before; these are the entries of then.
  dryRun @1 :Bool;
  records @2 :List(Data);
  # What was entered, and what followed from it: each the stored bytes of a Record (envelope.capnp),
  # one segment without a segment table.
}

struct Events {
  records @0 :List(Data);
  # In the order of their positions, as above.
  next @1 :UInt64;
  # The position to go on from: all wanted before it has been sent.
  replayed @2 :Bool;
  # They were there before the subscription began.
  again @3 :UInt64;
  # They are those of this entity that were held back; `next` says nothing then. 0: in their turn.
}

struct Ended {
  resume @0 :Place;
  # Subscribe from this position to go on.
  reason @1 :Reason;
  text @2 :Text;

  enum Reason {
    complete @0;
    cancelled @1;
    stalled @2;
    stopping @3;
    failed @4;
  }
}

struct Output {
  stream @0 :Stream;
  bytes @1 :Data;
  reached @2 :Place;
  # Of a command that follows the log: after these bytes everything before this position has been
  # printed (0: nothing yet), and after a break it may be run again with `goOn`. Not set: it may
  # not, or is within something.

  enum Stream {
    data @0;
    talk @1;
  }
}

struct Question {
  # What the command needs from where it was typed; one at a time, each answered by `answer`.
  union {
    input @0 :UInt32;
    # At most so many bytes of standard input.
    look @1 :Text;
    # What is at this path.
    read @2 :Read;
    write @3 :Write;
    makeDirectory @4 :Text;
  }

  struct Read {
    path @0 :Text;
    offset @1 :UInt64;
    count @2 :UInt32;
  }

  struct Write {
    # A file in pieces: it takes its place with the last one, whole, or not at all.
    path @0 :Text;
    bytes @1 :Data;
    last @2 :Bool;
    replaces @3 :Bool;
    abandon @4 :Bool;
  }
}

struct Answer {
  error @0 :Int32;
  # An errno; 0: it went well.
  bytes @1 :Data;
  # Fewer than were asked for only at the end.
  kind @2 :Kind;
  size @3 :UInt64;

  enum Kind {
    nothing @0;
    file @1;
    directory @2;
    other @3;
  }
}
