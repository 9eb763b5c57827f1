// Sums of funds: by currency, and in that of totals at the rates of the day. What is not known is
// counted, never taken for nothing.
#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "events/values/decimal.h"
#include "events/values/edtf.h"
#include "projections/rows/funding.h"
#include "projections/rows/rate.h"
#include "projections/summary_parts.h"

namespace consulta::summary {

namespace {

using F = schema::FundingState;

RowMoney* of(std::vector<RowMoney>& sums, const std::string& currency) {
  const auto found = std::ranges::find(sums, currency, &RowMoney::currency);
  return found == sums.end() ? nullptr : &*found;
}

void addKnown(AmountSummary& to, const RowMoney& amount) {
  auto* sum = of(to.known, amount.currency);
  if (sum == nullptr) return to.known.push_back(amount);
  const auto total =
      consulta::add(Money{sum->minor, sum->currency}, Money{amount.minor, amount.currency});
  if (total) {
    sum->minor = total->minor;
  } else {
    to.tooLarge = true;
  }
}

/// One entity's amount.
void addAmount(AmountSummary& to, const RowMoney& amount) {
  ++to.count;
  if (amount.currency.empty()) {
    ++to.unknown;
  } else {
    addKnown(to, amount);
  }
}

/// One entity's several amounts of the same kind.
template <typename Entries>
void addEntries(AmountSummary& to, const Entries& entries) {
  if (entries.empty()) return;
  ++to.count;
  const auto isKnown = [](const auto& one) { return !one.amount.currency.empty(); };
  for (const auto& one : entries) {
    if (isKnown(one)) addKnown(to, one.amount);
  }
  if (!std::ranges::all_of(entries, isKnown)) ++to.unknown;
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

namespace {

/// What one kind of amounts comes to in one currency.
class Totals {
 public:
  Totals(FundsSummary& funds, const State& state, std::int64_t nowNs) : funds_(funds) {
    state.each(static_cast<std::uint16_t>(schema::Event::RATE), [&](const RowPtr& row) {
      consider(*row, nowNs);
      return true;
    });
  }

  /// The total is left out where all is in one currency already, a rate is missing, or it is too
  /// large.
  void add(AmountSummary& of) {
    const auto isOther = [&](const RowMoney& one) { return one.currency != funds_.currency; };
    if (of.tooLarge || std::ranges::none_of(of.known, isOther)) return;
    bool isRated = true;
    for (const auto& one : of.known) {
      if (!isOther(one) || latest_.contains(one.currency)) continue;
      keepOnce(funds_.rateless, one.currency);
      isRated = false;
    }
    if (!isRated) return;
    Money sum{0, funds_.currency};
    for (const auto& one : of.known) {
      const auto amount = converted(Money{one.minor, one.currency});
      const auto next = amount ? consulta::add(sum, *amount) : amount;
      if (!next) {
        of.tooLarge = true;
        return;
      }
      sum = *next;
    }
    of.total = RowMoney{sum.minor, sum.currency};
    for (const auto& one : of.known) {
      if (isOther(one)) keepOnce(funds_.rates, latest_.at(one.currency).rate);
    }
  }

 private:
  /// The latest one of each pair counts, whichever way round it is quoted.
  void consider(const Row& row, std::int64_t nowNs) {
    const auto& rate = as<Rate>(row);
    if (rate.withdrawn || rate.rate.unscaled <= 0) return;
    const bool isBase = rate.base == funds_.currency;
    if (isBase == (rate.quote == funds_.currency)) return;
    const auto since = dateBounds(row.head.opened.edtf);
    if (!since || since->earliestNs > nowNs) return;
    auto& best = latest_[isBase ? rate.quote : rate.base];
    const auto rank = std::pair(since->earliestNs, row.head.id);
    if (best.rate.id && rank < best.rank) return;
    best = Dated{rank, SummaryRate{row.head.id, rate.base, rate.quote, rate.rate, row.head.opened,
                                   rate.quotedBy}};
  }

  /// Of a currency that has a rate. A failure means that it is too large.
  [[nodiscard]] Result<Money> converted(const Money& amount) const {
    if (amount.currency == funds_.currency) return amount;
    const auto& used = latest_.at(amount.currency).rate;
    const Decimal rate{used.rate.unscaled, used.rate.scale};
    return used.base == amount.currency ? convert(amount, rate, funds_.currency)
                                        : convertBack(amount, rate, funds_.currency);
  }

  template <typename T>
  static void keepOnce(std::vector<T>& all, const T& one) {
    if (std::ranges::find(all, one) == all.end()) all.push_back(one);
  }

  struct Dated {
    std::pair<std::int64_t, EntityId> rank;
    SummaryRate rate;
  };

  FundsSummary& funds_;
  std::map<std::string, Dated> latest_;  // by the other currency
};

/// All of it in the currency of totals; nothing where that is not known.
std::optional<Money> wholeOf(const AmountSummary& of, const std::string& currency) {
  if (!of.total.currency.empty()) return Money{of.total.minor, of.total.currency};
  if (of.known.empty()) return Money{0, currency};
  const bool isOne = of.known.size() == 1 && of.known.front().currency == currency;
  return isOne ? std::optional(Money{of.known.front().minor, currency}) : std::nullopt;
}

/// By currency where what is confirmed is in currencies of what is required, else in one.
std::optional<std::vector<RowMoney>> gapOf(const FundsSummary& funds) {
  std::vector<std::pair<Money, Money>> pairs;
  const auto isRequired = [&](const RowMoney& one) {
    return std::ranges::find(funds.required.known, one.currency, &RowMoney::currency) !=
           funds.required.known.end();
  };
  if (std::ranges::all_of(funds.confirmed.known, isRequired)) {
    for (const auto& required : funds.required.known) {
      const auto confirmed =
          std::ranges::find(funds.confirmed.known, required.currency, &RowMoney::currency);
      const auto minor = confirmed == funds.confirmed.known.end() ? 0 : confirmed->minor;
      pairs.emplace_back(Money{required.minor, required.currency}, Money{minor, required.currency});
    }
  } else {
    const auto required = wholeOf(funds.required, funds.currency);
    const auto confirmed = wholeOf(funds.confirmed, funds.currency);
    if (funds.currency.empty() || !required || !confirmed) return std::nullopt;
    pairs.emplace_back(*required, *confirmed);
  }
  std::vector<RowMoney> out;
  for (const auto& [required, confirmed] : pairs) {
    const auto left = consulta::subtract(required, confirmed);
    if (!left) return std::nullopt;
    out.push_back(RowMoney{left->minor, left->currency});
  }
  return out;
}

}  // namespace

void closeFunds(FundsSummary& funds, const State& state, std::int64_t nowNs) {
  const auto isWhole = [](const AmountSummary& of) { return of.unknown == 0 && !of.tooLarge; };
  const bool isStated =
      funds.required.count != 0 && isWhole(funds.required) && isWhole(funds.confirmed);
  if (!funds.currency.empty()) {
    Totals totals(funds, state, nowNs);
    for (auto* one : {&funds.required, &funds.pledged, &funds.confirmed, &funds.received,
                      &funds.allocated, &funds.disbursed}) {
      totals.add(*one);
    }
  }
  auto gap = isStated ? gapOf(funds) : std::nullopt;
  funds.gapUnknown = !gap;
  funds.gap = gap ? std::move(*gap) : std::vector<RowMoney>();
}

}  // namespace consulta::summary
