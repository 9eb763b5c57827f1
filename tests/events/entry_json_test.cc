// Entries as JSON: what is printed reads back as the same bytes.
#include "events/entry_json.h"

#include <doctest/doctest.h>

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

void checkBack(const Catalogue& catalogue, const EventInfo& act,
               const boost::json::object& entry) {
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

}  // namespace consulta::test
