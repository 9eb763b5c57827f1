#include "cli/right_values.h"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "cli/field_option.h"
#include "events/entry.h"
#include "events/values/texts.h"

namespace consulta {

namespace json = boost::json;

namespace {

/// What the entry says today in a field of texts, earlier corrigenda included.
Texts textsOfToday(const State& state, const Mistake& mistake, const FieldInfo& field) {
  Texts out;
  for (const auto& step : state.timeline(mistake.record->entity()).steps()) {
    if (step.position() != mistake.record->position()) continue;
    const auto event = step.fold().event;
    const auto value = eventFields(state.catalogue(), *mistake.act, event).get(field.schema);
    for (auto phrase : value.as<capnp::DynamicStruct>().as<schema::Texts>().getPhrases()) {
      out.push_back({phrase.getLanguage().cStr(), phrase.getText().cStr()});
    }
  }
  return out;
}

/// "fr:" names a language and no text.
std::optional<std::string> languageAlone(std::string_view written) {
  const auto text = trimmed(written);
  if (!text.ends_with(':')) return std::nullopt;
  const auto language = readLanguage(text.substr(0, text.size() - 1));
  if (!language) return std::nullopt;
  return *language;
}

std::string languagesOf(const Texts& texts) {
  return texts.empty() ? "none" : joined(texts, &Phrase::language);
}

Result<Texts> putRight(Texts texts, const FieldInfo& field, const std::vector<std::string>& written,
                       Lang lang) {
  std::vector<std::string> given;
  for (const auto& one : written) {
    const auto language = languageAlone(one);
    if (!language) {
      given.push_back(one);
      continue;
    }
    if (std::erase_if(texts, [&](const Phrase& old) { return old.language == *language; }) == 0) {
      return usage("corrigendum.language",
                   msg("--{field} has no text in {language} that could be removed; it has: {all}",
                       arg("field", field.option), arg("language", *language),
                       arg("all", languagesOf(texts))));
    }
  }
  auto right = readTexts(given, langCode(lang));
  if (!right) return right;
  for (auto& one : *right) {
    const auto old = std::ranges::find(texts, one.language, &Phrase::language);
    if (old == texts.end()) {
      texts.push_back(std::move(one));
    } else {
      old->text = std::move(one.text);
    }
  }
  return texts;
}

}  // namespace

std::optional<Position> positionIn(const std::string& text) {
  std::uint64_t number = 0;
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (text.empty() || read.ec != std::errc{} || read.ptr != end || number == 0) return std::nullopt;
  return Position(number);
}

Result<Mistake> mistakeAt(const Register& reg, Position position) {
  if (position > reg.last()) {
    return refused("corrigendum.target",
                   msg("there is no entry at position {position}; the last one is {last}",
                       arg("position", position.value), arg("last", reg.last().value)));
  }
  Mistake out;
  auto read = reg.log(position, position, [&](const RecordPtr& record) {
    out.record = record;
    return true;
  });
  if (!read) return std::move(read).failures();
  const auto event = out.record->get().getEvent();
  out.act = actOf(reg.catalogue(), event);
  if (event.isCorrigendum()) return mistakeAt(reg, Position(event.getCorrigendum().getCorrects()));
  if (out.act == nullptr) {
    return refused("corrigendum.target", msg("this program does not know the entry at position "
                                             "{position}; a newer one can correct it",
                                             arg("position", position.value)));
  }
  return out;
}

Result<json::value> rightValue(Session& session, const Register& reg, const Mistake& mistake,
                               const FieldInfo& field, const std::vector<std::string>& written) {
  if (field.kind != FieldKind::flag && written.size() == 1 && trimmed(written.front()).empty()) {
    return json::value(nullptr);
  }
  if (field.kind == FieldKind::flag) return json::value(written.back() != "no");
  if (field.kind != FieldKind::texts || field.list) return fieldValue(session, field, written);
  Texts old;
  reg.read([&](const State& state) { old = textsOfToday(state, mistake, field); });
  auto texts = putRight(std::move(old), field, written, session.lang());
  if (!texts) return std::move(texts).failures();
  if (texts->empty()) return json::value(nullptr);
  json::object out;
  for (const auto& one : *texts) out[one.language] = one.text;
  return json::value(std::move(out));
}

}  // namespace consulta
