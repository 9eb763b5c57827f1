// The languages that the program itself speaks. Texts of the register may be in any language.
#pragma once

#include <cstdint>
#include <string_view>

namespace consulta {

enum class Lang : std::uint8_t { en, fr, es };

/// "en", "fr" or "es".
[[nodiscard]] constexpr std::string_view langCode(Lang lang) {
  switch (lang) {
    case Lang::fr:
      return "fr";
    case Lang::es:
      return "es";
    case Lang::en:
      break;
  }
  return "en";
}

}  // namespace consulta
