#include "events/values/zoned_time.h"

#include <fmt/format.h>
#include <unicode/strenum.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>
#include <vector>

#include "events/limits.h"
#include "events/values/distance.h"
#include "events/values/edtf_parts.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

constexpr auto zoned_time_rule = "value.time";
constexpr std::int64_t minuteSeconds = 60;

Failure bad(std::string_view text, std::string_view message) {
  return usage(zoned_time_rule, msg(message, arg("text", excerpt(text))));
}

void mustSucceed(UErrorCode error) {
  if (U_FAILURE(error)) throw std::runtime_error("the time zone rules of ICU cannot be read");
}

icu::UnicodeString wide(std::string_view text) {
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

// ICU also knows names of its own, which are no names of the tz database.
bool isZoneName(std::string_view name) {
  return name == "UTC" || name == "GMT" ||
         (name.find('/') != name.npos && !name.starts_with("SystemV/"));
}

bool exists(std::string_view name) {
  if (!isZoneName(name)) return false;
  UErrorCode error = U_ZERO_ERROR;
  icu::UnicodeString canonical;
  UBool isSystem = false;
  icu::TimeZone::getCanonicalID(wide(name), canonical, isSystem, error);
  return U_SUCCESS(error) && isSystem != 0;
}

std::vector<std::string> zoneNames() {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::StringEnumeration> all(
      icu::TimeZone::createTimeZoneIDEnumeration(UCAL_ZONE_TYPE_ANY, nullptr, nullptr, error));
  mustSucceed(error);
  std::vector<std::string> names;
  for (const char* name = all->next(nullptr, error); U_SUCCESS(error) && name != nullptr;
       name = all->next(nullptr, error)) {
    if (isZoneName(name)) names.emplace_back(name);
  }
  mustSucceed(error);
  return names;
}

// By the whole name, else by the city alone: "Viena", "buenos aires".
std::optional<std::string> nearestZone(std::string_view written) {
  const auto names = zoneNames();
  std::string word(written);
  std::ranges::replace(word, ' ', '_');
  std::vector<std::string> cities;
  cities.reserve(names.size());
  for (const auto& name : names) cities.push_back(name.substr(name.rfind('/') + 1));
  if (word.find('/') == word.npos) {
    const auto city = nearest(word, cities);
    if (!city) return std::nullopt;
    return names[static_cast<std::size_t>(std::ranges::find(cities, *city) - cities.begin())];
  }
  return nearest(word, names);
}

Failure unknownZone(std::string_view zone) {
  if (zone.size() <= limits::symbol_bytes_max) {
    if (const auto near = nearestZone(zone)) {
      return usage(zoned_time_rule,
                   msg("\"{zone}\" is not a time zone; did you mean {near}? Write the region "
                       "and the city, as Europe/Vienna, or UTC",
                       arg("zone", excerpt(zone)), arg("near", *near)));
    }
  }
  return usage(zoned_time_rule,
               msg("\"{zone}\" is not a time zone; write the region and the city, as "
                   "Europe/Vienna, or UTC",
                   arg("zone", excerpt(zone))));
}

std::string offsetText(std::int64_t seconds) {
  const auto minutes = (seconds < 0 ? -seconds : seconds) / minuteSeconds;
  return fmt::format("{}{:02}:{:02}", seconds < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

/// What stands on the clock of the wall, as seconds since 1970 as if it were UTC.
struct Written {
  std::int64_t localSeconds = 0;
  std::optional<std::int64_t> offsetSeconds;
  std::string zone;
};

std::string localText(std::int64_t localSeconds) {
  const auto day = dayAt(localSeconds * nsPerSecond);
  const auto second = localSeconds - dayNumber(day) * 86'400;
  auto text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}", day.year, day.month, day.day,
                          second / 3600, second / 60 % 60);
  if (second % 60 != 0) text += fmt::format(":{:02}", second % 60);
  return text;
}

// The local part alone, "2006-07-14T18:00", perhaps with an offset.
Result<Written> readLocal(std::string_view text) {
  Written written;
  auto stamp = asciiUpper(text);
  if (stamp.size() < 16 || (stamp[10] != 'T' && stamp[10] != ' ')) {
    return bad(text, "\"{text}\" is not a day and an hour; write them as 2006-07-14T18:00");
  }
  stamp[10] = 'T';
  const bool hasOffset = stamp.find_first_of("Z+-", 11) != stamp.npos;
  const auto point = readDatePoint(hasOffset ? stamp : stamp + "Z");
  if (!point) return point.failures();
  if (point->grain != DatePoint::Grain::second) {
    return bad(text, "\"{text}\" is not a day and an hour; write them as 2006-07-14T18:00");
  }
  const Day day{point->year, point->month, point->day};
  written.localSeconds = dayNumber(day) * 86'400 + point->secondOfDay;
  if (hasOffset) written.offsetSeconds = point->offsetMinutes * minuteSeconds;
  return written;
}

Result<Written> readWritten(std::string_view source) {
  // The hour ends where the zone begins: at the blank after the colon of the hour.
  const auto colon = source.find(':');
  const auto blank = colon == source.npos ? source.npos : source.find(' ', colon);
  if (blank == source.npos) {
    return bad(source,
               "\"{text}\" does not say the hour of a place; write the day, the hour and the "
               "time zone, as 2006-07-14T18:00 Europe/Vienna");
  }
  auto written = readLocal(source.substr(0, blank));
  if (!written) return written;
  written->zone = trimmed(source.substr(blank));
  return written;
}

std::int64_t offsetAt(const icu::TimeZone& zone, std::int64_t utcSeconds) {
  UErrorCode error = U_ZERO_ERROR;
  std::int32_t raw_ms = 0;
  std::int32_t summer_ms = 0;
  zone.getOffset(static_cast<UDate>(utcSeconds) * 1000.0, static_cast<UBool>(false), raw_ms,
                 summer_ms, error);
  mustSucceed(error);
  return (raw_ms + summer_ms) / 1000;
}

// The offsets under which the clocks of the zone showed this time: none in a gap, two when it came
// twice. Offsets in force within a day of it are all that can apply.
std::set<std::int64_t, std::greater<>> offsetsFor(const icu::TimeZone& zone,
                                                  std::int64_t localSeconds) {
  std::set<std::int64_t, std::greater<>> offsets;
  for (const std::int64_t hours : {-24, -12, 0, 12, 24}) {
    const auto offset = offsetAt(zone, localSeconds + hours * 3600);
    if (offsetAt(zone, localSeconds - offset) == offset) offsets.insert(offset);
  }
  return offsets;
}

Result<std::int64_t> chooseOffset(const Written& written,
                                  const std::set<std::int64_t, std::greater<>>& offsets) {
  const auto local = localText(written.localSeconds);
  if (offsets.empty()) {
    return usage(zoned_time_rule,
                 msg("{local} never was in {zone}: the clocks were put forward over it; write "
                     "an hour before or after",
                     arg("local", local), arg("zone", written.zone)));
  }
  const auto earlier = offsetText(*offsets.begin());
  if (written.offsetSeconds) {
    // Some old offsets have seconds, which nobody writes: the minutes decide.
    const auto found = std::ranges::find_if(offsets, [&](std::int64_t offset) {
      return offsetText(offset) == offsetText(*written.offsetSeconds);
    });
    if (found != offsets.end()) return *found;
    return usage(zoned_time_rule,
                 msg("{local} in {zone} is not at {offset} from UTC but at {right}; correct "
                     "the offset or leave it out",
                     arg("local", local), arg("zone", written.zone),
                     arg("offset", offsetText(*written.offsetSeconds)), arg("right", earlier)));
  }
  if (offsets.size() == 1) return *offsets.begin();
  return usage(zoned_time_rule,
               msg("{local} came twice in {zone}, because the clocks were put back; write "
                   "{local}{earlier} {zone} for the first time or {local}{later} {zone} for "
                   "the second",
                   arg("local", local), arg("zone", written.zone), arg("earlier", earlier),
                   arg("later", offsetText(*offsets.rbegin()))));
}

}  // namespace

Result<ZonedTime> readZonedTime(std::string_view text) {
  const auto source = trimmed(text);
  if (source.size() > 2 * limits::symbol_bytes_max || !isUtf8(source)) {
    return bad(source, "\"{text}\" is not a time; write it as 2006-07-14T18:00 Europe/Vienna");
  }
  const auto written = readWritten(source);
  if (!written) return written.failures();
  if (!exists(written->zone)) return unknownZone(written->zone);
  const std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(wide(written->zone)));
  const auto offset = chooseOffset(*written, offsetsFor(*zone, written->localSeconds));
  if (!offset) return offset.failures();
  UErrorCode error = U_ZERO_ERROR;
  const char* const tzdata = icu::TimeZone::getTZDataVersion(error);
  mustSucceed(error);
  return ZonedTime{localText(written->localSeconds), written->zone,
                   (written->localSeconds - *offset) * nsPerSecond, tzdata};
}

Result<Day> dayInZone(std::string_view zone, std::int64_t utcNs) {
  if (!exists(zone)) return unknownZone(zone);
  const std::unique_ptr<icu::TimeZone> rules(icu::TimeZone::createTimeZone(wide(zone)));
  return dayAt(utcNs + offsetAt(*rules, utcNs / nsPerSecond) * nsPerSecond);
}

Result<std::int64_t> dayStartInZone(std::string_view zone, Day day) {
  if (!exists(zone)) return unknownZone(zone);
  const std::unique_ptr<icu::TimeZone> rules(icu::TimeZone::createTimeZone(wide(zone)));
  const auto midnight = dayStartNs(day) / nsPerSecond;
  std::int32_t raw = 0;
  std::int32_t saved = 0;
  UErrorCode error = U_ZERO_ERROR;
  rules->getOffset(static_cast<double>(midnight) * 1'000, true, raw, saved, error);
  return (midnight - (raw + saved) / 1'000) * nsPerSecond;
}

std::string toText(const ZonedTime& time) {
  const auto local = readLocal(time.local);
  if (!local) return fmt::format("{} {}", excerpt(time.local), excerpt(time.zone));
  const auto offset = local->localSeconds - time.utcNs / nsPerSecond;
  return fmt::format("{}{} {}", time.local, offsetText(offset), time.zone);
}

}  // namespace consulta
