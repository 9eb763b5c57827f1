// A session of a governing body.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "events/register.capnp.h"
#include "projections/row.h"

namespace consulta {

struct SessionRow {
  static constexpr auto aggregate = schema::Event::SESSION;

  std::string body;
  std::uint32_t number = 0;
  RowTexts title;
  RowDate dates;
  std::string place;
  EntityId president;
  EntityId report;
  RowDate began;
  RowDate ended;
  RowDate datesKnownSince;  // when they were recorded, an instant
  bool operator==(const SessionRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(SessionRow, (),
                      (body, number, title, dates, place, president, report, began, ended,
                       datesKnownSince))

void fold(SessionRow& row, RowHead& head, schema::SessionEvent::Reader event, const FoldStep& step);

}  // namespace consulta
