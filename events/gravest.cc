#include "events/gravest.h"

#include <algorithm>
#include <array>

namespace consulta {

std::string_view faultName(Fault fault) {
  switch (fault) {
    case Fault::refused:
      return "refused";
    case Fault::usage:
      return "usage";
    case Fault::conflict:
      return "conflict";
    case Fault::damaged:
      return "damaged";
    case Fault::unavailable:
      break;
  }
  return "unavailable";
}

const Failure& gravest(const Failures& failures) {
  constexpr std::array order{Fault::damaged, Fault::unavailable, Fault::usage, Fault::conflict,
                             Fault::refused};
  return *std::ranges::min_element(failures, {}, [&](const Failure& one) {
    return std::ranges::find(order, one.fault) - order.begin();
  });
}

}  // namespace consulta
