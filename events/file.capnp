@0xa5e41308f1edb6c4;
# Files: what is attached. The bytes lie outside the record, their SHA-256, size and type in it.
# attached > superseded; retired.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("consulta::schema");
using A = import "annotations.capnp";
using V = import "values.capnp";

enum FileState {
  attached @0;
  superseded @1;
  retired @2 $A.help("no longer to be used; its bytes stay");
}

enum FileKind {
  text @0 $A.help("the text of a document or agreement");
  fullPowers @1;
  credentials @2;
  letter @3;
  minutes @4;
  list @5 $A.help("participants, invitees");
  evidence @6;
  picture @7;
  other @8;
}

enum Authenticity {
  notStated @0;
  authentic @1 $A.help("an authentic text");
  official @2 $A.help("an official translation");
  unofficial @3;
}

struct FileEvent $A.aggregate(name = "file", plural = "files", prefix = "FILE",
    help = "An attached file, known by the hash of its bytes") {
  union {
    attached @0 :FileAttached;
    found @1 :FileFound;
    described @2 :FileDescribed;
    superseded @3 :FileSuperseded;
    retired @4 :FileRetired;
  }
}

struct FileAttached $A.act(verb = "attach", opens = true,
    help = "Enter a file by its hash, size and type",
    example = "FILE-2006-001 --kind text"
              " --sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
              " --size 4 --media-type text/plain",
    moves = [(to = "attached")]) {
  kind @0 :FileKind $A.required;
  sha256 @1 :Text $A.required $A.public $A.help("64 hexadecimal digits");
  size @2 :UInt64 $A.required $A.help("in bytes");
  mediaType @3 :Text $A.required $A.public $A.help("as application/pdf");
  name @4 :V.Sealed $A.help("the name of the file, which may name people");
  language @5 :Text $A.code("language");
  translationOf @6 :UInt64 $A.ref(["file"]);
  authenticity @7 :Authenticity;
  about @8 :List(UInt64) $A.ref(["*"]) $A.help("what it is attached to");
}

struct FileFound $A.act(verb = "found", opens = true,
    help = "Enter a file as found, perhaps superseded already",
    example = "FILE-2005-001 --kind minutes --state attached",
    moves = [(computed = void)]) {
  kind @0 :FileKind $A.required;
  state @1 :FileState $A.required $A.axis("state");
  sha256 @2 :Text $A.public $A.help("64 hexadecimal digits; absent: only on paper");
  size @3 :UInt64 $A.help("in bytes");
  mediaType @4 :Text $A.public $A.help("as application/pdf");
  name @5 :V.Sealed $A.help("the name of the file, which may name people");
  language @6 :Text $A.code("language");
  translationOf @7 :UInt64 $A.ref(["file"]);
  authenticity @8 :Authenticity;
  about @9 :List(UInt64) $A.ref(["*"]) $A.help("what it is attached to");
}

struct FileDescribed $A.act(verb = "describe",
    help = "Say more of the file, or attach it to something else",
    example = "FILE-2006-001 --language fr --authenticity unofficial",
    moves = [(from = ["attached"], stays = void)]) {
  language @0 :Text $A.code("language");
  translationOf @1 :UInt64 $A.ref(["file"]);
  authenticity @2 :Authenticity;
  about @3 :List(UInt64) $A.ref(["*"]) $A.help("what else it is attached to");
}

struct FileSuperseded $A.act(verb = "supersede",
    help = "Name the file that takes its place",
    example = "FILE-2006-001 --by FILE-2006-002",
    moves = [(from = ["attached"], to = "superseded")]) {
  by @0 :UInt64 $A.required $A.ref(["file"]);
}

struct FileRetired $A.act(verb = "retire",
    help = "Record that the file is no longer to be used",
    example = "FILE-2006-001 --reason \"Attached by mistake\"",
    moves = [(from = ["attached", "superseded"], to = "retired")]) {
  reason @0 :V.Sealed $A.required;
}
