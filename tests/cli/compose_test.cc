// How the reference data is made from its data files, and what is refused there.
#include "cli/reference/compose.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <string>

#include "events/values/currencies.h"

using namespace consulta;
using namespace consulta::reference;

namespace {

Table table(std::string_view text) {
  return orBroken(readTable("x.csv", text));
}

/// Facts about two countries, complete and without a fault.
Facts smallFacts() {
  Facts facts;
  facts.regions = table("code,parent,en,fr,es\n419,,Latin America,,\n005,419,South America,,\n");
  facts.countries = table("code,region,en,fr,es\nPE,005,,,\nUY,005,,Uruguay!,\n");
  facts.groups = table("code,acronym,en,fr,es\nGRULAC,GRULAC,Group,,\n");
  facts.members = table("group,country,since\nGRULAC,UY,1964\n");
  std::string withdrawn = "code,validTo\n";
  for (const auto& currency : currencies()) {
    if (currency.withdrawn) withdrawn += std::string(currency.code) + ",2002\n";
  }
  facts.currencies = table(withdrawn);
  facts.isoCountries.items = orBroken(readIsoItems("x.json", R"({"3166-1": [
      {"alpha_2": "PE", "alpha_3": "PER", "name": "Peru", "numeric": "604"},
      {"alpha_2": "UY", "alpha_3": "URY", "name": "Uruguay", "numeric": "858"}]})",
                                                   "3166-1", "alpha_2"));
  return facts;
}

bool isRefused(const Facts& facts, std::string_view because) {
  const auto groups = compose(facts);
  if (groups) return false;
  return std::ranges::any_of(groups.failures(), [&](const Failure& failure) {
    return inEnglish(failure.text).find(because) != std::string::npos;
  });
}

std::vector<std::string> entriesOf(const Facts& facts) {
  std::vector<std::string> out;
  for (auto& group : orBroken(compose(facts))) {
    out.insert(out.end(), group.entries.begin(), group.entries.end());
  }
  return out;
}

}  // namespace

TEST_CASE("a country's names are our own, or those of iso-codes, or left out") {
  const auto entries = entriesOf(smallFacts());
  CHECK(std::ranges::count(
            entries, R"({"type":"reference.listed","entity":"country/PE","occurred":"unknown",)"
                     R"("data":{"list":"country","code":"PE","names":{"en":"Peru"},"parent":"005",)"
                     R"("numeric":"604","alpha3":"PER"},"sources":["ISO 3166-1"]})") == 1);
  CHECK(std::ranges::any_of(entries, [](const std::string& entry) {
    return entry.find(R"("names":{"en":"Uruguay","fr":"Uruguay!"})") != std::string::npos;
  }));
}

TEST_CASE("a membership has the date that is known") {
  CHECK(entriesOf(smallFacts()).back() ==
        R"({"type":"party.groupJoined","entity":"UY","occurred":"1964",)"
        R"("data":{"group":"GRULAC"}})");
}

TEST_CASE("facts that contradict each other stop the build") {
  auto facts = smallFacts();
  facts.countries = table("code,region\nPE,005\nPE,005\nUY,006\nXX,005\n");
  CHECK(isRefused(facts, "country/PE comes twice"));
  CHECK(isRefused(facts, "country/UY names the region 006"));
  CHECK(isRefused(facts, "no country XX"));

  facts = smallFacts();
  facts.members = table("group,country\nGRULAC,UY\nGRULAC,UY\nGRULAC,ZZ\nEU,PE\n");
  CHECK(isRefused(facts, "UY is twice a member of GRULAC"));
  CHECK(isRefused(facts, "ZZ, which is no country"));
  CHECK(isRefused(facts, "the group EU"));

  facts = smallFacts();
  facts.languages = table("code,en,fr\nfr,,français\n");
  CHECK(isRefused(facts, "language/fr has no name in English"));
}

TEST_CASE("a currency that was withdrawn must say when, and no other may") {
  auto facts = smallFacts();
  facts.currencies = table("code,validTo\nEUR,2002\nQQQ,\n");
  CHECK(isRefused(facts, "when EUR was withdrawn"));
  CHECK(isRefused(facts, "when DEM was withdrawn"));
  CHECK(isRefused(facts, "no currency QQQ"));
}

TEST_CASE("a list of iso-codes that is not as expected is refused") {
  for (const auto* text : {"", "[]", "{}", R"({"a": 1})", R"({"a": [1]})", R"({"a": [{}]})"}) {
    CAPTURE(text);
    CHECK_FALSE(readIsoItems("x.json", text, "a", "code"));
  }
}

TEST_CASE("cells with commas and quotes stand in quotes") {
  const auto rows = table("code,en\r\nA,\"one, \"\"two\"\"\"\r\nB,\n");
  REQUIRE(rows.size() == 2);
  CHECK(rows[0]["en"] == "one, \"two\"");
  CHECK(rows[1]["code"] == "B");
  CHECK(rows[1]["en"].empty());
  CHECK(rows[1]["fr"].empty());
}

TEST_CASE("every line that has not its cells is reported by its number") {
  const auto rows = readTable("x.csv", "code,en\nA\nB,\"open\nC,c\nD,d,d\n");
  REQUIRE_FALSE(rows);
  REQUIRE(rows.failures().size() == 3);
  CHECK(inEnglish(rows.failures()[2].text).starts_with("x.csv, line 5:"));
  CHECK_FALSE(readTable("x.csv", "code,en\nA,\"a\"b\n"));
  CHECK_FALSE(readTable("x.csv", "code\n\xFF\n"));
}
