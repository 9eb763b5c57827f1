// Sums of funds. Currencies are never mixed; what is not known is counted, never taken for nothing.
#include <algorithm>

#include "events/values/money.h"
#include "projections/rows/funding.h"
#include "projections/summary_parts.h"

namespace consulta::summary {

namespace {

using F = schema::FundingState;

RowMoney* of(std::vector<RowMoney>& sums, const std::string& currency) {
  const auto found = std::ranges::find(sums, currency, &RowMoney::currency);
  return found == sums.end() ? nullptr : &*found;
}

/// False when the sum cannot be kept.
bool addTo(std::vector<RowMoney>& sums, const RowMoney& amount) {
  auto* sum = of(sums, amount.currency);
  if (sum == nullptr) {
    sums.push_back(amount);
    return true;
  }
  const auto total =
      consulta::add(Money{sum->minor, sum->currency}, Money{amount.minor, amount.currency});
  if (total) sum->minor = total->minor;
  return total.ok();
}

/// One entity's amount.
void addAmount(AmountSummary& to, const RowMoney& amount) {
  ++to.count;
  if (amount.currency.empty() || !addTo(to.known, amount)) ++to.unknown;
}

/// One entity's several amounts of the same kind.
template <typename Entries>
void addEntries(AmountSummary& to, const Entries& entries) {
  if (entries.empty()) return;
  ++to.count;
  bool known = true;
  for (const auto& one : entries) {
    known = known && !one.amount.currency.empty() && addTo(to.known, one.amount);
  }
  if (!known) ++to.unknown;
}

void addPledge(FundsSummary& funds, const Funding& pledge, F state) {
  const bool isConfirmed =
      state == F::CONFIRMED || state == F::RECEIVED_IN_PART || state == F::RECEIVED;
  if (state != F::WITHDRAWN) addAmount(funds.pledged, pledge.amount);
  if (isConfirmed) {
    const bool stated = !pledge.confirmed.currency.empty();
    addAmount(funds.confirmed, stated ? pledge.confirmed : pledge.amount);
  } else if (state == F::WITHDRAWN) {
    // What had come in before was confirmed, and is there: it is not to be found once more.
    addEntries(funds.pledged, pledge.receipts);
    addEntries(funds.confirmed, pledge.receipts);
  }
  const bool hasCome = state == F::RECEIVED_IN_PART || state == F::RECEIVED;
  if (hasCome && pledge.receipts.empty()) {
    addAmount(funds.received, RowMoney{});  // some has come in, nobody says how much
  } else {
    addEntries(funds.received, pledge.receipts);
  }
  addEntries(funds.allocated, pledge.allocations);
  addEntries(funds.disbursed, pledge.disbursements);
}

}  // namespace

void addFunds(FundsSummary& funds, const Row& row) {
  const auto* funding = tryAs<Funding>(&row);
  if (funding == nullptr) return;
  const auto state = stateOf<F>(row.head);
  if (funding->party) return addPledge(funds, *funding, state);
  if (state != F::WITHDRAWN) addAmount(funds.required, funding->amount);
}

void closeFunds(FundsSummary& funds) {
  funds.gap.clear();
  funds.gapUnknown =
      funds.required.count == 0 || funds.required.unknown != 0 || funds.confirmed.unknown != 0;
  for (const auto& confirmed : funds.confirmed.known) {
    if (of(funds.required.known, confirmed.currency) == nullptr) funds.gapUnknown = true;
  }
  if (funds.gapUnknown) return;
  for (const auto& required : funds.required.known) {
    const auto* confirmed = of(funds.confirmed.known, required.currency);
    const auto left =
        consulta::subtract(Money{required.minor, required.currency},
                           Money{confirmed == nullptr ? 0 : confirmed->minor, required.currency});
    if (!left) {
      funds.gap.clear();
      funds.gapUnknown = true;
      return;
    }
    funds.gap.push_back(RowMoney{left->minor, required.currency});
  }
}

}  // namespace consulta::summary
