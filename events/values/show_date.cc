#include <fmt/format.h>

#include <array>

#include "events/values/date_words.h"
#include "events/values/edtf_parts.h"
#include "events/values/human_date.h"

namespace consulta {

namespace {

using Grain = DatePoint::Grain;

/// A phrase of the program in its three languages; {} takes the date.
using Phrases = std::array<std::string_view, 3>;

std::string say(const Phrases& phrases, Lang lang, std::string_view date = {}) {
  return fmt::format(fmt::runtime(phrases[static_cast<std::size_t>(lang)]), date);
}

bool beginsWithVowel(std::string_view word) {
  return !word.empty() && std::string_view("aeiou").find(word.front()) != std::string_view::npos;
}

/// Which parts a date leaves to the one that follows it: "6 to 10 June 2006".
enum class Leave { nothing, year, monthAndYear };

class Shower {
 public:
  explicit Shower(Lang lang) : lang_(lang) {}

  [[nodiscard]] std::string alone(const DatePoint& point) const {
    auto date = bare(point, Leave::nothing);
    const bool day = isFullDay(point);
    const Phrases about = {"about {}", day ? "vers le {}" : "vers {}",
                           day ? "hacia el {}" : "hacia {}"};
    const Phrases uncertain = {"{} (uncertain)", "{} (incertain)", "{} (incierto)"};
    switch (point.qualifier) {
      case '~':
        return say(about, lang_, date);
      case '?':
        return say(uncertain, lang_, date);
      case '%':
        return say(uncertain, lang_, say(about, lang_, date));
      default:
        return date;
    }
  }

  [[nodiscard]] std::string range(const DateRange& range) const {
    if (range.single) return within(range.from.point, Leave::nothing);
    if (range.from.kind != DateEnd::Kind::date) return until(range);
    if (range.to.kind != DateEnd::Kind::date) return onwards(range);
    return span(range.from.point, range.to.point);
  }

 private:
  [[nodiscard]] std::string bare(const DatePoint& point, Leave leave) const {
    switch (point.grain) {
      case Grain::century:
      case Grain::decade:
        return years(point);
      case Grain::season:
        return monthOf(seasonName(point.season, lang_), point.year, leave);
      case Grain::month:
      case Grain::day:
        if (point.month == 0) return partOfYear(point);
        return dayOf(point, leave);
      case Grain::second:
        return moment(point);
      case Grain::year:
        break;
    }
    return leave == Leave::nothing ? fmt::format("{}", point.year) : std::string();
  }

  [[nodiscard]] std::string years(const DatePoint& point) const {
    const Phrases between = {"between {0} and {1}", "entre {0} et {1}", "entre {0} y {1}"};
    const int last = point.year + (point.grain == Grain::decade ? 9 : 99);
    return fmt::format(fmt::runtime(between[static_cast<std::size_t>(lang_)]), point.year, last);
  }

  [[nodiscard]] std::string partOfYear(const DatePoint& point) const {
    const Phrases month = {"a month of {}", "un mois de {}", "un mes de {}"};
    const Phrases day = {"a day of {}", "un jour de {}", "un día de {}"};
    return say(point.grain == Grain::month ? month : day, lang_, fmt::format("{}", point.year));
  }

  [[nodiscard]] std::string monthOf(std::string_view name, int year, Leave leave) const {
    if (leave != Leave::nothing) return std::string(name);
    return fmt::format("{}{} {}", name, lang_ == Lang::es ? " de" : "", year);
  }

  [[nodiscard]] std::string dayOf(const DatePoint& point, Leave leave) const {
    const auto name = monthName(point.month, lang_);
    if (point.grain == Grain::month) return monthOf(name, point.year, leave);
    const auto month = monthOf(name, point.year, leave);
    if (point.day == 0) {
      const Phrases some = {
          "a day of {}", beginsWithVowel(month) ? "un jour d'{}" : "un jour de {}", "un día de {}"};
      return say(some, lang_, month);
    }
    auto day = lang_ == Lang::fr && point.day == 1 ? "1er" : fmt::format("{}", point.day);
    if (leave == Leave::monthAndYear) return day;
    return fmt::format("{}{} {}", day, lang_ == Lang::es ? " de" : "", month);
  }

  [[nodiscard]] std::string moment(const DatePoint& point) const {
    DatePoint day = point;
    day.grain = Grain::day;
    const int offset = point.offsetMinutes < 0 ? -point.offsetMinutes : point.offsetMinutes;
    auto text = fmt::format("{}, {:02}:{:02}", dayOf(day, Leave::nothing), point.secondOfDay / 3600,
                            point.secondOfDay / 60 % 60);
    if (point.secondOfDay % 60 != 0) text += fmt::format(":{:02}", point.secondOfDay % 60);
    text += " UTC";
    if (offset != 0) {
      text += fmt::format("{}{:02}:{:02}", point.offsetMinutes < 0 ? '-' : '+', offset / 60,
                          offset % 60);
    }
    return text;
  }

  // A doubt inside a longer phrase stands behind its date.
  [[nodiscard]] std::string within(const DatePoint& point, Leave leave) const {
    const Phrases about = {"{} (approximate)", "{} (environ)", "{} (aproximado)"};
    const Phrases uncertain = {"{} (uncertain)", "{} (incertain)", "{} (incierto)"};
    auto date = bare(point, leave);
    if (point.qualifier == '~' || point.qualifier == '%') date = say(about, lang_, date);
    if (point.qualifier == '?' || point.qualifier == '%') date = say(uncertain, lang_, date);
    return date;
  }

  static bool isFullDay(const DatePoint& point) {
    return point.grain == Grain::day && point.day != 0;
  }

  static Leave shared(const DatePoint& from, const DatePoint& to) {
    const bool plain = from.qualifier == 0 && from.grain == to.grain && from.year == to.year;
    if (!plain || from.grain < Grain::season) return Leave::nothing;
    if (from.grain != Grain::season && (from.month == 0 || to.month == 0)) return Leave::nothing;
    if (from.grain != Grain::day) return Leave::year;
    if (!isFullDay(from) || !isFullDay(to)) return Leave::nothing;
    return from.month == to.month ? Leave::monthAndYear : Leave::year;
  }

  [[nodiscard]] std::string span(const DatePoint& from, const DatePoint& to) const {
    const auto first = within(from, shared(from, to));
    const auto last = within(to, Leave::nothing);
    if (lang_ == Lang::en) return fmt::format("{} to {}", first, last);
    if (lang_ == Lang::es) {
      return fmt::format("{} {} {} {}", isFullDay(from) ? "del" : "de", first,
                         isFullDay(to) ? "al" : "a", last);
    }
    const auto opening = isFullDay(from) ? "du " : beginsWithVowel(first) ? "d'" : "de ";
    return fmt::format("{}{} {} {}", opening, first, isFullDay(to) ? "au" : "à", last);
  }

  [[nodiscard]] std::string onwards(const DateRange& range) const {
    const auto date = within(range.from.point, Leave::nothing);
    const bool day = isFullDay(range.from.point);
    const Phrases phrases = {"from {} on",
                             day                     ? "à partir du {}"
                             : beginsWithVowel(date) ? "à partir d'{}"
                                                     : "à partir de {}",
                             day ? "a partir del {}" : "a partir de {}"};
    const Phrases unknown = {"{}, end unknown", "{}, fin inconnue", "{}, fin desconocido"};
    const auto text = say(phrases, lang_, date);
    return range.to.kind == DateEnd::Kind::unknown ? say(unknown, lang_, text) : text;
  }

  [[nodiscard]] std::string until(const DateRange& range) const {
    const bool day = isFullDay(range.to.point);
    const Phrases phrases = {"until {}", day ? "jusqu'au {}" : "jusqu'en {}",
                             day ? "hasta el {}" : "hasta {}"};
    const Phrases unknown = {"{}, beginning unknown", "{}, début inconnu",
                             "{}, comienzo desconocido"};
    const auto text = say(phrases, lang_, within(range.to.point, Leave::nothing));
    return range.from.kind == DateEnd::Kind::unknown ? say(unknown, lang_, text) : text;
  }

  Lang lang_;
};

std::string showSet(std::string_view text, bool oneOf, Lang lang) {
  const Phrases either = {" or ", " ou ", " o "};
  const Phrases both = {" and ", " et ", " y "};
  std::string out;
  auto rest = text.substr(1, text.size() - 2);
  for (bool more = true; more;) {
    const auto comma = rest.find(',');
    const auto member = readMember(rest.substr(0, comma));
    more = comma != rest.npos;
    if (more) rest.remove_prefix(comma + 1);
    if (!out.empty()) out += !more ? say(oneOf ? either : both, lang) : ", ";
    if (member) out += Shower(lang).range(*member);
  }
  return out;
}

}  // namespace

std::string showDate(const Edtf& date, Lang lang) {
  switch (date.kind()) {
    case Edtf::Kind::unknown:
      return say({"unknown", "inconnue", "desconocida"}, lang);
    case Edtf::Kind::span: {
      const auto span = readSpan(date.text());
      if (span) return Shower(lang).range(*span);
      break;
    }
    case Edtf::Kind::oneOf:
    case Edtf::Kind::allOf:
      return showSet(date.text(), date.kind() == Edtf::Kind::oneOf, lang);
    case Edtf::Kind::instant:
    case Edtf::Kind::date: {
      const auto point = readDatePoint(date.text());
      if (point) return Shower(lang).alone(*point);
      break;
    }
  }
  return date.text();
}

}  // namespace consulta
