#include "cli/field_option.h"

#include <algorithm>
#include <boost/json.hpp>

#include "cli/actors.h"
#include "cli/called.h"
#include "engine/rules/decide.h"
#include "events/entry.h"
#include "events/values/decimal.h"
#include "events/values/human_date.h"
#include "events/values/money.h"
#include "events/values/texts.h"
#include "events/values/utf8.h"

namespace consulta {

namespace json = boost::json;

namespace {

/// An empty proposal for one act, to read values into.
Proposal scratchFor(const EventInfo& act) {
  Proposal out;
  out.act = &act;
  out.message = std::make_unique<capnp::MallocMessageBuilder>();
  out.message->initRoot<schema::Record>();
  return out;
}

Failures faultsOfCodes(const State& state, const FieldInfo& field, const json::value& value) {
  Failures out;
  const auto check = [&](const json::value& one) {
    if (!one.is_string()) return;
    const auto found =
        resolve(state, field.code + "/" + std::string(one.get_string()), {"reference"});
    if (!found) out.insert(out.end(), found.failures().begin(), found.failures().end());
  };
  if (!value.is_array()) {
    check(value);
    return out;
  }
  for (const auto& one : value.get_array()) check(one);
  return out;
}

std::string objectText(const json::object& object) {
  if (const auto* words = object.if_contains("words")) return shownValue(*words);
  std::string out;
  for (const auto& [name, one] : object) {
    out += (out.empty() ? "" : "; ") + std::string(name) + ": " + shownValue(one);
  }
  return out;
}

/// An amount or a rate that was not written in the register's own form: how it is read is said, as
/// with dates. What cannot be read is refused with the entry.
void echoNumber(Session& session, const FieldInfo& field, const std::string& written) {
  std::string read;
  if (field.kind == FieldKind::money) {
    if (const auto money = readMoney(written)) read = toText(*money);
  } else if (field.kind == FieldKind::decimal) {
    if (const auto number = readDecimal(written)) read = toText(*number);
  }
  if (read.empty() || read == written) return;
  session.say(msg("{option} \"{words}\" is read as {read}", arg("option", "--" + field.option),
                  arg("words", forTerminal(written)), arg("read", read)));
}

/// "fr:Réunion" for a text that is one for all languages.
void sayLanguageKept(Session& session, const FieldInfo& field,
                     const std::vector<std::string>& written) {
  const bool plain = field.kind == FieldKind::sealed ||
                     (field.kind == FieldKind::text && !field.symbol && field.code.empty());
  if (!plain) return;
  for (const auto& one : written) {
    const auto phrase = readPhrase(one, "und");
    if (!phrase || phrase->language == "und") continue;
    const auto blank = one.find(':') + 1;
    if (one.substr(blank).starts_with(' ')) continue;  // "no: we cannot"
    session.say(
        msg("{option} has one text, whatever its language, and keeps \"{tag}:\" as part of "
            "it; only where help says LANG:TEXT is a language put in front",
            arg("option", "--" + field.option), arg("tag", phrase->language)));
  }
}

/// A choice that was written in words is echoed by its name.
Result<json::value> choiceValue(Session& session, const FieldInfo& field,
                                const std::vector<std::string>& written) {
  json::array all;
  Failures failures;
  for (const auto& one : written) {
    const auto name = readChoice(session.speech(), field, one);
    if (!name) {
      for (const auto& failure : name.failures()) failures.push_back(failure);
      continue;
    }
    if (foldName(*name) != foldName(one)) {
      session.say(msg("{option} \"{words}\" is read as {read}", arg("option", "--" + field.option),
                      arg("words", forTerminal(one)), arg("read", *name)));
    }
    all.emplace_back(*name);
  }
  if (!failures.empty()) return failures;
  if (!field.list && all.size() == 1) return all.front();
  return json::value(std::move(all));
}

/// Entities and codes by what people call them.
Result<std::vector<std::string>> asEntered(Session& session, const FieldInfo& field,
                                           const std::vector<std::string>& written) {
  if (field.kind == FieldKind::ref) {
    return entitiesWritten(session, field.option, field.refs, written);
  }
  if (!field.code.empty()) return codesWritten(session, field.option, field.code, written);
  return written;
}

}  // namespace

std::string valueForm(const FieldInfo& field) {
  switch (field.kind) {
    case FieldKind::flag:
      return "";
    case FieldKind::integer:
    case FieldKind::decimal:
      return "NUMBER";
    case FieldKind::text:
      if (field.actor) return "WHO";
      return field.symbol ? "SYMBOL" : field.code.empty() ? "TEXT" : "CODE";
    case FieldKind::texts:
      return "LANG:TEXT";
    case FieldKind::date:
      return "DATE";
    case FieldKind::money:
      return "\"AMOUNT CURRENCY\"";
    case FieldKind::zonedTime:
      return "\"TIME ZONE\"";
    case FieldKind::deadline:
      return "DATE|\"before SESSION\"";
    case FieldKind::sealed:
      return "TEXT";
    case FieldKind::choice:
      return "CHOICE";
    case FieldKind::ref:
      return "ID";
  }
  return "VALUE";
}

Parameter optionOf(const FieldInfo& field) {
  Parameter out;
  out.name = field.option;
  out.value = valueForm(field);
  out.help = field.help;
  out.required = field.required;
  out.repeats = field.list || field.kind == FieldKind::texts;
  out.choices = choiceNames(field);
  out.inWords = !out.choices.empty();
  out.refs = field.refs;
  out.code = field.code;
  if (field.kind == FieldKind::texts) out.names = Names::language;
  if (field.actor) out.names = Names::actor;
  return out;
}

Result<json::value> fieldValue(Session& session, const FieldInfo& field,
                               const std::vector<std::string>& written) {
  if (field.kind == FieldKind::flag) return json::value(true);
  if (field.kind == FieldKind::date && !field.list && written.size() == 1) {
    auto date = session.readDate("--" + field.option, written.front());
    if (!date) return std::move(date).failures();
    if (date->words.empty()) return json::value(date->value.text());
    return json::value(json::object{{"edtf", date->value.text()}, {"words", date->words}});
  }
  if (field.actor && written.size() == 1) {
    auto actor = findActor(session, "--" + field.option, written.front());
    if (!actor) return std::move(actor).failures();
    return json::value(toText(*actor));
  }
  if (!field.choices.empty()) return choiceValue(session, field, written);
  sayLanguageKept(session, field, written);
  auto words = asEntered(session, field, written);
  if (!words) return std::move(words).failures();
  if (!field.list && words->size() == 1) {
    echoNumber(session, field, words->front());
    return json::value(words->front());
  }
  json::array all;
  for (const auto& one : *words) all.emplace_back(one);
  return json::value(std::move(all));
}

Failures faultsOf(Session& session, const State& state, const EventInfo& act,
                  const FieldInfo& field, const json::value& value) {
  EntryDefaults defaults;
  defaults.language = std::string(langCode(session.lang()));
  defaults.today = session.today();
  Failures out;
  auto scratch = scratchFor(act);
  auto event = initEventFields(state.catalogue(), act, scratch.record().initEvent());
  writeFields(act, {{field.name, value}}, event, defaults, scratch, out);
  for (const auto& ref : scratch.refs) {
    const auto found = resolve(state, ref.written, ref.kinds);
    if (!found) out.insert(out.end(), found.failures().begin(), found.failures().end());
  }
  if (out.empty() && !field.code.empty()) out = faultsOfCodes(state, field, value);
  return out;
}

std::string reasonOf(const Speech& speech, const Failure& failure) {
  const auto why = std::ranges::find(failure.text.args, "why", &Arg::name);
  if (why == failure.text.args.end()) return speech(failure.text);
  if (const auto* text = std::get_if<std::string>(&why->value)) return *text;
  const auto* within = std::get_if<std::vector<Message>>(&why->value);
  return within == nullptr ? speech(failure.text) : speech(within->front());
}

std::string shownValue(const json::value& value) {
  if (value.is_string()) return std::string(value.get_string());
  if (value.is_bool()) return value.get_bool() ? "yes" : "no";
  if (value.is_object()) return objectText(value.get_object());
  if (!value.is_array()) return json::serialize(value);
  std::string out;
  for (const auto& one : value.get_array()) out += (out.empty() ? "" : "; ") + shownValue(one);
  return out;
}

}  // namespace consulta
