#include "engine/rules/name_check.h"

#include <algorithm>
#include <string>

#include "engine/rules/decide.h"
#include "engine/rules/rule_values.h"
#include "events/entry.h"
#include "projections/rows/reference.h"

namespace consulta {

namespace {

Failure unknownCode(const State& state, const FieldInfo& field, const std::string& name) {
  const auto known = resolve(state, name, {"reference"});
  return refused("reference.code", msg("--{field}: {why}", arg("field", field.option),
                                       arg("why", known.failures().front().text)));
}

Failure retiredCode(const FieldInfo& field, const Reference& item) {
  return refused(
      "reference.code.retired",
      item.replacedBy.empty()
          ? msg("--{field}: {code} is no longer in use; \"consulta list reference\" shows what is",
                arg("field", field.option), arg("code", item.code))
          : msg("--{field}: {code} is no longer in use; give {other} instead",
                arg("field", field.option), arg("code", item.code), arg("other", item.replacedBy)));
}

/// Whether the item had been retired when the entry occurred, its validity over.
bool wasRetired(const State& state, EntityId item, const FoldStep& entry) {
  const auto row = state.rowAt(item, entry.orderNs);
  const auto* then = tryAs<Reference>(row.get());
  if (then == nullptr || !then->retired) return false;
  const auto& end = then->validTo.edtf;
  return end.empty() || certainlyBefore(end, entry.occurred.getEdtf().cStr());
}

void checkCode(const State& state, const FieldInfo& field, const std::string& code,
               const FoldStep& entry, Refusals& no) {
  if (code.empty()) return;
  const auto* list = state.catalogue().aggregate("reference");
  const auto name = field.code + "/" + code;
  const auto found = state.named(name, list->tag);
  if (found.empty()) return no.add({unknownCode(state, field, name)});
  const auto row = state.row(found.front());
  const auto& item = as<Reference>(*row);
  if (item.code != code) {
    // Codes are compared as they stand, so each is written one way only.
    no.refuse("reference.code.form",
              msg("--{field}: {written} is written {code}", arg("field", field.option),
                  arg("written", code), arg("code", item.code)));
  }
  if (wasRetired(state, found.front(), entry)) no.add({retiredCode(field, item)});
}

}  // namespace

void checkCodes(const State& state, const EventInfo& act, const FoldStep& entry, Refusals& no) {
  if (std::ranges::all_of(act.fields, [](const FieldInfo& one) { return one.code.empty(); }))
    return;
  const auto fields = eventFields(state.catalogue(), act, entry.event);
  for (const auto& field : act.fields) {
    if (field.code.empty()) continue;
    if (!field.list) {
      checkCode(state, field, fields.get(field.schema).as<capnp::Text>().cStr(), entry, no);
      continue;
    }
    for (auto code : fields.get(field.schema).as<capnp::DynamicList>()) {
      checkCode(state, field, code.as<capnp::Text>().cStr(), entry, no);
    }
  }
}

void checkSymbols(const State& state, const EventInfo& act, schema::Event::Reader event,
                  EntityId entity, Refusals& no) {
  const auto& catalogue = state.catalogue();
  const auto row = state.row(entity);
  const auto kind = row ? row->aggregate() : act.aggregate;
  if (event.isSymbolGiven() &&
      (kind == schema::Event::REFERENCE || kind == schema::Event::SESSION)) {
    return no.refuse("common.symbolGiven.fixed",
                     msg("{entity} is called by what it is and takes no other symbol; enter the "
                         "other one as an item of its own",
                         arg("entity", state.nameOf(entity))));
  }
  if (std::ranges::none_of(act.fields, &FieldInfo::alias)) return;
  const auto fields = eventFields(catalogue, act, event);
  for (const auto& field : act.fields) {
    if (!field.alias) continue;
    const std::string symbol = fields.get(field.schema).as<capnp::Text>().cStr();
    if (symbol.empty()) continue;
    for (const auto id : state.named(symbol, kind)) {
      if (id == entity) continue;
      no.refuse(
          catalogue.aggregate(kind).name + ".symbol.unique",
          msg("--{field}: {symbol} names {entity} already; give another",
              arg("field", field.option), arg("symbol", symbol), arg("entity", state.nameOf(id))));
    }
  }
}

}  // namespace consulta
