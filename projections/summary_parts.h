// The parts a summary is made of, one file each. For summary.cc only; others use summary.h.
#pragma once

#include "projections/summary.h"

namespace consulta::summary {

/// Adds what one requirement or pledge holds. Any other row is left alone.
void addFunds(FundsSummary& funds, const Row& row);
/// The totals and the gap, once all have been added.
void closeFunds(FundsSummary& funds, const State& state, std::int64_t nowNs);

/// The requests of a mandate. Any other row is left alone.
void addRequests(std::vector<RequestSummary>& requests, const State& state, const Row& row,
                 std::int64_t nowNs);
/// Everything of the row whose day has, or may have, passed.
void addOverdue(std::vector<OverdueLine>& lines, const State& state, const Row& row,
                std::int64_t nowNs);

}  // namespace consulta::summary
