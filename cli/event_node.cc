#include "cli/event_node.h"

#include <capnp/dynamic.h>

#include "events/entry.h"
#include "events/values.capnp.h"

namespace consulta {

namespace {

Node structNode(const FieldInfo& field, capnp::DynamicStruct::Reader value, Position at) {
  switch (field.kind) {
    case FieldKind::texts: {
      RowTexts out;
      take(out, value.as<schema::Texts>());
      return Node{std::move(out)};
    }
    case FieldKind::date: {
      RowDate out;
      take(out, value.as<schema::Date>());
      return Node{std::move(out)};
    }
    case FieldKind::money: {
      RowMoney out;
      take(out, value.as<schema::Money>());
      return Node{std::move(out)};
    }
    case FieldKind::decimal: {
      RowDecimal out;
      take(out, true, value.as<schema::Decimal>());
      return Node{out};
    }
    case FieldKind::zonedTime: {
      RowZonedTime out;
      take(out, value.as<schema::ZonedTime>());
      return Node{std::move(out)};
    }
    case FieldKind::deadline: {
      RowDeadline out;
      take(out, value.as<schema::Deadline>());
      return Node{std::move(out)};
    }
    case FieldKind::sealed: {
      SealedRef out;
      take(out, value.as<schema::Sealed>(), at, field.name.c_str());
      return Node{std::move(out)};
    }
    default:
      return Node{};
  }
}

Node valueNode(const FieldInfo& field, const capnp::DynamicValue::Reader& value, Position at) {
  switch (field.kind) {
    case FieldKind::flag:
      return Node{Flag(value.as<bool>())};
    case FieldKind::integer:
      // A half of a random id may be larger; it is never shown as a number.
      if (value.getType() == capnp::DynamicValue::UINT) {
        return Node{Number(value.as<std::uint64_t>())};
      }
      return Node{Number(value.as<std::int64_t>())};
    case FieldKind::ref:
      return Node{EntityId(value.as<std::uint64_t>())};
    case FieldKind::text: {
      std::string out;
      take(out, value.as<capnp::Text>());
      return Node{std::move(out)};
    }
    case FieldKind::choice: {
      const auto raw = value.as<capnp::DynamicEnum>().getRaw();
      if (raw >= field.choices.size()) return Node{Number(raw)};
      return Node{ChoiceName{field.choices[raw].name}};
    }
    default:
      return structNode(field, value.as<capnp::DynamicStruct>(), at);
  }
}

/// Numbers, flags and choices have no absence of their own: their first value means "not stated"
/// wherever the field may be left out.
bool isStated(const FieldInfo& field, capnp::DynamicStruct::Reader event) {
  const bool plain = field.kind == FieldKind::flag || field.kind == FieldKind::integer ||
                     field.kind == FieldKind::choice || field.kind == FieldKind::ref;
  if (field.list || !plain) return event.has(field.schema);
  return field.required || event.has(field.schema, capnp::HasMode::NON_DEFAULT);
}

}  // namespace

Node eventNode(const Catalogue& catalogue, const EventInfo& act, schema::Event::Reader event,
               Position at) {
  Node::Members members;
  const auto fields = eventFields(catalogue, act, event);
  for (const auto& field : act.fields) {
    if (!isStated(field, fields)) continue;
    const auto value = fields.get(field.schema);
    if (!field.list) {
      members.push_back(Node::Member{field.name, valueNode(field, value, at)});
      continue;
    }
    Node::List items;
    for (auto item : value.as<capnp::DynamicList>()) items.push_back(valueNode(field, item, at));
    members.push_back(Node::Member{field.name, Node{std::move(items)}});
  }
  return Node{std::move(members)};
}

std::string actWords(const EventInfo* act, const ValueView& view) {
  return words(act == nullptr ? "unknown" : act->name, view);
}

std::string eventLine(const Node& event, const ValueView& view) {
  std::string out;
  const auto* members = std::get_if<Node::Members>(&event.value);
  if (members == nullptr) return out;
  for (const auto& member : *members) {
    const auto text = valueText(member.node, view, member.name);
    if (text.empty()) continue;
    if (!out.empty()) out += "; ";
    out += labelled(words(member.name, view), text, view.lang);
  }
  return out;
}

}  // namespace consulta
