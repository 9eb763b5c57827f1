// Until when something is due: a date, or before a session whose own date may become known later.
// Plain values, safe from any thread; today and now come in as values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "events/result.h"
#include "events/values/edtf.h"
#include "events/values/human_date.h"

namespace consulta {

/// A session as it is named; who reads a deadline finds the entity.
struct SessionName {
  std::string body;  // "IDB"
  std::uint32_t number = 0;

  bool operator==(const SessionName&) const = default;
};

/// At least one of the two. With both, the date is what was stated beside the session.
struct Deadline {
  std::optional<HumanDate> date;
  std::optional<SessionName> beforeSession;

  bool operator==(const Deadline&) const = default;
};

/// Reads a date as readHumanDate() does, or "before IDB.31", "before session 31 of IDB", "avant la
/// 31e session de l'IDB", "antes del 31º período de sesiones de la IDB", or both, the date first:
/// "2006-06, before IDB.31".
[[nodiscard]] Result<Deadline> readDeadline(std::string_view text, Day today);
/// "2006-10-31", "before IDB.31" or "2006-06, before IDB.31", which readDeadline() reads back. The
/// words of a source are not part of it.
[[nodiscard]] std::string toText(const Deadline& deadline);

/// Whether a deadline has passed. An imprecise one has possibly passed once the earliest day it can
/// mean is over, and surely once the latest is.
enum class Overdue : std::uint8_t { no, possibly, yes };

/// `due` are the bounds of the deadline, `nowNs` is UTC. What is due on a day may be done until the
/// end of that day in UTC; what is due at an instant, until and including that instant.
[[nodiscard]] Overdue overdue(const DateBounds& due, std::int64_t nowNs);

}  // namespace consulta
