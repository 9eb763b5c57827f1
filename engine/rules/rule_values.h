// What rules ask of the values of entries and rows: which day is certainly before which, and how
// amounts compare. Pure, safe from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/rules/guard.h"
#include "events/values.capnp.h"
#include "events/values/decimal.h"
#include "events/values/money.h"
#include "projections/row_values.h"

namespace consulta {

/// How far the farthest zone is ahead of UTC: a day has come when it has begun anywhere on earth.
constexpr std::int64_t zones_ahead_ns = 14LL * 3'600 * 1'000'000'000;

/// Whether everything that `date` can mean lies before everything that `other` can mean. Dates that
/// are not stated are before nothing, and nothing is before them.
[[nodiscard]] bool certainlyBefore(std::string_view date, std::string_view other);
/// The same of a moment.
[[nodiscard]] bool certainlyBefore(std::string_view date, std::int64_t momentNs);
[[nodiscard]] bool certainlyAfter(std::string_view date, std::int64_t momentNs);

[[nodiscard]] Money moneyOf(const RowMoney& money);
[[nodiscard]] Money moneyOf(schema::Money::Reader money);
[[nodiscard]] Decimal decimalOf(const RowDecimal& decimal);
[[nodiscard]] Decimal decimalOf(schema::Decimal::Reader decimal);

/// The sum of what is in that currency; amounts in others are left out, never converted. Broken
/// when it cannot be kept, which checks on entering prevent.
[[nodiscard]] Money sumIn(std::string_view currency, const std::vector<RowMoney>& amounts);

/// Refuses an amount that is stated and not above zero. `rule` is the refusal's name.
void checkPositive(std::string_view rule, schema::Money::Reader amount, Refusals& no);
/// Refuses a share outside 0 to 100 per cent.
void checkPercentage(std::string_view rule, schema::Decimal::Reader share, Refusals& no);

/// A moment as an entry's data states it: "2006-07-14T18:00+02:00 Europe/Vienna".
[[nodiscard]] std::string entryText(const RowZonedTime& time);
/// An entity as an entry's data names it: "#17".
[[nodiscard]] std::string entryText(EntityId id);

}  // namespace consulta
