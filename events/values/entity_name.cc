#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <optional>

#include "events/limits.h"
#include "events/values/symbol.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

constexpr auto entity_name_rule = "value.name";

Failure bad(std::string_view text, std::string_view message) {
  return usage(entity_name_rule, msg(message, arg("text", excerpt(text))));
}

bool isMark(char32_t c) {
  return std::u32string_view(U"-./_+").find(c) != std::u32string::npos;
}

bool isLetter(char32_t c) {
  return u_isalpha(static_cast<UChar32>(c)) != 0;
}

std::string composed(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const auto* const nfc = icu::Normalizer2::getNFCInstance(error);
  if (U_FAILURE(error)) return std::string(text);
  const auto source = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  const auto result = nfc->normalize(source, error);
  if (U_FAILURE(error)) return std::string(text);
  std::string out;
  result.toUTF8String(out);
  return out;
}

std::optional<Failure> checkName(std::string_view name) {
  if (name.empty()) {
    return usage(entity_name_rule,
                 msg("there is no name; write one as MOU-SEGIB-2006 or GC.11/Res.1"));
  }
  bool first = true;
  bool onlyDigits = true;
  auto rest = name;
  while (!rest.empty()) {
    const auto point = takeCodePoint(rest);
    if (!point) return bad(name, "the name \"{text}\" is not UTF-8; save it as UTF-8");
    const bool digit = *point >= '0' && *point <= '9';
    if (*point == ' ' || *point == '\t' || *point == '\n' || *point == 0xA0) {
      return bad(name,
                 "the name \"{text}\" has a blank in it; write a dash instead, as "
                 "MOU-SEGIB-2006");
    }
    if (!digit && !isLetter(*point) && !isMark(*point)) {
      std::string character;
      appendUtf8(character, *point);
      return usage(entity_name_rule,
                   msg("the name \"{text}\" holds \"{character}\"; a name is made of letters, "
                       "digits and - . / _ +, as MOU-SEGIB-2006",
                       arg("text", excerpt(name)), arg("character", excerpt(character))));
    }
    if (first && !digit && !isLetter(*point)) {
      return bad(name,
                 "the name \"{text}\" begins with a mark; begin with a letter or a digit, as "
                 "MOU-SEGIB-2006");
    }
    first = false;
    onlyDigits = onlyDigits && digit;
  }
  if (!onlyDigits) return std::nullopt;
  return bad(name,
             "the name \"{text}\" is a bare number, and bare numbers are positions in the "
             "log; add a letter, as MTG-{text}");
}

}  // namespace

Result<EntityName> readEntityName(std::string_view text) {
  const auto source = trimmed(text);
  // Composing may shorten a text and never makes it more than three times as long.
  if (source.size() > limits::symbol_bytes_max * 3) {
    return usage(entity_name_rule,
                 msg("the name beginning \"{text}\" is longer than {max} bytes; shorten it",
                     arg("text", excerpt(source)), arg("max", limits::symbol_bytes_max)));
  }
  EntityName out;
  auto name = source;
  if (const auto colon = source.find(':'); colon != source.npos) {
    out.aggregate = source.substr(0, colon);
    name = source.substr(colon + 1);
    const bool word = !out.aggregate.empty() && std::ranges::all_of(out.aggregate, [](char c) {
      return (c >= 'a' && c <= 'z') || c == '-' || c == '_';
    });
    if (!word || name.find(':') != name.npos) {
      return bad(source,
                 "\"{text}\" is not a name: before the one colon stands the kind of thing, "
                 "in lower case, as mou:MOU-SEGIB-2006");
    }
  }
  if (!isUtf8(name)) return *checkName(name);
  out.name = composed(name);
  if (auto failure = checkName(out.name)) return *failure;
  if (out.name.size() > limits::symbol_bytes_max) {
    return usage(entity_name_rule,
                 msg("the name beginning \"{text}\" is longer than {max} bytes; shorten it",
                     arg("text", excerpt(out.name)), arg("max", limits::symbol_bytes_max)));
  }
  return out;
}

std::string toText(const EntityName& name) {
  return name.aggregate.empty() ? name.name : name.aggregate + ":" + name.name;
}

}  // namespace consulta
