// A programme, or the whole register, at a glance: what a director asks for, counted and summed.
//
// Pure: from the state, of now or of the past, and the time passed in. Nothing is inferred: an
// amount that nobody has stated is unknown, and a sum with an unknown part says so.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/ids.h"
#include "events/values/deadline.h"
#include "projections/node.h"
#include "projections/row_due.h"
#include "projections/row_values.h"
#include "projections/state.h"

namespace consulta {

/// One entity in a line.
struct SummaryLine {
  EntityId id;
  RowTexts title;
  std::string state;   // the name of its state; of two axes the first
  RowDate date;        // the one that matters: when it is held, was signed, is to be executed
  std::string dateOf;  // what it is the date of: "signedOn"; empty: of the whole, as it is planned
  bool operator==(const SummaryLine&) const = default;
};
BOOST_DESCRIBE_STRUCT(SummaryLine, (), (id, title, state, date, dateOf))

/// A request of a mandate, and whether its deadline has passed.
struct RequestSummary {
  EntityId mandate;
  std::string number;
  RowTexts text;
  RowDeadline deadline;
  RowDate sessionDates;  // of the session the deadline hangs on; empty: not known
  bool reported = false;
  bool fulfilled = false;
  Overdue overdue = Overdue::no;  // "no" for what is fulfilled
  bool operator==(const RequestSummary&) const = default;
};
BOOST_DESCRIBE_STRUCT(RequestSummary, (),
                      (mandate, number, text, deadline, sessionDates, reported, fulfilled, overdue))

/// How many are in a state.
struct StateCount {
  std::string state;
  std::uint32_t count = 0;
  bool operator==(const StateCount&) const = default;
};
BOOST_DESCRIBE_STRUCT(StateCount, (), (state, count))

/// The two axes of recommendations, each counted over all of them, in the order of the lives.
struct RecommendationSummary {
  std::uint32_t total = 0;
  std::vector<StateCount> acceptance;
  std::vector<StateCount> implementation;
  bool operator==(const RecommendationSummary&) const = default;
};
BOOST_DESCRIBE_STRUCT(RecommendationSummary, (), (total, acceptance, implementation))

/// A rate at which a total was reckoned: the latest one of the pair, in either direction, that had
/// been quoted by the day.
struct SummaryRate {
  EntityId id;
  std::string base;
  std::string quote;
  RowDecimal rate;  // units of the second for one of the first
  RowDate since;
  std::string quotedBy;
  bool operator==(const SummaryRate&) const = default;
};
BOOST_DESCRIBE_STRUCT(SummaryRate, (), (id, base, quote, rate, since, quotedBy))

/// Amounts of several entities: the known ones summed by currency, the others counted.
struct AmountSummary {
  std::vector<RowMoney> known;  // by currency, in the order met
  RowMoney total;         // of them, in the currency of totals; without one where a rate is missing
  bool tooLarge = false;  // a sum of them, or that total, is more than can be kept and left out
  std::uint32_t unknown = 0;
  std::uint32_t count = 0;  // of entities, with known and unknown amounts; 0: nothing was recorded
  bool operator==(const AmountSummary&) const = default;
};
BOOST_DESCRIBE_STRUCT(AmountSummary, (), (known, total, tooLarge, unknown, count))

/// gap = required - confirmed, by currency of what is required; where what is confirmed is in
/// others, in the currency of totals.
struct FundsSummary {
  AmountSummary required;
  AmountSummary pledged;    // announced, confirmed or not; of what was withdrawn, what had come in
  AmountSummary confirmed;  // by agreement; likewise
  AmountSummary received;
  AmountSummary allocated;
  AmountSummary disbursed;
  std::vector<RowMoney> gap;
  bool gapUnknown = true;  // something required or confirmed, or a rate that it takes, is unknown
  std::string currency;    // of totals; empty: the register names none
  std::vector<SummaryRate> rates;     // that totals were reckoned at
  std::vector<std::string> rateless;  // currencies for which there is no rate
  bool operator==(const FundsSummary&) const = default;
};
BOOST_DESCRIBE_STRUCT(FundsSummary, (),
                      (required, pledged, confirmed, received, allocated, disbursed, gap,
                       gapUnknown, currency, rates, rateless))

/// Something whose day has, or may have, passed.
struct OverdueLine {
  EntityId id;
  DueKind kind = DueKind::request;
  std::string number;  // of the request or indicator
  EntityId of;         // the party whose reply is awaited
  RowDeadline due;
  Overdue overdue = Overdue::possibly;
  bool operator==(const OverdueLine&) const = default;
};
BOOST_DESCRIBE_STRUCT(OverdueLine, (), (id, kind, number, of, due, overdue))

/// An open consultation that continues another one, and what of that is still to be done.
struct CycleSummary {
  EntityId consultation;
  EntityId previous;
  std::uint32_t pending = 0;    // recommendations without a decision
  std::uint32_t followUps = 0;  // what was accepted or asked for
  bool operator==(const CycleSummary&) const = default;
};
BOOST_DESCRIBE_STRUCT(CycleSummary, (), (consultation, previous, pending, followUps))

struct ProgrammeSummary {
  EntityId programme;  // none: the whole register
  RowTexts title;
  std::string state;
  RowDate period;
  std::string region;
  EntityId office;
  std::vector<std::string> areas;  // codes; of the whole register those of its programmes
  std::vector<std::string> goals;
  std::vector<SummaryLine> programmes;  // of the whole register
  std::vector<SummaryLine> mandates;
  std::vector<RequestSummary> requests;
  std::vector<SummaryLine> mechanisms;
  std::vector<SummaryLine> consultations;
  std::vector<CycleSummary> cycles;
  std::vector<SummaryLine> meetingsAhead;  // earliest first; one whose days have passed is overdue
  std::vector<SummaryLine> meetingsNow;    // convened, not closed yet
  std::vector<SummaryLine> meetingsHeld;   // latest first
  std::vector<SummaryLine> mous;
  RecommendationSummary recommendations;
  std::vector<SummaryLine> projects;
  FundsSummary funds;
  std::vector<OverdueLine> overdue;  // certain ones first
  bool operator==(const ProgrammeSummary&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProgrammeSummary, (),
                      (programme, title, state, period, region, office, areas, goals, programmes,
                       mandates, requests, mechanisms, consultations, cycles, meetingsAhead,
                       meetingsNow, meetingsHeld, mous, recommendations, projects, funds, overdue))

/// Of one programme, which must exist in the state, or without one of the whole register. Amounts
/// in other currencies are summed in that of totals too, at the rates valid at the moment; without
/// one (empty) they are not.
[[nodiscard]] ProgrammeSummary summarize(const State& state, std::optional<EntityId> programme,
                                         std::int64_t nowNs, std::string_view totalsIn);

/// The same as a tree, for JSON and tables.
[[nodiscard]] Node summaryNode(const ProgrammeSummary& summary);

}  // namespace consulta
