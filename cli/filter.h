// "--where field=value" and "--sort field": conditions and orders over the fields of any row.
//
// A field is a path of names, "dates" or "invitations.state"; inside a list it means every member.
// Operators: = is, != is not, ~ contains, and < > <= >= for dates, amounts and numbers. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "events/catalogue.h"
#include "events/result.h"
#include "events/values/calendar.h"
#include "projections/node.h"
#include "projections/state.h"

namespace consulta {

struct Condition {
  enum class Op { is, isNot, contains, less, greater, atMost, atLeast };
  std::vector<std::string> path;
  Op op = Op::is;
  std::string value;    // empty: what was never stated
  std::string written;  // as it was typed, for messages
  // What the value means in the register, found once by checkCondition():
  std::vector<EntityId> entities;  // of a field that names entities
  std::vector<std::string> codes;  // of a field that holds codes of a reference list
};

/// Reads "state=in-force", "invitations.state = accepted", "dates<2006-06".
[[nodiscard]] Result<Condition> readCondition(std::string_view text);

/// Checks a condition against the shape of the rows it is for (wholeShape()), and finds what its
/// value means: the field exists, and can be compared with such a value; a name of an entity or a
/// code is one that is there. Whatever is wrong is a usage failure that says what would be right.
[[nodiscard]] Status checkCondition(Condition& condition, const AggregateInfo& aggregate,
                                    const Node& shape, const State& state, Day today);

/// Everything a path leads to, lists spread out. A name that is not there is a usage failure that
/// offers the nearest one; behind an empty list any name is accepted.
[[nodiscard]] Result<std::vector<const Node*>> nodesAt(const Node& tree,
                                                       const std::vector<std::string>& path);

/// Whether one of the values at the path fulfils the condition (for != : none of them is it). The
/// condition has been checked. Dates compare by all they can mean: "dates<2006-06" holds only when
/// the latest day does; a date "is" another when it lies within it, so "dates=2006" finds every
/// date in that year. Amounts compare within one currency. `today` is what "today" in a value
/// means.
[[nodiscard]] Result<bool> holds(const Condition& condition, const Node& tree, const State& state,
                                 Day today);

/// The reference list that a field of the aggregate holds codes of; empty: none. `field` is the
/// last name of a path.
[[nodiscard]] std::string codeListOf(const AggregateInfo& aggregate, std::string_view field);

/// "dates" or "-dates".
struct Order {
  std::vector<std::string> path;
  bool descending = false;
};
[[nodiscard]] Result<Order> readOrder(std::string_view text);

/// What a row is sorted by: the first value at the path. What was never stated comes last, whatever
/// the direction.
[[nodiscard]] Result<Node> sortKey(const Order& order, const Node& tree, const State& state);
[[nodiscard]] bool sortsBefore(const Order& order, const Node& a, const Node& b);

}  // namespace consulta
