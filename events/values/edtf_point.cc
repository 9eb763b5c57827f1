#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>

#include "events/values/edtf_parts.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

constexpr auto edtf_point_rule = "value.date";

Failure bad(std::string_view text, std::string_view message) {
  return usage(edtf_point_rule, msg(message, arg("text", excerpt(text))));
}

Failure notADate(std::string_view text) {
  return bad(text,
             "\"{text}\" is not a date; write a day as 2006-04-06, a month as 2006-04, a year as "
             "2006, a span as 2006-06/2006-07, or \"unknown\"");
}

bool allDigits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return isDigit(c); });
}

// Only for a few digits.
int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

std::optional<Failure> checkYear(std::string_view text, int year) {
  if (year >= yearMin && year <= yearMax) return std::nullopt;
  return usage(edtf_point_rule,
               msg("the year {year} in \"{text}\" is outside {first} to {last}, the years "
                   "whose moments the register can keep to the nanosecond; check the year",
                   arg("year", year), arg("text", excerpt(text)), arg("first", yearMin),
                   arg("last", yearMax)));
}

// The four places of the year: 2006, 200X or 20XX.
std::optional<Failure> readYear(std::string_view text, std::string_view year, DatePoint& point) {
  if (year.size() == 4 && allDigits(year)) {
    point.grain = DatePoint::Grain::year;
    point.year = number(year);
  } else if (year.size() == 4 && allDigits(year.substr(0, 3)) && year[3] == 'X') {
    point.grain = DatePoint::Grain::decade;
    point.year = number(year.substr(0, 3)) * 10;
  } else if (year.size() == 4 && allDigits(year.substr(0, 2)) && year.substr(2) == "XX") {
    point.grain = DatePoint::Grain::century;
    point.year = number(year.substr(0, 2)) * 100;
  } else if (year.starts_with('Y') || year.empty()) {
    return bad(text,
               "\"{text}\" names a year before 1700 or after 2199, and the register keeps none "
               "such; write the year with four digits, as 2006");
  } else if (year.size() == 4 && year.find_first_not_of("0123456789X") == year.npos) {
    return bad(text,
               "in \"{text}\" an X may stand for the last one or two digits of the year only: "
               "write 200X, 20XX, or XXXX when the whole date is unknown");
  } else if (allDigits(year)) {
    return bad(text, "\"{text}\" begins with no year of four digits; write a day as 2006-04-06");
  } else {
    return notADate(text);
  }
  return checkYear(text, point.year);
}

std::optional<Failure> readMonth(std::string_view text, std::string_view month, DatePoint& point) {
  if (point.grain != DatePoint::Grain::year) {
    return bad(text,
               "\"{text}\" gives a month of a year that is not fully known; write the year "
               "alone, as 200X");
  }
  point.grain = DatePoint::Grain::month;
  if (month == "XX") return std::nullopt;
  if (month.size() == 2 && allDigits(month)) {
    const int value = number(month);
    if (value >= 1 && value <= 12) {
      point.month = value;
      return std::nullopt;
    }
    if (value >= 21 && value <= 24) {
      point.grain = DatePoint::Grain::season;
      point.season = value;
      return std::nullopt;
    }
    return usage(edtf_point_rule,
                 msg("\"{text}\": there is no month {month}; write 01 to 12, or 21 to 24 for "
                     "spring, summer, autumn, winter",
                     arg("text", excerpt(text)), arg("month", month)));
  }
  if (month.size() == 1 && allDigits(month)) {
    return bad(text, "the month in \"{text}\" needs two digits; write 2006-04, not 2006-4");
  }
  if (month.find('X') != month.npos) {
    return bad(text,
               "in \"{text}\" the month is half known; write XX for a month that is not "
               "known, as 2004-XX, or the months it may be, as [2004-10,2004-11]");
  }
  return notADate(text);
}

std::optional<Failure> readDay(std::string_view text, std::string_view day, DatePoint& point) {
  if (point.grain == DatePoint::Grain::season) {
    return bad(text,
               "\"{text}\" gives a day of a season; write the month as 01 to 12, or leave "
               "the day out");
  }
  point.grain = DatePoint::Grain::day;
  if (day == "XX") return std::nullopt;
  if (day.size() == 1 && allDigits(day)) {
    return bad(text, "the day in \"{text}\" needs two digits; write 2006-04-06, not 2006-4-6");
  }
  if (day.size() == 2 && day.find('X') != day.npos) {
    return bad(text,
               "in \"{text}\" the day is half known; write XX for a day that is not known, "
               "as 2004-06-XX, or a span, as 2004-06-10/2004-06-19");
  }
  if (day.size() != 2 || !allDigits(day)) return notADate(text);
  if (point.month == 0) {
    return bad(text,
               "\"{text}\" gives the day of a month that is not known; write XX for the day "
               "too, as 2004-XX-XX, or name the month");
  }
  point.day = number(day);
  const int last = daysInMonth(point.year, point.month);
  if (point.day < 1 || point.day > last) {
    return usage(
        edtf_point_rule,
        msg("\"{text}\" does not exist: {month} has {last} days; check the day",
            arg("text", excerpt(text)),
            arg("month", fmt::format("{:04}-{:02}", point.year, point.month)), arg("last", last)));
  }
  return std::nullopt;
}

std::optional<Failure> readCalendar(std::string_view text, std::string_view date,
                                    DatePoint& point) {
  const auto dash = date.find('-');
  if (auto failure = readYear(text, date.substr(0, dash), point)) return failure;
  if (dash == date.npos) return std::nullopt;
  date.remove_prefix(dash + 1);
  const auto second = date.find('-');
  if (auto failure = readMonth(text, date.substr(0, second), point)) return failure;
  if (second == date.npos) return std::nullopt;
  return readDay(text, date.substr(second + 1), point);
}

// "Z", "+02:00", "+0200" or "+02", in minutes east of Greenwich.
std::optional<int> readOffset(std::string_view text) {
  if (text == "Z") return 0;
  if (text.size() < 3 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const auto hours = text.substr(1, 2);
  auto minutes = text.substr(3);
  if (minutes.starts_with(':') && minutes.size() == 3) minutes.remove_prefix(1);
  if (minutes.empty()) minutes = "00";
  if (minutes.size() != 2 || !allDigits(hours) || !allDigits(minutes)) return std::nullopt;
  const int total = number(hours) * 60 + number(minutes);
  if (number(minutes) > 59 || total > 14 * 60) return std::nullopt;
  return text[0] == '-' ? -total : total;
}

// "10:00" or "10:00:00" in seconds.
std::optional<int> readClock(std::string_view text) {
  if (text.size() != 5 && text.size() != 8) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < text.size(); i += 3) {
    if (!allDigits(text.substr(i, 2)) || (i > 0 && text[i - 1] != ':')) return std::nullopt;
    const int part = number(text.substr(i, 2));
    if (part > (i == 0 ? 23 : 59)) return std::nullopt;
    value = value * 60 + part;
  }
  return text.size() == 5 ? value * 60 : value;
}

Result<DatePoint> readInstant(std::string_view text, std::size_t letterT) {
  DatePoint point;
  const auto day = plainDay(text.substr(0, letterT));
  if (!day) {
    if (auto failure = readCalendar(text, text.substr(0, letterT), point)) return *failure;
    return bad(text,
               "\"{text}\" gives an hour of a day that is not known; write the whole day, as "
               "2006-04-06T10:00:00+02:00, or leave the hour out");
  }
  const auto rest = text.substr(letterT + 1);
  const auto sign = rest.find_first_of("Z+-");
  if (sign == rest.npos) {
    return bad(text,
               "\"{text}\" does not say which hour that is in the world; add the offset from "
               "UTC, as 2006-04-06T10:00:00+02:00, or Z for UTC itself");
  }
  const auto second = readClock(rest.substr(0, sign));
  if (!second) {
    return bad(text,
               "the hour in \"{text}\" cannot be read; write hours 00 to 23, minutes and "
               "whole seconds 00 to 59, as 2006-04-06T10:00:00+02:00");
  }
  const auto offset = readOffset(rest.substr(sign));
  if (!offset) {
    return bad(text,
               "the offset from UTC in \"{text}\" cannot be read; write Z, or from -14:00 "
               "to +14:00, as 2006-04-06T10:00:00+02:00");
  }
  point.grain = DatePoint::Grain::second;
  point.year = day->year;
  point.month = day->month;
  point.day = day->day;
  point.secondOfDay = *second;
  point.offsetMinutes = *offset;
  return point;
}

}  // namespace

// Each entry has its dates looked at many times, so this goes through them once and makes nothing.
std::optional<Day> plainDay(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto* at = text.data();
  bool isPlain = true;
  const auto two = [&](std::size_t place) {
    const int tens = at[place] - '0';
    const int ones = at[place + 1] - '0';
    isPlain = isPlain && tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9;
    return 10 * tens + ones;
  };
  const Day day{100 * two(0) + two(2), two(5), two(8)};
  return isPlain && isDay(day) ? std::optional(day) : std::nullopt;
}

Result<DatePoint> readDatePoint(std::string_view text) {
  if (text.find_first_not_of("0123456789-XYTZ:+?~%") != text.npos) return notADate(text);
  auto date = text;
  char qualifier = 0;
  if (date.ends_with('?') || date.ends_with('~') || date.ends_with('%')) {
    qualifier = date.back();
    date.remove_suffix(1);
  }
  if (date.find_first_of("?~%") != date.npos) {
    return bad(text,
               "in \"{text}\" a mark stands within the date; write one mark at its end: ? for "
               "uncertain, ~ for approximate, % for both, as 2006-04~");
  }
  if (const auto letterT = date.find('T'); letterT != date.npos) {
    if (qualifier != 0) {
      return bad(text,
                 "\"{text}\" marks a moment as uncertain; leave the hour out and mark the day, "
                 "as 2006-04-06~");
    }
    return readInstant(date, letterT);
  }
  DatePoint point;
  if (auto failure = readCalendar(text, date, point)) return *failure;
  point.qualifier = qualifier;
  return point;
}

void appendText(std::string& out, const DatePoint& point) {
  using Grain = DatePoint::Grain;
  const auto put = std::back_inserter(out);
  if (point.grain == Grain::century) {
    fmt::format_to(put, "{:02}XX", point.year / 100);
  } else if (point.grain == Grain::decade) {
    fmt::format_to(put, "{:03}X", point.year / 10);
  } else {
    fmt::format_to(put, "{:04}", point.year);
  }
  const auto two = [&](int value) {
    if (value == 0) {
      out += "-XX";
    } else {
      fmt::format_to(put, "-{:02}", value);
    }
  };
  if (point.grain == Grain::season) two(point.season);
  if (point.grain >= Grain::month) two(point.month);
  if (point.grain >= Grain::day) two(point.day);
  if (point.grain == Grain::second) {
    fmt::format_to(put, "T{:02}:{:02}:{:02}", point.secondOfDay / 3600, point.secondOfDay / 60 % 60,
                   point.secondOfDay % 60);
    const int offset = std::abs(point.offsetMinutes);
    if (offset == 0) {
      out += 'Z';
    } else {
      fmt::format_to(put, "{}{:02}:{:02}", point.offsetMinutes < 0 ? '-' : '+', offset / 60,
                     offset % 60);
    }
  }
  if (point.qualifier != 0) out += point.qualifier;
}

DateBounds dayBounds(const Day& day) {
  const auto start = dayStartNs(day);
  return {start, start + nsPerDay - 1};
}

DateBounds boundsOf(const DatePoint& point) {
  using Grain = DatePoint::Grain;
  if (point.grain == Grain::second) {
    const auto start = dayStartNs({point.year, point.month, point.day});
    const std::int64_t seconds = point.secondOfDay - point.offsetMinutes * 60;
    return {start + seconds * nsPerSecond, start + seconds * nsPerSecond};
  }
  Day first{point.year, 1, 1};
  Day last{point.year, 12, 31};
  if (point.grain == Grain::century) last.year += 99;
  if (point.grain == Grain::decade) last.year += 9;
  if (point.grain == Grain::season && point.season % 2 == 1) first.month = 3;
  if (point.grain == Grain::season && point.season % 2 == 0 && point.year < yearMax) {
    last = {point.year + 1, 3, 31};
  }
  if (point.month != 0) {
    first.month = last.month = point.month;
    first.day = point.day == 0 ? 1 : point.day;
    last.day = point.day == 0 ? daysInMonth(point.year, point.month) : point.day;
  }
  return {dayStartNs(first), dayBounds(last).latestNs};
}

}  // namespace consulta
