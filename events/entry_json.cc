#include "events/entry_json.h"

#include <capnp/dynamic.h>
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <boost/json.hpp>
#include <chrono>

#include "events/entry.h"
#include "events/values.capnp.h"
#include "events/values/decimal.h"
#include "events/values/money.h"

namespace consulta {

namespace json = boost::json;

namespace {

std::string str(capnp::Text::Reader text) {
  return {text.begin(), text.size()};
}

}  // namespace

json::value dateJson(schema::Date::Reader date) {
  if (!date.hasWords()) return json::value(str(date.getEdtf()));
  return json::object{{"edtf", str(date.getEdtf())}, {"words", str(date.getWords())}};
}

namespace {

std::string nameOf(const JsonView& view, std::uint64_t id) {
  return view.nameOf ? view.nameOf(EntityId(id)) : "#" + std::to_string(id);
}

json::value sealedJson(schema::Sealed::Reader sealed, std::string_view field, Position at,
                       const JsonView& view) {
  const auto where = sealed.getPosition() != 0 ? Position(sealed.getPosition()) : at;
  if (view.reveal) {
    if (auto clear = view.reveal(where, field)) return json::value(*clear);
  }
  std::string hex;
  for (const auto byte : sealed.getCommitment()) hex += fmt::format("{:02x}", byte);
  json::object out{{"commitment", hex}};
  if (sealed.getPosition() != 0) out["position"] = sealed.getPosition();
  return out;
}

json::object textsJson(schema::Texts::Reader texts) {
  json::object out;
  for (auto phrase : texts.getPhrases()) out[str(phrase.getLanguage())] = str(phrase.getText());
  return out;
}

json::value deadlineJson(schema::Deadline::Reader deadline, const JsonView& view) {
  json::object out;
  if (deadline.hasDate()) out["date"] = dateJson(deadline.getDate());
  if (deadline.getBeforeSession() != 0) {
    out["beforeSession"] = nameOf(view, deadline.getBeforeSession());
  }
  return out;
}

json::value structJson(const FieldInfo& field, capnp::DynamicStruct::Reader value, Position at,
                       const JsonView& view) {
  switch (field.kind) {
    case FieldKind::texts:
      return textsJson(value.as<schema::Texts>());
    case FieldKind::date:
      return dateJson(value.as<schema::Date>());
    case FieldKind::money: {
      const auto money = value.as<schema::Money>();
      return json::value(toText(Money{money.getMinor(), str(money.getCurrency())}));
    }
    case FieldKind::decimal: {
      const auto number = value.as<schema::Decimal>();
      return json::value(toText(Decimal{number.getUnscaled(), number.getScale()}));
    }
    case FieldKind::zonedTime: {
      const auto time = value.as<schema::ZonedTime>();
      return json::object{{"local", str(time.getLocal())},
                          {"zone", str(time.getZone())},
                          {"utc", instantText(time.getUtcNs())},
                          {"tzdata", str(time.getTzdata())}};
    }
    case FieldKind::deadline:
      return deadlineJson(value.as<schema::Deadline>(), view);
    case FieldKind::sealed:
      return sealedJson(value.as<schema::Sealed>(), field.name, at, view);
    default:
      return nullptr;
  }
}

json::value valueJson(const FieldInfo& field, const capnp::DynamicValue::Reader& value, Position at,
                      const JsonView& view) {
  switch (field.kind) {
    case FieldKind::flag:
      return json::value(value.as<bool>());
    case FieldKind::integer:
      return json::value(value.as<std::int64_t>());
    case FieldKind::ref:
      return json::value(nameOf(view, value.as<std::uint64_t>()));
    case FieldKind::text:
      return json::value(str(value.as<capnp::Text>()));
    case FieldKind::choice: {
      const auto raw = value.as<capnp::DynamicEnum>().getRaw();
      if (raw >= field.choices.size()) return json::value(raw);
      return json::value(field.choices[raw].name);
    }
    default:
      return structJson(field, value.as<capnp::DynamicStruct>(), at, view);
  }
}

/// A field that the entry does not state. Numbers, flags and choices have no absence of their own:
/// there the first value means "not stated" wherever the field may be left out.
bool isStated(const FieldInfo& field, capnp::DynamicStruct::Reader event) {
  if (field.list || field.kind == FieldKind::text || field.kind == FieldKind::texts ||
      field.kind == FieldKind::date || field.kind == FieldKind::money ||
      field.kind == FieldKind::decimal || field.kind == FieldKind::zonedTime ||
      field.kind == FieldKind::deadline || field.kind == FieldKind::sealed) {
    return event.has(field.schema);
  }
  return field.required || event.has(field.schema, capnp::HasMode::NON_DEFAULT);
}

json::value corrigendumJson(const Catalogue& catalogue, schema::Corrigendum::Reader event,
                            Position at, const JsonView& view) {
  json::object out{{"corrects", event.getCorrects()}};
  if (event.getFields().size() != 0) {
    const auto* act = actOf(catalogue, event.getRight());
    const auto all =
        act == nullptr ? json::object{} : eventJson(catalogue, *act, event.getRight(), at, view);
    json::object right;
    for (auto name : event.getFields()) {
      const auto* value = all.if_contains(name.cStr());
      right[name.cStr()] = value != nullptr ? *value : json::value(nullptr);
    }
    out["right"] = std::move(right);
  }
  if (event.hasOccurred()) out["occurred"] = dateJson(event.getOccurred());
  if (event.hasReason())
    out["reason"] = sealedJson(event.getReason(), "corrigendum.reason", at, view);
  return out;
}

void addSources(schema::Record::Reader record, json::object& out) {
  json::array sources;
  for (auto source : record.getSources()) {
    auto text = str(source.getSource());
    if (source.hasParagraph()) {
      text += (text.empty() ? "§" : " §") + str(source.getParagraph());
    }
    sources.emplace_back(text);
  }
  if (!sources.empty()) out["sources"] = std::move(sources);
}

void addIds(schema::Record::Reader record, json::object& out) {
  out["actor"] = uuidText(record.getActorHigh(), record.getActorLow());
  if ((record.getOnBehalfOfHigh() | record.getOnBehalfOfLow()) != 0) {
    out["onBehalfOf"] = uuidText(record.getOnBehalfOfHigh(), record.getOnBehalfOfLow());
  }
  out["submission"] = uuidText(record.getSubmissionHigh(), record.getSubmissionLow());
  if ((record.getCorrelationHigh() | record.getCorrelationLow()) != 0) {
    out["correlation"] = uuidText(record.getCorrelationHigh(), record.getCorrelationLow());
  }
  if (record.getCause() != 0) out["cause"] = record.getCause();
}

}  // namespace

std::string instantText(std::int64_t utcNs) {
  using namespace std::chrono;
  const sys_time<nanoseconds> instant{nanoseconds(utcNs)};
  const auto second = floor<seconds>(instant);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:09}Z", fmt::gmtime(system_clock::to_time_t(second)),
                     (instant - second).count());
}

json::object eventJson(const Catalogue& catalogue, const EventInfo& act,
                       schema::Event::Reader event, Position at, const JsonView& view) {
  json::object out;
  const auto fields = eventFields(catalogue, act, event);
  for (const auto& field : act.fields) {
    if (!isStated(field, fields)) continue;
    const auto value = fields.get(field.schema);
    if (!field.list) {
      out[field.name] = valueJson(field, value, at, view);
      continue;
    }
    json::array items;
    for (auto item : value.as<capnp::DynamicList>()) {
      items.push_back(valueJson(field, item, at, view));
    }
    out[field.name] = std::move(items);
  }
  return out;
}

json::object entryJson(const Catalogue& catalogue, schema::Record::Reader record,
                       const JsonView& view) {
  json::object out;
  const auto at = Position(record.getPosition());
  const auto* act = actOf(catalogue, record.getEvent());
  out["position"] = record.getPosition();
  out["type"] = act == nullptr ? "unknown" : act->type;
  out["entity"] = nameOf(view, record.getEntity());
  out["revision"] = record.getRevision();
  out["recorded"] = instantText(record.getRecordedAtNs());
  out["occurred"] = dateJson(record.getOccurred());
  if (record.hasSymbol()) out["symbol"] = str(record.getSymbol());
  if (record.getEvent().isCorrigendum()) {
    out["data"] = corrigendumJson(catalogue, record.getEvent().getCorrigendum(), at, view);
  } else if (act != nullptr) {
    out["data"] = eventJson(catalogue, *act, record.getEvent(), at, view);
  }
  if (record.hasNote()) out["note"] = sealedJson(record.getNote(), "note", at, view);
  if (record.hasAuthority()) out["authority"] = textsJson(record.getAuthority());
  json::array grounds;
  for (auto ground : record.getGrounds()) grounds.emplace_back(nameOf(view, ground));
  if (!grounds.empty()) out["grounds"] = std::move(grounds);
  addSources(record, out);
  addIds(record, out);
  return out;
}

}  // namespace consulta
