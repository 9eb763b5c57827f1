// Random entries of every aggregate, made from the schema alone: any act, any field, any date. Most
// are lawful or nearly so; the rules decide. The same seed gives the same entries.
#pragma once

#include <fmt/format.h>

#include <boost/json.hpp>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "events/catalogue.h"
#include "events/entry.h"
#include "projections/state.h"

namespace consulta::test {

class RandomEntries {
 public:
  explicit RandomEntries(std::uint64_t seed) : random_(seed) {}

  /// One entry against this state: an opening one now and then, else an act on an entity that is
  /// there, else a corrigendum of one of its entries.
  boost::json::object next(const State& state) {
    const auto aggregates = state.catalogue().aggregates();
    const auto& aggregate = aggregates[below(aggregates.size())];
    const auto entities = entitiesOf(state, aggregate.tag);
    if (entities.empty() || below(4) == 0) return opening(state, aggregate);
    const auto id = entities[below(entities.size())];
    if (below(6) == 0) return corrigendum(state, id);
    if (below(10) == 0) return retraction(state, id);
    return act(state, aggregate, id);
  }

  std::size_t below(std::size_t bound) {
    return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_);
  }

 private:
  static std::vector<EntityId> entitiesOf(const State& state, std::uint16_t aggregate) {
    std::vector<EntityId> out;
    state.each(aggregate, [&](const RowPtr& row) {
      out.push_back(row->head.id);
      return true;
    });
    return out;
  }

  static std::string hash(EntityId id) { return "#" + std::to_string(id.value); }

  boost::json::object entry(const EventInfo& act, const std::string& entity) {
    boost::json::object out;
    out["type"] = act.type;
    out["entity"] = entity;
    out["occurred"] = date();
    if (below(5) == 0) out["note"] = word();
    if (below(8) == 0) out["sources"] = boost::json::array{"IDB.31/10 §4"};
    return out;
  }

  boost::json::object opening(const State& state, const AggregateInfo& aggregate) {
    std::vector<const EventInfo*> ways;
    for (const auto& act : aggregate.events) {
      if (act.opens) ways.push_back(&act);
    }
    const auto& act = *ways[below(ways.size())];
    auto data = values(state, act);
    const auto name = openingName(aggregate, data);
    if (data.contains("definition")) data["definition"] = procedure(name);
    auto out = entry(act, name);
    out["data"] = std::move(data);
    return out;
  }

  /// A procedure is entered under its own name.
  std::string procedure(const std::string& name) {
    return fmt::format(
        "name = \"{}\"\ntitle = \"{}\"\n[[step]]\nname = \"text\"\nkind = \"tabling\"\n"
        "title = \"Text\"\nwithin = \"P{}D\"\non.tabled = \"adopted\"\n",
        name, word(), 1 + below(9));
  }

  /// Most entities are called as one likes; sessions and items of lists by what they are.
  std::string openingName(const AggregateInfo& aggregate, const boost::json::object& data) {
    const auto part = [&](const char* name) {
      const auto* value = data.if_contains(name);
      if (value == nullptr) return std::string();
      return value->is_string() ? std::string(value->get_string())
                                : std::to_string(value->get_int64());
    };
    if (aggregate.name == "session") return part("body") + "." + part("number");
    if (aggregate.name == "reference") return part("list") + "/" + part("code");
    return fmt::format("{}-{}", aggregate.prefix, ++number_);
  }

  boost::json::object act(const State& state, const AggregateInfo& aggregate, EntityId id) {
    for (int tries = 0; tries < 50; ++tries) {
      const auto& act = aggregate.events[below(aggregate.events.size())];
      if (act.opens) continue;
      auto out = entry(act, hash(id));
      auto data = values(state, act);
      if (data.contains("definition")) {
        data["definition"] = procedure(state.row(id)->head.symbols.front().text);
      }
      out["data"] = std::move(data);
      return out;
    }
    auto out = entry(state.catalogue().symbolGiven(), hash(id));
    out["data"] = boost::json::object{{"symbol", fmt::format("ALIAS-{}", ++number_)}};
    return out;
  }

  boost::json::object corrigendum(const State& state, EntityId id) {
    const auto steps = state.timeline(id).steps();
    const auto& step = steps[below(steps.size())];
    const auto* act = actOf(state.catalogue(), step.fold().event);
    auto out = entry(state.catalogue().corrigendum(), hash(id));
    boost::json::object data;
    data["corrects"] = static_cast<std::int64_t>(step.position().value);
    data["reason"] = word();
    if (!act->fields.empty() && below(3) != 0) {
      const auto& field = act->fields[below(act->fields.size())];
      data["right"] = boost::json::object{{field.name, value(state, field)}};
    } else {
      data["occurred"] = date();
    }
    out["data"] = std::move(data);
    return out;
  }

  /// Of any of its records: acts, corrigenda, and now and then what cannot be withdrawn.
  boost::json::object retraction(const State& state, EntityId id) {
    const auto records = state.timeline(id).records();
    auto out = entry(state.catalogue().retraction(), hash(id));
    out["data"] = boost::json::object{
        {"retracts", static_cast<std::int64_t>(records[below(records.size())]->position().value)},
        {"reason", word()}};
    return out;
  }

  boost::json::object values(const State& state, const EventInfo& act) {
    boost::json::object out;
    for (const auto& field : act.fields) {
      if (!field.required && below(2) == 0) continue;
      auto one = value(state, field);
      if (!one.is_null()) out[field.name] = std::move(one);
    }
    return out;
  }

  boost::json::value value(const State& state, const FieldInfo& field) {
    if (!field.list) return single(state, field);
    boost::json::array items;
    for (std::size_t count = 1 + below(2); count > 0; --count) {
      auto one = single(state, field);
      if (!one.is_null()) items.push_back(std::move(one));
    }
    return items.empty() ? boost::json::value() : boost::json::value(std::move(items));
  }

  boost::json::value single(const State& state, const FieldInfo& field) {
    switch (field.kind) {
      case FieldKind::flag:
        return below(2) == 0;
      case FieldKind::integer:
        return static_cast<std::int64_t>(1 + below(90));
      case FieldKind::text:
        return boost::json::value(text(state, field));
      case FieldKind::texts:
        return boost::json::object{{"en", word()}, {"fr", word()}};
      case FieldKind::date:
        return boost::json::value(date());
      case FieldKind::money:
        return boost::json::value(fmt::format("{}.{:02} EUR", 1 + below(100'000), below(100)));
      case FieldKind::decimal:
        return boost::json::value(fmt::format("{}.{}", below(100), 1 + below(9)));
      case FieldKind::zonedTime:
        return "2006-07-14T18:00 Europe/Vienna";
      case FieldKind::deadline:
        return boost::json::value(date());
      case FieldKind::sealed:
        return boost::json::value(word());
      case FieldKind::choice:
        return boost::json::value(field.choices[below(field.choices.size())].name);
      case FieldKind::ref:
        return reference(state, field);
    }
    return nullptr;
  }

  std::string text(const State& state, const FieldInfo& field) {
    if (!field.choices.empty()) return field.choices[below(field.choices.size())].name;
    if (field.symbol) return fmt::format("IDB.{}/{}", 1 + below(40), 1 + below(30));
    if (field.alias) return fmt::format("NAME-{}", ++number_);
    if (field.name == "code") return fmt::format("C{}", ++number_);
    if (field.name == "sha256") return std::string(64, static_cast<char>('a' + below(6)));
    if (field.name == "mediaType") return "application/pdf";
    if (field.name == "timeZone") return "Europe/Vienna";
    if (field.name == "holidays" || field.name == "days") {
      return fmt::format("2006-{:02}-{:02}", 1 + below(12), 1 + below(28));
    }
    if (field.name == "registerId" || field.name == "actor") {
      return fmt::format("00000000-0000-4000-8000-{:012}", below(4));
    }
    if (field.code.empty()) return word();
    std::vector<std::string> known;
    const auto* list = state.catalogue().aggregate("reference");
    state.each(list->tag, [&](const RowPtr& row) {
      const auto name = row->head.name();
      if (name.starts_with(field.code + "/")) known.push_back(name.substr(field.code.size() + 1));
      return true;
    });
    return known.empty() ? word() : known[below(known.size())];
  }

  boost::json::value reference(const State& state, const FieldInfo& field) {
    std::vector<EntityId> known;
    for (const auto& aggregate : state.catalogue().aggregates()) {
      for (const auto& kind : field.refs) {
        if (kind != "*" && kind != aggregate.name) continue;
        for (const auto id : entitiesOf(state, aggregate.tag)) known.push_back(id);
      }
    }
    if (known.empty()) return nullptr;
    return boost::json::value(hash(known[below(known.size())]));
  }

  std::string date() {
    const auto year = 2004 + below(4);
    const auto month = 1 + below(12);
    switch (below(8)) {
      case 0:
        return fmt::format("{}", year);
      case 1:
        return fmt::format("{}-{:02}", year, month);
      case 2:
        return "XXXX";
      default:
        return fmt::format("{}-{:02}-{:02}", year, month, 1 + below(28));
    }
  }

  std::string word() {
    static const char* const words[] = {"energía",   "coopération", "Montevideo", "region",
                                        "follow-up", "approach",    "réseau",     "roundtable"};
    return fmt::format("{} {}", words[below(std::size(words))], below(1'000));
  }

  std::mt19937_64 random_;
  std::uint64_t number_ = 0;
};

}  // namespace consulta::test
