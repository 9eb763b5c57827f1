#include "projections/rows/procedure.h"

#include <memory>
#include <stdexcept>

#include "events/procedure/definition.h"
#include "projections/row_of.h"

namespace consulta {

namespace {

ProcedureVersion& addVersion(Procedure& row, capnp::Text::Reader definition, const FoldStep& step) {
  auto& out = row.versions.emplace_back();
  out.version = static_cast<std::uint32_t>(row.versions.size());
  out.since = step.date();
  take(out.definition, definition);
  if (const auto read = parseProcedure(out.definition)) {
    row.title.phrases.clear();
    for (const auto& one : read->title) row.title.phrases.push_back({one.language, one.text});
  }
  return out;
}

}  // namespace

void fold(Procedure& row, RowHead&, schema::ProcedureEvent::Reader event, const FoldStep& step) {
  using E = schema::ProcedureEvent;
  switch (event.which()) {
    case E::ADOPTED:
      addVersion(row, event.getAdopted().getDefinition(), step);
      return;
    case E::FOUND:
      addVersion(row, event.getFound().getDefinition(), step);
      return;
    case E::REVISED: {
      auto& version = addVersion(row, event.getRevised().getDefinition(), step);
      return take(version.reason, event.getRevised().getReason(), step.valuesAt, "reason");
    }
    case E::RETIRED:
      take(row.replacement, event.getRetired().getReplacement());
      return take(row.reason, event.getRetired().getReason(), step.valuesAt, "reason");
  }
  throw std::logic_error("an event of a procedure without a fold");
}

std::unique_ptr<Row> newProcedureRow() {
  return std::make_unique<RowOf<Procedure, &schema::Event::Reader::getProcedure>>();
}

}  // namespace consulta
