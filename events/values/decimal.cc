#include "events/values/decimal.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>

#include "events/values/currencies.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

constexpr auto decimal_rule = "value.decimal";

// The product of two 64-bit numbers always fits.
__extension__ using Wide = __int128;

Failure bad(std::string_view text, std::string_view message) {
  return usage(decimal_rule, msg(message, arg("text", excerpt(text))));
}

Wide powerOfTen(int exponent) {
  Wide power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

// For a divisor above zero.
Wide divideHalfEven(Wide number, Wide divisor) {
  Wide quotient = number / divisor;
  const Wide rest = number % divisor;
  const Wide distance = rest < 0 ? -rest : rest;
  const Wide other = divisor - distance;
  if (distance > other || (distance == other && quotient % 2 != 0)) quotient += rest < 0 ? -1 : 1;
  return quotient;
}

}  // namespace

std::weak_ordering Decimal::operator<=>(const Decimal& other) const {
  const Wide a = Wide{unscaled} * powerOfTen(other.scale);
  const Wide b = Wide{other.unscaled} * powerOfTen(scale);
  return a < b   ? std::weak_ordering::less
         : a > b ? std::weak_ordering::greater
                 : std::weak_ordering::equivalent;
}

Result<Decimal> readDecimal(std::string_view text) {
  const auto source = trimmed(text);
  auto digits = source;
  const bool negative = digits.starts_with('-');
  if (negative) digits.remove_prefix(1);
  const auto mark = digits.find_first_of(".,");
  const auto whole = digits.substr(0, mark);
  const auto fraction = mark == digits.npos ? std::string_view() : digits.substr(mark + 1);
  const auto isNumber = [](std::string_view part) {
    return !part.empty() && part.find_first_not_of("0123456789") == part.npos;
  };
  if (!isNumber(whole) || (mark != digits.npos && !isNumber(fraction))) {
    return bad(source,
               "\"{text}\" is not a decimal number; write digits with one decimal point and "
               "nothing between thousands, as 1234.5");
  }
  const bool maybeThousands = whole.size() <= 3 && whole.front() != '0' && fraction.size() == 3;
  if (mark != digits.npos && digits[mark] == ',' && maybeThousands) {
    return usage(
        decimal_rule,
        msg("\"{text}\" can be read in two ways; write {thousands} or {decimals}",
            arg("text", excerpt(source)),
            arg("thousands", fmt::format("{}{}{}", negative ? "-" : "", whole, fraction)),
            arg("decimals", fmt::format("{}{}.{}", negative ? "-" : "", whole, fraction))));
  }
  if (fraction.size() > decimalScaleMax) {
    return usage(decimal_rule, msg("\"{text}\" has more than {max} decimals; round it to {max}",
                                   arg("text", excerpt(source)), arg("max", decimalScaleMax)));
  }
  Decimal decimal{0, static_cast<std::uint8_t>(fraction.size())};
  for (const auto part : {whole, fraction}) {
    for (const char c : part) {
      const std::int64_t digit = negative ? -(c - '0') : c - '0';
      if (__builtin_mul_overflow(decimal.unscaled, std::int64_t{10}, &decimal.unscaled) ||
          __builtin_add_overflow(decimal.unscaled, digit, &decimal.unscaled)) {
        return bad(source, "\"{text}\" has more digits than are kept, which is 18; round it");
      }
    }
  }
  return decimal;
}

std::string toText(const Decimal& decimal) {
  const bool negative = decimal.unscaled < 0;
  const auto bits = static_cast<std::uint64_t>(decimal.unscaled);
  auto digits = fmt::format("{:0{}}", negative ? 0 - bits : bits, decimal.scale + 1);
  if (decimal.scale > 0) digits.insert(digits.size() - decimal.scale, 1, '.');
  return (negative ? "-" : "") + digits;
}

Status checkDecimal(const Decimal& decimal) {
  if (decimal.scale <= decimalScaleMax) return Done{};
  return usage(decimal_rule,
               msg("a decimal number has {scale} decimals and at most {max} are kept; round it",
                   arg("scale", decimal.scale), arg("max", decimalScaleMax)));
}

Result<Money> multiply(const Money& amount, const Decimal& factor) {
  return convert(amount, factor, amount.currency);
}

namespace {

using Limits = std::numeric_limits<std::int64_t>;

Failure tooLarge(Message why) {
  return refused("value.money.size", std::move(why));
}

/// number * 10^power, unless that is too much.
std::optional<Wide> shifted(Wide number, int power) {
  Wide out = 0;
  if (__builtin_mul_overflow(number, powerOfTen(power), &out)) return std::nullopt;
  return out;
}

/// The currency to convert to, once the amount and the rate are known to be sound.
Result<const Currency*> target(const Money& amount, const Decimal& rate,
                               std::string_view currency) {
  if (auto status = checkMoney(amount); !status) return std::move(status).failures();
  if (auto status = checkDecimal(rate); !status) return std::move(status).failures();
  return readCurrency(currency);
}

/// `why` says what is wrong when it is too large.
Result<Money> kept(std::optional<Wide> number, const Currency& currency, Message why) {
  if (!number || *number < Limits::min() || *number > Limits::max()) {
    return tooLarge(std::move(why));
  }
  return Money{static_cast<std::int64_t>(*number), std::string(currency.code)};
}

}  // namespace

Result<Money> convert(const Money& amount, const Decimal& rate, std::string_view currency) {
  const auto to = target(amount, rate, currency);
  if (!to) return to.failures();
  const Wide product = Wide{amount.minor} * rate.unscaled;
  const int shift = (*to)->exponent - findCurrency(amount.currency)->exponent - rate.scale;
  const auto number = shift >= 0 ? shifted(product, shift)
                                 : std::optional(divideHalfEven(product, powerOfTen(-shift)));
  return kept(number, **to,
              msg("{amount} times {factor} is more than the register can keep; check the amount "
                  "and the rate",
                  arg("amount", toText(amount)), arg("factor", toText(rate))));
}

Result<Money> convertBack(const Money& amount, const Decimal& rate, std::string_view currency) {
  const auto to = target(amount, rate, currency);
  if (!to) return to.failures();
  if (rate.unscaled <= 0) {
    return usage(decimal_rule, msg("{rate} is no rate to divide by; a rate is above zero",
                                   arg("rate", toText(rate))));
  }
  const int shift = (*to)->exponent - findCurrency(amount.currency)->exponent + rate.scale;
  const auto dividend = shifted(amount.minor, std::max(shift, 0));
  const auto divisor = shifted(rate.unscaled, std::max(-shift, 0));
  auto why = msg(
      "{amount} divided by {factor} is more than the register can keep; check the amount and the "
      "rate",
      arg("amount", toText(amount)), arg("factor", toText(rate)));
  if (!dividend || !divisor) return tooLarge(std::move(why));
  return kept(divideHalfEven(*dividend, *divisor), **to, std::move(why));
}

}  // namespace consulta
