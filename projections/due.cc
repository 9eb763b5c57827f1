#include "projections/due.h"

#include "events/values/calendar.h"
#include "projections/rows/session.h"

namespace consulta {

namespace {

constexpr DateBounds never{Timeline::the_end, Timeline::the_end};

DateBounds boundsOf(const RowDate& date) {
  if (date.edtf.empty()) return never;
  const auto bounds = dateBounds(date.edtf);
  return bounds ? *bounds : wholeTime();
}

/// The days on which a session can begin.
DateBounds beginning(const RowDate& dates) {
  if (dates.edtf.empty()) return wholeTime();
  const auto read = readEdtf(dates.edtf);
  if (!read || !read->isSpan()) return boundsOf(dates);
  const auto first = dateBounds(dates.edtf.substr(0, dates.edtf.find('/')));
  return first ? *first : read->bounds();
}

}  // namespace

RowDate sessionDates(const State& state, EntityId session) {
  const auto row = state.row(session);
  const auto* fields = tryAs<SessionRow>(row.get());
  if (fields == nullptr) return {};
  return fields->dates.edtf.empty() ? fields->began : fields->dates;
}

std::optional<DaysLeft> daysLeft(const RowDate& date, Day today) {
  const auto read = readEdtf(date.edtf);
  if (!read || read->isUnknown()) return std::nullopt;
  const auto until = [&](std::int64_t ns) { return dayNumber(dayAt(ns)) - dayNumber(today); };
  return DaysLeft{until(read->bounds().earliestNs), until(read->bounds().latestNs)};
}

DateBounds dueBounds(const State& state, const RowDeadline& deadline) {
  if (!deadline.date.edtf.empty()) return boundsOf(deadline.date);
  if (!deadline.beforeSession) return never;
  return boundsBefore(state.row(deadline.beforeSession).get());
}

DateBounds boundsBefore(const Row* session) {
  const auto* row = tryAs<SessionRow>(session);
  if (row == nullptr) return wholeTime();
  auto begins = beginning(row->began.edtf.empty() ? row->dates : row->began);
  // Before the first day means until the end of the day before it.
  begins.earliestNs -= nsPerDay;
  return begins;
}

Overdue overdueAt(const State& state, const RowDeadline& deadline, std::int64_t nowNs) {
  return overdue(dueBounds(state, deadline), nowNs);
}

Overdue overdueAt(const RowDate& date, std::int64_t nowNs) {
  return overdue(boundsOf(date), nowNs);
}

}  // namespace consulta
