// Rows as JSON: what `show --json`, `list --json` and their like print, for programs to rely on.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "events/entry_json.h"
#include "projections/node.h"
#include "projections/row.h"
#include "projections/row_fields.h"
#include "projections/state.h"

namespace consulta {

/// Entities by name ("mou:MOU-SEGIB-2006"), dates as EDTF (with the source's words as an object
/// {"edtf", "words"}), money as "1.00 USD", decimals as text, texts as an object by language, a
/// personal value in clear or {"closed": true}. Members that were never stated are not there.
[[nodiscard]] boost::json::value nodeJson(const Node& node, const JsonView& view);

/// {"id", "position", "aggregate", "symbols", <a member for each state axis>, "opened", "changed",
/// "found", "corrected", "revision", "fields": {...}}.
[[nodiscard]] boost::json::object rowJson(const Catalogue& catalogue, const Row& row,
                                          const JsonView& view);

/// What of it may leave by public feeds.
[[nodiscard]] boost::json::object publicRowJson(const State& state, const RowFields& fields,
                                                const Row& row, const JsonView& view);

}  // namespace consulta
