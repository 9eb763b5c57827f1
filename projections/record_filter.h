// Which records somebody wants to see: one grammar for reading the log and for subscribing to it.
//
//   aggregate=meeting, type=mou.signed and programme=PROG-LAC
//
// Conditions are joined by commas or "and", and all must hold. Values of one condition may be
// several, joined by "|". Keys: aggregate, type, entity, programme. Plain value; pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "events/catalogue.h"
#include "events/ids.h"
#include "events/record.h"
#include "events/result.h"
#include "projections/state.h"

namespace consulta {

class RecordFilter {
 public:
  /// Lets everything through.
  RecordFilter() = default;

  /// Reads the grammar; entities are looked up in `state`, each name among the aggregates it may
  /// be of. All that is wrong is returned.
  [[nodiscard]] static Result<RecordFilter> read(const State& state, std::string_view text);

  /// Whether the record is wanted. `state` is the newest one: what belongs to a programme today is
  /// wanted with all its past.
  [[nodiscard]] bool matches(const State& state, const Record& record) const;

  /// Whether a record's act is asked for, of whatever entity: what is left of a filter where the
  /// entity was wanted once and may be something else by now.
  [[nodiscard]] bool wantsActOf(const State& state, const Record& record) const;

  /// Whether it asks for entities alone, by what they are for ever: their aggregate and their name.
  [[nodiscard]] bool isOfEntities() const;
  /// Then: whether an entity is wanted.
  [[nodiscard]] bool matches(EntityId id, std::uint16_t aggregate) const;

 private:
  struct Condition {
    enum class Key { aggregate, type, entity, programme };
    Key key = Key::aggregate;
    std::vector<std::uint16_t> aggregates;
    std::vector<const EventInfo*> acts;  // live as long as the catalogue
    std::vector<EntityId> entities;
  };
  [[nodiscard]] static Result<Condition> readCondition(const State& state, std::string_view text);
  [[nodiscard]] static bool holds(const Condition& one, const State& state, const Record& record);

  std::vector<Condition> conditions_;
};

}  // namespace consulta
