// One item of a reference list.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "events/register.capnp.h"
#include "projections/row.h"

namespace consulta {

struct Reference {
  static constexpr auto aggregate = schema::Event::REFERENCE;

  schema::ReferenceList list = schema::ReferenceList::COUNTRY;
  std::string code;
  RowTexts names;
  std::string parent;
  std::string scheme;
  std::string numeric;
  std::string alpha3;
  std::optional<std::uint8_t> decimals;  // of a currency
  RowDate validFrom;
  RowDate validTo;
  bool retired = false;
  std::string replacedBy;
  bool operator==(const Reference&) const = default;
};
BOOST_DESCRIBE_STRUCT(Reference, (),
                      (list, code, names, parent, scheme, numeric, alpha3, decimals, validFrom,
                       validTo, retired, replacedBy))

void fold(Reference& row, RowHead& head, schema::ReferenceEvent::Reader event,
          const FoldStep& step);

}  // namespace consulta
