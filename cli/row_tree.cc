#include "cli/row_tree.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "cli/value_text.h"
#include "projections/rows.h"

namespace consulta {

std::vector<std::pair<std::string, std::string>> statesOf(const Catalogue& catalogue,
                                                          const Row& row) {
  std::vector<std::pair<std::string, std::string>> out;
  const auto& axes = catalogue.aggregate(row.aggregate()).axes;
  for (std::size_t axis = 0; axis < axes.size(); ++axis) {
    const auto raw = row.head.states.at(axis);
    const auto& states = axes[axis].states;
    out.emplace_back(axes[axis].name, raw < states.size() ? states[raw].name : std::to_string(raw));
  }
  return out;
}

namespace {

/// A field of its own wins over what the head knows.
void addMember(Node& tree, std::string name, Node node) {
  auto& members = std::get<Node::Members>(tree.value);
  if (std::ranges::find(members, name, &Node::Member::name) != members.end()) return;
  members.push_back(Node::Member{std::move(name), std::move(node)});
}

void addPaths(const Node& node, const std::string& path, std::vector<FieldPath>& out) {
  if (const auto* members = std::get_if<Node::Members>(&node.value)) {
    for (const auto& one : *members) {
      addPaths(one.node, (path.empty() ? "" : path + ".") + kebab(one.name), out);
    }
    return;
  }
  const auto* list = std::get_if<Node::List>(&node.value);
  const bool hasParts = list != nullptr && !list->empty() &&
                        std::holds_alternative<Node::Members>(list->front().value);
  if (hasParts) return addPaths(list->front(), path, out);
  out.push_back(FieldPath{path, &node});
}

}  // namespace

std::vector<FieldPath> fieldPaths(const Node& shape) {
  std::vector<FieldPath> out;
  addPaths(shape, {}, out);
  return out;
}

Node wholeShape(const AggregateInfo& aggregate) {
  auto tree = newRow(aggregate.tag)->shape();
  addMember(tree, "id", Node{std::string()});
  for (const auto& axis : aggregate.axes) {
    Node::List states;
    for (const auto& state : axis.states) states.push_back(Node{ChoiceName{state.name}});
    addMember(tree, axis.name, Node{std::move(states)});
  }
  addMember(tree, "opened", Node{RowDate{}});
  addMember(tree, "changed", Node{RowDate{}});
  addMember(tree, "found", Node{Flag()});
  addMember(tree, "corrected", Node{Flag()});
  addMember(tree, "revision", Node{Number()});
  return tree;
}

Node wholeRow(const Catalogue& catalogue, const Row& row) {
  auto tree = row.fields();
  const auto add = [&](std::string name, Node node) {
    addMember(tree, std::move(name), std::move(node));
  };
  Node::List symbols;
  for (const auto& symbol : row.head.symbols) symbols.push_back(Node{symbol.text});
  add("id", Node{std::move(symbols)});
  for (const auto& [axis, state] : statesOf(catalogue, row)) add(axis, Node{ChoiceName{state}});
  add("opened", Node{row.head.opened});
  add("changed", Node{row.head.changed});
  add("found", Node{Flag(row.head.found)});
  add("corrected", Node{Flag(row.head.corrected)});
  add("revision", Node{Number(row.head.revision)});
  return tree;
}

Node titleOf(const Row& row) {
  static constexpr std::array<std::string_view, 6> usual = {"title",        "names",   "name",
                                                            "organization", "subject", "text"};
  const auto tree = row.fields();
  for (const auto name : usual) {
    const auto* member = tree.member(name);
    if (member == nullptr || member->empty()) continue;
    const auto& value = member->value;
    if (std::holds_alternative<RowTexts>(value) || std::holds_alternative<std::string>(value) ||
        std::holds_alternative<SealedRef>(value)) {
      return *member;
    }
  }
  return Node{};
}

std::vector<std::string> memberNames(const Node& node) {
  std::vector<std::string> out;
  if (const auto* members = std::get_if<Node::Members>(&node.value)) {
    for (const auto& member : *members) out.push_back(kebab(member.name));
  }
  return out;
}

}  // namespace consulta
