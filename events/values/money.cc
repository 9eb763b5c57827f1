#include "events/values/money.h"

#include <fmt/format.h>

#include <optional>

#include "events/values/currencies.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

std::optional<Failure> checkSame(const Money& a, const Money& b) {
  if (a.currency == b.currency) return std::nullopt;
  return refused("value.money.currency",
                 msg("{first} and {second} cannot be reckoned together; convert one of them at a "
                     "rate first",
                     arg("first", toText(a)), arg("second", toText(b))));
}

Failure tooLarge(const Money& a, const Money& b) {
  return refused("value.money.size", msg("{first} and {second} together are more than the register "
                                         "can keep; check both amounts",
                                         arg("first", toText(a)), arg("second", toText(b))));
}

}  // namespace

std::string toText(const Money& money) {
  const auto* const currency = findCurrency(money.currency);
  if (currency == nullptr) {
    return fmt::format("{} units of {}", money.minor, excerpt(money.currency));
  }
  // Through unsigned, because the smallest number has no positive counterpart.
  const bool negative = money.minor < 0;
  const auto bits = static_cast<std::uint64_t>(money.minor);
  auto digits = fmt::format("{:0{}}", negative ? 0 - bits : bits, currency->exponent + 1);
  if (currency->exponent > 0) digits.insert(digits.size() - currency->exponent, 1, '.');
  return fmt::format("{}{} {}", negative ? "-" : "", digits, money.currency);
}

Status checkMoney(const Money& money) {
  if (findCurrency(money.currency) != nullptr) return Done{};
  return usage("value.currency", msg("\"{text}\" is not a currency of ISO 4217; write its three "
                                     "letters in capitals, as EUR or USD",
                                     arg("text", excerpt(money.currency))));
}

Result<Money> add(const Money& a, const Money& b) {
  if (auto failure = checkSame(a, b)) return *failure;
  Money sum{0, a.currency};
  if (__builtin_add_overflow(a.minor, b.minor, &sum.minor)) return tooLarge(a, b);
  return sum;
}

Result<Money> subtract(const Money& a, const Money& b) {
  if (auto failure = checkSame(a, b)) return *failure;
  Money difference{0, a.currency};
  if (__builtin_sub_overflow(a.minor, b.minor, &difference.minor)) return tooLarge(a, b);
  return difference;
}

}  // namespace consulta
