@0xd1f0a3b27c5e4802;
# The kinds of values that events are made of, beside numbers, enums and plain codes.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("consulta::schema");

struct Date {
  # A date, an imprecise date, a span, or an instant with offset.
  edtf @0 :Text;
  # Canonical EDTF, levels 0 and 1 and the level 2 sets; "XXXX" is unknown. Absent: not stated.
  words @1 :Text;
  # The words of the source, when they were not EDTF: "juin-juillet 2006".
}

struct Phrase {
  language @0 :Text;
  # BCP 47, lower case: "fr".
  text @1 :Text;
}

struct Texts {
  # One text in one or several languages; each language at most once.
  phrases @0 :List(Phrase);
}

struct Money {
  # Exact: integer minor units of an ISO 4217 currency.
  minor @0 :Int64;
  currency @1 :Text;
}

struct Decimal {
  # Exact: unscaled * 10^-scale.
  unscaled @0 :Int64;
  scale @1 :UInt8;
}

struct ZonedTime {
  # A wall-clock moment, resolved when the entry was decided.
  local @0 :Text;
  # "2006-07-14T18:00".
  zone @1 :Text;
  # IANA name: "Europe/Vienna".
  utcNs @2 :Int64;
  # The same moment, nanoseconds since 1970-01-01T00:00Z.
  tzdata @3 :Text;
  # The edition of the zone rules it was resolved by: "2024a".
}

struct Deadline {
  # A day, or "before that session", which is as imprecise as the session's own date.
  date @0 :Date;
  beforeSession @1 :UInt64;
  # A session entity; 0: the date stands by itself.
}

struct Citation {
  # Where in a source the entry's facts stand.
  source @0 :Text;
  # The symbol or id as cited: "IDB.31/10".
  paragraph @1 :Text;
  # "3", "3-5", "annex II"; may be empty.
  entity @2 :UInt64;
  # The entity of this register that is meant, 0 when it holds none.
}

struct Sealed {
  # A personal value: only its commitment stands here, the value lies sealed beside the log.
  commitment @0 :Data;
  # 32 bytes; absent: no value was given.
  position @1 :UInt64;
  # Where the value was first entered, when a corrigendum repeats it; 0: this very record.
}
