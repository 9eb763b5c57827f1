// A session of a governing body.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "events/register.capnp.h"
#include "projections/row.h"

namespace consulta {

struct Session {
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
  bool operator==(const Session&) const = default;
};
BOOST_DESCRIBE_STRUCT(Session, (),
                      (body, number, title, dates, place, president, report, began, ended))

void fold(Session& row, RowHead& head, schema::SessionEvent::Reader event, const FoldStep& step);

}  // namespace consulta
