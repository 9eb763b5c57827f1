// Symbols, as people write them, to entities.
#include <algorithm>
#include <charconv>

#include "engine/rules/decide.h"
#include "events/limits.h"
#include "events/values/distance.h"
#include "events/values/utf8.h"
#include "projections/rows.h"
#include "projections/rows/reference.h"

namespace consulta {

namespace {

/// How many symbols are looked at to find the one that was meant.
constexpr std::size_t symbols_tried_max = 5'000;

bool allowed(const std::vector<std::string>& kinds, const std::string& aggregate) {
  return std::ranges::any_of(
      kinds, [&](const std::string& kind) { return kind == "*" || kind == aggregate; });
}

std::optional<std::string> nearestSymbol(const State& state, const std::string& written,
                                         const std::vector<std::string>& kinds) {
  std::vector<std::string> names;
  std::size_t tried = 0;
  state.scan("s", [&](std::string_view key) {
    const auto row = state.row(keyedId(key));
    if (row && allowed(kinds, state.catalogue().aggregate(row->aggregate()).name)) {
      for (const auto& symbol : row->head.symbols) names.push_back(symbol.text);
    }
    return ++tried < symbols_tried_max;
  });
  return nearest(written, names);
}

/// A code of a reference list, said as people write it: without the list in front.
Failure unknownCode(const State& state, const std::string& list, const std::string& code) {
  if (const auto near = nearestCode(state, list, code)) {
    return refused("reference.code",
                   msg("there is no {list} \"{code}\" in the register. Did you mean {near}?",
                       arg("list", list), arg("code", excerpt(code)), arg("near", *near)));
  }
  return refused("reference.code",
                 msg("there is no {list} \"{code}\" in the register; \"consulta list reference "
                     "--where list={list}\" shows them all",
                     arg("list", list), arg("code", excerpt(code))));
}

/// An entity that had this symbol and was withdrawn as a whole.
std::optional<EntityId> withdrawnOne(const State& state, std::string_view written,
                                     const std::vector<std::string>& kinds) {
  std::optional<EntityId> out;
  state.scan(formerKey(symbolKeys(written.substr(written.find(':') + 1))),
             [&](std::string_view key) {
               const auto id = keyedId(key);
               if (state.row(id)) return true;
               const auto records = state.timeline(id).records();
               if (records.empty()) return true;
               const auto& kind = state.catalogue().aggregate(aggregateOf(*records.front())).name;
               if (allowed(kinds, kind)) out = id;
               return true;
             });
  return out;
}

Failure unknown(const State& state, const std::string& written,
                const std::vector<std::string>& kinds) {
  if (const auto slash = written.find('/');
      slash != written.npos && kinds == std::vector<std::string>{"reference"}) {
    const auto list = written.substr(0, slash);
    return unknownCode(state, list.substr(list.find(':') + 1), written.substr(slash + 1));
  }
  if (const auto gone = withdrawnOne(state, written, kinds)) {
    return refused("reference.withdrawn",
                   msg("{written} was withdrawn and is not there any more; \"consulta history "
                       "'#{id}'\" tells why",
                       arg("written", written), arg("id", gone->value)));
  }
  const auto what = kinds == std::vector<std::string>{"*"} ? msg("entity") : anyOf(kinds);
  if (const auto near = nearestSymbol(state, written.substr(written.find(':') + 1), kinds)) {
    return refused("reference.exists",
                   msg("there is no {what} \"{written}\" in the register. Did you mean {near}?",
                       arg("what", what), arg("written", written), arg("near", *near)));
  }
  return refused("reference.exists",
                 msg("there is no {what} \"{written}\" in the register; enter it first, or see "
                     "\"consulta list {kind}\"",
                     arg("what", what), arg("written", written),
                     arg("kind", kinds.front() == "*" ? "AGGREGATE" : kinds.front())));
}

/// "#17", or nothing when it is not of that form.
std::optional<EntityId> byPosition(const std::string& written) {
  if (!written.starts_with('#')) return std::nullopt;
  std::uint64_t number = 0;
  const auto* end = written.data() + written.size();
  const auto read = std::from_chars(written.data() + 1, end, number);
  if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  return EntityId(number);
}

Failure wrongKind(const State& state, EntityId id, const std::vector<std::string>& kinds) {
  return refused("reference.kind",
                 msg("{entity} is not a {kinds}; name a {kinds} here",
                     arg("entity", state.nameOf(id)), arg("kinds", anyOf(kinds))));
}

Failure ambiguous(const State& state, const std::string& written,
                  const std::vector<EntityId>& found) {
  std::vector<std::string> candidates;
  candidates.reserve(found.size());
  for (const auto id : found) candidates.push_back(state.nameOf(id));
  return usage("reference.ambiguous",
               msg("\"{written}\" can mean {candidates}; write the one you mean in full",
                   arg("written", written), arg("candidates", anyOf(candidates))));
}

}  // namespace

std::optional<std::string> nearestCode(const State& state, std::string_view list,
                                       std::string_view written) {
  std::vector<std::string> names;
  std::vector<std::string> codes;  // of the names
  const auto all = std::string(list) + "/";
  state.each(Reference::aggregate, [&](const RowPtr& row) {
    const auto* item = tryAs<Reference>(row.get());
    if (item == nullptr || !row->head.name().starts_with(all)) return true;
    const auto add = [&](const std::string& name) {
      names.push_back(name);
      codes.push_back(item->code);
    };
    add(item->code);
    for (const auto& phrase : item->names.phrases) add(phrase.text);
    return true;
  });
  const auto near = nearest(written, names);
  if (!near) return std::nullopt;
  const auto place = std::ranges::find(names, *near) - names.begin();
  const auto& code = codes[static_cast<std::size_t>(place)];
  return *near == code ? code : code + " (" + *near + ")";
}

Result<EntityId> resolve(const State& state, const std::string& written,
                         const std::vector<std::string>& kinds) {
  const auto kindOf = [&](EntityId id) {
    return state.catalogue().aggregate(state.row(id)->aggregate()).name;
  };
  if (const auto id = byPosition(written)) {
    if (!state.row(*id)) return unknown(state, written, kinds);
    if (!allowed(kinds, kindOf(*id))) return wrongKind(state, *id, kinds);
    return *id;
  }
  std::optional<std::uint16_t> aggregate;
  auto symbol = written;
  if (const auto colon = written.find(':'); colon != written.npos) {
    const auto* info = state.catalogue().aggregate(written.substr(0, colon));
    if (info != nullptr) {
      aggregate = info->tag;
      symbol = written.substr(colon + 1);
    }
  }
  if (symbol.size() > limits::symbol_bytes_max) {
    return usage("reference.long",
                 msg("\"{written}\" is longer than {most} bytes, and no id is; write the id that "
                     "\"consulta list\" shows",
                     arg("written", excerpt(symbol)), arg("most", limits::symbol_bytes_max)));
  }
  const auto found = state.named(symbol, aggregate);
  std::vector<EntityId> fitting;
  for (const auto id : found) {
    if (allowed(kinds, kindOf(id))) fitting.push_back(id);
  }
  if (fitting.size() == 1) return fitting.front();
  if (fitting.size() > 1) return ambiguous(state, written, fitting);
  if (!found.empty()) return wrongKind(state, found.front(), kinds);
  return unknown(state, written, kinds);
}

}  // namespace consulta
