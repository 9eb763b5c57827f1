#include "events/values/date_words.h"

#include <algorithm>
#include <array>
#include <span>

#include "events/values/utf8.h"

namespace consulta {

namespace {

using Role = DateWord::Role;
using Names = std::array<std::string_view, 12>;

constexpr std::array<Names, 3> monthNames = {{
    {"January", "February", "March", "April", "May", "June", "July", "August", "September",
     "October", "November", "December"},
    {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
     "octobre", "novembre", "décembre"},
    {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
     "octubre", "noviembre", "diciembre"},
}};

constexpr std::array<std::array<std::string_view, 4>, 3> seasonNames = {{
    {"spring", "summer", "autumn", "winter"},
    {"printemps", "été", "automne", "hiver"},
    {"primavera", "verano", "otoño", "invierno"},
}};

constexpr std::array<std::array<std::string_view, 7>, 3> weekdayNames = {{
    {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
    {"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"},
    {"lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"},
}};

constexpr DateWord otherWords[] = {
    {"jan", Role::month, 1},
    {"janv", Role::month, 1},
    {"ene", Role::month, 1},
    {"feb", Role::month, 2},
    {"fev", Role::month, 2},
    {"fevr", Role::month, 2},
    {"mar", Role::month, 3},
    {"apr", Role::month, 4},
    {"avr", Role::month, 4},
    {"abr", Role::month, 4},
    {"jun", Role::month, 6},
    {"jul", Role::month, 7},
    {"juil", Role::month, 7},
    {"aug", Role::month, 8},
    {"ago", Role::month, 8},
    {"sep", Role::month, 9},
    {"sept", Role::month, 9},
    {"setiembre", Role::month, 9},
    {"oct", Role::month, 10},
    {"nov", Role::month, 11},
    {"dec", Role::month, 12},
    {"dic", Role::month, 12},
    {"fall", Role::season, 23},

    {"today", Role::relative, 0},
    {"aujourd", Role::relative, 0},
    {"hoy", Role::relative, 0},
    {"yesterday", Role::relative, -1},
    {"hier", Role::relative, -1},
    {"ayer", Role::relative, -1},
    {"tomorrow", Role::relative, 1},
    {"demain", Role::relative, 1},
    {"manana", Role::relative, 1},

    {"premier", Role::first},
    {"primero", Role::first},

    {"about", Role::about},
    {"around", Role::about},
    {"circa", Role::about},
    {"ca", Role::about},
    {"c", Role::about},
    {"approximately", Role::about},
    {"approx", Role::about},
    {"vers", Role::about},
    {"environ", Role::about},
    {"hacia", Role::about},
    {"alrededor", Role::about},
    {"aproximadamente", Role::about},
    {"perhaps", Role::perhaps},
    {"probably", Role::perhaps},
    {"possibly", Role::perhaps},
    {"probablement", Role::perhaps},
    {"probablemente", Role::perhaps},
    {"quizas", Role::perhaps},

    {"unknown", Role::unknown},
    {"undated", Role::unknown},
    {"inconnue", Role::unknown},
    {"inconnu", Role::unknown},
    {"desconocida", Role::unknown},
    {"desconocido", Role::unknown},

    {"from", Role::opener},
    {"du", Role::opener},
    {"del", Role::opener},
    {"desde", Role::opener},
    {"depuis", Role::opener},
    {"since", Role::opener},
    {"to", Role::through},
    {"until", Role::through},
    {"till", Role::through},
    {"through", Role::through},
    {"au", Role::through},
    {"a", Role::through},
    {"al", Role::through},
    {"jusqu", Role::through},
    {"hasta", Role::through},
    {"and", Role::both},
    {"et", Role::both},
    {"y", Role::both},
    {"or", Role::either},
    {"ou", Role::either},
    {"o", Role::either},

    {"before", Role::before},
    {"avant", Role::before},
    {"antes", Role::before},
    {"by", Role::before},
    {"after", Role::after},
    {"apres", Role::after},
    {"despues", Role::after},
    {"between", Role::between},
    {"entre", Role::between},
    {"early", Role::vague},
    {"late", Role::vague},
    {"mid", Role::vague},
    {"beginning", Role::vague},
    {"end", Role::vague},
    {"middle", Role::vague},
    {"debut", Role::vague},
    {"fin", Role::vague},
    {"mi", Role::vague},
    {"milieu", Role::vague},
    {"courant", Role::vague},
    {"principios", Role::vague},
    {"comienzos", Role::vague},
    {"mediados", Role::vague},
    {"fines", Role::vague},
    {"finales", Role::vague},
    {"inicios", Role::vague},

    {"of", Role::filler},
    {"the", Role::filler},
    {"on", Role::filler},
    {"in", Role::filler},
    {"de", Role::filler},
    {"d", Role::filler},
    {"le", Role::filler},
    {"la", Role::filler},
    {"l", Role::filler},
    {"en", Role::filler},
    {"el", Role::filler},
    {"hui", Role::filler},
    {"date", Role::filler},
    {"fecha", Role::filler},
    {"mois", Role::filler},
    {"mes", Role::filler},
};

// The full names, folded, with what they stand for.
template <std::size_t count>
std::optional<DateWord> findName(std::string_view folded,
                                 const std::array<std::array<std::string_view, count>, 3>& names,
                                 Role role, int firstValue) {
  for (const auto& language : names) {
    for (std::size_t i = 0; i < count; ++i) {
      if (foldLatin(language[i]) == folded) {
        return DateWord{language[i], role, firstValue + static_cast<int>(i)};
      }
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<DateWord> findDateWord(std::string_view folded) {
  const auto found = std::ranges::find(otherWords, folded, &DateWord::word);
  if (found != std::end(otherWords)) return *found;
  if (const auto month = findName(folded, monthNames, Role::month, 1)) return month;
  if (const auto season = findName(folded, seasonNames, Role::season, 21)) return season;
  return findName(folded, weekdayNames, Role::weekday, 1);
}

std::vector<std::string> dateWordNames() {
  std::vector<std::string> names;
  for (const auto& language : monthNames)
    names.insert(names.end(), language.begin(), language.end());
  for (const auto& language : seasonNames) {
    names.insert(names.end(), language.begin(), language.end());
  }
  names.insert(names.end(), {"today", "yesterday", "hier", "ayer", "hoy", "unknown", "inconnue",
                             "desconocida", "about", "hacia", "until", "hasta"});
  return names;
}

std::string_view monthName(int month, Lang lang) {
  return monthNames.at(static_cast<std::size_t>(lang)).at(static_cast<std::size_t>(month - 1));
}

std::string_view seasonName(int season, Lang lang) {
  return seasonNames.at(static_cast<std::size_t>(lang)).at(static_cast<std::size_t>(season - 21));
}

std::string_view weekdayName(int day, Lang lang) {
  return weekdayNames.at(static_cast<std::size_t>(lang)).at(static_cast<std::size_t>(day - 1));
}

}  // namespace consulta
