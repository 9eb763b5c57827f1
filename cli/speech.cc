#include "cli/speech.h"

#include <algorithm>
#include <boost/locale/gnu_gettext.hpp>
#include <boost/locale/message.hpp>
#include <climits>
#include <cstdint>
#include <utility>

#include "events/values/utf8.h"

namespace consulta {

namespace {

/// Translations, by the text in English. Null where there is none.
using Translations = boost::locale::message_format<char>;

std::locale catalogueOf(Lang lang, const std::string& catalogues) {
  boost::locale::gnu_gettext::messages_info info;
  info.language = langCode(lang);
  info.encoding = "UTF-8";
  info.domains.emplace_back("consulta");
  info.paths.push_back(catalogues);
  return {std::locale::classic(), boost::locale::gnu_gettext::create_messages_facet<char>(info)};
}

}  // namespace

Speech::Speech(Lang lang, const std::string& catalogues, NameOf nameOf)
    : lang_(lang), catalogue_(std::locale::classic()), nameOf_(std::move(nameOf)) {
  if (lang != Lang::en) catalogue_ = catalogueOf(lang, catalogues);
}

std::string Speech::operator()(const Message& message) const {
  return fill(textOf(message), message.args,
              {[this](const Message& within) { return (*this)(within); }, nameOf_});
}

std::string Speech::textOf(const Message& message) const {
  if (lang_ == Lang::en || message.plural.empty())
    return (*this)(std::string_view(englishOf(message)));
  const auto count = static_cast<int>(std::clamp<std::int64_t>(message.count, 0, INT_MAX));
  const auto* text =
      std::use_facet<Translations>(catalogue_).get(0, nullptr, message.id.c_str(), count);
  if (text != nullptr) return text;
  return message.count == 1 ? message.id : message.plural;
}

std::string Speech::operator()(std::string_view english) const {
  std::string out(english);
  if (lang_ == Lang::en || out.empty()) return out;  // "" is the header of a catalogue
  const auto* text = std::use_facet<Translations>(catalogue_).get(0, nullptr, out.c_str());
  return text == nullptr ? out : text;
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
