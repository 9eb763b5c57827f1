#include "projections/row_fields.h"

#include <algorithm>
#include <type_traits>
#include <utility>
#include <variant>

#include "projections/rows.h"

namespace consulta {

namespace {

/// What a value of a shape is; of a list, what is in it.
FieldKind kindOf(const Node& shape) {
  return std::visit(
      [](const auto& value) {
        using T = std::remove_cvref_t<decltype(value)>;
        if constexpr (std::is_same_v<T, Flag>) return FieldKind::flag;
        if constexpr (std::is_same_v<T, Number>) return FieldKind::integer;
        if constexpr (std::is_same_v<T, ChoiceName>) return FieldKind::choice;
        if constexpr (std::is_same_v<T, EntityId>) return FieldKind::ref;
        if constexpr (std::is_same_v<T, RowDate>) return FieldKind::date;
        if constexpr (std::is_same_v<T, RowTexts>) return FieldKind::texts;
        if constexpr (std::is_same_v<T, RowMoney>) return FieldKind::money;
        if constexpr (std::is_same_v<T, RowDecimal>) return FieldKind::decimal;
        if constexpr (std::is_same_v<T, RowZonedTime>) return FieldKind::zonedTime;
        if constexpr (std::is_same_v<T, RowDeadline>) return FieldKind::deadline;
        if constexpr (std::is_same_v<T, SealedRef>) return FieldKind::sealed;
        return FieldKind::text;
      },
      shape.value);
}

bool isChoice(const Node& shape) {
  const auto* list = std::get_if<Node::List>(&shape.value);
  return list != nullptr && !list->empty() &&
         std::holds_alternative<ChoiceName>(list->front().value);
}

void addOnce(std::vector<std::string>& to, const std::vector<std::string>& all) {
  for (const auto& one : all) {
    if (std::ranges::find(to, one) == to.end()) to.push_back(one);
  }
}

/// What the acts say of their fields of this name. The state that an entity was found in is none of
/// them: parts of a row have states of their own.
void takeFromActs(const AggregateInfo& aggregate, RowField& field) {
  bool stated = false;
  bool all = true;
  for (const auto& act : aggregate.events) {
    const auto* one = act.field(field.name);
    if (one == nullptr || one->axis || one->axisBefore) continue;
    stated = true;
    all = all && one->publishable;
    if (field.code.empty()) field.code = one->code;
    addOnce(field.refs, one->refs);
  }
  field.publishable = stated && all && field.kind != FieldKind::sealed;
}

/// Whether every act that opens such an entity has to state it. Of a plain flag or number the row
/// does not tell "no" and zero from what was never stated.
bool isAlwaysStated(const AggregateInfo& aggregate, const RowField& field) {
  if (field.kind == FieldKind::flag || field.kind == FieldKind::integer) return false;
  return std::ranges::all_of(aggregate.events, [&](const EventInfo& act) {
    const auto* one = act.field(field.name);
    return !act.opens || (one != nullptr && one->required);
  });
}

RowField readField(const AggregateInfo& aggregate, std::string name, const Node& shape);

std::vector<RowField> readMembers(const AggregateInfo& aggregate, const Node::Members& members) {
  std::vector<RowField> out;
  for (const auto& one : members) out.push_back(readField(aggregate, one.name, one.node));
  return out;
}

RowField readField(const AggregateInfo& aggregate, std::string name, const Node& shape) {
  RowField out;
  out.name = std::move(name);
  const auto* value = &shape;
  if (const auto* list = std::get_if<Node::List>(&shape.value); list && !isChoice(shape)) {
    out.list = true;
    value = &list->front();
  }
  if (const auto* members = std::get_if<Node::Members>(&value->value)) {
    out.members = readMembers(aggregate, *members);
    out.publishable = std::ranges::any_of(out.members, &RowField::publishable);
    return out;
  }
  if (isChoice(*value)) {
    out.kind = FieldKind::choice;
    for (const auto& one : std::get<Node::List>(value->value)) {
      out.choices.push_back(std::get<ChoiceName>(one.value).name);
    }
  } else {
    out.kind = kindOf(*value);
  }
  takeFromActs(aggregate, out);
  if (out.kind != FieldKind::ref) out.refs.clear();
  if (out.kind != FieldKind::text) out.code.clear();
  return out;
}

std::vector<RowField> readOwn(const AggregateInfo& aggregate) {
  const auto shape = newRow(aggregate.tag)->shape();
  auto out = readMembers(aggregate, std::get<Node::Members>(shape.value));
  for (auto& field : out) field.nullable = !isAlwaysStated(aggregate, field);
  return out;
}

RowField headField(const char* name, FieldKind kind, bool nullable, bool publishable) {
  RowField out;
  out.name = name;
  out.kind = kind;
  out.nullable = nullable;
  out.publishable = publishable;
  return out;
}

RowField stateField(const AggregateInfo& aggregate, std::size_t axis) {
  auto out = headField(aggregate.axes[axis].name.c_str(), FieldKind::choice, false, true);
  for (const auto& state : aggregate.axes[axis].states) out.choices.push_back(state.name);
  for (const auto& act : aggregate.events) {
    for (const auto& field : act.fields) {
      if (field.axis == axis) out.publishable = out.publishable && field.publishable;
    }
  }
  return out;
}

/// By what it is called and counted, and where it stands, an entity is published; when something
/// was entered on it, or wrongly, is nobody's business outside.
std::vector<RowField> readHead(const AggregateInfo& aggregate) {
  std::vector<RowField> out{headField("id", FieldKind::text, false, true),
                            headField("position", FieldKind::integer, false, true),
                            headField("aggregate", FieldKind::text, false, true),
                            headField("symbols", FieldKind::text, true, true)};
  out.back().list = true;
  for (std::size_t axis = 0; axis < aggregate.axes.size(); ++axis) {
    out.push_back(stateField(aggregate, axis));
  }
  out.push_back(headField("opened", FieldKind::date, true, false));
  out.push_back(headField("changed", FieldKind::date, true, false));
  out.push_back(headField("found", FieldKind::flag, false, false));
  out.push_back(headField("corrected", FieldKind::flag, false, false));
  out.push_back(headField("revision", FieldKind::integer, false, true));
  out.push_back(headField("notes", FieldKind::sealed, true, false));
  out.back().list = true;
  return out;
}

}  // namespace

RowFields::RowFields(const Catalogue& catalogue) {
  for (const auto& aggregate : catalogue.aggregates()) {
    all_.push_back(One{readHead(aggregate), readOwn(aggregate)});
  }
}

bool RowFields::publishable(std::uint16_t aggregate) const {
  const auto isClosed = [](const RowField& field) {
    return field.kind == FieldKind::choice && !field.publishable;  // a state
  };
  return std::ranges::any_of(own(aggregate), &RowField::publishable) &&
         std::ranges::none_of(head(aggregate), isClosed);
}

Node RowFields::publishable(const State& state, const Row& row) const {
  return kept(state, own(row.aggregate()), row.fields());
}

Node RowFields::kept(const State& state, std::span<const RowField> fields, const Node& node) const {
  Node::Members out;
  for (const auto& field : fields) {
    const auto* member = node.member(field.name);
    if (member == nullptr || !field.publishable) continue;
    out.push_back(Node::Member{field.name, kept(state, field, *member)});
  }
  return Node{std::move(out)};
}

Node RowFields::kept(const State& state, const RowField& field, const Node& node) const {
  if (const auto* list = std::get_if<Node::List>(&node.value)) {
    Node::List out;
    for (const auto& one : *list) {
      if (auto left = kept(state, field, one); !left.empty()) out.push_back(std::move(left));
    }
    return Node{std::move(out)};
  }
  if (!field.members.empty()) return kept(state, field.members, node);
  if (const auto* id = std::get_if<EntityId>(&node.value)) {
    const auto named = state.row(*id);
    return named && publishable(named->aggregate()) ? node : Node{};
  }
  return node;
}

}  // namespace consulta
