// Entries as JSON: what is printed reads back as the same bytes.
#include "events/entry_json.h"

#include <capnp/message.h>
#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <limits>

#include "tests/events/sample_entries.h"

namespace consulta::test {

namespace {

/// Shows personal values as the sample entries give them.
JsonView openView() {
  JsonView view;
  view.reveal = [](Position, std::string_view field) -> std::optional<std::string> {
    return field == "note" ? "a note" : std::string(field) + " personal";
  };
  return view;
}

void checkBack(const Catalogue& catalogue, const EventInfo& act, const boost::json::object& entry) {
  INFO(act.type);
  const auto record = sampleRecord(catalogue, act, entry);
  const auto printed = entryJson(catalogue, record->get(), openView());
  CHECK(encode(sampleRecord(catalogue, act, printed)->get()) == encode(record->get()));
}

}  // namespace

TEST_CASE("every entry that is printed as JSON reads back as the same bytes") {
  const Catalogue catalogue;
  for (const auto& aggregate : catalogue.aggregates()) {
    for (const auto& act : aggregate.events) checkBack(catalogue, act, sampleEntry(act));
  }
  checkBack(catalogue, catalogue.symbolGiven(), sampleEntry(catalogue.symbolGiven()));
}

TEST_CASE("an hour that came twice reads back as the one that was meant") {
  const Catalogue catalogue;
  const auto& act = *catalogue.byType("consultation.putUnderSilence");
  for (const char* time :
       {"2006-10-29T02:30+02:00 Europe/Vienna", "2006-10-29T02:30+01:00 Europe/Vienna"}) {
    auto entry = sampleEntry(act);
    for (const auto& field : act.fields) {
      if (field.kind == FieldKind::zonedTime) entry["data"].as_object()[field.name] = time;
    }
    checkBack(catalogue, act, entry);
  }
}

TEST_CASE("an instant is printed to its nanosecond, before 1970 as well") {
  CHECK(instantText(0) == "1970-01-01T00:00:00.000000000Z");
  CHECK(instantText(-1) == "1969-12-31T23:59:59.999999999Z");
  CHECK(instantText(1'144'310'405'000'000'006) == "2006-04-06T08:00:05.000000006Z");
  CHECK(instantText(std::numeric_limits<std::int64_t>::min()) == "1677-09-21T00:12:43.145224192Z");
  CHECK(instantText(std::numeric_limits<std::int64_t>::max()) == "2262-04-11T23:47:16.854775807Z");
}

TEST_CASE("an entry that is printed into memory of the caller's is the same") {
  capnp::MallocMessageBuilder message;
  auto record = message.initRoot<schema::Record>();
  record.setPosition(7);
  record.setEntity(3);
  record.setSymbol("IDB.31/10");
  record.initNote().setCommitment(kj::heapArray<kj::byte>({1, 0xAB, 0}));
  auto found = record.initEvent().initMeeting().initFound();
  found.initTitle().initPhrases(1)[0].setText("Trade");
  found.initDates().setEdtf("2006-04");
  found.initOrganizers(2).set(0, 5);
  const Catalogue catalogue;
  const auto plain = entryJson(catalogue, record, JsonView{});
  boost::json::monotonic_resource memory;
  JsonView view;
  view.storage = &memory;
  const auto placed = entryJson(catalogue, record, view);
  CHECK(placed == plain);
  CHECK(placed.storage().get() == &memory);
  CHECK(placed.at("data").as_object().storage().get() == &memory);
  CHECK(plain.at("note").at("commitment") == "01ab00");
}

}  // namespace consulta::test
