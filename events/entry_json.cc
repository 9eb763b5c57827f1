#include "events/entry_json.h"

#include <capnp/dynamic.h>
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

json::string_view str(capnp::Text::Reader text) {
  return {text.begin(), text.size()};
}

std::string copyOf(capnp::Text::Reader text) {
  return {text.begin(), text.size()};
}

json::value textJson(json::string_view text, const json::storage_ptr& storage) {
  return json::value(text, storage);
}

}  // namespace

json::value dateJson(schema::Date::Reader date, const json::storage_ptr& storage) {
  if (!date.hasWords()) return textJson(str(date.getEdtf()), storage);
  json::object out(storage);
  out.emplace("edtf", str(date.getEdtf()));
  out.emplace("words", str(date.getWords()));
  return out;
}

namespace {

std::string nameOf(const JsonView& view, std::uint64_t id) {
  return view.nameOf ? view.nameOf(EntityId(id)) : "#" + std::to_string(id);
}

std::string hexOf(capnp::Data::Reader bytes) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(2 * bytes.size());
  for (const auto byte : bytes) {
    out += digits[byte >> 4U];
    out += digits[byte & 0xFU];
  }
  return out;
}

json::value sealedJson(schema::Sealed::Reader sealed, std::string_view field, Position at,
                       const JsonView& view) {
  const auto where = sealed.getPosition() != 0 ? Position(sealed.getPosition()) : at;
  if (view.reveal) {
    if (auto clear = view.reveal(where, field)) return textJson(*clear, view.storage);
  }
  json::object out(view.storage);
  out.emplace("commitment", hexOf(sealed.getCommitment()));
  if (sealed.getPosition() != 0) out.emplace("position", sealed.getPosition());
  return out;
}

json::object textsJson(schema::Texts::Reader texts, const json::storage_ptr& storage) {
  json::object out(storage);
  for (auto phrase : texts.getPhrases()) out[str(phrase.getLanguage())] = str(phrase.getText());
  return out;
}

json::value deadlineJson(schema::Deadline::Reader deadline, const JsonView& view) {
  json::object out(view.storage);
  if (deadline.hasDate()) out.emplace("date", dateJson(deadline.getDate(), view.storage));
  if (deadline.getBeforeSession() != 0) {
    out.emplace("beforeSession", nameOf(view, deadline.getBeforeSession()));
  }
  return out;
}

json::value zonedTimeJson(schema::ZonedTime::Reader time, const json::storage_ptr& storage) {
  json::object out(storage);
  out.emplace("local", str(time.getLocal()));
  out.emplace("zone", str(time.getZone()));
  out.emplace("utc", instantText(time.getUtcNs()));
  out.emplace("tzdata", str(time.getTzdata()));
  return out;
}

json::value structJson(const FieldInfo& field, capnp::DynamicStruct::Reader value, Position at,
                       const JsonView& view) {
  switch (field.kind) {
    case FieldKind::texts:
      return textsJson(value.as<schema::Texts>(), view.storage);
    case FieldKind::date:
      return dateJson(value.as<schema::Date>(), view.storage);
    case FieldKind::money: {
      const auto money = value.as<schema::Money>();
      return textJson(toText(Money{money.getMinor(), copyOf(money.getCurrency())}), view.storage);
    }
    case FieldKind::decimal: {
      const auto number = value.as<schema::Decimal>();
      return textJson(toText(Decimal{number.getUnscaled(), number.getScale()}), view.storage);
    }
    case FieldKind::zonedTime:
      return zonedTimeJson(value.as<schema::ZonedTime>(), view.storage);
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
      return json::value(value.as<bool>(), view.storage);
    case FieldKind::integer:
      return json::value(value.as<std::int64_t>(), view.storage);
    case FieldKind::ref:
      return textJson(nameOf(view, value.as<std::uint64_t>()), view.storage);
    case FieldKind::text:
      return textJson(str(value.as<capnp::Text>()), view.storage);
    case FieldKind::choice: {
      const auto raw = value.as<capnp::DynamicEnum>().getRaw();
      if (raw >= field.choices.size()) return json::value(raw, view.storage);
      return textJson(field.choices[raw].name, view.storage);
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
  json::object out(view.storage);
  out.emplace("corrects", event.getCorrects());
  if (event.getFields().size() != 0) {
    const auto* act = actOf(catalogue, event.getRight());
    const auto all =
        act == nullptr ? json::object{} : eventJson(catalogue, *act, event.getRight(), at, view);
    json::object right(view.storage);
    for (auto name : event.getFields()) {
      const auto* value = all.if_contains(str(name));
      right[str(name)] = value != nullptr ? *value : json::value(nullptr);
    }
    out.emplace("right", std::move(right));
  }
  if (event.hasOccurred()) out.emplace("occurred", dateJson(event.getOccurred(), view.storage));
  if (event.hasReason()) {
    out.emplace("reason", sealedJson(event.getReason(), "corrigendum.reason", at, view));
  }
  return out;
}

void addSources(schema::Record::Reader record, json::object& out) {
  json::array sources(out.storage());
  for (auto source : record.getSources()) {
    auto text = copyOf(source.getSource());
    if (source.hasParagraph()) {
      text += (text.empty() ? "§" : " §") + copyOf(source.getParagraph());
    }
    sources.emplace_back(text);
  }
  if (!sources.empty()) out.emplace("sources", std::move(sources));
}

void addIds(schema::Record::Reader record, json::object& out) {
  out.emplace("actor", uuidText(record.getActorHigh(), record.getActorLow()));
  if ((record.getOnBehalfOfHigh() | record.getOnBehalfOfLow()) != 0) {
    out.emplace("onBehalfOf", uuidText(record.getOnBehalfOfHigh(), record.getOnBehalfOfLow()));
  }
  out.emplace("submission", uuidText(record.getSubmissionHigh(), record.getSubmissionLow()));
  if ((record.getCorrelationHigh() | record.getCorrelationLow()) != 0) {
    out.emplace("correlation", uuidText(record.getCorrelationHigh(), record.getCorrelationLow()));
  }
  if (record.getCause() != 0) out.emplace("cause", record.getCause());
}

/// So many digits, with zeros in front.
void addDigits(std::string& out, std::uint64_t value, std::size_t digits) {
  out.resize(out.size() + digits);
  for (auto at = out.end(); digits > 0; --digits) {
    *--at = static_cast<char>('0' + value % 10);
    value /= 10;
  }
}

}  // namespace

std::string instantText(std::int64_t utcNs) {
  using namespace std::chrono;
  constexpr std::int64_t second_ns = 1'000'000'000;
  auto since = utcNs / second_ns;
  auto ns = utcNs % second_ns;
  if (ns < 0) {
    ns += second_ns;
    --since;
  }
  const sys_seconds second{seconds(since)};
  const auto day = floor<days>(second);
  const year_month_day date(day);
  const hh_mm_ss time(second - day);
  // Nanoseconds of 64 bits reach from 1677 to 2262.
  std::string out;
  out.reserve(30);
  const auto add = [&](auto value, std::size_t digits, char behind) {
    addDigits(out, static_cast<std::uint64_t>(value), digits);
    out += behind;
  };
  add(static_cast<int>(date.year()), 4, '-');
  add(static_cast<unsigned>(date.month()), 2, '-');
  add(static_cast<unsigned>(date.day()), 2, 'T');
  add(time.hours().count(), 2, ':');
  add(time.minutes().count(), 2, ':');
  add(time.seconds().count(), 2, '.');
  add(ns, 9, 'Z');
  return out;
}

json::object eventJson(const Catalogue& catalogue, const EventInfo& act,
                       schema::Event::Reader event, Position at, const JsonView& view) {
  json::object out(view.storage);
  const auto fields = eventFields(catalogue, act, event);
  for (const auto& field : act.fields) {
    if (!isStated(field, fields)) continue;
    const auto value = fields.get(field.schema);
    if (!field.list) {
      out.emplace(field.name, valueJson(field, value, at, view));
      continue;
    }
    json::array items(view.storage);
    for (auto item : value.as<capnp::DynamicList>()) {
      items.push_back(valueJson(field, item, at, view));
    }
    out.emplace(field.name, std::move(items));
  }
  return out;
}

json::object entryJson(const Catalogue& catalogue, schema::Record::Reader record,
                       const JsonView& view) {
  constexpr std::size_t usual_fields = 12;
  json::object out(usual_fields, view.storage);
  const auto at = Position(record.getPosition());
  const auto* act = actOf(catalogue, record.getEvent());
  out.emplace("position", record.getPosition());
  out.emplace("type", act == nullptr ? "unknown" : act->type);
  out.emplace("entity", nameOf(view, record.getEntity()));
  out.emplace("revision", record.getRevision());
  out.emplace("recorded", instantText(record.getRecordedAtNs()));
  out.emplace("occurred", dateJson(record.getOccurred(), view.storage));
  if (record.hasSymbol()) out.emplace("symbol", str(record.getSymbol()));
  if (record.getEvent().isCorrigendum()) {
    out.emplace("data", corrigendumJson(catalogue, record.getEvent().getCorrigendum(), at, view));
  } else if (act != nullptr) {
    out.emplace("data", eventJson(catalogue, *act, record.getEvent(), at, view));
  }
  if (record.hasNote()) out.emplace("note", sealedJson(record.getNote(), "note", at, view));
  if (record.hasAuthority()) {
    out.emplace("authority", textsJson(record.getAuthority(), view.storage));
  }
  json::array grounds(view.storage);
  for (auto ground : record.getGrounds()) grounds.emplace_back(nameOf(view, ground));
  if (!grounds.empty()) out.emplace("grounds", std::move(grounds));
  addSources(record, out);
  addIds(record, out);
  return out;
}

}  // namespace consulta
