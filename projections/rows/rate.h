// An exchange rate, valid from the day of its entry.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "events/register.capnp.h"
#include "projections/row.h"

namespace consulta {

struct Rate {
  static constexpr auto aggregate = schema::Event::RATE;

  std::string base;
  std::string quote;
  RowDecimal rate;
  std::string quotedBy;
  bool withdrawn = false;
  SealedRef reason;
  bool operator==(const Rate&) const = default;
};
BOOST_DESCRIBE_STRUCT(Rate, (), (base, quote, rate, quotedBy, withdrawn, reason))

void fold(Rate& row, RowHead& head, schema::RateEvent::Reader event, const FoldStep& step);

}  // namespace consulta
