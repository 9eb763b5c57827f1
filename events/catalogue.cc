#include "events/catalogue.h"

#include <capnp/dynamic.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <stdexcept>
#include <type_traits>

#include "events/annotations.capnp.h"
#include "events/envelope.capnp.h"
#include "events/values.capnp.h"

namespace consulta {

namespace {

[[noreturn]] void contradiction(std::string_view where, std::string_view what) {
  throw std::logic_error(std::string("the schema contradicts itself at ") + std::string(where) +
                         ": " + std::string(what));
}

std::string str(capnp::Text::Reader text) {
  return {text.begin(), text.size()};
}

/// The annotation with this id among `all`, if there.
std::optional<capnp::schema::Value::Reader> annotation(
    capnp::List<capnp::schema::Annotation>::Reader all, std::uint64_t id) {
  for (auto one : all) {
    if (one.getId() == id) return one.getValue();
  }
  return std::nullopt;
}

constexpr std::uint64_t aggregate_id = 0xe5b5e0c1a90f7d01;
constexpr std::uint64_t act_id = 0xe5b5e0c1a90f7d02;
constexpr std::uint64_t axis_id = 0xe5b5e0c1a90f7d03;
constexpr std::uint64_t help_id = 0xe5b5e0c1a90f7d04;
constexpr std::uint64_t required_id = 0xe5b5e0c1a90f7d05;
constexpr std::uint64_t ref_id = 0xe5b5e0c1a90f7d06;
constexpr std::uint64_t alias_id = 0xe5b5e0c1a90f7d07;
constexpr std::uint64_t code_id = 0xe5b5e0c1a90f7d08;
constexpr std::uint64_t public_id = 0xe5b5e0c1a90f7d09;
constexpr std::uint64_t publishable_id = 0xe5b5e0c1a90f7d0a;
constexpr std::uint64_t symbol_id = 0xe5b5e0c1a90f7d0b;
constexpr std::uint64_t actor_id = 0xe5b5e0c1a90f7d0d;
constexpr std::uint64_t axis_before_id = 0xe5b5e0c1a90f7d0c;

std::vector<ChoiceInfo> choicesOf(capnp::EnumSchema schema) {
  std::vector<ChoiceInfo> out;
  for (auto one : schema.getEnumerants()) {
    ChoiceInfo choice;
    choice.name = kebab(str(one.getProto().getName()));
    choice.value = one.getOrdinal();
    if (auto help = annotation(one.getProto().getAnnotations(), help_id)) {
      choice.help = str(help->getText());
    }
    out.push_back(std::move(choice));
  }
  return out;
}

FieldKind structKind(capnp::StructSchema schema, const std::string& where) {
  static const std::vector<std::pair<std::uint64_t, FieldKind>> kinds{
      {capnp::Schema::from<schema::Texts>().getProto().getId(), FieldKind::texts},
      {capnp::Schema::from<schema::Date>().getProto().getId(), FieldKind::date},
      {capnp::Schema::from<schema::Money>().getProto().getId(), FieldKind::money},
      {capnp::Schema::from<schema::Decimal>().getProto().getId(), FieldKind::decimal},
      {capnp::Schema::from<schema::ZonedTime>().getProto().getId(), FieldKind::zonedTime},
      {capnp::Schema::from<schema::Deadline>().getProto().getId(), FieldKind::deadline},
      {capnp::Schema::from<schema::Sealed>().getProto().getId(), FieldKind::sealed},
  };
  for (const auto& [id, kind] : kinds) {
    if (id == schema.getProto().getId()) return kind;
  }
  contradiction(where, "a field has a struct type that is not one of the value types");
}

void readType(FieldInfo& field, capnp::Type type, const std::string& where) {
  if (type.isList()) {
    if (field.list) contradiction(where, "a list of lists");
    field.list = true;
    return readType(field, type.asList().getElementType(), where);
  }
  if (type.isBool()) {
    field.kind = FieldKind::flag;
  } else if (type.isText()) {
    field.kind = FieldKind::text;
  } else if (type.isEnum()) {
    field.kind = FieldKind::choice;
    field.choices = choicesOf(type.asEnum());
  } else if (type.isStruct()) {
    field.kind = structKind(type.asStruct(), where);
  } else if (type.isUInt64() && !field.refs.empty()) {
    field.kind = FieldKind::ref;
  } else if (type.isUInt64() || type.isInt64() || type.isUInt32() || type.isInt32() ||
             type.isUInt16() || type.isUInt8()) {
    field.kind = FieldKind::integer;
  } else {
    contradiction(where, "a field has a type that entries cannot have");
  }
}

FieldInfo readField(capnp::StructSchema::Field schema, const std::string& where) {
  FieldInfo field;
  field.schema = schema;
  field.name = str(schema.getProto().getName());
  field.option = kebab(field.name);
  const auto notes = schema.getProto().getAnnotations();
  if (auto help = annotation(notes, help_id)) field.help = str(help->getText());
  field.required = annotation(notes, required_id).has_value();
  field.alias = annotation(notes, alias_id).has_value();
  field.isPublic = annotation(notes, public_id).has_value();
  field.publishable = annotation(notes, publishable_id).has_value();
  field.symbol = annotation(notes, symbol_id).has_value();
  field.actor = annotation(notes, actor_id).has_value();
  if (auto code = annotation(notes, code_id)) field.code = str(code->getText());
  if (auto refs = annotation(notes, ref_id)) {
    for (auto ref : refs->getList().getAs<capnp::List<capnp::Text>>()) {
      field.refs.push_back(str(ref));
    }
  }
  readType(field, schema.getType(), where + "." + field.name);
  return field;
}

std::uint16_t stateOf(const AxisInfo& axis, const std::string& camel, const std::string& where) {
  const auto found = std::ranges::find(axis.states, kebab(camel), &ChoiceInfo::name);
  if (found == axis.states.end()) {
    contradiction(where, "axis " + axis.name + " has no state " + camel);
  }
  return found->value;
}

MoveInfo readMove(schema::Move::Reader move, const AggregateInfo& aggregate,
                  const std::string& where) {
  MoveInfo info;
  const auto axis = std::ranges::find(aggregate.axes, str(move.getAxis()), &AxisInfo::name);
  if (axis == aggregate.axes.end()) {
    contradiction(where, "no found entry declares the axis " + str(move.getAxis()));
  }
  info.axis = static_cast<std::size_t>(axis - aggregate.axes.begin());
  for (auto from : move.getFrom()) {
    info.from |= std::uint64_t{1} << stateOf(*axis, str(from), where);
  }
  switch (move.which()) {
    case schema::Move::STAYS:
      info.to = MoveInfo::To::stays;
      break;
    case schema::Move::TO:
      info.to = MoveInfo::To::state;
      info.state = stateOf(*axis, str(move.getTo()), where);
      break;
    case schema::Move::PREVIOUS:
      info.to = MoveInfo::To::previous;
      break;
    case schema::Move::COMPUTED:
      info.to = MoveInfo::To::computed;
      break;
  }
  return info;
}

EventInfo readEvent(capnp::StructSchema::Field member, const std::string& aggregateName) {
  EventInfo event;
  event.member = member;
  event.tag = member.getProto().getDiscriminantValue();
  event.schema = member.getType().asStruct();
  event.name = str(member.getProto().getName());
  event.type = aggregateName + "." + event.name;
  event.found = event.name == "found";
  const auto whole = capnp::Schema::from<schema::Event>();
  for (auto field : event.schema.getFields()) {
    // A corrigendum holds a whole event, which is not one of its values.
    if (field.getType().isStruct() && field.getType().asStruct() == whole) continue;
    event.fields.push_back(readField(field, event.type));
  }
  return event;
}

schema::Act::Reader actOf(const EventInfo& event) {
  const auto value = annotation(event.schema.getProto().getAnnotations(), act_id);
  if (!value) contradiction(event.type, "it has no act annotation");
  return value->getStruct().getAs<schema::Act>();
}

void readAct(EventInfo& event) {
  const auto act = actOf(event);
  event.verb = str(act.getVerb());
  event.help = str(act.getHelp());
  event.example = str(act.getExample());
  event.opens = act.getOpens();
}

/// The axes are the fields of the found entry that carry the axis annotation, in their order.
void readAxes(AggregateInfo& aggregate, EventInfo& found) {
  for (auto& field : found.fields) {
    const auto name = annotation(field.schema.getProto().getAnnotations(), axis_id);
    if (!name) continue;
    if (field.kind != FieldKind::choice || aggregate.axes.size() == axes_max ||
        field.choices.size() > 64) {
      contradiction(found.type, "an axis is an enum of at most 64 states, two axes at most");
    }
    field.axis = aggregate.axes.size();
    aggregate.axes.push_back(AxisInfo{str(name->getText()), field.choices});
  }
  for (auto& field : found.fields) {
    const auto name = annotation(field.schema.getProto().getAnnotations(), axis_before_id);
    if (!name) continue;
    const auto axis = std::ranges::find(aggregate.axes, str(name->getText()), &AxisInfo::name);
    if (field.kind != FieldKind::text || field.list || axis == aggregate.axes.end()) {
      contradiction(found.type, "a state before is a text, on an axis that is declared");
    }
    field.axisBefore = static_cast<std::size_t>(axis - aggregate.axes.begin());
    field.choices = axis->states;
  }
}

AggregateInfo readAggregate(capnp::StructSchema::Field member) {
  AggregateInfo aggregate;
  aggregate.member = member;
  aggregate.tag = member.getProto().getDiscriminantValue();
  aggregate.schema = member.getType().asStruct();
  const auto note = annotation(aggregate.schema.getProto().getAnnotations(), aggregate_id);
  if (!note) contradiction(str(member.getProto().getName()), "it has no aggregate annotation");
  const auto words = note->getStruct().getAs<schema::Aggregate>();
  aggregate.name = str(words.getName());
  aggregate.plural = str(words.getPlural());
  aggregate.prefix = str(words.getPrefix());
  aggregate.help = str(words.getHelp());
  aggregate.listedBy = str(words.getListedBy());
  aggregate.isPlanned = words.getIsPlanned();
  for (auto one : aggregate.schema.getUnionFields()) {
    auto event = readEvent(one, aggregate.name);
    event.aggregate = aggregate.tag;
    readAct(event);
    aggregate.events.push_back(std::move(event));
  }
  std::ranges::sort(aggregate.events, {}, &EventInfo::tag);
  for (auto& event : aggregate.events) {
    if (event.found) readAxes(aggregate, event);
  }
  std::set<std::string> verbs;
  for (auto& event : aggregate.events) {
    if (!event.verb.empty() && !verbs.insert(event.verb).second) {
      contradiction(event.type, "its verb is used twice");
    }
    for (auto move : actOf(event).getMoves()) {
      event.moves.push_back(readMove(move, aggregate, event.type));
    }
  }
  return aggregate;
}

}  // namespace

std::string kebab(std::string_view camel) {
  std::string out;
  for (const char c : camel) {
    if (std::isupper(static_cast<unsigned char>(c)) != 0) {
      if (!out.empty()) out += '-';
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    } else {
      out += c;
    }
  }
  return out;
}

const FieldInfo* EventInfo::field(std::string_view nameOrOption) const {
  const auto it = std::ranges::find_if(fields, [&](const FieldInfo& field) {
    return field.name == nameOrOption || field.option == nameOrOption;
  });
  return it == fields.end() ? nullptr : &*it;
}

const EventInfo* AggregateInfo::byVerb(std::string_view verb) const {
  if (verb.empty()) return nullptr;
  const auto found = std::ranges::find(events, verb, &EventInfo::verb);
  return found == events.end() ? nullptr : &*found;
}

const EventInfo* AggregateInfo::byName(std::string_view wanted) const {
  const auto found = std::ranges::find(events, wanted, &EventInfo::name);
  return found == events.end() ? nullptr : &*found;
}

Catalogue::Catalogue() {
  const auto schema = capnp::Schema::from<schema::Event>();
  for (auto member : schema.getUnionFields()) {
    const auto target = member.getType().asStruct();
    if (annotation(target.getProto().getAnnotations(), aggregate_id)) {
      aggregates_.push_back(readAggregate(member));
    } else {
      common_.push_back(readEvent(member, "common"));
      common_.back().aggregate = common_.back().tag;
      readAct(common_.back());
    }
  }
  std::ranges::sort(aggregates_, {}, &AggregateInfo::tag);
  for (std::size_t i = 0; i < aggregates_.size(); ++i) {
    if (aggregates_[i].tag != i) contradiction(aggregates_[i].name, "aggregates come first");
  }
  static constexpr std::string_view common[] = {"corrigendum", "symbolGiven", "retraction",
                                                "deadlinesReleased", "deadlineMoved"};
  if (!std::ranges::equal(common_, common, {}, &EventInfo::name)) {
    contradiction("Event", "the common acts are not those that this program knows");
  }
}

bool Catalogue::isEngines(const EventInfo& act) const {
  return act.verb.empty() && &act != &corrigendum() && &act != &retraction();
}

const AggregateInfo* Catalogue::aggregate(std::string_view name) const {
  const auto found = std::ranges::find_if(aggregates_, [&](const AggregateInfo& one) {
    return one.name == name || one.plural == name;
  });
  return found == aggregates_.end() ? nullptr : &*found;
}

const EventInfo* Catalogue::byType(std::string_view type) const {
  const auto dot = type.find('.');
  if (dot == type.npos) return nullptr;
  if (type.substr(0, dot) == "common") {
    const auto found = std::ranges::find(common_, type.substr(dot + 1), &EventInfo::name);
    return found == common_.end() ? nullptr : &*found;
  }
  const auto found = std::ranges::find(aggregates_, type.substr(0, dot), &AggregateInfo::name);
  return found == aggregates_.end() ? nullptr : found->byName(type.substr(dot + 1));
}

const EventInfo* Catalogue::byTags(std::uint16_t aggregate, std::uint16_t event) const {
  for (const auto& common : common_) {
    if (common.tag == aggregate) return &common;
  }
  if (aggregate >= aggregates_.size()) return nullptr;
  const auto& events = aggregates_[aggregate].events;
  return event < events.size() ? &events[event] : nullptr;
}

}  // namespace consulta
