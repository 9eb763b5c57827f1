#include "projections/node.h"

#include <fmt/format.h>

#include <algorithm>

#include "events/catalogue.h"

namespace consulta {

namespace {

struct IsEmpty {
  bool operator()(std::monostate) const { return true; }
  bool operator()(Flag flag) const { return !flag; }
  bool operator()(Number number) const { return !number; }
  bool operator()(const std::string& text) const { return text.empty(); }
  bool operator()(const ChoiceName& choice) const {
    return choice.name.empty() || choice.name == "not-stated";
  }
  bool operator()(EntityId id) const { return !id; }
  bool operator()(const RowDate& date) const { return date.edtf.empty(); }
  bool operator()(const RowTexts& texts) const { return texts.phrases.empty(); }
  bool operator()(const RowMoney& money) const { return money.currency.empty(); }
  bool operator()(const RowDecimal& number) const { return !number.stated; }
  bool operator()(const RowZonedTime& time) const { return time.local.empty(); }
  bool operator()(const RowDeadline& deadline) const {
    return deadline.date.edtf.empty() && !deadline.beforeSession;
  }
  bool operator()(const SealedRef& ref) const { return !ref.at; }
  bool operator()(const Node::List& list) const { return list.empty(); }
  bool operator()(const Node::Members& members) const {
    return std::ranges::all_of(members, [](const auto& one) { return one.node.empty(); });
  }
};

void compare(const std::string& path, const Node& before, const Node& after,
             std::vector<Difference>& out) {
  static const Node nothing;
  const auto* left = std::get_if<Node::Members>(&before.value);
  const auto* right = std::get_if<Node::Members>(&after.value);
  if (left != nullptr && right != nullptr) {
    for (std::size_t i = 0; i < std::max(left->size(), right->size()); ++i) {
      const auto& name = i < right->size() ? (*right)[i].name : (*left)[i].name;
      const auto inner = path.empty() ? name : fmt::format("{}.{}", path, name);
      compare(inner, i < left->size() ? (*left)[i].node : nothing,
              i < right->size() ? (*right)[i].node : nothing, out);
    }
    return;
  }
  const auto* lefts = std::get_if<Node::List>(&before.value);
  const auto* rights = std::get_if<Node::List>(&after.value);
  if (lefts != nullptr && rights != nullptr) {
    for (std::size_t i = 0; i < std::max(lefts->size(), rights->size()); ++i) {
      compare(fmt::format("{}[{}]", path, i + 1), i < lefts->size() ? (*lefts)[i] : nothing,
              i < rights->size() ? (*rights)[i] : nothing, out);
    }
    return;
  }
  if (before == after || (before.empty() && after.empty())) return;
  out.push_back(Difference{path, before, after});
}

}  // namespace

bool Node::empty() const {
  return std::visit(IsEmpty{}, value);
}

const Node* Node::member(std::string_view name) const {
  const auto* members = std::get_if<Members>(&value);
  if (members == nullptr) return nullptr;
  const auto found = std::ranges::find_if(
      *members, [&](const Member& one) { return one.name == name || kebab(one.name) == name; });
  return found == members->end() ? nullptr : &found->node;
}

bool Node::operator==(const Node& other) const {
  return value == other.value;
}

std::vector<Difference> differences(const Node& before, const Node& after) {
  std::vector<Difference> out;
  compare("", before, after, out);
  return out;
}

}  // namespace consulta
