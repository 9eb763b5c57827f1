#include "events/values/symbol.h"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

#include "events/limits.h"
#include "tests/events/random_text.h"

using namespace consulta;

namespace {

std::string readingOf(std::string_view text) {
  const auto read = readSymbol(text);
  return read ? toText(*read) : "refused: " + inEnglish(read.failures().front().text);
}

std::string nameOf(std::string_view text) {
  const auto read = readEntityName(text);
  return read ? toText(*read) : "refused: " + inEnglish(read.failures().front().text);
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

TEST_CASE("symbols in use are read and written back") {
  for (const std::string text :
       {"GC.11/Res.1", "GC.2/Dec.25", "IDB.31/10", "IDB.16/6/Rev.1", "PBC.37/1/Add.1",
        "GC.18/INF/4", "IDB.18/8-PBC.13/6", "IDB.31/10/Corr.1", "GC.11/L.1", "GC.11/CRP.2",
        "IDB.31/10/Add.1/Corr.2"}) {
    CAPTURE(text);
    CHECK(readingOf(text) == text);
  }
  CHECK(readingOf(" gc.11/res.1 ") == "GC.11/Res.1");
  CHECK(readingOf("Gc.18/inf/4") == "GC.18/INF/4");
}

TEST_CASE("a symbol is known by its parts") {
  const auto symbol = readSymbol("IDB.16/6/Rev.1").value();
  CHECK(symbol.series.size() == 1);
  CHECK(symbol.series[0] == SymbolSeries{"IDB", 16, {{"", 6}, {"Rev", 1}}});
  const auto two = readSymbol("IDB.18/8-PBC.13/6").value();
  REQUIRE(two.series.size() == 2);
  CHECK(two.series[1] == SymbolSeries{"PBC", 13, {{"", 6}}});
  CHECK(readSymbol("GC.18/INF/4")->series[0].parts[0] == SymbolPart{"INF", 0});
}

TEST_CASE("what is no symbol is refused with an example") {
  const std::vector<std::array<std::string, 2>> cases = {
      {"", "there is no symbol"},
      {"GC", "session by its number"},
      {"GC.11", "no document"},
      {"GC.11/", "nothing between"},
      {"GC.11//1", "nothing between"},
      {"GC/Res.1", "session by its number"},
      {"GC.0/Res.1", "session by its number"},
      {"GC.XI/Res.1", "session by its number"},
      {"11/Res.1", "does not begin with a body"},
      {"G.11/Res.1", "does not begin with a body"},
      {"GC.11/Res", "needs its number"},
      {"GC.11/Res.", "a number from 1"},
      {"GC.11/Res.01", "a number from 1"},
      {"GC.11/Rse.1", "did you mean Res"},
      {"GC.11/Foobar.1", "no part of a symbol"},
      {"IDB.31/010", "without zeros"},
      {"IDB.31/999999", "1 to 99999"},
      {"IDB.31/10-", "does not begin with a body"},
      {"IDB.31/10 Rev.1", "cannot be read"},
      {std::string(201, 'A'), "longer than"},
  };
  for (const auto& test : cases) {
    const auto& input = test[0];
    const auto& reason = test[1];
    CAPTURE(input);
    const auto reading = readingOf(input);
    CAPTURE(reading);
    CHECK(reading.starts_with("refused"));
    CHECK(contains(reading, reason));
    CHECK((contains(reading, "IDB.31/10") || contains(reading, "GC.11/")));
  }
}

TEST_CASE("entities go by names or by symbols") {
  for (const std::string text :
       {"MOU-SEGIB-2006", "MTG-2006-003", "GC.11/Res.1", "A/RES/60/1", "mou:MOU-SEGIB-2006",
        "mandate:GC.11/Res.1", "República+1", "2006-1", "Ω_1"}) {
    CAPTURE(text);
    CHECK(nameOf(text) == text);
  }
  const auto name = readEntityName(" mou:MOU-SEGIB-2006 ").value();
  CHECK(name.aggregate == "mou");
  CHECK(name.name == "MOU-SEGIB-2006");
  CHECK(nameOf("Re\xCC\x81gion") == "R\xC3\xA9gion");
  CHECK(nameOf(std::string(limits::symbol_bytes_max, 'a')).size() == limits::symbol_bytes_max);
}

TEST_CASE("a name that would mislead is refused with what to write") {
  const std::vector<std::array<std::string, 2>> cases = {
      {"", "there is no name"},
      {"mou:", "there is no name"},
      {"MOU SEGIB", "a blank"},
      {"MOU\xC2\xA0SEGIB", "a blank"},
      {"2006", "bare number"},
      {"mou:2006", "bare number"},
      {"-x", "begins with a mark"},
      {"../x", "begins with a mark"},
      {"a:b:c", "the one colon"},
      {":x", "the one colon"},
      {"MOU:x", "the one colon"},
      {"a*b", "holds \"*\""},
      {"a\x1b[31m", "holds \"\\x1b\""},
      {"a\xE2\x80\xAE", "holds \"\\u202e\""},
      {"a\xE2\x80\x8B", "holds"},
      {"a\xff", "not UTF-8"},
      {std::string(201, 'a'), "longer than 200"},
      {std::string(5'000, 'a'), "longer than 200"},
  };
  for (const auto& test : cases) {
    const auto& input = test[0];
    const auto& reason = test[1];
    CAPTURE(input);
    const auto reading = nameOf(input);
    CAPTURE(reading);
    CHECK(reading.starts_with("refused"));
    CHECK(contains(reading, reason));
  }
}

TEST_CASE("symbols and names by chance come back, and no text crashes their readers") {
  constexpr std::uint64_t seed = 1985;
  CAPTURE(seed);
  test::RandomText random(seed);
  const std::vector<std::string> good = {"GC.11/Res.1", "IDB.18/8-PBC.13/6", "GC.18/INF/4",
                                         "mou:MOU-SEGIB-2006", "Re\xCC\x81gion"};
  for (int i = 0; i < 30'000; ++i) {
    const auto text = i % 3 == 0   ? random.bytes(20)
                      : i % 3 == 1 ? random.from("GCIDBResInf.1234/-:", 16)
                                   : random.spoiled(good[random.below(good.size())]);
    CAPTURE(text);
    if (const auto symbol = readSymbol(text)) {
      CHECK(readSymbol(toText(*symbol)).value() == *symbol);
      CHECK(readEntityName(toText(*symbol)).ok());
    }
    if (const auto name = readEntityName(text)) {
      CHECK(readEntityName(toText(*name)).value() == *name);
    }
  }
}
