#include "cli/reference/compose.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <set>
#include <utility>

#include "events/procedure/definition.h"
#include "events/values/currencies.h"

namespace consulta::reference {

namespace json = boost::json;

namespace {

constexpr auto rule = "reference.facts";

/// A list that has always been there: its items can be named in entries of any date.
constexpr std::string_view always = "unknown";

void setIfAny(json::object& object, std::string_view name, std::string_view value) {
  if (!value.empty()) object[name] = value;
}

/// Names in three languages: our own where the row has them, else those of iso-codes. A language
/// without a name is left out, and readers are shown the English one.
json::object namesOf(const Row& own, std::string_view english = {}, const IsoNames* iso = nullptr,
                     std::string_view original = {}) {
  json::object names;
  const auto choose = [&](std::string_view language, std::optional<std::string_view> other) {
    setIfAny(names, language, own[language].empty() ? other.value_or("") : own[language]);
  };
  choose("en", english);
  choose("fr", iso == nullptr ? std::nullopt : iso->french.find(original));
  choose("es", iso == nullptr ? std::nullopt : iso->spanish.find(original));
  return names;
}

class Composer {
 public:
  explicit Composer(const Facts& facts) : facts_(facts) {}

  Result<std::vector<Group>> run() {
    begin("countries and regions");
    addItems("region", facts_.regions, "UN M49");
    addCountries();
    begin("currencies and languages");
    addCurrencies();
    addItems("language", facts_.languages, "ISO 639");
    begin("goals, areas and bodies");
    addItems("goal", facts_.goals, {});
    addItems("area", facts_.areas, {});
    addItems("body", facts_.bodies, {});
    begin("groups and their members");
    addGroups();
    addMembers();
    if (!failures_.empty()) return std::move(failures_);
    return std::move(groups_);
  }

 private:
  void begin(std::string name) { groups_.push_back(Group{std::move(name), {}}); }

  template <typename... Args>
  void wrong(std::string_view text, Args&&... args) {
    failures_.push_back(usage(rule, msg(text, std::forward<Args>(args)...)));
  }

  void add(std::string_view type, const std::string& entity, std::string_view occurred,
           json::object data, std::string_view source) {
    json::object entry{{"type", type}, {"entity", entity}, {"occurred", occurred}};
    entry["data"] = std::move(data);
    if (!source.empty()) entry["sources"] = json::array{source};
    groups_.back().entries.push_back(json::serialize(entry));
  }

  /// Whether the symbol is new; one aggregate knows each only once.
  bool claim(const std::string& symbol, const json::object& names) {
    if (!symbols_.insert(symbol).second) {
      wrong("{symbol} comes twice; leave one out", arg("symbol", symbol));
      return false;
    }
    if (!names.contains("en")) wrong("{symbol} has no name in English", arg("symbol", symbol));
    return true;
  }

  void requireItem(std::string_view list, std::string_view code, const std::string& by) {
    if (symbols_.contains(fmt::format("{}/{}", list, code))) return;
    wrong("{by} names the {list} {code}, which is not listed before it", arg("by", by),
          arg("list", list), arg("code", code));
  }

  void addItem(std::string_view list, std::string_view code, json::object names,
               const json::object& more, std::string_view occurred, std::string_view source) {
    const auto symbol = fmt::format("{}/{}", list, code);
    if (!claim(symbol, names)) return;
    json::object data{{"list", list}, {"code", code}};
    data["names"] = std::move(names);
    for (const auto& [name, value] : more) data[name] = value;
    add("reference.listed", symbol, occurred, std::move(data), source);
  }

  void addItems(std::string_view list, const Table& table, std::string_view source) {
    for (const auto& row : table) {
      json::object more;
      for (const auto* column : {"parent", "scheme", "validFrom", "validTo"}) {
        setIfAny(more, column, row[column]);
      }
      const auto by = fmt::format("{}/{}", list, row["code"]);
      if (!row["parent"].empty()) requireItem(list, row["parent"], by);
      addItem(list, row["code"], namesOf(row), more,
              row["occurred"].empty() ? always : row["occurred"],
              row["source"].empty() ? source : row["source"]);
    }
  }

  void addCountries() {
    for (const auto& row : facts_.countries) {
      const auto code = row["code"];
      const auto iso = facts_.isoCountries.items.find(code);
      if (iso == facts_.isoCountries.items.end()) {
        wrong("iso-codes has no country {code}; correct countries.csv", arg("code", code));
        continue;
      }
      json::object more;
      if (!row["region"].empty()) {
        requireItem("region", row["region"], fmt::format("country/{}", code));
        more["parent"] = row["region"];
      }
      setIfAny(more, "numeric", iso->second["numeric"]);
      setIfAny(more, "alpha3", iso->second["alpha_3"]);
      const auto english = iso->second["name"];
      auto names = namesOf(row, english, &facts_.isoCountries, english);
      countryNames_[std::string(code)] = names;
      addItem("country", code, std::move(names), more, always, "ISO 3166-1");
    }
  }

  void addCurrencies() {
    std::map<std::string_view, const Row*> own;
    for (const auto& row : facts_.currencies) {
      if (findCurrency(row["code"]) == nullptr) {
        wrong("events/values/currencies.cc has no currency {code}; correct currencies.csv",
              arg("code", row["code"]));
      }
      own[row["code"]] = &row;
    }
    static const Row none({});
    for (const auto& currency : currencies()) {
      const auto found = own.find(currency.code);
      const auto& row = found == own.end() ? none : *found->second;
      if (currency.withdrawn == row["validTo"].empty()) {
        wrong("currencies.csv must say in validTo when {code} was withdrawn, and only if it was",
              arg("code", currency.code));
      }
      const auto iso = facts_.isoCurrencies.items.find(currency.code);
      const auto original =
          iso == facts_.isoCurrencies.items.end() ? std::string_view{} : iso->second["name"];
      json::object more{{"numeric", fmt::format("{:03}", currency.numeric)},
                        {"decimals", currency.exponent}};
      setIfAny(more, "validTo", row["validTo"]);
      addItem("currency", currency.code,
              namesOf(row, currency.name, &facts_.isoCurrencies, original), more, always,
              "ISO 4217");
    }
  }

  void addGroups() {
    for (const auto& row : facts_.groups) {
      auto names = namesOf(row);
      const std::string code(row["code"]);
      if (!claim("party " + code, names)) continue;
      json::object data{{"name", std::move(names)}, {"kind", "group"}};
      setIfAny(data, "acronym", row["acronym"]);
      add("party.registered", code, always, std::move(data), {});
    }
  }

  void addMembers() {
    std::set<std::pair<std::string_view, std::string_view>> memberships;
    for (const auto& row : facts_.members) {
      const std::string code(row["country"]);
      if (!memberships.emplace(row["group"], row["country"]).second) {
        wrong("{code} is twice a member of {group}; leave one out", arg("code", code),
              arg("group", row["group"]));
      }
      const auto names = countryNames_.find(code);
      if (names == countryNames_.end()) {
        wrong("members.csv names {code}, which is no country", arg("code", code));
        continue;
      }
      if (!symbols_.contains(fmt::format("party {}", row["group"]))) {
        wrong("members.csv names the group {group}, which groups.csv has not",
              arg("group", row["group"]));
      }
      if (!symbols_.contains("party " + code) && claim("party " + code, names->second)) {
        add("party.registered", code, always,
            {{"name", names->second}, {"kind", "member-state"}, {"country", code}}, {});
      }
      add("party.groupJoined", code, row["since"].empty() ? always : row["since"],
          {{"group", row["group"]}}, {});
    }
  }

  const Facts& facts_;
  std::vector<Group> groups_;
  std::set<std::string, std::less<>> symbols_;  // items as "list/code", parties as "party code"
  std::map<std::string, json::object, std::less<>> countryNames_;
  Failures failures_;
};

}  // namespace

Result<std::map<std::string, Row, std::less<>>> readIsoItems(std::string_view name,
                                                             std::string_view text,
                                                             std::string_view list,
                                                             std::string_view code) {
  const auto broken = usage(rule, msg("{name} does not hold the list {list} as JSON; install the "
                                      "package iso-codes again",
                                      arg("name", name), arg("list", list)));
  json::error_code error;
  const auto whole = json::parse(text, error);
  if (error || !whole.is_object()) return broken;
  const auto* items = whole.get_object().if_contains(list);
  if (items == nullptr || !items->is_array()) return broken;
  std::map<std::string, Row, std::less<>> out;
  for (const auto& item : items->get_array()) {
    if (!item.is_object()) return broken;
    std::map<std::string, std::string, std::less<>> cells;
    for (const auto& [key, value] : item.get_object()) {
      if (value.is_string()) cells[std::string(key)] = std::string(value.get_string());
    }
    const auto id = cells.find(code);
    if (id == cells.end()) return broken;
    auto key = id->second;
    out.emplace(std::move(key), Row(std::move(cells)));
  }
  return out;
}

Result<std::vector<Group>> compose(const Facts& facts) {
  return Composer(facts).run();
}

Result<std::vector<std::string>> composeProcedures(const std::vector<ProcedureFile>& files) {
  std::vector<std::string> out;
  std::set<std::string> names;
  Failures failures;
  for (const auto& file : files) {
    auto definition = readProcedure(file.text);
    if (definition && !names.insert(definition->name).second) {
      definition =
          usage(rule, msg("{name} comes twice; leave one out", arg("name", definition->name)));
    }
    if (!definition) {
      for (const auto& failure : definition.failures()) {
        failures.push_back(
            usage(rule, msg("{file}: {why}", arg("file", file.name), arg("why", failure.text))));
      }
      continue;
    }
    out.push_back(json::serialize(json::object{{"type", "procedure.adopted"},
                                               {"entity", definition->name},
                                               {"occurred", always},
                                               {"data", {{"definition", file.text}}}}));
  }
  if (!failures.empty()) return failures;
  return out;
}

}  // namespace consulta::reference
