#include "engine/server/cloud_event.h"

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "events/entry.h"
#include "events/entry_json.h"
#include "events/values/edtf.h"

namespace consulta {

namespace json = boost::json;

namespace {

bool isUnknown(schema::Date::Reader date) {
  const auto bounds = dateBounds(std::string_view(date.getEdtf().cStr(), date.getEdtf().size()));
  return !bounds || bounds->earliestNs == wholeTime().earliestNs;
}

}  // namespace

json::object cloudEvent(const State& state, const EventSource& source, const Record& record,
                        bool replayed) {
  const auto root = record.get();
  const auto* act = actOf(state.catalogue(), root.getEvent());
  JsonView view;
  view.nameOf = [&](EntityId id) { return state.nameOf(id); };
  json::object out{
      {"specversion", "1.0"},
      {"id", std::to_string(record.position().value)},
      {"source", fmt::format("urn:uuid:{}#epoch-{}", toText(source.reg), source.epoch)},
      {"type", act == nullptr ? std::string("unknown") : act->type},
      {"subject", state.nameOf(record.entity())}};
  if (!isUnknown(root.getOccurred())) out["time"] = instantText(root.getOrderNs());
  out["recordedtime"] = instantText(root.getRecordedAtNs());
  out["sequence"] = fmt::format("{:020}", record.position().value);
  out["replayed"] = replayed;
  out["datacontenttype"] = "application/json";
  out["data"] = entryJson(state.catalogue(), root, view);
  return out;
}

}  // namespace consulta
