#include "events/field_reader.h"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <limits>
#include <utility>

#include "events/limits.h"
#include "events/values/deadline.h"
#include "events/values/decimal.h"
#include "events/values/distance.h"
#include "events/values/edtf.h"
#include "events/values/money.h"
#include "events/values/symbol.h"
#include "events/values/texts.h"
#include "events/values/utf8.h"
#include "events/values/zoned_time.h"

namespace consulta {

namespace json = boost::json;

namespace {

std::string choicesOf(const std::vector<ChoiceInfo>& choices) {
  std::string out;
  for (const auto& choice : choices) {
    if (choice.name == "not-stated") continue;
    out += (out.empty() ? "" : ", ") + choice.name;
  }
  return out;
}

std::optional<std::int64_t> wholeNumber(const json::value& value) {
  if (value.is_int64()) return value.get_int64();
  if (value.is_uint64() && std::in_range<std::int64_t>(value.get_uint64())) {
    return static_cast<std::int64_t>(value.get_uint64());
  }
  if (!value.is_string()) return std::nullopt;
  const auto& text = value.get_string();
  std::int64_t number = 0;
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  return number;
}

/// What a field of that type can hold.
std::pair<std::int64_t, std::int64_t> rangeOf(capnp::Type type) {
  if (type.isList()) return rangeOf(type.asList().getElementType());
  if (type.isUInt8()) return {0, std::numeric_limits<std::uint8_t>::max()};
  if (type.isUInt16()) return {0, std::numeric_limits<std::uint16_t>::max()};
  if (type.isUInt32()) return {0, std::numeric_limits<std::uint32_t>::max()};
  if (type.isInt32()) {
    return {std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max()};
  }
  if (type.isUInt64()) return {0, std::numeric_limits<std::int64_t>::max()};
  return {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()};
}

/// A member of an object, as text; nothing when it is absent.
std::optional<std::string> member(const json::object& object, std::string_view name) {
  const auto* found = object.if_contains(name);
  if (found == nullptr || !found->is_string()) return std::nullopt;
  return std::string(found->get_string());
}

}  // namespace

void FieldReader::wrong(const std::string& field, const Message& why) {
  failures_.push_back(usage("entry.field", msg("{what}: --{field}: {why}", arg("what", what_),
                                               arg("field", kebab(field)), arg("why", why))));
}

void FieldReader::wrong(const std::string& field, const Failures& why) {
  for (const auto& one : why) {
    failures_.push_back(Failure{one.fault, one.rule,
                                msg("{what}: --{field}: {why}", arg("what", what_),
                                    arg("field", kebab(field)), arg("why", one.text))});
  }
}

std::optional<std::string> FieldReader::asText(const std::string& field, const json::value& value) {
  if (value.is_string()) return std::string(value.get_string());
  if (value.is_int64()) return std::to_string(value.get_int64());
  wrong(field, msg("it must be a text"));
  return std::nullopt;
}

void FieldReader::read(const FieldInfo& field, const json::value& value,
                       capnp::DynamicStruct::Builder event) {
  if (field.list) return readList(field, value, event);
  // A text in several languages may come as several texts that name their language.
  if (value.is_array() && field.kind != FieldKind::texts)
    return wrong(field.name, msg("it can be given only once"));
  switch (field.kind) {
    case FieldKind::flag:
      return readFlag(field, value, event);
    case FieldKind::integer:
      return readInteger(field, value, event);
    case FieldKind::text:
      if (auto text = readPlain(field, value)) event.set(field.schema, text->c_str());
      return;
    case FieldKind::choice:
      return readChoice(field, value, event);
    case FieldKind::ref:
      if (auto written = asText(field.name, value)) {
        addRef(field, *written, event, std::nullopt);
      }
      return;
    case FieldKind::texts:
      return readTexts(field.name, value, event.init(field.schema).as<schema::Texts>());
    case FieldKind::date:
      return readDate(field.name, value, event.init(field.schema).as<schema::Date>());
    case FieldKind::money:
      return readMoney(field, value, event.init(field.schema).as<schema::Money>());
    case FieldKind::decimal:
      return readDecimal(field, value, event.init(field.schema).as<schema::Decimal>());
    case FieldKind::zonedTime:
      return readZonedTime(field, value, event.init(field.schema).as<schema::ZonedTime>());
    case FieldKind::deadline:
      return readDeadline(field, value, event.init(field.schema).as<schema::Deadline>());
    case FieldKind::sealed:
      return readPersonal(field.name, value, event.init(field.schema).as<schema::Sealed>());
  }
}

void FieldReader::readList(const FieldInfo& field, const json::value& value,
                           capnp::DynamicStruct::Builder event) {
  const json::array items = value.is_array() ? value.get_array() : json::array{value};
  if (items.size() > limits::list_items_max) {
    return wrong(field.name, msg("it has more than {max} values; enter them in several entries",
                                 arg("max", limits::list_items_max)));
  }
  if (items.empty()) return;
  auto list =
      event.init(field.schema, static_cast<unsigned>(items.size())).as<capnp::DynamicList>();
  for (unsigned i = 0; i < items.size(); ++i) {
    const auto& item = items[i];
    if (field.kind == FieldKind::text) {
      if (auto text = readPlain(field, item)) list.set(i, text->c_str());
    } else if (field.kind == FieldKind::ref) {
      if (auto written = asText(field.name, item)) addRef(field, *written, event, i);
    } else if (field.kind == FieldKind::integer) {
      const auto number = wholeNumber(item);
      const auto [low, high] = rangeOf(field.schema.getType());
      if (!number || *number < low || *number > high) {
        wrong(field.name, msg("it must be a whole number"));
      } else {
        list.set(i, *number);
      }
    } else if (field.kind == FieldKind::choice) {
      if (const auto* choice = choiceIn(field, item)) {
        const auto type = field.schema.getType().asList().getEnumElementType();
        list.set(i, capnp::DynamicEnum(type, choice->value));
      }
    } else {
      wrong(field.name, msg("lists of this kind cannot be entered"));
    }
  }
}

std::optional<std::string> FieldReader::readPlain(const FieldInfo& field,
                                                  const json::value& value) {
  if (!field.choices.empty()) {
    const auto* choice = choiceIn(field, value);
    return choice == nullptr ? std::nullopt : std::optional(choice->name);
  }
  const auto text = asText(field.name, value);
  if (!text) return std::nullopt;
  const bool line = field.symbol || field.alias || !field.code.empty();
  auto checked = line ? readLine(*text) : readText(*text);
  if (checked && field.symbol) {
    auto symbol = readSymbol(*checked);
    if (!symbol) {
      wrong(field.name, symbol.failures());
      return std::nullopt;
    }
    return toText(*symbol);
  }
  if (checked && field.alias) {
    auto name = readEntityName(*checked);
    if (!name) {
      wrong(field.name, name.failures());
      return std::nullopt;
    }
  }
  if (!checked) {
    wrong(field.name, checked.failures());
    return std::nullopt;
  }
  return std::move(checked).value();
}

void FieldReader::readFlag(const FieldInfo& field, const json::value& value,
                           capnp::DynamicStruct::Builder event) {
  if (value.is_bool()) return event.set(field.schema, value.get_bool());
  wrong(field.name, msg("it must be yes or no, in JSON true or false"));
}

void FieldReader::readInteger(const FieldInfo& field, const json::value& value,
                              capnp::DynamicStruct::Builder event) {
  const auto number = wholeNumber(value);
  const auto [low, high] = rangeOf(field.schema.getType());
  if (!number || *number < low || *number > high) {
    return wrong(field.name, msg("it must be a whole number from {low} to {high}", arg("low", low),
                                 arg("high", high)));
  }
  event.set(field.schema, *number);
}

const ChoiceInfo* FieldReader::choiceIn(const FieldInfo& field, const json::value& value) {
  const auto text = asText(field.name, value);
  if (!text) return nullptr;
  const auto name = kebab(*text);
  const auto found = std::ranges::find(field.choices, name, &ChoiceInfo::name);
  if (found != field.choices.end()) return &*found;
  std::vector<std::string> names;
  for (const auto& choice : field.choices) names.push_back(choice.name);
  if (const auto near = nearest(name, names)) {
    wrong(field.name, msg("\"{text}\" is not one of: {choices}. Did you mean {near}?",
                          arg("text", excerpt(*text)), arg("choices", choicesOf(field.choices)),
                          arg("near", *near)));
  } else {
    wrong(field.name, msg("\"{text}\" is not one of: {choices}", arg("text", excerpt(*text)),
                          arg("choices", choicesOf(field.choices))));
  }
  return nullptr;
}

void FieldReader::readChoice(const FieldInfo& field, const json::value& value,
                             capnp::DynamicStruct::Builder event) {
  if (const auto* choice = choiceIn(field, value)) {
    event.set(field.schema, capnp::DynamicEnum(field.schema.getType().asEnum(), choice->value));
  }
}

void FieldReader::addRef(const FieldInfo& field, const std::string& written,
                         capnp::DynamicStruct::Builder owner, std::optional<unsigned> index) {
  auto line = readLine(written);
  if (!line) return wrong(field.name, line.failures());
  proposal_.refs.push_back(
      PendingRef{std::move(line).value(), field.refs, field.name, owner, field.schema, index});
}

void FieldReader::readTexts(const std::string& name, const json::value& value,
                            schema::Texts::Builder out) {
  std::vector<std::string> inputs;
  if (value.is_object()) {
    for (const auto& [language, text] : value.get_object()) {
      if (!text.is_string()) return wrong(name, msg("each language needs a text"));
      inputs.push_back(std::string(language) + ":" + std::string(text.get_string()));
    }
  } else if (value.is_array()) {
    for (const auto& one : value.get_array()) {
      if (auto text = asText(name, one)) inputs.push_back(*text);
    }
  } else if (auto text = asText(name, value)) {
    inputs.push_back(*text);
  } else {
    return;
  }
  auto texts = consulta::readTexts(inputs, defaults_.language);
  if (!texts) return wrong(name, texts.failures());
  auto list = out.initPhrases(static_cast<unsigned>(texts->size()));
  for (unsigned i = 0; i < texts->size(); ++i) {
    list[i].setLanguage((*texts)[i].language);
    list[i].setText((*texts)[i].text);
  }
}

void FieldReader::readDate(const std::string& name, const json::value& value,
                           schema::Date::Builder out) {
  std::optional<std::string> text;
  std::string words;
  if (value.is_object()) {
    text = member(value.get_object(), "edtf");
    words = member(value.get_object(), "words").value_or("");
  } else if (value.is_string()) {
    text = std::string(value.get_string());
  }
  if (!text) return wrong(name, msg("it must be a date, as \"2006-04-06\""));
  const auto date = readEdtf(*text);
  if (!date) return wrong(name, date.failures());
  out.setEdtf(date->text());
  if (words.empty()) return;
  auto line = readLine(words);
  if (!line) return wrong(name, line.failures());
  out.setWords(*line);
}

void FieldReader::readMoney(const FieldInfo& field, const json::value& value,
                            schema::Money::Builder out) {
  const auto text = asText(field.name, value);
  if (!text) return;
  const auto money = consulta::readMoney(*text);
  if (!money) return wrong(field.name, money.failures());
  out.setMinor(money->minor);
  out.setCurrency(money->currency);
}

void FieldReader::readDecimal(const FieldInfo& field, const json::value& value,
                              schema::Decimal::Builder out) {
  const auto text = asText(field.name, value);
  if (!text) return;
  const auto number = consulta::readDecimal(*text);
  if (!number) return wrong(field.name, number.failures());
  out.setUnscaled(number->unscaled);
  out.setScale(number->scale);
}

void FieldReader::readZonedTime(const FieldInfo& field, const json::value& value,
                                schema::ZonedTime::Builder out) {
  std::optional<std::string> text;
  if (value.is_object()) {
    const auto& object = value.get_object();
    const auto local = member(object, "local");
    const auto zone = member(object, "zone");
    const auto offset = member(object, "offset");
    if (local && zone) text = *local + offset.value_or("") + " " + *zone;
    // A printed entry has the moment beside it: of an hour that came twice it says which was meant.
    // Where the zone's rules have changed since, the wall clock counts.
    const auto utc = member(object, "utc").value_or("").substr(0, 19);  // whole seconds
    const auto moment = dateBounds(utc + "Z");
    if (text && moment) {
      const auto meant = toText(ZonedTime{*local, *zone, moment->earliestNs, {}});
      if (consulta::readZonedTime(meant)) text = meant;
    }
  } else if (value.is_string()) {
    text = std::string(value.get_string());
  }
  if (!text)
    return wrong(field.name, msg("it must be a time and zone, as \"2006-07-14T18:00 "
                                 "Europe/Vienna\""));
  const auto time = consulta::readZonedTime(*text);
  if (!time) return wrong(field.name, time.failures());
  out.setLocal(time->local);
  out.setZone(time->zone);
  out.setUtcNs(time->utcNs);
  out.setTzdata(time->tzdata);
}

void FieldReader::readDeadline(const FieldInfo& field, const json::value& value,
                               schema::Deadline::Builder out) {
  if (value.is_object()) {
    const auto& object = value.get_object();
    if (const auto* date = object.if_contains("date")) readDate(field.name, *date, out.initDate());
    if (const auto session = member(object, "beforeSession")) addSession(field, *session, out);
    return;
  }
  const auto text = asText(field.name, value);
  if (!text) return;
  const auto deadline = consulta::readDeadline(*text, defaults_.today);
  if (!deadline) return wrong(field.name, deadline.failures());
  if (deadline->date) {
    auto date = out.initDate();
    date.setEdtf(deadline->date->value.text());
    if (!deadline->date->words.empty()) date.setWords(deadline->date->words);
  }
  if (deadline->beforeSession) {
    addSession(field,
               "session:" + deadline->beforeSession->body + "." +
                   std::to_string(deadline->beforeSession->number),
               out);
  }
}

void FieldReader::addSession(const FieldInfo& field, const std::string& written,
                             schema::Deadline::Builder out) {
  auto target = field;
  target.refs = {"session"};
  target.schema = capnp::Schema::from<schema::Deadline>().getFieldByName("beforeSession");
  addRef(target, written, out, std::nullopt);
}

void FieldReader::readPersonal(const std::string& name, const json::value& value,
                               schema::Sealed::Builder out) {
  const auto text = asText(name, value);
  if (!text) return;
  auto checked = readText(*text);
  if (!checked) return wrong(name, checked.failures());
  proposal_.personal.push_back(PersonalText{name, std::move(checked).value(), out});
}

}  // namespace consulta
