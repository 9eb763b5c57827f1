// The reference data as it was built into the program.
#include "cli/reference.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "events/entry.h"
#include "events/limits.h"
#include "events/values/currencies.h"
#include "events/values/symbol.h"
#include "events/values/utf8.h"

using namespace consulta;
namespace json = boost::json;

namespace {

std::string text(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value == nullptr ? std::string() : std::string(value->as_string());
}

std::vector<json::object> allEntries() {
  std::vector<json::object> out;
  for (const auto line : referenceEntries()) out.push_back(json::parse(line).as_object());
  return out;
}

const json::object& dataOf(const json::object& entry) {
  return entry.at("data").as_object();
}

/// The items of one list by code.
std::map<std::string, json::object> itemsOf(std::string_view list) {
  std::map<std::string, json::object> out;
  for (const auto& entry : allEntries()) {
    if (text(entry, "type") != "reference.listed" || text(dataOf(entry), "list") != list) continue;
    out[text(dataOf(entry), "code")] = entry;
  }
  return out;
}

std::string name(const json::object& entry, std::string_view language) {
  const auto& data = dataOf(entry);
  const auto* names = data.if_contains("names");
  return text((names == nullptr ? data.at("name") : *names).as_object(), language);
}

std::set<std::string> membersOf(std::string_view group) {
  std::set<std::string> out;
  for (const auto& entry : allEntries()) {
    if (text(entry, "type") != "party.groupJoined") continue;
    if (text(dataOf(entry), "group") == group) out.insert(text(entry, "entity"));
  }
  return out;
}

bool isWithin(const std::map<std::string, json::object>& regions, std::string code,
              std::string_view outer) {
  while (!code.empty() && code != outer) code = text(dataOf(regions.at(code)), "parent");
  return code == outer;
}

}  // namespace

TEST_CASE("every reference entry is one that the register's reader takes") {
  const Catalogue catalogue;
  for (const auto line : referenceEntries()) {
    CAPTURE(line);
    CHECK(line.size() < 1'000);
    const auto proposal = readEntry(catalogue, json::parse(line).as_object(), EntryDefaults{});
    if (!proposal) FAIL_CHECK(inEnglish(proposal.failures().front().text));
  }
}

TEST_CASE("the groups are the entries, in the same order, each small enough for one submission") {
  std::vector<std::string_view> together;
  for (const auto& group : referenceGroups()) {
    CHECK_FALSE(group.name.empty());
    CHECK_FALSE(group.entries.empty());
    CHECK(group.entries.size() <= limits::submission_entries_max);
    together.insert(together.end(), group.entries.begin(), group.entries.end());
  }
  CHECK(std::ranges::equal(together, referenceEntries()));
  CHECK(referenceGroups().size() <= 5);
}

TEST_CASE("every symbol is opened once, before anything names it") {
  std::set<std::string> items;
  std::set<std::string> parties;
  const auto known = [&](std::string_view list, const std::string& code) {
    return code.empty() || items.contains(foldLatin(std::string(list) + "/" + code));
  };
  for (const auto& entry : allEntries()) {
    const auto entity = text(entry, "entity");
    const auto& data = dataOf(entry);
    CAPTURE(entity);
    REQUIRE(readEntityName(entity));
    if (text(entry, "type") == "reference.listed") {
      const auto list = text(data, "list");
      CHECK(entity == list + "/" + text(data, "code"));
      CHECK(known(list == "country" ? "region" : list, text(data, "parent")));
      CHECK(items.insert(foldLatin(entity)).second);  // case makes no difference to a symbol
    } else if (text(entry, "type") == "party.registered") {
      CHECK(known("country", text(data, "country")));
      CHECK(parties.insert(foldLatin(entity)).second);
    } else {
      CHECK(text(entry, "type") == "party.groupJoined");
      CHECK(parties.contains(foldLatin(entity)));
      CHECK(parties.contains(foldLatin(text(data, "group"))));
    }
  }
}

TEST_CASE("everything has a name in English, French and Spanish") {
  for (const auto& entry : allEntries()) {
    if (text(entry, "type") == "party.groupJoined") continue;
    CAPTURE(text(entry, "entity"));
    for (const auto* language : {"en", "fr", "es"}) CHECK_FALSE(name(entry, language).empty());
  }
}

TEST_CASE("the countries are those of ISO 3166, with the codes and regions of M49") {
  const auto countries = itemsOf("country");
  const auto regions = itemsOf("region");
  CHECK(countries.size() == 249);
  CHECK(regions.size() == 30);
  std::set<std::string> numbers;
  std::set<std::string> alpha3;
  std::set<std::string> withoutRegion;
  std::size_t inLatinAmerica = 0;
  for (const auto& [code, entry] : countries) {
    const auto& country = code;  // a captured binding is more than clang 14 can do
    CAPTURE(country);
    const auto& data = dataOf(entry);
    CHECK(text(data, "numeric").size() == 3);
    CHECK(numbers.insert(text(data, "numeric")).second);
    CHECK(alpha3.insert(text(data, "alpha3")).second);
    CHECK_FALSE(regions.contains(text(data, "numeric")));
    const auto region = text(data, "parent");
    if (region.empty()) {
      withoutRegion.insert(code);
    } else {
      CHECK(isWithin(regions, region, "001"));
      if (isWithin(regions, region, "419")) ++inLatinAmerica;
    }
  }
  CHECK(withoutRegion == std::set<std::string>{"AQ", "TW"});
  CHECK(inLatinAmerica == 52);

  const auto& uruguay = countries.at("UY");
  CHECK(text(dataOf(uruguay), "numeric") == "858");
  CHECK(text(dataOf(uruguay), "alpha3") == "URY");
  CHECK(text(dataOf(uruguay), "parent") == "005");
  CHECK(name(countries.at("AF"), "es") == "Afganistán");
  CHECK(name(countries.at("BR"), "fr") == "Brésil");
  CHECK(name(countries.at("TR"), "fr") == "Türkiye");
  CHECK(name(countries.at("BO"), "fr") == "Bolivie (État plurinational de)");
}

TEST_CASE("GRULAC is a roll of 33 States, not the 52 territories of region 419") {
  const std::set<std::string> states{"AG", "AR", "BB", "BO", "BR", "BS", "BZ", "CL", "CO",
                                     "CR", "CU", "DM", "DO", "EC", "GD", "GT", "GY", "HN",
                                     "HT", "JM", "KN", "LC", "MX", "NI", "PA", "PE", "PY",
                                     "SR", "SV", "TT", "UY", "VC", "VE"};
  REQUIRE(states.size() == 33);
  CHECK(membersOf("GRULAC") == states);

  const auto countries = itemsOf("country");
  std::size_t parties = 0;
  for (const auto& entry : allEntries()) {
    if (text(entry, "type") != "party.registered") continue;
    const auto& data = dataOf(entry);
    const auto entity = text(entry, "entity");
    CAPTURE(entity);
    ++parties;
    if (entity == "GRULAC") {
      CHECK(text(data, "kind") == "group");
      continue;
    }
    CHECK(states.contains(entity));
    CHECK(text(data, "kind") == "member-state");
    CHECK(text(data, "country") == entity);
    for (const auto* language : {"en", "fr", "es"}) {
      CHECK(name(entry, language) == name(countries.at(entity), language));
    }
  }
  CHECK(parties == 34);
}

TEST_CASE("the currencies are those that amounts can be in") {
  const auto items = itemsOf("currency");
  CHECK(items.size() == currencies().size());
  for (const auto& currency : currencies()) {
    CAPTURE(currency.code);
    const auto found = items.find(std::string(currency.code));
    REQUIRE(found != items.end());
    const auto& data = dataOf(found->second);
    CHECK(std::stoi(text(data, "numeric")) == currency.numeric);
    CHECK(text(data, "numeric").size() == 3);
    CHECK(data.at("decimals").to_number<int>() == currency.exponent);
    CHECK(text(data, "validTo").empty() != currency.withdrawn);
    CHECK(name(found->second, "en") == currency.name);
  }
  CHECK(name(items.at("USD"), "es") == "Dólar estadounidense");
}

TEST_CASE("there are eight Millennium Development Goals and seventeen that came after 2006") {
  std::map<std::string, std::size_t> schemes;
  for (const auto& [code, entry] : itemsOf("goal")) {
    const auto& goal = code;
    CAPTURE(goal);
    const auto scheme = text(dataOf(entry), "scheme");
    ++schemes[scheme];
    CHECK(code.starts_with(scheme));
    CHECK((text(entry, "occurred") < "2006") == (scheme == "MDG"));
  }
  CHECK(schemes == std::map<std::string, std::size_t>{{"MDG", 8}, {"SDG", 17}});
}

TEST_CASE("lists that have always been there can be named in an entry of any date") {
  for (const auto& entry : allEntries()) {
    CAPTURE(text(entry, "entity"));
    CHECK((text(entry, "occurred") == "unknown") == !text(entry, "entity").starts_with("goal/"));
  }
}

TEST_CASE("bodies, areas and languages have the codes that entries use") {
  const auto bodies = itemsOf("body");
  CHECK(bodies.size() == 3);
  CHECK(name(bodies.at("GC"), "fr") == "Conférence générale");
  CHECK(name(bodies.at("IDB"), "es") == "Junta de Desarrollo Industrial");
  CHECK(name(bodies.at("PBC"), "en") == "Programme and Budget Committee");
  const auto areas = itemsOf("area");
  CHECK(areas.size() == 3);
  for (const auto* code : {"poverty-reduction", "trade-capacity", "environment-energy"}) {
    CHECK(areas.contains(code));
  }
  const auto languages = itemsOf("language");
  for (const auto* code : {"ar", "en", "es", "fr", "pt", "ru", "zh"}) {
    CHECK(languages.contains(code));
  }
}
