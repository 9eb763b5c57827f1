#include "engine/rules/rule_values.h"

#include "events/values/edtf.h"
#include "events/values/zoned_time.h"

namespace consulta {

bool certainlyBefore(std::string_view date, std::string_view other) {
  if (date.empty() || other.empty()) return false;
  return orBroken(dateBounds(date)).latestNs < orBroken(dateBounds(other)).earliestNs;
}

bool certainlyBefore(std::string_view date, std::int64_t momentNs) {
  return !date.empty() && orBroken(dateBounds(date)).latestNs < momentNs;
}

bool certainlyAfter(std::string_view date, std::int64_t momentNs) {
  return !date.empty() && orBroken(dateBounds(date)).earliestNs > momentNs;
}

Money moneyOf(const RowMoney& money) {
  return Money{money.minor, money.currency};
}

Money moneyOf(schema::Money::Reader money) {
  return Money{money.getMinor(), money.getCurrency().cStr()};
}

Decimal decimalOf(const RowDecimal& decimal) {
  return Decimal{decimal.unscaled, decimal.scale};
}

Decimal decimalOf(schema::Decimal::Reader decimal) {
  return Decimal{decimal.getUnscaled(), decimal.getScale()};
}

Money sumIn(std::string_view currency, const std::vector<RowMoney>& amounts) {
  Money sum{0, std::string(currency)};
  for (const auto& amount : amounts) {
    if (amount.currency == currency) sum = orBroken(add(sum, moneyOf(amount)));
  }
  return sum;
}

void checkPositive(std::string_view rule, schema::Money::Reader amount, Refusals& no) {
  if (amount.getCurrency().size() == 0 || amount.getMinor() > 0) return;
  no.refuse(rule, msg("{amount} is not above zero; give what was meant with --amount, or leave it "
                      "out where it may be unknown",
                      arg("amount", toText(moneyOf(amount)))));
}

void checkPercentage(std::string_view rule, schema::Decimal::Reader share, Refusals& no) {
  const auto value = decimalOf(share);
  if (value >= Decimal{0, 0} && value <= Decimal{100, 0}) return;
  no.refuse(rule, msg("{share} is not a share in per cent; give a number from 0 to 100",
                      arg("share", toText(value))));
}

std::string entryText(const RowZonedTime& time) {
  return toText(ZonedTime{time.local, time.zone, time.utcNs, {}});
}

std::string entryText(EntityId id) {
  return "#" + std::to_string(id.value);
}

}  // namespace consulta
