#include "cli/filter.h"

#include <algorithm>
#include <array>
#include <optional>

#include "cli/row_tree.h"
#include "cli/value_text.h"
#include "events/catalogue.h"
#include "events/values/decimal.h"
#include "events/values/distance.h"
#include "events/values/edtf.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

using Op = Condition::Op;

Failure badCondition(std::string_view text) {
  return usage("where.form",
               msg("\"{text}\" is no condition. Write a field, an operator (= != ~ < > <= >=) and "
                   "a value, for example --where state=in-force or --where \"dates<2006-06\"",
                   arg("text", excerpt(text))));
}

std::vector<std::string> splitPath(std::string_view text) {
  std::vector<std::string> path;
  while (true) {
    const auto dot = text.find('.');
    path.emplace_back(trimmed(text.substr(0, dot)));
    if (dot == text.npos) return path;
    text.remove_prefix(dot + 1);
  }
}

bool isPath(const std::vector<std::string>& path) {
  return std::ranges::all_of(path, [](const std::string& name) {
    return !name.empty() && std::ranges::all_of(name, [](char c) {
      return isAsciiLetter(c) || isDigit(c) || c == '-';
    });
  });
}

Failure noField(const Node& node, const std::string& name) {
  const auto names = memberNames(node);
  if (names.empty()) {
    return usage("where.field", msg("there is no field \"{name}\" here: what stands before it has "
                                    "no parts",
                                    arg("name", excerpt(name))));
  }
  if (const auto near = nearest(name, names)) {
    return usage(
        "where.field",
        msg("there is no field \"{name}\" here. Did you mean {near}? The fields are {names}",
            arg("name", excerpt(name)), arg("near", *near), arg("names", joined(names))));
  }
  return usage("where.field", msg("there is no field \"{name}\" here; the fields are {names}",
                                  arg("name", excerpt(name)), arg("names", joined(names))));
}

std::optional<Failure> collect(const Node& node, const std::vector<std::string>& path,
                               std::size_t depth, std::vector<const Node*>& out) {
  if (const auto* list = std::get_if<Node::List>(&node.value)) {
    for (const auto& one : *list) {
      if (auto failure = collect(one, path, depth, out)) return failure;
    }
    return std::nullopt;
  }
  if (depth == path.size()) {
    out.push_back(&node);
    return std::nullopt;
  }
  const auto* member = node.member(path[depth]);
  if (member == nullptr) return noField(node, path[depth]);
  return collect(*member, path, depth + 1, out);
}

}  // namespace

Result<Condition> readCondition(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, Op>, 7> operators = {{
      {"!=", Op::isNot},
      {"<=", Op::atMost},
      {">=", Op::atLeast},
      {"=", Op::is},
      {"~", Op::contains},
      {"<", Op::less},
      {">", Op::greater},
  }};
  const auto at = text.find_first_of("=!~<>");
  if (at == text.npos) return badCondition(text);
  for (const auto& [sign, op] : operators) {
    if (!text.substr(at).starts_with(sign)) continue;
    Condition out;
    out.path = splitPath(text.substr(0, at));
    out.op = op;
    out.value = trimmed(text.substr(at + sign.size()));
    out.written = text;
    if (!isPath(out.path)) return badCondition(text);
    return out;
  }
  return badCondition(text);
}

Result<std::vector<const Node*>> nodesAt(const Node& tree, const std::vector<std::string>& path) {
  std::vector<const Node*> out;
  if (auto failure = collect(tree, path, 0, out)) return std::move(*failure);
  return out;
}

Result<Order> readOrder(std::string_view text) {
  Order out;
  out.descending = text.starts_with('-');
  if (out.descending) text.remove_prefix(1);
  out.path = splitPath(text);
  if (!isPath(out.path)) {
    return usage("sort.form",
                 msg("\"{text}\" is no field to sort by; write --sort dates, or --sort "
                     "-dates for the latest first",
                     arg("text", excerpt(text))));
  }
  return out;
}

Result<Node> sortKey(const Order& order, const Node& tree, const State& state) {
  const auto nodes = nodesAt(tree, order.path);
  if (!nodes) return nodes.failures();
  if (nodes->empty()) return Node{};
  const auto& first = *nodes->front();
  // A deadline that hangs on a session alone has no place among dates.
  if (const auto* deadline = std::get_if<RowDeadline>(&first.value)) return Node{deadline->date};
  if (const auto* id = std::get_if<EntityId>(&first.value)) {
    return *id ? Node{state.nameOf(*id)} : Node{};
  }
  return first;
}

namespace {

/// Negative, zero or positive, as a comes before, with or after b.
struct Compare {
  template <typename A, typename B>
  int operator()(const A&, const B&) const {
    return 0;
  }
  template <typename T>
  static int of(const T& a, const T& b) {
    return a < b ? -1 : b < a ? 1 : 0;
  }
  int operator()(Flag a, Flag b) const { return of(a, b); }
  int operator()(Number a, Number b) const { return of(a, b); }
  int operator()(const std::string& a, const std::string& b) const {
    return of(foldLatin(a), foldLatin(b));
  }
  int operator()(const ChoiceName& a, const ChoiceName& b) const { return of(a.name, b.name); }
  int operator()(const RowDate& a, const RowDate& b) const {
    const auto left = dateBounds(a.edtf);
    const auto right = dateBounds(b.edtf);
    if (!left || !right) return 0;
    return of(*left, *right);
  }
  int operator()(const RowTexts& a, const RowTexts& b) const {
    if (a.phrases.empty() || b.phrases.empty()) return 0;
    return (*this)(a.phrases.front().text, b.phrases.front().text);
  }
  int operator()(const RowMoney& a, const RowMoney& b) const {
    return a.currency == b.currency ? of(a.minor, b.minor) : of(a.currency, b.currency);
  }
  int operator()(const RowDecimal& a, const RowDecimal& b) const {
    return of(Decimal{a.unscaled, a.scale}, Decimal{b.unscaled, b.scale});
  }
  int operator()(const RowZonedTime& a, const RowZonedTime& b) const {
    return of(a.utcNs, b.utcNs);
  }
};

}  // namespace

bool sortsBefore(const Order& order, const Node& a, const Node& b) {
  const bool nothingA = a.empty();
  const bool nothingB = b.empty();
  if (nothingA || nothingB) return !nothingA && nothingB;
  const auto way = std::visit(Compare{}, a.value, b.value);
  return order.descending ? way > 0 : way < 0;
}

}  // namespace consulta
