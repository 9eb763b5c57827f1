// What the rules of an aggregate may look at, and how they say no.
//
// Rules are pure: they read state, the entry and the time passed in, and nothing else. They come in
// two kinds. A *guard* looks at state alone, without the values of an entry, so that `next` can say
// what stands in the way before anything is typed. A *check* looks at the values too. The lifecycle
// itself (from which states an act is lawful) and references, codes and dates are checked for all
// aggregates alike, from the schema, before either is called.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "events/catalogue.h"
#include "events/envelope.capnp.h"
#include "events/ids.h"
#include "events/result.h"
#include "projections/state.h"

namespace consulta {

/// One act on one entity, under examination. References live as long as the call.
struct Case {
  const State& state;  // with what is queued and the earlier entries of the same submission
  const EventInfo& act;
  const Row* row = nullptr;  // the entity before the act; null when the act opens it
  EntityId entity{};         // the one acted on, also of an act that opens it
  Position position{};       // of its entry; none under `next`
  std::int64_t orderNs = 0;  // where the act takes its place
  std::int64_t nowNs = 0;    // the time of recording
  ActorId actor{};
  ActorId onBehalfOf{};
  std::vector<EntityId> grounds{};  // what the entry names as its grounds
  std::string occurred{};           // its date as EDTF; empty under `next`
  std::string symbol{};             // the symbol an opening entry gives
  bool ordered = false;             // the entry names the function that has ordered it
  bool isEngines = false;           // it is a consequence of another one
  bool stood = false;               // it was entered before, and what comes before it changes

  /// Another entity as of the act's instant; null when it did not exist by then.
  [[nodiscard]] RowPtr other(EntityId id) const { return state.rowAt(id, orderNs); }
  [[nodiscard]] std::string name(EntityId id) const { return state.nameOf(id); }
  [[nodiscard]] std::string self() const {
    return row == nullptr ? std::string() : state.nameOf(row->head.id);
  }
};

/// Collects refusals, never only the first.
class Refusals {
 public:
  /// `rule` is a stable name: "mou.signed.party-signs-once". The text says what is wrong and what
  /// would be lawful, or what to enter first.
  void refuse(std::string_view rule, Message text) {
    failures_.push_back(refused(std::string(rule), std::move(text)));
  }
  /// The same where a value of this field of the act would make it lawful: who enters on a terminal
  /// is asked for it.
  void needs(std::string_view field, std::string_view rule, Message text) {
    refuse(rule, std::move(text));
    failures_.back().field = field;
  }
  void add(Failures failures) {
    for (auto& one : failures) failures_.push_back(std::move(one));
  }
  [[nodiscard]] bool empty() const { return failures_.empty(); }
  [[nodiscard]] const Failures& failures() const { return failures_; }
  [[nodiscard]] Failures take() { return std::move(failures_); }

 private:
  Failures failures_;
};

/// A further entry on the same entity that the engine enters because of an accepted one: the act,
/// and its values as they stand in an entry's "data".
struct Consequence {
  std::string type;  // "mou.signedByAll"
  boost::json::object data;
  /// The EDTF date of another entry that it rests on too. Where that one comes after the cause, the
  /// consequence has its date and takes its place behind it.
  std::string restsOn{};
};

/// The rules of one aggregate. Any of the three may be null: it has no rule of that kind.
struct Rules {
  /// State alone: is something in the way of this act?
  void (*guard)(const Case&, Refusals&) = nullptr;
  /// State and values.
  void (*check)(const Case&, schema::Event::Reader, Refusals&) = nullptr;
  /// What follows at once from an accepted entry, given the row after it. Called again after each
  /// consequence, so a chain is entered link by link.
  std::vector<Consequence> (*follow)(const State&, const Row& after,
                                     const FoldStep& entry) = nullptr;
};

// One set an aggregate, each in the file of that name: rulesOfMeeting() in meeting.cc.
#define CONSULTA_AGGREGATE(name) [[nodiscard]] const Rules& rulesOf##name();
#include "projections/aggregates.inc"
#undef CONSULTA_AGGREGATE

/// By tag of the event union.
[[nodiscard]] const Rules& rulesOf(std::uint16_t aggregate);

}  // namespace consulta
