#include "events/values/duration.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "events/values/utf8.h"

namespace consulta {

namespace {

constexpr auto duration_rule = "value.duration";
constexpr std::uint64_t days_max = 36'525;  // a hundred years
constexpr std::uint64_t months_max = 1'200;

Failure unreadable(std::string_view text) {
  return usage(duration_rule,
               msg("\"{text}\" is no length of time; write days as P10D, weeks as P2W, months "
                   "as P1M, hours as PT72H, working days as P10BD",
                   arg("text", excerpt(text))));
}

/// Units in the order in which they may follow each other, as bits of what was read.
struct Unit {
  std::string_view name;
  bool ofHours;
  std::uint64_t worth;  // in the member it counts towards
  std::uint64_t max;
};
constexpr Unit units[] = {{"Y", false, 12, 100},
                          {"M", false, 1, months_max},
                          {"W", false, 7, 5'200},
                          {"BD", false, 1, 10'000},
                          {"D", false, 1, days_max},
                          {"H", true, 3'600, days_max * 24},
                          {"M", true, 60, days_max * 1'440},
                          {"S", true, 1, days_max * 86'400}};

std::optional<std::uint64_t> takeNumber(std::string_view& text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end == text.data()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

void add(Duration& out, std::size_t unit, std::uint64_t number) {
  const auto amount = number * units[unit].worth;
  if (units[unit].ofHours) {
    out.seconds += amount;
  } else if (units[unit].name == "BD") {
    out.workingDays += static_cast<std::uint32_t>(amount);
  } else if (unit < 2) {
    out.months += static_cast<std::uint32_t>(amount);
  } else {
    out.days += static_cast<std::uint32_t>(amount);
  }
}

/// Takes "10D" off the front when it is of a unit from `from` on; which unit it was.
std::optional<std::size_t> takeUnit(std::string_view& text, std::size_t from, bool ofHours,
                                    Duration& out) {
  const auto number = takeNumber(text);
  if (!number) return std::nullopt;
  for (auto i = from; i < std::size(units); ++i) {
    if (units[i].ofHours != ofHours || !text.starts_with(units[i].name)) continue;
    if (*number > units[i].max) return std::nullopt;
    text.remove_prefix(units[i].name.size());
    add(out, i, *number);
    return i;
  }
  return std::nullopt;
}

Failure outOfDays() {
  return refused("value.duration.range", msg("that reaches beyond the years {first} to {last}; "
                                             "state a shorter length of time",
                                             arg("first", yearMin), arg("last", yearMax)));
}

std::optional<Day> monthsOn(const Day& day, std::int64_t months) {
  const auto count = std::int64_t{day.year} * 12 + day.month - 1 + months;
  Day out{static_cast<int>(count / 12), static_cast<int>(count % 12 + 1), day.day};
  if (out.year < yearMin || out.year > yearMax) return std::nullopt;
  out.day = std::min(out.day, daysInMonth(out.year, out.month));
  return out;
}

Result<Day> moved(const Duration& duration, const Day& day, const WorkingDays& working,
                  int direction) {
  const auto moving = monthsOn(day, direction * std::int64_t{duration.months});
  if (!moving) return outOfDays();
  const auto whole = static_cast<std::int64_t>(duration.seconds / 86'400);
  const auto out =
      dayFromNumber(dayNumber(*moving) + direction * (std::int64_t{duration.days} + whole));
  if (!isDay(out)) return outOfDays();
  const auto worked = direction > 0 ? workingDayAfter(working, out, duration.workingDays)
                                    : workingDayBefore(working, out, duration.workingDays);
  if (!worked) return outOfDays();
  return *worked;
}

}  // namespace

std::uint64_t Duration::secondsAtLeast() const {
  return seconds + 86'400 * (std::uint64_t{days} + workingDays + std::uint64_t{months} * 28);
}

Result<Duration> readDuration(std::string_view text) {
  const auto source = trimmed(text);
  const auto upper = asciiUpper(source);
  std::string_view rest = upper;
  if (!rest.starts_with('P')) return unreadable(source);
  rest.remove_prefix(1);
  Duration out;
  bool ofHours = false;
  std::size_t next = 0;
  while (!rest.empty()) {
    if (rest.front() == 'T') {
      rest.remove_prefix(1);
      if (ofHours || rest.empty()) return unreadable(source);
      ofHours = true;
    }
    const auto unit = takeUnit(rest, next, ofHours, out);
    if (!unit) return unreadable(source);
    next = *unit + 1;
  }
  if (out == Duration{}) return unreadable(source);
  if (out.workingDays != 0 && (out.months != 0 || out.days != 0 || out.seconds != 0)) {
    return usage(duration_rule,
                 msg("\"{text}\" mixes working days with other days; write them alone, as "
                     "P10BD",
                     arg("text", excerpt(source))));
  }
  // Months are short in seconds: more than so many could be written and not be read back.
  if (out.months > months_max || out.secondsAtLeast() > days_max * 86'400) {
    return usage(duration_rule,
                 msg("\"{text}\" is longer than a hundred years", arg("text", excerpt(source))));
  }
  return out;
}

std::string toText(const Duration& duration) {
  std::string out = "P";
  if (duration.workingDays != 0) return out + fmt::format("{}BD", duration.workingDays);
  if (duration.months != 0 && duration.months % 12 == 0) {
    out += fmt::format("{}Y", duration.months / 12);
  } else if (duration.months != 0) {
    out += fmt::format("{}M", duration.months);
  }
  if (duration.days != 0) out += fmt::format("{}D", duration.days);
  if (duration.seconds == 0) return out;
  out += 'T';
  if (const auto hours = duration.seconds / 3'600) out += fmt::format("{}H", hours);
  if (const auto minutes = duration.seconds / 60 % 60) out += fmt::format("{}M", minutes);
  if (const auto seconds = duration.seconds % 60) out += fmt::format("{}S", seconds);
  return out;
}

Result<Day> dayAfter(const Duration& duration, const Day& day, const WorkingDays& working) {
  return moved(duration, day, working, 1);
}

Result<Day> dayBefore(const Duration& duration, const Day& day, const WorkingDays& working) {
  return moved(duration, day, working, -1);
}

}  // namespace consulta
