// The currencies of ISO 4217 that amounts can be in, with those withdrawn since 1999: a register
// of the past meets both. A constant table; safe from any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "events/result.h"

namespace consulta {

struct Currency {
  std::string_view code;      // "EUR"
  std::uint16_t numeric = 0;  // 978
  std::uint8_t exponent = 0;  // decimals: how many digits the minor unit stands behind the point
  bool withdrawn = false;     // no longer in use, as DEM
  std::string_view name;      // in English
};

/// All of them, by code. The table lives as long as the program.
[[nodiscard]] std::span<const Currency> currencies();
/// By its code in upper case; nullptr when there is none.
[[nodiscard]] const Currency* findCurrency(std::string_view code);
/// The same for what a person wrote, in any case; the failure names the nearest code.
[[nodiscard]] Result<const Currency*> readCurrency(std::string_view text);

}  // namespace consulta
