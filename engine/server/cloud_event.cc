#include "engine/server/cloud_event.h"

#include <string>
#include <string_view>

#include "events/entry.h"
#include "events/values/edtf.h"

namespace consulta {

namespace json = boost::json;

namespace {

bool isUnknown(schema::Date::Reader date) {
  const auto bounds = dateBounds(std::string_view(date.getEdtf().cStr(), date.getEdtf().size()));
  return !bounds || bounds->earliestNs == wholeTime().earliestNs;
}

}  // namespace

EventSource::EventSource(RegisterId reg, std::uint64_t epoch)
    : epoch_(epoch), text_("urn:uuid:" + toText(reg) + "#epoch-" + std::to_string(epoch)) {}

json::object cloudEvent(const Catalogue& catalogue, const EventSource& source, const Record& record,
                        bool replayed, const JsonView& view) {
  constexpr std::size_t fields = 11;
  constexpr std::size_t sequence_digits = 20;
  const auto root = record.get();
  const auto* act = actOf(catalogue, root.getEvent());
  const auto position = std::to_string(record.position().value);
  json::object out(fields, view.storage);
  out.emplace("specversion", "1.0");
  out.emplace("id", position);
  out.emplace("source", source.text());
  out.emplace("type", act == nullptr ? "unknown" : act->type);
  out.emplace("subject", view.nameOf(record.entity()));
  if (!isUnknown(root.getOccurred())) out.emplace("time", instantText(root.getOrderNs()));
  out.emplace("recordedtime", instantText(root.getRecordedAtNs()));
  out.emplace("sequence", std::string(sequence_digits - position.size(), '0') + position);
  out.emplace("replayed", replayed);
  out.emplace("datacontenttype", "application/json");
  out.emplace("data", entryJson(catalogue, root, view));
  return out;
}

}  // namespace consulta
