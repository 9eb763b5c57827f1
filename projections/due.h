// When something is due as far as the register knows: deadlines that hang on a session follow what
// is known of its dates. Pure.
#pragma once

#include <cstdint>
#include <optional>

#include "events/values/calendar.h"
#include "events/values/deadline.h"
#include "events/values/edtf.h"
#include "projections/row_values.h"
#include "projections/state.h"

namespace consulta {

/// The days a deadline can mean. Before a session that has begun: its first day; before one whose
/// dates are not known: any time at all. With a date and a session, the date, which was stated
/// beside it. Nothing was stated: the end of time, so that nothing is overdue.
[[nodiscard]] DateBounds dueBounds(const State& state, const RowDeadline& deadline);

/// The days that "before the session" can mean; any time at all where nothing is known of it
/// (null).
[[nodiscard]] DateBounds boundsBefore(const Row* session);

/// Whether it has passed: no, possibly, yes.
[[nodiscard]] Overdue overdueAt(const State& state, const RowDeadline& deadline,
                                std::int64_t nowNs);
[[nodiscard]] Overdue overdueAt(const RowDate& date, std::int64_t nowNs);

/// How many days are left until the end of a day that may be imprecise; negative: past by so many.
struct DaysLeft {
  std::int64_t atLeast = 0;
  std::int64_t atMost = 0;
};
/// Nothing for a date that was not stated or is unknown.
[[nodiscard]] std::optional<DaysLeft> daysLeft(const RowDate& date, Day today);

/// When the session is held, as far as that is known; an empty date when it is not.
[[nodiscard]] RowDate sessionDates(const State& state, EntityId session);

}  // namespace consulta
