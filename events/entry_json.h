// A record as JSON: what `log --json` prints and what an import reads back.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/storage_ptr.hpp>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "events/catalogue.h"
#include "events/envelope.capnp.h"
#include "events/ids.h"

namespace consulta {

/// How a record is shown: whose eyes, and by which names.
struct JsonView {
  /// "mou:MOU-SEGIB-2006" for an entity. Absent: "#17", which reads back in the same register.
  std::function<std::string(EntityId)> nameOf;
  /// A personal value in clear, if whoever looks may see it and its key is there. Absent, or
  /// without an answer: {"commitment": "<64 hexadecimal digits>"} stands in its place.
  std::function<std::optional<std::string>(Position at, std::string_view field)> reveal;
  /// Where what is printed lies, and must go on lying. Absent: where memory usually comes from.
  boost::json::storage_ptr storage;
};

/// The whole entry: envelope and event. Fields that were not stated are not there.
[[nodiscard]] boost::json::object entryJson(const Catalogue& catalogue,
                                            schema::Record::Reader record, const JsonView& view);

/// The fields of one event by name, at `at` (where its personal values lie).
[[nodiscard]] boost::json::object eventJson(const Catalogue& catalogue, const EventInfo& act,
                                            schema::Event::Reader event, Position at,
                                            const JsonView& view);

/// A date as an entry writes it: EDTF, with the words of its source where they were kept.
[[nodiscard]] boost::json::value dateJson(schema::Date::Reader date,
                                          const boost::json::storage_ptr& storage = {});

/// "2006-04-06T08:00:00.123456789Z".
[[nodiscard]] std::string instantText(std::int64_t utcNs);

}  // namespace consulta
