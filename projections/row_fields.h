// What the fields of rows are: for the catalogue, and for feeds that only what is declared
// publishable may reach.
//
// It is derived. What a field holds is what its row struct holds. The rest the schema says of the
// fields of that name in the aggregate's acts, at whatever depth of the row the name stands: it is
// publishable when all of them are, so what no act calls by that name never is.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "events/catalogue.h"
#include "projections/node.h"
#include "projections/row.h"
#include "projections/state.h"

namespace consulta {

struct RowField {
  std::string name;  // as in JSON: lower camel
  FieldKind kind{};  // of what has members it means nothing
  bool list = false;
  bool nullable = true;           // it may never have been stated: then it is absent
  bool publishable = false;       // may leave by public feeds; of what has members: some of it
  std::string code;               // the reference list it is a code of, or empty
  std::vector<std::string> refs;  // aggregates it may name; "*" alone: any
  std::vector<std::string> choices;
  std::vector<RowField> members;  // of a thing with parts

  /// Its values can be erased: they are sealed, each under the key of whom it is about.
  [[nodiscard]] bool personal() const { return members.empty() && kind == FieldKind::sealed; }
};

/// Made once, where it is needed; never changes, so any thread may read it.
class RowFields {
 public:
  explicit RowFields(const Catalogue& catalogue);

  /// What every row of the aggregate has beside its own fields: "id", "symbols", its states ...
  [[nodiscard]] const std::vector<RowField>& head(std::uint16_t aggregate) const {
    return all_.at(aggregate).head;
  }
  [[nodiscard]] const std::vector<RowField>& own(std::uint16_t aggregate) const {
    return all_.at(aggregate).own;
  }
  /// Whether such an entity may be seen by public feeds at all: where it stands is publishable, and
  /// something of its own.
  [[nodiscard]] bool publishable(std::uint16_t aggregate) const;

  /// What may leave by public feeds of a row's own fields, as `state` has what they name: of
  /// entities that are not publishable not even the names.
  [[nodiscard]] Node publishable(const State& state, const Row& row) const;

 private:
  struct One {
    std::vector<RowField> head;
    std::vector<RowField> own;
  };
  [[nodiscard]] Node kept(const State& state, std::span<const RowField> fields,
                          const Node& node) const;
  [[nodiscard]] Node kept(const State& state, const RowField& field, const Node& node) const;

  std::vector<One> all_;  // by aggregate
};

}  // namespace consulta
