#include "events/values/human_date.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "events/values/date_tokens.h"
#include "events/values/texts.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

using Role = DateWord::Role;
constexpr auto human_date_rule = "value.date";

Failure bad(std::string_view text, std::string_view message) {
  return usage(human_date_rule, msg(message, arg("text", excerpt(text))));
}

/// What one end of a date in words says.
struct Said {
  std::optional<int> year;
  std::optional<int> month;
  std::optional<int> day;
  std::optional<int> season;
  std::optional<int> weekday;
  bool about = false;
  bool perhaps = false;
  bool decade = false;
};

bool setOnce(std::optional<int>& place, int value) {
  if (place) return false;
  place = value;
  return true;
}

bool hear(Said& said, const DateToken& token) {
  if (token.isNumber) {
    said.decade = said.decade || token.decade;
    return setOnce(token.digits == 4 ? said.year : said.day, token.value);
  }
  switch (token.word.role) {
    case Role::month:
      return setOnce(said.month, token.word.value);
    case Role::season:
      return setOnce(said.season, token.word.value);
    case Role::weekday:
      return setOnce(said.weekday, token.word.value);
    case Role::first:
      return setOnce(said.day, 1);
    case Role::about:
      said.about = true;
      return true;
    case Role::perhaps:
      said.perhaps = true;
      return true;
    case Role::filler:
      return true;
    default:
      return false;
  }
}

class Reader {
 public:
  Reader(std::string_view source, Day today) : source_(source), today_(today) {}

  Result<Edtf> read() {
    auto lexed = readDateTokens(source_);
    if (!lexed) return std::move(lexed).failures();
    auto tokens = *std::move(lexed);
    if (auto failure = refuseVague(tokens)) return *failure;
    if (auto simple = readSimple(tokens)) return *simple;
    return readEnds(tokens);
  }

 private:
  std::optional<Failure> refuseVague(const std::vector<DateToken>& tokens) const {
    for (const auto& token : tokens) {
      switch (token.isNumber ? Role::filler : token.word.role) {
        case Role::before:
          return bad(source_,
                     "\"{text}\" gives only an end; write a span with an open beginning, "
                     "as ../2006-06, or the date itself");
        case Role::after:
          return bad(source_,
                     "\"{text}\" gives only a beginning; write a span with an open end, "
                     "as 2006-06/.., or the date itself");
        case Role::between:
          return bad(source_,
                     "\"{text}\" has two meanings; write 2006-06/2006-07 for what lasted "
                     "from the one to the other, [2006-06..2006-07] for one time within");
        case Role::vague:
          return bad(source_,
                     "\"{text}\" does not say from when to when; write the span you mean, "
                     "as 2006-06-01/2006-06-10, or the month or year alone");
        default:
          break;
      }
    }
    return std::nullopt;
  }

  // "unknown" and "yesterday", with fillers around at most.
  std::optional<Edtf> readSimple(const std::vector<DateToken>& tokens) const {
    std::optional<DateWord> only;
    for (const auto& token : tokens) {
      if (token.isNumber || (token.word.role != Role::filler && only)) return std::nullopt;
      if (token.word.role != Role::filler) only = token.word;
    }
    if (only && only->role == Role::unknown) return Edtf();
    if (!only || only->role != Role::relative || !isDay(today_)) return std::nullopt;
    const auto day = dayFromNumber(dayNumber(today_) + only->value);
    return isDay(day) ? std::optional(Edtf::day(day)) : std::nullopt;
  }

  Result<Edtf> readEnds(std::vector<DateToken>& tokens) const {
    const bool opened = !tokens.empty() && isRole(tokens.front(), Role::opener);
    if (opened) tokens.erase(tokens.begin());
    // "de junio del 2006": within a date the word joins month and year.
    std::erase_if(tokens, [](const DateToken& t) { return !t.isNumber && t.word.word == "del"; });
    const auto joint = std::ranges::find_if(tokens, isJoint);
    if (joint == tokens.end()) {
      if (opened) {
        return bad(source_,
                   "\"{text}\" says when it begins and not when it ends; write the end "
                   "too, or 2006-06/.. when it is open, or the date alone");
      }
      Said said;
      if (!hearAll(said, tokens.begin(), tokens.end())) return notADateInWords(source_);
      auto text = compose(said);
      if (!text) return std::move(text).failures();
      return readEdtf(*text);
    }
    // "jusqu'au" and "hasta el" are one joint.
    auto after = joint + 1;
    if (after != tokens.end() && joint->word.word == "jusqu" && isJoint(*after)) ++after;
    Said from;
    Said to;
    if (!hearAll(from, tokens.begin(), joint) || !hearAll(to, after, tokens.end())) {
      return notADateInWords(source_);
    }
    return join(from, to, joint->word.role);
  }

  static bool isRole(const DateToken& token, Role role) {
    return !token.isNumber && token.word.role == role;
  }
  static bool isJoint(const DateToken& token) {
    return isRole(token, Role::through) || isRole(token, Role::both) || isRole(token, Role::either);
  }

  using Place = std::vector<DateToken>::const_iterator;
  static bool hearAll(Said& said, Place from, Place to) {
    return std::all_of(from, to, [&](const DateToken& token) { return hear(said, token); });
  }

  // What is said once counts for both: "6-10 June 2006", "June 6-10, 2006".
  Result<Edtf> join(Said from, Said to, Role role) const {
    if (!to.year) {
      return bad(source_,
                 "\"{text}\" does not say in which year it ends; write the year at the "
                 "end, as June-July 2006");
    }
    if (!to.month && !to.season && to.day && from.month && from.day) to.month = from.month;
    const bool shared = !from.month && from.day && !from.year && to.month;
    if (shared && !to.day) return notADateInWords(source_);
    if (shared) from.month = to.month;
    if (!from.year) from.year = to.year;
    if (from.year == to.year && !from.month && !from.season && (to.month || to.season)) {
      return notADateInWords(source_);
    }
    from.about = to.about = from.about || to.about;
    from.perhaps = to.perhaps = from.perhaps || to.perhaps;
    auto first = compose(from);
    auto last = compose(to);
    if (!first) return std::move(first).failures();
    if (!last) return std::move(last).failures();
    if (role == Role::both) return readEdtf("{" + *first + "," + *last + "}");
    if (role == Role::either) return readEdtf("[" + *first + "," + *last + "]");
    return readEdtf(*first + "/" + *last);
  }

  Result<std::string> compose(const Said& said) const {
    if (!said.year) {
      return bad(source_,
                 "\"{text}\" does not say the year, or not with four digits; write it "
                 "out, as 6 April 2006");
    }
    if (said.season && (said.month || said.day)) return notADateInWords(source_);
    if (said.day && !said.month) return notADateInWords(source_);
    auto text = fmt::format("{:04}", *said.year);
    if (said.decade) {
      if (said.month || said.season || *said.year % 10 != 0 || *said.year % 100 == 0) {
        return bad(source_,
                   "\"{text}\" is not a decade; write 1990s or 199X, and a century as "
                   "19XX");
      }
      text.back() = 'X';
    }
    if (said.season) text += fmt::format("-{:02}", *said.season);
    if (said.month) text += fmt::format("-{:02}", *said.month);
    if (said.day) text += fmt::format("-{:02}", *said.day);
    if (auto failure = checkWeekday(said, text)) return *failure;
    if (said.about || said.perhaps)
      text += said.about && said.perhaps ? '%' : said.about ? '~' : '?';
    return text;
  }

  std::optional<Failure> checkWeekday(const Said& said, const std::string& text) const {
    if (!said.weekday) return std::nullopt;
    if (!said.day) return notADateInWords(source_);
    const Day day{*said.year, *said.month, *said.day};
    if (!isDay(day) || weekday(day) == *said.weekday) return std::nullopt;
    return usage(human_date_rule,
                 msg("\"{text}\" names the wrong day of the week: {date} is a {weekday}; "
                     "check the date",
                     arg("text", excerpt(source_)), arg("date", text),
                     arg("weekday", weekdayName(weekday(day), Lang::en))));
  }

  std::string_view source_;
  Day today_;
};

/// Three numbers between strokes, dots or dashes.
struct Numeric {
  std::array<int, 3> numbers{};
  std::array<std::size_t, 3> digits{};
  char sign = 0;
};

std::optional<Numeric> readNumeric(std::string_view text) {
  Numeric out;
  for (std::size_t i = 0; i < 3; ++i) {
    while (!text.empty() && isDigit(text.front()) && out.digits[i] < 4) {
      out.numbers[i] = out.numbers[i] * 10 + (text.front() - '0');
      ++out.digits[i];
      text.remove_prefix(1);
    }
    if (out.digits[i] == 0) return std::nullopt;
    if (i == 2) break;
    if (text.empty() || std::string_view("/.-").find(text.front()) == std::string_view::npos) {
      return std::nullopt;
    }
    if (i == 1 && text.front() != out.sign) return std::nullopt;
    out.sign = text.front();
    text.remove_prefix(1);
  }
  return text.empty() ? std::optional(out) : std::nullopt;
}

std::string dayText(int year, int month, int day) {
  return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

/// Whether it is two short numbers and a year, the order of the former being the question.
bool endsInYear(const Numeric& date) {
  return date.digits[0] <= 2 && date.digits[1] <= 2 && date.digits[2] == 4;
}

Result<Edtf> readNumericDate(std::string_view source, const Numeric& date, DayMonth order) {
  const auto [a, b, c] = date.numbers;
  if (date.digits[0] == 4 && date.digits[1] <= 2 && date.digits[2] <= 2) {
    return readEdtf(dayText(a, b, c));
  }
  if (!endsInYear(date)) {
    return bad(source,
               "\"{text}\" does not give the year with four digits; write the day as "
               "2006-04-06");
  }
  if (date.sign == '.' || a > 12 || a == b) return readEdtf(dayText(c, b, a));
  if (b > 12) return readEdtf(dayText(c, a, b));
  if (order == DayMonth::dayFirst) return readEdtf(dayText(c, b, a));
  if (order == DayMonth::monthFirst) return readEdtf(dayText(c, a, b));
  return usage(human_date_rule,
               msg("\"{text}\" can be read in two ways: write {dayFirst} or {monthFirst}",
                   arg("text", excerpt(source)), arg("dayFirst", dayText(c, b, a)),
                   arg("monthFirst", dayText(c, a, b))));
}

// "04/2006", which only a month of a year can be.
std::optional<std::string> monthOfYear(std::string_view text) {
  const auto sign = text.find_first_of("/.-");
  if (sign == text.npos || sign == 0 || sign > 2) return std::nullopt;
  const auto month = text.substr(0, sign);
  const auto year = text.substr(sign + 1);
  const auto isNumber = [](std::string_view part) { return std::ranges::all_of(part, isDigit); };
  if (year.size() != 4 || !isNumber(month) || !isNumber(year)) return std::nullopt;
  return fmt::format("{}-{:0>2}", year, month);
}

/// Days of a spreadsheet are counted from the end of 1899.
constexpr std::int64_t sheet_zero = -25'569;

/// The day that a spreadsheet means by a bare number of five digits.
std::optional<Day> dayOfSheet(std::string_view text) {
  if (text.size() != 5 || !std::ranges::all_of(text, isDigit)) return std::nullopt;
  std::int64_t number = 0;
  for (const char c : text) number = number * 10 + (c - '0');
  return dayFromNumber(sheet_zero + number);
}

bool looksLikeEdtf(std::string_view text) {
  return text.find_first_not_of("0123456789-/XxTtZz:+?~%.,[]{} ") == text.npos;
}

}  // namespace

DayMonth dayMonthOf(std::string_view text) {
  const auto date = readNumeric(trimmed(text));
  if (!date || date->sign == '.' || !endsInYear(*date)) return DayMonth::unknown;
  const auto [a, b, year] = date->numbers;
  if (a > 12 && b <= 12) return DayMonth::dayFirst;
  return b > 12 && a <= 12 ? DayMonth::monthFirst : DayMonth::unknown;
}

Result<HumanDate> readHumanDate(std::string_view text, Day today, DayMonth order) {
  const auto source = trimmed(text);
  auto edtf = readEdtf(source);
  if (edtf) return HumanDate{*std::move(edtf), {}};
  if (source.empty()) return std::move(edtf).failures();
  auto line = readLine(source);
  if (!line) return std::move(line).failures();
  if (const auto month = monthOfYear(*line)) {
    auto value = readEdtf(*month);
    if (!value) return std::move(value).failures();
    return HumanDate{*std::move(value), *std::move(line)};
  }
  if (const auto day = dayOfSheet(*line)) {
    return usage(human_date_rule,
                 msg("{text} is the number by which Excel counts a day, perhaps {day}; give "
                     "the column the format of a date in Excel and save the table again",
                     arg("text", *line), arg("day", dayText(day->year, day->month, day->day))));
  }
  const auto numeric = readNumeric(*line);
  auto value = numeric ? readNumericDate(*line, *numeric, order) : Reader(*line, today).read();
  if (!value) return !numeric && looksLikeEdtf(*line) ? edtf.failures() : value.failures();
  return HumanDate{*std::move(value), *std::move(line)};
}

}  // namespace consulta
