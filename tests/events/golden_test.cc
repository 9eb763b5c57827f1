// Golden files of every event: bytes that were once written must read as the same entry for ever,
// and the same entry must give the same bytes.
//
// One file an aggregate, one line an event: {"type", "bytes" (hexadecimal), "entry" (its JSON)}. A
// new event needs a new line: CONSULTA_WRITE_GOLDEN=1 build/release/tests/events_test writes what
// is missing and never touches a line that is there.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include "events/entry_json.h"
#include "tests/events/sample_entries.h"

namespace consulta::test {

namespace {

namespace json = boost::json;

struct Golden {
  std::string bytes;
  json::object entry;
};

std::filesystem::path fileOf(const std::string& aggregate) {
  return std::filesystem::path(CONSULTA_SOURCE_DIR) / "tests/events/golden" /
         (aggregate + ".ndjson");
}

std::string hex(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) out += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return out;
}

std::string unhex(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    out += static_cast<char>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16));
  }
  return out;
}

std::map<std::string, Golden> read(const std::string& aggregate) {
  std::map<std::string, Golden> out;
  std::ifstream in(fileOf(aggregate));
  for (std::string line; std::getline(in, line);) {
    const auto value = json::parse(line).as_object();
    out[std::string(value.at("type").as_string())] =
        Golden{std::string(value.at("bytes").as_string()), value.at("entry").as_object()};
  }
  return out;
}

void write(const std::string& aggregate, const EventInfo& act, const Golden& golden) {
  std::filesystem::create_directories(fileOf(aggregate).parent_path());
  std::ofstream out(fileOf(aggregate), std::ios::app);
  out << json::serialize(
             json::object{{"type", act.type}, {"bytes", golden.bytes}, {"entry", golden.entry}})
      << "\n";
}

/// A corrigendum holds the whole of another entry as it should have been, which the register puts
/// in; here a meeting elsewhere.
RecordPtr sampleCorrigendum(const Catalogue& catalogue) {
  const auto& act = catalogue.corrigendum();
  const auto& right = *catalogue.byType("meeting.relocated");
  capnp::MallocMessageBuilder message;
  message.setRoot(sampleRecord(catalogue, act, sampleEntry(act))->get());
  auto record = message.getRoot<schema::Record>();
  auto corrigendum = record.getEvent().getCorrigendum();
  corrigendum.setRight(sampleRecord(catalogue, right, sampleEntry(right))->get().getEvent());
  auto fields = corrigendum.initFields(2);
  fields.set(0, "place");
  fields.set(1, "country");
  corrigendum.setOrderNs(1'144'281'600'000'000'000);
  return Record::read(Position(100), encode(record.asReader())).value();
}

Golden make(const Catalogue& catalogue, const EventInfo& act) {
  const auto record = &act == &catalogue.corrigendum()
                          ? sampleCorrigendum(catalogue)
                          : sampleRecord(catalogue, act, sampleEntry(act));
  return Golden{hex(encode(record->get())), entryJson(catalogue, record->get(), JsonView{})};
}

void check(const Catalogue& catalogue, const EventInfo& act, const Golden& golden) {
  INFO(act.type);
  const auto record = Record::read(Position(100), unhex(golden.bytes));
  REQUIRE(record.ok());
  REQUIRE(actOf(catalogue, (*record)->get().getEvent()) == &act);
  CHECK(entryJson(catalogue, (*record)->get(), JsonView{}) == golden.entry);
  CHECK(make(catalogue, act).bytes == golden.bytes);
}

}  // namespace

TEST_CASE("every event reads back from its golden bytes and is written as them again") {
  const Catalogue catalogue;
  const bool writing = std::getenv("CONSULTA_WRITE_GOLDEN") != nullptr;
  const auto checkAll = [&](const std::string& name, const std::vector<const EventInfo*>& events) {
    auto golden = read(name);
    for (const auto* act : events) {
      if (!golden.contains(act->type) && writing) {
        golden[act->type] = make(catalogue, *act);
        write(name, *act, golden[act->type]);
      }
      INFO("no golden line for " << act->type << "; run with CONSULTA_WRITE_GOLDEN=1 to write it");
      REQUIRE(golden.contains(act->type));
      check(catalogue, *act, golden[act->type]);
    }
    CHECK(golden.size() == events.size());  // no event was ever taken away
  };
  for (const auto& aggregate : catalogue.aggregates()) {
    std::vector<const EventInfo*> events;
    for (const auto& act : aggregate.events) events.push_back(&act);
    checkAll(aggregate.name, events);
  }
  checkAll("common", {&catalogue.corrigendum(), &catalogue.symbolGiven(), &catalogue.retraction(),
                      &catalogue.deadlinesReleased(), &catalogue.deadlineMoved()});
}

}  // namespace consulta::test
