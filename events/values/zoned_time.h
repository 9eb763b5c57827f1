// Wall-clock moments of a place, resolved to UTC by the rules of its time zone.
//
// Resolving uses the zone rules that ICU carries, so its answer can change with an update of them;
// what was decided is kept with the edition it was decided by. Plain values, safe from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "events/result.h"
#include "events/values/calendar.h"

namespace consulta {

struct ZonedTime {
  std::string local;       // "2006-07-14T18:00", with seconds only when there are some
  std::string zone;        // "Europe/Vienna"
  std::int64_t utcNs = 0;  // nanoseconds since 1970-01-01T00:00Z
  std::string tzdata;      // the edition of the zone rules: "2024a"

  bool operator==(const ZonedTime&) const = default;
};

/// Reads "2006-07-14T18:00 Europe/Vienna", a blank or T before the hour. An hour that the clocks
/// skipped is refused; one that came twice is refused with both offsets, and accepted with one of
/// them: "2006-10-29T02:30+02:00 Europe/Vienna". An unknown zone gets the nearest real one.
[[nodiscard]] Result<ZonedTime> readZonedTime(std::string_view text);

/// The day that a moment falls on by the clocks of that zone, which must exist.
[[nodiscard]] Result<Day> dayInZone(std::string_view zone, std::int64_t utcNs);
/// When a day begins there: at midnight, or at the first moment that the clocks did not skip.
[[nodiscard]] Result<std::int64_t> dayStartInZone(std::string_view zone, Day day);

/// "2006-07-14T18:00+02:00 Europe/Vienna": with the offset it was resolved to, so that
/// readZonedTime() reads it back to the same moment. A record whose local time cannot be read is
/// shown without an offset.
[[nodiscard]] std::string toText(const ZonedTime& time);

}  // namespace consulta
