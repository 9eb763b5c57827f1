// Texts that people read: one text in one or several languages, and single lines.
//
// Every stored text is UTF-8 without hidden characters (isHidden() in utf8.h) and without blanks
// at its ends. Plain values; every function here is safe from any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/result.h"
#include "events/values/lang.h"
#include "events/values/utf8.h"

namespace consulta {

/// A text in one language, a BCP 47 tag in lower case: "fr", "pt-br".
struct Phrase {
  std::string language;
  std::string text;

  bool operator==(const Phrase&) const = default;
};

/// The same text in several languages, each at most once, in the order they were given.
using Texts = std::vector<Phrase>;

/// A tag of 2 or 3 letters with optional subtags, in lower case.
[[nodiscard]] Result<std::string> readLanguage(std::string_view text);

/// Text of up to limits::text_bytes_max, which may have several lines. CR LF becomes LF.
[[nodiscard]] Result<std::string> readText(std::string_view text);
/// Text of one line, up to limits::symbol_bytes_max; it is never empty.
[[nodiscard]] Result<std::string> readLine(std::string_view text);

/// "fr:Programme régional", or a text without a language, which is then in `defaultLanguage` (a
/// canonical tag). A text that merely begins like a language is written with its own in front:
/// "en:no: we cannot".
[[nodiscard]] Result<Phrase> readPhrase(std::string_view text, std::string_view defaultLanguage);
/// Several of them. All that is wrong is reported, also a language that comes twice.
[[nodiscard]] Result<Texts> readTexts(std::span<const std::string> inputs,
                                      std::string_view defaultLanguage);
/// Whether stored texts are what readTexts() would have made of them.
[[nodiscard]] Status checkTexts(const Texts& texts);

/// "fr:Programme régional", which readPhrase() reads back.
[[nodiscard]] std::string toText(const Phrase& phrase);

/// The text in that language, or its main language ("pt" for "pt-br"), or in English, French,
/// Spanish, or the first; nullptr when there is none. It lives as long as `texts`.
[[nodiscard]] const Phrase* pickPhrase(const Texts& texts, std::string_view language);
/// The text of pickPhrase(), or nothing at all. The view lives as long as `texts`.
[[nodiscard]] std::string_view pick(const Texts& texts, std::string_view language);
[[nodiscard]] inline std::string_view pick(const Texts& texts, Lang lang) {
  return pick(texts, langCode(lang));
}

}  // namespace consulta
