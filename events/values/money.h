// Amounts of money: exact, in whole minor units of a currency. Plain values, safe from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "events/result.h"

namespace consulta {

/// 125000050 and "EUR" are 1250000.50 EUR. A currency of the table in currencies.h.
struct Money {
  std::int64_t minor = 0;
  std::string currency;

  bool operator==(const Money&) const = default;
};

/// Reads an amount with its currency before or after it: "1 250 000.50 EUR", "EUR 1,250,000.50",
/// "1.250.000,50 EUR", "2.5 million USD". Refused with both readings when a separator may be the
/// decimal point or mark the thousands ("1,250 EUR"); only the canonical text of a currency with
/// three decimals ("1.250 KWD") is read as it is written. Never rounds.
[[nodiscard]] Result<Money> readMoney(std::string_view text);

/// "1250000.50 EUR", which readMoney() reads back. An unknown currency, which only a damaged record
/// can hold, is shown with the bare number of units.
[[nodiscard]] std::string toText(const Money& money);

/// Whether a stored amount is in a known currency.
[[nodiscard]] Status checkMoney(const Money& money);

/// Refused when the currencies differ or the sum is too large to be kept.
[[nodiscard]] Result<Money> add(const Money& a, const Money& b);
[[nodiscard]] Result<Money> subtract(const Money& a, const Money& b);

}  // namespace consulta
