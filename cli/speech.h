// What the program says, in the language of whoever reads it.
//
// The English text is the id of a message; translations are gettext catalogues of the domain
// "consulta". A server speaks with many at once, so they are read by Boost.Locale: gettext's own
// functions know one language a process, by its environment. Safe from any thread.
#pragma once

#include <functional>
#include <locale>
#include <optional>
#include <string>
#include <string_view>

#include "events/message.h"
#include "events/values/lang.h"

namespace consulta {

class Speech {
 public:
  /// By what name people know somebody whose random id a message holds.
  using NameOf = std::function<std::string(const ActorArg&)>;

  /// `catalogues` is the directory that holds fr/LC_MESSAGES/consulta.mo and the like; where it
  /// holds none, English is spoken.
  Speech(Lang lang, const std::string& catalogues, NameOf nameOf = &ActorArg::id);

  [[nodiscard]] Lang lang() const { return lang_; }
  /// The message in the language, its places filled.
  [[nodiscard]] std::string operator()(const Message& message) const;
  /// A text without places: a heading, the help of a field. Empty stays empty.
  [[nodiscard]] std::string operator()(std::string_view english) const;

 private:
  /// In the language, with its places open.
  [[nodiscard]] std::string textOf(const Message& message) const;

  Lang lang_;
  std::locale catalogue_;  // with the translations, when there are any
  NameOf nameOf_;
};

/// "fr", "fr_FR.UTF-8" or "es:en" as the environment or an option gives it; nothing for a language
/// that the program does not speak.
[[nodiscard]] std::optional<Lang> langOf(std::string_view text);

}  // namespace consulta
