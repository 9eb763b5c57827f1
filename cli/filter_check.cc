// What a condition means, found once before any row is looked at.
#include <algorithm>
#include <set>

#include "cli/filter.h"
#include "cli/row_tree.h"
#include "cli/value_text.h"
#include "engine/rules/decide.h"
#include "events/values/distance.h"
#include "events/values/utf8.h"
#include "projections/rows/reference.h"

namespace consulta {

namespace {

using Op = Condition::Op;

bool asksWhether(const Condition& condition) {
  return condition.op == Op::is || condition.op == Op::isNot;
}

/// A stated value of the same kind: comparing it tells whether the condition can be compared at
/// all.
Node sampleOf(const Node& shape) {
  if (std::holds_alternative<Flag>(shape.value)) return Node{Flag(true)};
  if (std::holds_alternative<Number>(shape.value)) return Node{Number(1)};
  if (std::holds_alternative<RowDate>(shape.value)) return Node{RowDate{"2006-04-06", {}}};
  if (std::holds_alternative<RowMoney>(shape.value)) return Node{RowMoney{1, "EUR"}};
  if (std::holds_alternative<RowDecimal>(shape.value)) return Node{RowDecimal{1, 0, true}};
  if (std::holds_alternative<RowTexts>(shape.value)) return Node{RowTexts{{{"en", "text"}}}};
  if (std::holds_alternative<SealedRef>(shape.value)) return Node{SealedRef{Position(1), {}}};
  if (std::holds_alternative<RowZonedTime>(shape.value)) {
    return Node{RowZonedTime{"2006-04-06T12:00", "UTC", 0}};
  }
  if (std::holds_alternative<RowDeadline>(shape.value)) {
    return Node{RowDeadline{RowDate{"2006-04-06", {}}, {}}};
  }
  if (std::holds_alternative<ChoiceName>(shape.value)) return Node{ChoiceName{"choice"}};
  if (std::holds_alternative<EntityId>(shape.value)) return Node{EntityId(1)};
  if (const auto* members = std::get_if<Node::Members>(&shape.value)) return Node{*members};
  return Node{};
}

/// A value that a choice never has would find nothing, and say nothing of why.
Status checkChoice(const Condition& condition, const std::vector<const Node*>& names) {
  std::vector<std::string> all;
  auto wanted = foldLatin(condition.value);
  std::ranges::replace(wanted, ' ', '-');
  for (const auto* one : names) {
    const auto& name = std::get<ChoiceName>(one->value).name;
    if (foldLatin(name) == wanted) return Done{};
    all.push_back(name);
  }
  const auto& field = condition.path.back();
  if (const auto near = nearest(condition.value, all)) {
    return usage("list.choice",
                 msg("{field} is never \"{written}\". Did you mean {near}?", arg("field", field),
                     arg("written", excerpt(condition.value)), arg("near", *near)));
  }
  return usage("list.choice",
               msg("{field} is never \"{written}\"; it is one of: {all}", arg("field", field),
                   arg("written", excerpt(condition.value)), arg("all", joined(all))));
}

bool isCalled(const Node& title, const std::string& folded) {
  if (const auto* text = std::get_if<std::string>(&title.value)) return foldLatin(*text) == folded;
  const auto* texts = std::get_if<RowTexts>(&title.value);
  return texts != nullptr && std::ranges::any_of(texts->phrases, [&](const RowPhrase& phrase) {
           return foldLatin(phrase.text) == folded;
         });
}

/// By symbol, or by what it is called in any language.
Status findEntities(Condition& condition, const State& state) {
  auto named = resolve(state, condition.value, {"*"});
  if (named) {
    condition.entities = {*named};
    return Done{};
  }
  condition.entities = state.named(condition.value, std::nullopt);
  if (!condition.entities.empty()) return Done{};
  const auto folded = foldLatin(trimmed(condition.value));
  for (const auto& aggregate : state.catalogue().aggregates()) {
    if (aggregate.tag == static_cast<std::uint16_t>(Reference::aggregate)) continue;
    state.each(aggregate.tag, [&](const RowPtr& row) {
      if (isCalled(titleOf(*row), folded)) condition.entities.push_back(row->head.id);
      return true;
    });
  }
  if (!condition.entities.empty()) return Done{};
  auto failures = named.failures();
  for (auto& one : failures) one.fault = Fault::usage;
  return failures;
}

/// By code, or by what it is called in any language; for ~ all of those that hold the text.
Status findCodes(Condition& condition, const std::string& list, const State& state) {
  const auto folded = foldLatin(trimmed(condition.value));
  const bool whole = asksWhether(condition);
  const auto fits = [&](std::string_view text) {
    const auto other = foldLatin(text);
    return whole ? other == folded : other.find(folded) != other.npos;
  };
  state.each(static_cast<std::uint16_t>(Reference::aggregate), [&](const RowPtr& row) {
    const auto& item = as<Reference>(*row);
    if (!row->head.name().starts_with(list + "/")) return true;
    const auto called = [&](const RowPhrase& phrase) { return fits(phrase.text); };
    if (fits(item.code) || std::ranges::any_of(item.names.phrases, called)) {
      condition.codes.push_back(item.code);
    }
    return true;
  });
  if (!condition.codes.empty() || !whole) return Done{};
  if (const auto near = nearestCode(state, list, condition.value)) {
    return usage("where.code",
                 msg("there is no {list} \"{code}\" in the register. Did you mean {near}?",
                     arg("list", list), arg("code", excerpt(condition.value)), arg("near", *near)));
  }
  return usage("where.code",
               msg("there is no {list} \"{code}\" in the register; \"consulta list reference "
                   "--where list={list}\" shows them all",
                   arg("list", list), arg("code", excerpt(condition.value))));
}

}  // namespace

std::string codeListOf(const AggregateInfo& aggregate, std::string_view field) {
  for (const auto& act : aggregate.events) {
    for (const auto& one : act.fields) {
      if (one.code.empty()) continue;
      if (field == one.option || field == one.option + "s" || field == one.code) return one.code;
    }
  }
  return {};
}

Status checkCondition(Condition& condition, const AggregateInfo& aggregate, const Node& shape,
                      const State& state, Day today) {
  const auto nodes = nodesAt(shape, condition.path);
  if (!nodes) return nodes.failures();
  if (condition.value.empty()) {
    if (asksWhether(condition)) return Done{};
    return usage("where.value",
                 msg("\"{text}\": write a value after the operator; \"{field}=\" finds what was "
                     "never stated",
                     arg("text", excerpt(condition.written)), arg("field", condition.path.back())));
  }
  const auto& first = *nodes->front();
  if (asksWhether(condition) && std::holds_alternative<ChoiceName>(first.value)) {
    return checkChoice(condition, *nodes);
  }
  const bool names = std::holds_alternative<EntityId>(first.value);
  if (names && asksWhether(condition)) return findEntities(condition, state);
  if (std::holds_alternative<std::string>(first.value)) {
    const auto list = codeListOf(aggregate, kebab(condition.path.back()));
    return list.empty() ? Status(Done{}) : findCodes(condition, list, state);
  }
  if (std::holds_alternative<RowDeadline>(first.value) && asksWhether(condition)) {
    if (const auto session = resolve(state, condition.value, {"session"})) {
      condition.entities = {*session};
      return Done{};
    }
  }
  // What remains is compared with a value of its kind, if only to hear what is wrong with it.
  auto sample = condition;
  sample.path = {"sample"};
  const auto compared =
      holds(sample, Node{Node::Members{{"sample", sampleOf(first)}}}, state, today);
  if (!compared) return compared.failures();
  return Done{};
}

}  // namespace consulta
