// "--where field=value" and "--sort field": conditions and orders over the fields of any row.
//
// A field is a path of names, "dates" or "invitations.state"; inside a list it means every member.
// Operators: = is, != is not, ~ contains, and < > <= >= for dates, amounts and numbers. Pure.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <vector>

#include "events/result.h"
#include "events/values/calendar.h"
#include "projections/node.h"
#include "projections/state.h"

namespace consulta {

struct Condition {
  enum class Op { is, isNot, contains, less, greater, atMost, atLeast };
  std::vector<std::string> path;
  Op op = Op::is;
  std::string value;
  std::string written;  // as it was typed, for messages
};

/// Reads "state=in-force", "invitations.state = accepted", "dates<2006-06".
[[nodiscard]] Result<Condition> readCondition(std::string_view text);

/// Everything a path leads to, lists spread out. A name that is not there is a usage failure that
/// offers the nearest one; behind an empty list any name is accepted.
[[nodiscard]] Result<std::vector<const Node*>> nodesAt(const Node& tree,
                                                       const std::vector<std::string>& path);

/// Whether one of the values at the path fulfils the condition (for != : none of them is it).
/// Dates compare by all they can mean: "dates<2006-06" holds only when the latest day does; a date
/// "is" another when it lies within it, so "dates=2006" finds every date in that year. Amounts
/// compare within one currency. `today` is what "today" in a value means.
[[nodiscard]] Result<bool> holds(const Condition& condition, const Node& tree, const State& state,
                                 Day today);

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
