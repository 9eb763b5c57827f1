#include "cli/speech.h"

#include <libintl.h>

#include <clocale>
#include <cstdlib>
#include <utility>

#include "events/values/utf8.h"

namespace consulta {

namespace {

constexpr const char* domain = "consulta";

/// gettext translates nothing in the locale "C", and a machine need not have the reader's own
/// locale: any that is UTF-8 will do, because LANGUAGE says which catalogue is read.
void chooseLocale(Lang lang) {
  ::setenv("LANGUAGE", std::string(langCode(lang)).c_str(), 1);
  for (const char* name : {"", "C.UTF-8", "en_US.UTF-8", "fr_FR.UTF-8", "es_ES.UTF-8"}) {
    const char* chosen = std::setlocale(LC_MESSAGES, name);
    if (chosen != nullptr && std::string_view(chosen) != "C" &&
        std::string_view(chosen) != "POSIX") {
      return;
    }
  }
}

}  // namespace

Speech::Speech(Lang lang, const std::string& catalogues, NameOf nameOf)
    : lang_(lang), nameOf_(std::move(nameOf)) {
  if (lang == Lang::en) return;
  chooseLocale(lang);
  ::bindtextdomain(domain, catalogues.c_str());
  ::bind_textdomain_codeset(domain, "UTF-8");
}

std::string Speech::operator()(const Message& message) const {
  return fill(textOf(message), message.args,
              {[this](const Message& within) { return (*this)(within); }, nameOf_});
}

std::string Speech::textOf(const Message& message) const {
  if (lang_ == Lang::en || message.plural.empty())
    return (*this)(std::string_view(englishOf(message)));
  const auto count = static_cast<unsigned long>(message.count);
  return ::dngettext(domain, message.id.c_str(), message.plural.c_str(), count);
}

std::string Speech::operator()(std::string_view english) const {
  std::string text(english);
  if (lang_ == Lang::en || text.empty()) return text;  // gettext answers "" with its header
  return ::dgettext(domain, text.c_str());
}

std::optional<Lang> langOf(std::string_view text) {
  const auto code = asciiLower(text.substr(0, 2));
  const bool ends = text.size() < 3 || !isAsciiLetter(text[2]);
  if (!ends) return std::nullopt;
  for (const auto lang : {Lang::en, Lang::fr, Lang::es}) {
    if (code == langCode(lang)) return lang;
  }
  return std::nullopt;
}

}  // namespace consulta
