#include "engine/server/event_text.h"

#include <array>
#include <boost/json.hpp>
#include <unordered_map>
#include <utility>

namespace consulta {

namespace json = boost::json;

namespace {

constexpr std::size_t memory_bytes = std::size_t{16} << 10U;

void print(json::serializer& printer, const json::object& what, std::string& out) {
  std::array<char, 4'096> piece;  // NOLINT(*-member-init): it is written before it is read
  printer.reset(&what);
  while (!printer.done()) {
    const auto printed = printer.read(piece.data(), piece.size());
    out.append(printed.data(), printed.size());
  }
}

}  // namespace

EventText::EventText(const Register& reg, EventForm form)
    : reg_(reg), source_(reg.id(), reg.epoch()), form_(form) {}

std::string EventText::place(Position at) const {
  return std::to_string(source_.epoch()) + ":" + std::to_string(at.value);
}

std::string EventText::events(const std::vector<std::shared_ptr<const Record>>& records,
                              Position replayedTo, Position at) const {
  if (records.empty()) return {};
  std::string out;
  if (form_ == EventForm::messages) out = R"({"place":")" + place(at) + R"(","events":[)";
  reg_.read([&](const State& state) {
    // Entries one after the other are often of the same few entities.
    std::unordered_map<EntityId, std::string> names;
    // Each event is printed and let go of at once, in one piece of memory.
    std::array<unsigned char, memory_bytes> piece;  // NOLINT(*-member-init): as above
    json::monotonic_resource memory(piece.data(), piece.size());
    JsonView view;
    view.nameOf = [&](EntityId id) {
      const auto [known, isNew] = names.try_emplace(id);
      if (isNew) known->second = state.nameOf(id);
      return known->second;
    };
    view.storage = &memory;
    json::serializer printer;
    for (const auto& record : records) {
      if (form_ == EventForm::serverSent) out += "id: " + place(record->position()) + "\ndata: ";
      {
        const auto event =
            cloudEvent(state.catalogue(), source_, *record, record->position() <= replayedTo, view);
        print(printer, event, out);
      }
      memory.release();
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
  data["epoch"] = source_.epoch();
  data["position"] = at.value;
  if (at == reg_.published()) data["recordedtime"] = instantText(reg_.newestRecordedNs());
  if (!why.empty()) data["reason"] = why;
  if (form_ == EventForm::messages) return json::serialize(data);
  return "event: " + std::string(name) + "\nid: " + place(at) + "\ndata: " + json::serialize(data) +
         "\n\n";
}

}  // namespace consulta
