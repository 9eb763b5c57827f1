// What an entry says, as the same kind of tree that rows are shown as.
#pragma once

#include <string>

#include "cli/value_text.h"
#include "events/catalogue.h"
#include "events/envelope.capnp.h"
#include "events/ids.h"
#include "projections/node.h"
#include "projections/row.h"

namespace consulta {

/// The stated fields of an event by name. Personal values refer to `at`, the record that `event`
/// stands in. Valid without the record.
[[nodiscard]] Node eventNode(const Catalogue& catalogue, const EventInfo& act,
                             schema::Event::Reader event, Position at);

/// "scheduled", "signed": what the act did, in words. An act this program does not know: "unknown".
[[nodiscard]] std::string actWords(const EventInfo* act, const ValueView& view);

/// The stated fields in one line: "dates: June 2006, place: Vienna".
[[nodiscard]] std::string eventLine(const Node& event, const ValueView& view);

}  // namespace consulta
