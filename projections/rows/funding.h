// What is needed, or what one party has pledged towards it, as it stands: announced, confirmed,
// received, allocated and paid out.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/funding.capnp.h"
#include "events/values/money.h"
#include "projections/row.h"

namespace consulta {

/// An instalment agreed on; `overdue` is entered by the engine.
struct FundingInstalment {
  RowMoney amount;
  RowDeadline due;
  bool overdue = false;
  std::uint64_t lateSeconds = 0;
  bool operator==(const FundingInstalment&) const = default;
};
BOOST_DESCRIBE_STRUCT(FundingInstalment, (), (amount, due, overdue, lateSeconds))

struct FundingReceipt {
  RowMoney amount;
  RowDate date;
  SealedRef reference;
  bool operator==(const FundingReceipt&) const = default;
};
BOOST_DESCRIBE_STRUCT(FundingReceipt, (), (amount, date, reference))

/// An allocation, or with a negative amount the release of one.
struct FundingAllocation {
  EntityId purpose;
  RowMoney amount;
  RowDate date;
  SealedRef reason;
  bool operator==(const FundingAllocation&) const = default;
};
BOOST_DESCRIBE_STRUCT(FundingAllocation, (), (purpose, amount, date, reason))

struct FundingDisbursement {
  EntityId purpose;
  RowMoney amount;
  EntityId recipient;
  RowDate date;
  bool operator==(const FundingDisbursement&) const = default;
};
BOOST_DESCRIBE_STRUCT(FundingDisbursement, (), (purpose, amount, recipient, date))

/// Political support that a forum is expected to win.
struct FundingExpectedSupport {
  RowTexts text;
  EntityId forum;
  bool operator==(const FundingExpectedSupport&) const = default;
};
BOOST_DESCRIBE_STRUCT(FundingExpectedSupport, (), (text, forum))

/// Political support that a party has stated.
struct FundingSupport {
  EntityId party;
  SealedRef statement;
  EntityId forum;
  RowDate date;
  bool operator==(const FundingSupport&) const = default;
};
BOOST_DESCRIBE_STRUCT(FundingSupport, (), (party, statement, forum, date))

struct Funding {
  static constexpr auto aggregate = schema::Event::FUNDING;

  EntityId party;   // who pledged; none: a requirement
  RowMoney amount;  // required or pledged, as last stated
  RowMoney announced;
  RowDate announcedOn;
  RowMoney confirmed;
  RowDate confirmedOn;
  EntityId agreement;
  EntityId requirement;
  std::vector<EntityId> purposes;
  RowTexts title;
  RowDate period;
  schema::ContributionKind kind = schema::ContributionKind::NOT_STATED;
  SealedRef conditions;
  EntityId forum;
  std::vector<FundingInstalment> instalments;
  std::vector<FundingReceipt> receipts;
  std::vector<FundingAllocation> allocations;
  std::vector<FundingDisbursement> disbursements;
  std::vector<FundingExpectedSupport> expectedSupport;
  std::vector<FundingSupport> support;
  RowDate withdrawnOn;
  SealedRef reason;  // of the last revision of the amount, or of the withdrawal
  bool operator==(const Funding&) const = default;
};
BOOST_DESCRIBE_STRUCT(Funding, (),
                      (party, amount, announced, announcedOn, confirmed, confirmedOn, agreement,
                       requirement, purposes, title, period, kind, conditions, forum, instalments,
                       receipts, allocations, disbursements, expectedSupport, support, withdrawnOn,
                       reason))

// Sums in one currency; amounts in others are left out, never converted. Broken when a sum cannot
// be kept, which the checks on entering prevent.

[[nodiscard]] Money receivedIn(const Funding& row, std::string_view currency);
/// What is allocated and not released, to one purpose or to all.
[[nodiscard]] Money allocatedIn(const Funding& row, std::string_view currency,
                                std::optional<EntityId> purpose = std::nullopt);
[[nodiscard]] Money disbursedIn(const Funding& row, std::string_view currency,
                                std::optional<EntityId> purpose = std::nullopt);

void fold(Funding& row, RowHead& head, schema::FundingEvent::Reader event, const FoldStep& step);

}  // namespace consulta
