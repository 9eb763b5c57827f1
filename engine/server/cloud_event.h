// Entries as CloudEvents 1.0 in JSON, for whoever does not speak Cap'n Proto.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>

#include "events/catalogue.h"
#include "events/entry_json.h"
#include "events/ids.h"
#include "events/record.h"

namespace consulta {

/// Whose events they are. Positions count in an epoch, so both are part of an event's source.
class EventSource {
 public:
  EventSource(RegisterId reg, std::uint64_t epoch);
  [[nodiscard]] std::uint64_t epoch() const { return epoch_; }
  /// As an event names it.
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::uint64_t epoch_;
  std::string text_;
};

/// "time" is when it occurred, of an imprecise date the moment by which it is put in order, and is
/// not there when nothing is known of it; the extensions are "recordedtime", "sequence" (the
/// position, with zeros in front) and "replayed": whether it was there before whoever reads it
/// came. "data" is the entry as "consulta log --json" prints it, with commitments in the place of
/// personal values.
/// `view` says how the entry is printed, with the names of entities, and where that lies.
[[nodiscard]] boost::json::object cloudEvent(const Catalogue& catalogue, const EventSource& source,
                                             const Record& record, bool replayed,
                                             const JsonView& view);

}  // namespace consulta
