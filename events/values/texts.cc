#include "events/values/texts.h"

#include <fmt/format.h>
#include <unicode/uloc.h>

#include <algorithm>
#include <array>
#include <optional>

#include "events/limits.h"

namespace consulta {

namespace {

constexpr auto textRule = "value.text";
constexpr auto languageRule = "value.language";

// How many bytes a well-formed language tag takes at the front of `text`; 0 when there is none.
std::size_t tagLength(std::string_view text) {
  const auto letters = [&](std::size_t from, bool digitsToo) {
    std::size_t i = from;
    while (i < text.size() && (isAsciiLetter(text[i]) || (digitsToo && isDigit(text[i])))) ++i;
    return i - from;
  };
  const auto primary = letters(0, false);
  if (primary < 2 || primary > 3) return 0;
  auto end = primary;
  while (end < text.size() && text[end] == '-') {
    const auto subtag = letters(end + 1, true);
    if (subtag < 1 || subtag > 8) return 0;
    end += 1 + subtag;
  }
  return end;
}

bool isKnownLanguage(std::string_view tag) {
  const std::string primary(tag.substr(0, tag.find('-')));
  for (const char* const* code = uloc_getISOLanguages(); *code != nullptr; ++code) {
    if (primary == *code) return true;
  }
  return false;
}

// Unix line ends, whatever the text was typed on.
std::string withLineFeeds(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    out += text[i];
  }
  return out;
}

std::optional<Failure> checkCharacters(std::string_view text) {
  auto rest = text;
  while (!rest.empty()) {
    const auto place = text.size() - rest.size();
    const auto point = takeCodePoint(rest);
    if (!point) {
      return usage(textRule, msg("the text is not UTF-8 at byte {place}; save it as UTF-8 and "
                                 "enter it again",
                                 arg("place", place + 1)));
    }
    if (isHidden(*point)) {
      return usage(textRule,
                   msg("the text holds the hidden character {character} at byte {place}, which "
                       "could make it look like another; remove it and enter the text again",
                       arg("character", fmt::format("U+{:04X}", static_cast<unsigned>(*point))),
                       arg("place", place + 1)));
    }
  }
  return std::nullopt;
}

Result<std::string> readChecked(std::string_view text, std::size_t bytesMax) {
  auto kept = withLineFeeds(trimmed(text));
  if (kept.size() > bytesMax) {
    return usage(textRule, msg("the text has {size} bytes and at most {max} are kept; shorten it, "
                               "or attach it as a file",
                               arg("size", kept.size()), arg("max", bytesMax)));
  }
  if (auto failure = checkCharacters(kept)) return *failure;
  return kept;
}

std::optional<Failure> checkTwice(const Texts& texts) {
  for (auto phrase = texts.begin(); phrase != texts.end(); ++phrase) {
    const auto same = std::find_if(texts.begin(), phrase, [&](const Phrase& earlier) {
      return earlier.language == phrase->language;
    });
    if (same != phrase) {
      return usage(languageRule, msg("there are two texts in the language {language}; keep one of "
                                     "them, or put its real language in front, as fr:...",
                                     arg("language", phrase->language)));
    }
  }
  return std::nullopt;
}

}  // namespace

Result<std::string> readLanguage(std::string_view text) {
  const auto tag = trimmed(text);
  if (tag.empty() || tag.size() > 35 || tagLength(tag) != tag.size()) {
    return usage(languageRule, msg("\"{text}\" is not a language tag; write two or three letters, "
                                   "as fr, or with its country, as pt-BR",
                                   arg("text", excerpt(text))));
  }
  return asciiLower(tag);
}

Result<std::string> readText(std::string_view text) {
  return readChecked(text, limits::text_bytes_max);
}

Result<std::string> readLine(std::string_view text) {
  auto line = readChecked(text, limits::symbol_bytes_max);
  if (!line) return line;
  if (line->empty()) {
    return usage(textRule, msg("there is no text; write at least one character"));
  }
  constexpr std::array<std::string_view, 4> breaks = {"\n", "\t", "\xE2\x80\xA8", "\xE2\x80\xA9"};
  for (const auto lineBreak : breaks) {
    if (line->find(lineBreak) != line->npos) {
      return usage(textRule,
                   msg("\"{text}\" has a line end or a tab where one line is meant; write "
                       "it on a single line with spaces",
                       arg("text", excerpt(line->substr(0, line->find(lineBreak))))));
    }
  }
  return line;
}

Result<Phrase> readPhrase(std::string_view text, std::string_view defaultLanguage) {
  auto whole = trimmed(text);
  std::string language(defaultLanguage);
  const auto length = tagLength(whole);
  const bool tagged = length > 0 && length < whole.size() && whole[length] == ':' &&
                      std::ranges::all_of(whole.substr(0, std::min<std::size_t>(length, 2)),
                                          [](char c) { return c >= 'a' && c <= 'z'; });
  if (tagged) {
    const auto tag = asciiLower(whole.substr(0, length));
    const auto after = whole.substr(length + 1);
    const bool blankAfter = after.starts_with(' ') || after.starts_with('\t');
    if (isKnownLanguage(tag)) {
      auto read = readLanguage(tag);
      if (!read) return std::move(read).failures();
      language = *read;
      whole = after;
    } else if (!blankAfter) {
      return usage(languageRule,
                   msg("\"{tag}\" in front of the colon is not a language; write a language code, "
                       "as fr:..., or put {language}: in front when the text really begins so",
                       arg("tag", excerpt(tag)), arg("language", defaultLanguage)));
    }
  }
  auto kept = readText(whole);
  if (!kept) return std::move(kept).failures();
  if (kept->empty()) {
    return usage(textRule, msg("there is no text in the language {language}; write it after the "
                               "colon, as fr:Programme",
                               arg("language", language)));
  }
  return Phrase{std::move(language), *kept};
}

Result<Texts> readTexts(std::span<const std::string> inputs, std::string_view defaultLanguage) {
  Texts texts;
  Failures failures;
  for (const auto& input : inputs) {
    auto phrase = readPhrase(input, defaultLanguage);
    if (phrase) {
      texts.push_back(*std::move(phrase));
    } else {
      const auto& more = phrase.failures();
      failures.insert(failures.end(), more.begin(), more.end());
    }
  }
  if (auto twice = checkTwice(texts)) failures.push_back(*twice);
  if (!failures.empty()) return failures;
  return texts;
}

Status checkTexts(const Texts& texts) {
  for (const auto& phrase : texts) {
    const auto language = readLanguage(phrase.language);
    if (!language) return language.failures();
    const auto text = readText(phrase.text);
    if (!text) return text.failures();
    if (*language != phrase.language || *text != phrase.text || text->empty()) {
      return usage(textRule,
                   msg("the text \"{text}\" is not written as texts are kept: the language in "
                       "lower case, no blanks at the ends, never empty; write it so",
                       arg("text", excerpt(toText(phrase)))));
    }
  }
  if (auto twice = checkTwice(texts)) return *twice;
  return Done{};
}

std::string toText(const Phrase& phrase) {
  return phrase.language + ":" + phrase.text;
}

const Phrase* pickPhrase(const Texts& texts, std::string_view language) {
  const auto wanted = asciiLower(language);
  const std::string_view main = std::string_view(wanted).substr(0, wanted.find('-'));
  for (const std::string_view choice : {std::string_view(wanted), main, std::string_view("en"),
                                        std::string_view("fr"), std::string_view("es")}) {
    const auto found = std::ranges::find(texts, choice, &Phrase::language);
    if (found != texts.end()) return &*found;
  }
  return texts.empty() ? nullptr : &texts.front();
}

std::string_view pick(const Texts& texts, std::string_view language) {
  const Phrase* phrase = pickPhrase(texts, language);
  return phrase == nullptr ? std::string_view() : std::string_view(phrase->text);
}

}  // namespace consulta
