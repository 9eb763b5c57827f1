#include "cli/letter_recipient.h"

#include <algorithm>
#include <optional>

#include "events/values/utf8.h"
#include "projections/rows/correspondence.h"
#include "projections/rows/party.h"
#include "projections/rows/person.h"
#include "projections/rows/register.h"

namespace consulta {

namespace {

std::optional<std::string> opened(const Looking& at, const SealedRef& ref) {
  if (!ref.at) return std::nullopt;
  return at.reveal(ref.at, ref.field);
}

/// The one for the programme before the one for everything.
EntityId focalPointOf(const Party& party, EntityId programme) {
  const auto of = [&](EntityId wanted) {
    const auto found = std::ranges::find(party.focalPoints, wanted, &FocalPoint::programme);
    return found == party.focalPoints.end() ? EntityId{} : found->person;
  };
  const auto special = programme ? of(programme) : EntityId{};
  return special ? special : of(EntityId{});
}

void takePerson(const Looking& at, const Person& person, LetterRecipient& out) {
  out.name = opened(at, person.name).value_or("");
  const auto address = opened(at, person.email).value_or("");
  if (isPlainAddress(trimmed(address))) out.address = trimmed(address);
}

void takeMission(const Looking& at, const Party& party, LetterRecipient& out) {
  for (const auto& mission : party.missions) {
    const auto contact = opened(at, mission.contact).value_or("");
    if (!isPlainAddress(trimmed(contact))) continue;
    out.address = trimmed(contact);
    return;
  }
}

std::optional<Lang> firstKnown(const std::vector<std::string>& codes) {
  for (const auto& code : codes) {
    if (const auto lang = langOf(code)) return lang;
  }
  return std::nullopt;
}

/// Of the newest letter that says in which language it is.
std::optional<Lang> languageOfLetters(const Looking& at, EntityId party) {
  std::optional<Lang> out;
  for (const auto id : at.state.linkedTo(party)) {
    const auto row = at.state.row(id);
    const auto* letter = tryAs<Correspondence>(row.get());
    if (letter == nullptr) continue;
    const bool theirs = letter->sender == party ||
                        std::ranges::find(letter->addressees, party) != letter->addressees.end();
    if (const auto lang = langOf(letter->language); theirs && lang) out = lang;
  }
  return out;
}

std::optional<Lang> languageOfRegister(const Looking& at) {
  const auto row = registerRow(at.state);
  return row ? firstKnown(as<RegisterRow>(*row).languages) : std::nullopt;
}

}  // namespace

LetterRecipient recipientOf(const Looking& at, EntityId party, EntityId programme) {
  LetterRecipient out;
  out.party = party;
  const auto row = at.state.row(party);
  const auto& fields = as<Party>(*row);
  auto lang = langOf(fields.language);
  const auto person = focalPointOf(fields, programme);
  if (const auto there = person ? at.state.row(person) : nullptr; there) {
    const auto& focal = as<Person>(*there);
    out.person = person;
    takePerson(at, focal, out);
    if (!lang) lang = firstKnown(focal.languages);
  }
  if (out.address.empty()) takeMission(at, fields, out);
  if (!lang) lang = languageOfLetters(at, party);
  if (!lang) lang = languageOfRegister(at);
  out.language = lang.value_or(Lang::en);
  return out;
}

std::string inLanguage(const RowTexts& texts, Lang lang) {
  for (const auto wanted : {langCode(lang), langCode(Lang::en)}) {
    const auto found = std::ranges::find(texts.phrases, wanted, &RowPhrase::language);
    if (found != texts.phrases.end()) return found->text;
  }
  return texts.phrases.empty() ? std::string() : texts.phrases.front().text;
}

}  // namespace consulta
