#include "projections/record_filter.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "events/entry.h"
#include "events/values/distance.h"
#include "events/values/utf8.h"
#include "projections/programme_scope.h"

namespace consulta {

namespace {

/// Conditions of one filter, and values of one condition.
constexpr std::size_t filter_parts_max = 64;

Failure badFilter(std::string_view text) {
  return usage("filter.form",
               msg("\"{text}\" is no filter. Write for example \"aggregate=meeting, "
                   "programme=PROG-LAC\"; the keys are aggregate, type, entity and programme",
                   arg("text", excerpt(text))));
}

/// Splits at commas and at the word "and".
std::vector<std::string_view> splitConditions(std::string_view text) {
  std::vector<std::string_view> out;
  while (true) {
    const auto comma = text.find(',');
    auto word = text.find(" and ");
    if (word == text.npos) word = text.find(" AND ");
    const auto at = std::min(comma, word);
    out.push_back(trimmed(text.substr(0, at)));
    if (at == text.npos) return out;
    text.remove_prefix(at + (at == comma ? 1 : 5));
  }
}

std::vector<std::string> splitValues(std::string_view text) {
  std::vector<std::string> out;
  while (true) {
    const auto bar = text.find('|');
    out.emplace_back(trimmed(text.substr(0, bar)));
    if (bar == text.npos) return out;
    text.remove_prefix(bar + 1);
  }
}

Failure unknownName(std::string_view what, const std::string& written,
                    const std::vector<std::string>& names) {
  const auto near = nearest(written, names);
  return usage("filter.value",
               near ? msg("there is no {what} \"{written}\". Did you mean {near}?",
                          arg("what", what), arg("written", excerpt(written)), arg("near", *near))
                    : msg("there is no {what} \"{written}\"; see \"consulta catalogue\"",
                          arg("what", what), arg("written", excerpt(written))));
}

const EventInfo* findType(const Catalogue& catalogue, const std::string& written,
                          std::vector<std::string>& names) {
  if (const auto* act = catalogue.byType(written)) return act;
  for (const auto& aggregate : catalogue.aggregates()) {
    for (const auto& act : aggregate.events) names.push_back(act.type);
  }
  return nullptr;
}

std::optional<EntityId> byPosition(const std::string& written) {
  if (!written.starts_with('#')) return std::nullopt;
  std::uint64_t number = 0;
  const auto* end = written.data() + written.size();
  const auto read = std::from_chars(written.data() + 1, end, number);
  if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  return EntityId(number);
}

Result<EntityId> findEntity(const State& state, std::string written,
                            std::optional<std::uint16_t> aggregate) {
  const auto shown = written;
  if (const auto id = byPosition(written); id && state.row(*id)) return *id;
  if (const auto colon = written.find(':'); colon != written.npos) {
    const auto* info = state.catalogue().aggregate(written.substr(0, colon));
    if (info != nullptr && (!aggregate || *aggregate == info->tag)) {
      aggregate = info->tag;
      written.erase(0, colon + 1);
    }
  }
  const auto found = state.named(written, aggregate);
  if (found.size() == 1) return found.front();
  if (found.empty()) {
    return usage("filter.value", msg("there is no \"{written}\" in the register to filter by; "
                                     "\"consulta list\" shows what there is",
                                     arg("written", excerpt(shown))));
  }
  std::vector<std::string> candidates;
  candidates.reserve(found.size());
  for (const auto id : found) candidates.push_back(state.nameOf(id));
  return usage("filter.value",
               msg("\"{written}\" can mean {candidates}; write it in full",
                   arg("written", excerpt(shown)), arg("candidates", anyOf(candidates))));
}

}  // namespace

Result<RecordFilter::Condition> RecordFilter::readCondition(const State& state,
                                                            std::string_view text) {
  const auto equals = text.find('=');
  if (equals == text.npos) return badFilter(text);
  const auto key = trimmed(text.substr(0, equals));
  const auto values = splitValues(text.substr(equals + 1));
  if (values.size() > filter_parts_max) return badFilter(text);
  const auto& catalogue = state.catalogue();
  Condition out;
  for (const auto& value : values) {
    if (key == "aggregate") {
      out.key = Condition::Key::aggregate;
      const auto* info = catalogue.aggregate(value);
      std::vector<std::string> names;
      for (const auto& one : catalogue.aggregates()) names.push_back(one.name);
      if (info == nullptr) return unknownName("aggregate", value, names);
      out.aggregates.push_back(info->tag);
    } else if (key == "type") {
      out.key = Condition::Key::type;
      std::vector<std::string> names;
      const auto* act = findType(catalogue, value, names);
      if (act == nullptr) return unknownName("type of entry", value, names);
      out.acts.push_back(act);
    } else if (key == "entity" || key == "programme") {
      const bool any = key == "entity";
      out.key = any ? Condition::Key::entity : Condition::Key::programme;
      std::optional<std::uint16_t> kind;
      if (!any) {
        const auto* programmes = catalogue.aggregate("programme");
        if (programmes == nullptr) return badFilter(text);
        kind = programmes->tag;
      }
      auto id = findEntity(state, value, kind);
      if (!id) return std::move(id).failures();
      out.entities.push_back(*id);
    } else {
      return badFilter(text);
    }
  }
  return out;
}

Result<RecordFilter> RecordFilter::read(const State& state, std::string_view text) {
  RecordFilter out;
  const auto parts = splitConditions(text);
  if (parts.size() > filter_parts_max) return badFilter(text);
  Failures failures;
  for (const auto part : parts) {
    auto condition = readCondition(state, part);
    if (condition) {
      out.conditions_.push_back(std::move(*condition));
      continue;
    }
    for (const auto& one : condition.failures()) failures.push_back(one);
  }
  if (!failures.empty()) return failures;
  return out;
}

bool RecordFilter::holds(const Condition& one, const State& state, const Record& record) {
  const auto has = [](const auto& list, const auto& value) {
    return std::ranges::find(list, value) != list.end();
  };
  switch (one.key) {
    case Condition::Key::aggregate: {
      const auto row = state.row(record.entity());
      return row && has(one.aggregates, row->aggregate());
    }
    case Condition::Key::type:
      return has(one.acts, actOf(state.catalogue(), record.get().getEvent()));
    case Condition::Key::entity:
      return has(one.entities, record.entity());
    case Condition::Key::programme:
      return std::ranges::any_of(one.entities, [&](EntityId programme) {
        return belongsTo(state, record.entity(), programme);
      });
  }
  return false;
}

bool RecordFilter::wantsActOf(const State& state, const Record& record) const {
  return std::ranges::all_of(conditions_, [&](const Condition& one) {
    return one.key != Condition::Key::type || holds(one, state, record);
  });
}

bool RecordFilter::isOfEntities() const {
  return std::ranges::all_of(conditions_, [](const Condition& one) {
    return one.key == Condition::Key::aggregate || one.key == Condition::Key::entity;
  });
}

bool RecordFilter::matches(EntityId id, std::uint16_t aggregate) const {
  return std::ranges::all_of(conditions_, [&](const Condition& one) {
    return one.key == Condition::Key::aggregate
               ? std::ranges::find(one.aggregates, aggregate) != one.aggregates.end()
               : std::ranges::find(one.entities, id) != one.entities.end();
  });
}

bool RecordFilter::matches(const State& state, const Record& record) const {
  return std::ranges::all_of(conditions_,
                             [&](const Condition& one) { return holds(one, state, record); });
}

}  // namespace consulta
