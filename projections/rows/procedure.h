// A procedure, with every version that it had.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "events/procedure.capnp.h"
#include "projections/row.h"

namespace consulta {

/// The text is kept as it was entered; parseProcedure() takes it apart.
struct ProcedureVersion {
  std::uint32_t version = 0;  // from 1
  RowDate since;
  std::string definition;
  SealedRef reason;
  bool operator==(const ProcedureVersion&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProcedureVersion, (), (version, since, definition, reason))

struct Procedure {
  static constexpr auto aggregate = schema::Event::PROCEDURE;

  RowTexts title;                          // as the last version says it
  std::vector<ProcedureVersion> versions;  // in order; the last one is in force
  EntityId replacement;
  SealedRef reason;  // why it was retired
  bool operator==(const Procedure&) const = default;
};
BOOST_DESCRIBE_STRUCT(Procedure, (), (title, versions, replacement, reason))

void fold(Procedure& row, RowHead& head, schema::ProcedureEvent::Reader event,
          const FoldStep& step);

}  // namespace consulta
