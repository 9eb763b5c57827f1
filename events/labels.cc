#include "events/labels.h"

#include <algorithm>
#include <array>
#include <utility>

#include "events/catalogue.h"

namespace consulta {

std::string labelOf(std::string_view name) {
  // A state stands behind "is" as well: "PRJ-1 is at the concept stage".
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> own = {
      {{"mous", "memoranda of understanding"},
       {"fundings", "funding"},
       {"concept", "at the concept stage"},
       {"follow-up-asked", "awaiting follow-up"},
       {"late-seconds", "late by"},
       {"expired-late-seconds", "expired, late by"},
       {"in-force-late-seconds", "in force, late by"},
       {"overdue-late-seconds", "overdue, late by"}}};
  auto out = kebab(name);
  for (const auto& [plain, label] : own) {
    if (out == plain) return std::string(label);
  }
  std::ranges::replace(out, '-', ' ');
  return out;
}

}  // namespace consulta
