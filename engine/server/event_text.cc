#include "engine/server/event_text.h"

#include <boost/json.hpp>
#include <utility>

#include "events/entry_json.h"

namespace consulta {

namespace json = boost::json;

EventText::EventText(const Register& reg, EventForm form)
    : reg_(reg), source_{reg.id(), reg.epoch()}, form_(form) {}

std::string EventText::place(Position at) const {
  return std::to_string(source_.epoch) + ":" + std::to_string(at.value);
}

std::string EventText::events(const std::vector<std::shared_ptr<const Record>>& records,
                              Position replayedTo, Position at) const {
  if (records.empty()) return {};
  std::string out;
  if (form_ == EventForm::messages) out = R"({"place":")" + place(at) + R"(","events":[)";
  reg_.read([&](const State& state) {
    for (const auto& record : records) {
      const auto event = cloudEvent(state, source_, *record, record->position() <= replayedTo);
      if (form_ == EventForm::serverSent) out += "id: " + place(record->position()) + "\ndata: ";
      out += json::serialize(event);
      if (form_ == EventForm::messages) {
        out += ',';
      } else {
        out += form_ == EventForm::lines ? "\n" : "\n\n";
      }
    }
  });
  if (form_ == EventForm::messages) {
    out.back() = ']';
    out += '}';
  }
  return out;
}

std::string EventText::notice(std::string_view name, Position at, std::string_view why) const {
  if (form_ == EventForm::lines) return name == "heartbeat" ? "\n" : "";
  json::object data;
  if (form_ == EventForm::messages) {
    data["place"] = place(at);
    data["notice"] = name;
  }
  data["epoch"] = source_.epoch;
  data["position"] = at.value;
  if (at == reg_.published()) data["recordedtime"] = instantText(reg_.newestRecordedNs());
  if (!why.empty()) data["reason"] = why;
  if (form_ == EventForm::messages) return json::serialize(data);
  return "event: " + std::string(name) + "\nid: " + place(at) + "\ndata: " + json::serialize(data) +
         "\n\n";
}

}  // namespace consulta
