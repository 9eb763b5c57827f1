// What the schema says, read once by reflection: every aggregate, act, field, state and move.
//
// The command line, its help and completion, JSON, import, lifecycle guards and "next" are derived
// from this and from nothing else. A catalogue is built once, where the program is wired together,
// and passed by reference; it never changes, so any thread may read it. Everything it hands out
// lives as long as it does.
#pragma once

#include <capnp/schema.h>

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace consulta {

/// How many state axes an aggregate can have (a recommendation has two).
constexpr std::size_t axes_max = 2;

enum class FieldKind {
  flag,
  integer,
  text,
  texts,
  date,
  money,
  decimal,
  zonedTime,
  deadline,
  sealed,
  choice,
  ref,
};

/// One value of a choice, or one state of an axis.
struct ChoiceInfo {
  std::string name;  // as people write it: "expert-group"
  std::string help;
  std::uint16_t value = 0;
};

struct FieldInfo {
  std::string name;    // as in the schema and in JSON: "signedOn"
  std::string option;  // as on the command line: "signed-on"
  std::string help;
  FieldKind kind = FieldKind::text;
  bool list = false;
  bool required = false;
  bool alias = false;                     // its text becomes a symbol of the entity
  bool isPublic = false;                  // free text anybody may read, kept for ever
  bool publishable = false;               // may leave by public feeds
  bool symbol = false;                    // must read as a document symbol
  bool actor = false;                     // is the random id of an actor
  std::string code;                       // the reference list it is a code of, or empty
  std::vector<std::string> refs;          // aggregates it may name; "*" alone: any
  std::vector<ChoiceInfo> choices;        // of a choice, or of a text that names a state
  std::optional<std::size_t> axis;        // of a found entry: the axis whose state it states
  std::optional<std::size_t> axisBefore;  // likewise: the axis whose state before it names
  capnp::StructSchema::Field schema;
};

/// What an act does on one axis.
struct MoveInfo {
  enum class To { stays, state, previous, computed };
  std::size_t axis = 0;
  std::uint64_t from = 0;  // bit n: lawful in state n; 0: in any
  To to = To::stays;
  std::uint16_t state = 0;  // of To::state

  [[nodiscard]] bool lawfulIn(std::uint16_t now) const {
    return from == 0 || ((from >> now) & 1U) != 0;
  }
};

struct EventInfo {
  std::string name;  // "signed"
  std::string type;  // "mou.signed"
  std::string verb;  // "sign"; empty: only the engine enters it
  std::string help;
  std::string example;
  bool opens = false;
  bool found = false;  // opens an entity as found, in mid-life
  std::uint16_t aggregate = 0;
  std::uint16_t tag = 0;  // the member of the aggregate's union
  std::vector<FieldInfo> fields;
  std::vector<MoveInfo> moves;
  capnp::StructSchema schema;
  capnp::StructSchema::Field member;  // of the aggregate's union

  [[nodiscard]] const FieldInfo* field(std::string_view nameOrOption) const;
};

struct AxisInfo {
  std::string name;  // "state"
  std::vector<ChoiceInfo> states;
};

struct AggregateInfo {
  std::string name;  // "mou"
  std::string plural;
  std::string prefix;  // "MOU"
  std::string help;
  std::string listedBy;    // the date that matters of it: "adoptedOn", or "opened"
  bool isPlanned = false;  // it has that date from the first; nothing stated means unknown
  std::uint16_t tag = 0;   // the member of the event union
  std::vector<AxisInfo> axes;
  std::vector<EventInfo> events;  // by tag
  capnp::StructSchema schema;
  capnp::StructSchema::Field member;  // of the event union

  [[nodiscard]] const EventInfo* byVerb(std::string_view verb) const;
  [[nodiscard]] const EventInfo* byName(std::string_view wanted) const;
};

class Catalogue {
 public:
  /// Reads the compiled-in schema. A contradiction in it (a move to a state that does not exist, a
  /// verb used twice) is a bug of this program and throws std::logic_error that names it.
  Catalogue();
  Catalogue(const Catalogue&) = delete;
  Catalogue& operator=(const Catalogue&) = delete;

  /// By tag of the event union; the common acts (corrigendum, symbol given, retraction ...) are not
  /// among them.
  [[nodiscard]] std::span<const AggregateInfo> aggregates() const { return aggregates_; }
  [[nodiscard]] const AggregateInfo* aggregate(std::string_view name) const;
  [[nodiscard]] const AggregateInfo& aggregate(std::uint16_t tag) const {
    return aggregates_.at(tag);
  }
  /// Acts on an entity of any aggregate. Their `aggregate` is the tag they have in the event union.
  [[nodiscard]] const EventInfo& corrigendum() const { return common_.at(0); }
  [[nodiscard]] const EventInfo& symbolGiven() const { return common_.at(1); }
  [[nodiscard]] const EventInfo& retraction() const { return common_.at(2); }
  [[nodiscard]] const EventInfo& deadlinesReleased() const { return common_.at(3); }
  [[nodiscard]] const EventInfo& deadlineMoved() const { return common_.at(4); }
  /// Whether only the register itself enters it.
  [[nodiscard]] bool isEngines(const EventInfo& act) const;

  /// The act with this type ("mou.signed", "common.symbolGiven"), or null.
  [[nodiscard]] const EventInfo* byType(std::string_view type) const;
  /// By the two tags; null for what this schema does not know.
  [[nodiscard]] const EventInfo* byTags(std::uint16_t aggregate, std::uint16_t event) const;

 private:
  std::vector<AggregateInfo> aggregates_;
  std::vector<EventInfo> common_;
};

/// "signedOn" -> "signed-on".
[[nodiscard]] std::string kebab(std::string_view camel);

}  // namespace consulta
