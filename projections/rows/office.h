// An office of the organization: a headquarters unit or a field office.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "events/office.capnp.h"
#include "projections/row.h"

namespace consulta {

struct Office {
  static constexpr auto aggregate = schema::Event::OFFICE;

  RowTexts name;
  schema::OfficeKind kind = schema::OfficeKind::HEADQUARTERS_UNIT;
  std::string place;
  std::string country;
  EntityId parent;
  std::string timeZone;
  std::vector<EntityId> covers;
  EntityId officeHead;
  EntityId successor;
  bool operator==(const Office&) const = default;
};
BOOST_DESCRIBE_STRUCT(Office, (),
                      (name, kind, place, country, parent, timeZone, covers, officeHead, successor))

void fold(Office& row, RowHead& head, schema::OfficeEvent::Reader event, const FoldStep& step);

}  // namespace consulta
