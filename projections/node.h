// A row as a tree of named values: what tables, JSON, filters and field-level differences work on,
// so that none of them is written per aggregate.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "projections/row_values.h"

namespace consulta {

/// A value of a choice or a state, by its name as people write it.
struct ChoiceName {
  std::string name;
  bool operator==(const ChoiceName&) const = default;
};

/// A flag or a number of a row. What is nothing was never stated; what is there is a statement, be
/// it "no" or zero.
using Flag = std::optional<bool>;
using Number = std::optional<std::int64_t>;

/// One value with what is below it. Copies and compares; holds no reference to the row.
struct Node {
  struct Member;
  using List = std::vector<Node>;
  using Members = std::vector<Member>;
  std::variant<std::monostate, Flag, Number, std::string, ChoiceName, EntityId, RowDate, RowTexts,
               RowMoney, RowDecimal, RowZonedTime, RowDeadline, SealedRef, List, Members>
      value;

  /// True for what was never stated: nothing, an empty text or list, no reference.
  [[nodiscard]] bool empty() const;
  /// The member with this name (lower camel or kebab), or null. Valid as long as this node.
  [[nodiscard]] const Node* member(std::string_view name) const;

  bool operator==(const Node& other) const;
};

struct Node::Member {
  std::string name;  // as in the row struct, lower camel
  Node node;
  bool operator==(const Member&) const = default;
};

/// A field that differs between two rows; either side may be empty.
struct Difference {
  std::string path;  // "dates", "invitations[2].state"
  Node before;
  Node after;
  bool operator==(const Difference&) const = default;
};

/// The differing fields, in the order of the row struct.
[[nodiscard]] std::vector<Difference> differences(const Node& before, const Node& after);

}  // namespace consulta
