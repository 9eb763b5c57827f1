// Exact decimal numbers: rates, baselines, measurements. Plain values, safe from any thread.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "events/result.h"
#include "events/values/money.h"

namespace consulta {

constexpr int decimalScaleMax = 18;

/// unscaled * 10^-scale. What comes from a disk goes through checkDecimal() first. 1.5 and 1.50 are
/// equal, and each keeps how it was written.
struct Decimal {
  std::int64_t unscaled = 0;
  std::uint8_t scale = 0;  // at most decimalScaleMax

  bool operator==(const Decimal& other) const { return (*this <=> other) == 0; }
  std::weak_ordering operator<=>(const Decimal& other) const;
};

/// Reads "1.2345", "-0.5", "12", and "1,5" with a decimal comma. "1,234" is refused with both
/// readings, and so are marks between thousands and more digits than are kept.
[[nodiscard]] Result<Decimal> readDecimal(std::string_view text);
/// "1.2345", which readDecimal() reads back with the same scale.
[[nodiscard]] std::string toText(const Decimal& decimal);
/// Whether a stored scale is in range.
[[nodiscard]] Status checkDecimal(const Decimal& decimal);

/// The amount times the number, in the same currency, rounded half to even to its minor unit.
/// Refused when the result is too large to be kept.
[[nodiscard]] Result<Money> multiply(const Money& amount, const Decimal& factor);
/// The amount at a rate: how many units of `currency` one unit of the amount's currency is.
/// Rounded half to even to the minor unit of `currency`.
[[nodiscard]] Result<Money> convert(const Money& amount, const Decimal& rate,
                                    std::string_view currency);
/// The amount at a rate that is given the other way round: how many units of the amount's currency
/// one unit of `currency` is. Refused when the rate is not above zero.
[[nodiscard]] Result<Money> convertBack(const Money& amount, const Decimal& rate,
                                        std::string_view currency);

}  // namespace consulta
