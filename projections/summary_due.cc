// What is, or may be, overdue. Only what still waits for somebody: a life that has ended owes
// nothing.
#include "projections/due.h"
#include "projections/rows/mandate.h"
#include "projections/summary_parts.h"

namespace consulta::summary {

void addRequests(std::vector<RequestSummary>& requests, const State& state, const Row& row,
                 std::int64_t nowNs) {
  const auto* mandate = tryAs<Mandate>(&row);
  if (mandate == nullptr) return;
  using S = schema::MandateState;
  const auto stands = stateOf<S>(row.head);
  const bool open = stands == S::ADOPTED || stands == S::IN_PROGRESS || stands == S::REPORTED;
  for (const auto& request : mandate->requests) {
    auto& line = requests.emplace_back();
    line.mandate = row.head.id;
    line.number = request.number;
    line.text = request.text;
    line.deadline = request.deadline;
    line.sessionDates = sessionDates(state, request.deadline.beforeSession);
    line.reported = !request.reports.empty();
    line.fulfilled = request.fulfilled;
    if (open && !request.fulfilled) line.overdue = overdueAt(state, request.deadline, nowNs);
  }
}

void addOverdue(std::vector<OverdueLine>& lines, const State& state, const Row& row,
                std::int64_t nowNs) {
  for (const auto& due : row.head.dues) {
    const auto passed = overdueAt(state, due.due, nowNs);
    if (passed == Overdue::no) continue;
    // In the midst of its planned days a meeting, or a consultation, is still ahead.
    const bool isPlanned = due.kind == DueKind::meeting || due.kind == DueKind::opening;
    if (isPlanned && passed == Overdue::possibly) continue;
    auto& line = lines.emplace_back();
    line.id = row.head.id;
    line.kind = due.kind;
    line.number = due.number;
    line.of = due.of;
    line.due = due.due;
    line.overdue = passed;
  }
}

}  // namespace consulta::summary
