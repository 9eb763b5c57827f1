// consulta list AGGREGATE: many entities, chosen by conditions and put in order.
#include <algorithm>
#include <boost/json/serialize.hpp>
#include <limits>
#include <ostream>
#include <set>

#include "cli/filter.h"
#include "cli/looking.h"
#include "cli/looking_commands.h"
#include "cli/node_json.h"
#include "cli/row_tree.h"
#include "cli/table.h"
#include "events/values/distance.h"
#include "events/values/utf8.h"
#include "projections/rows.h"

namespace consulta {

namespace {

struct Wanted {
  const AggregateInfo* aggregate = nullptr;
  std::vector<Condition> conditions;
  std::string state;  // name of a state on any axis; empty: all
  std::optional<Order> order;
  std::size_t limit = std::numeric_limits<std::size_t>::max();
};

Result<const AggregateInfo*> readAggregate(const Catalogue& catalogue, const std::string& written) {
  std::vector<std::string> names;
  for (const auto& one : catalogue.aggregates()) {
    if (written == one.name || written == one.plural) return &one;
    names.push_back(one.name);
  }
  const auto near = nearest(written, names);
  std::string all;
  for (const auto& name : names) all += (all.empty() ? "" : ", ") + name;
  return usage("list.aggregate",
               near
                   ? msg("there is nothing called \"{written}\" to list. Did you mean {near}?",
                         arg("written", excerpt(written)), arg("near", *near))
                   : msg("there is nothing called \"{written}\" to list; what can be listed: {all}",
                         arg("written", excerpt(written)), arg("all", all)));
}

Result<std::string> readState(const AggregateInfo& aggregate, std::string_view written) {
  std::string wanted(trimmed(written));
  std::ranges::replace(wanted, ' ', '-');
  std::vector<std::string> names;
  std::string all;
  for (const auto& axis : aggregate.axes) {
    for (const auto& state : axis.states) {
      if (foldLatin(state.name) == foldLatin(wanted)) return state.name;
      names.push_back(state.name);
      all += (all.empty() ? "" : ", ") + state.name;
    }
  }
  const auto near = nearest(wanted, names);
  return usage("list.state",
               near ? msg("{aggregate} is never \"{written}\". Did you mean {near}?",
                          arg("aggregate", aggregate.name), arg("written", excerpt(written)),
                          arg("near", *near))
                    : msg("{aggregate} is never \"{written}\"; its states are: {all}",
                          arg("aggregate", aggregate.name), arg("written", excerpt(written)),
                          arg("all", all.empty() ? "none" : all)));
}

Result<Wanted> readWanted(const Catalogue& catalogue, const Arguments& arguments) {
  Wanted out;
  Failures failures;
  const auto keep = [&](const auto& result) {
    if (result) return true;
    failures.insert(failures.end(), result.failures().begin(), result.failures().end());
    return false;
  };
  if (const auto aggregate = readAggregate(catalogue, arguments.at("AGGREGATE")); keep(aggregate)) {
    out.aggregate = *aggregate;
    if (const auto state = arguments.get("state")) {
      if (auto read = readState(**aggregate, *state); keep(read)) out.state = *read;
    }
  }
  for (const auto& text : arguments.all("where")) {
    if (auto condition = readCondition(text); keep(condition)) {
      out.conditions.push_back(std::move(*condition));
    }
  }
  if (const auto sort = arguments.get("sort")) {
    if (auto order = readOrder(*sort); keep(order)) out.order = std::move(*order);
  }
  if (const auto limit = arguments.get("limit")) {
    if (const auto number = readNumber("limit", *limit, 1, 1'000'000'000); keep(number)) {
      out.limit = static_cast<std::size_t>(*number);
    }
  }
  if (!failures.empty()) return failures;
  return out;
}

Result<bool> isWanted(const Wanted& wanted, const Node& tree, const Row& row, const Looking& at) {
  if (!wanted.state.empty()) {
    const auto states = statesOf(at.state.catalogue(), row);
    const auto isIt = [&](const auto& one) { return one.second == wanted.state; };
    if (std::ranges::none_of(states, isIt)) return false;
  }
  for (const auto& condition : wanted.conditions) {
    auto one = holds(condition, tree, at.state, at.session.today());
    if (!one || !*one) return one;
  }
  return true;
}

/// The names a choice of the aggregate may have: of a state, or of a field of the acts that open
/// it, or of any of its acts.
std::vector<std::string> choicesOf(const AggregateInfo& aggregate, const std::string& field) {
  std::vector<std::string> out;
  for (const auto& axis : aggregate.axes) {
    if (axis.name != field) continue;
    for (const auto& state : axis.states) out.push_back(state.name);
    return out;
  }
  for (const bool opening : {true, false}) {
    for (const auto& act : aggregate.events) {
      const auto* info = act.field(field);
      if (act.opens != opening || info == nullptr || info->kind != FieldKind::choice) continue;
      for (const auto& choice : info->choices) out.push_back(choice.name);
    }
    if (!out.empty()) break;
  }
  return out;
}

/// A value that a choice never has would find nothing, and say nothing of why.
Status checkChoice(const AggregateInfo& aggregate, const Condition& condition, const Node& tree) {
  if (condition.op != Condition::Op::is && condition.op != Condition::Op::isNot) return Done{};
  const auto nodes = nodesAt(tree, condition.path);
  if (!nodes || condition.path.size() != 1 || nodes->size() != 1) return Done{};
  if (!std::holds_alternative<ChoiceName>(nodes->front()->value)) return Done{};
  const auto names = choicesOf(aggregate, condition.path.front());
  auto wanted = foldLatin(condition.value);
  std::ranges::replace(wanted, ' ', '-');
  const auto isIt = [&](const std::string& name) { return foldLatin(name) == wanted; };
  if (names.empty() || std::ranges::any_of(names, isIt)) return Done{};
  const auto near = nearest(condition.value, names);
  std::string all;
  for (const auto& name : std::set<std::string>(names.begin(), names.end())) {
    all += (all.empty() ? "" : ", ") + name;
  }
  return usage("list.choice",
               near ? msg("{field} is never \"{written}\". Did you mean {near}?",
                          arg("field", condition.path.front()),
                          arg("written", excerpt(condition.value)), arg("near", *near))
                    : msg("{field} is never \"{written}\"; it is one of: {all}",
                          arg("field", condition.path.front()),
                          arg("written", excerpt(condition.value)), arg("all", all)));
}

/// Names that do not exist are found even when there is nothing to look through.
Status checkPaths(const Wanted& wanted, const Looking& at) {
  const auto empty = newRow(wanted.aggregate->tag);
  const auto tree = wholeRow(at.state.catalogue(), *empty);
  for (const auto& condition : wanted.conditions) {
    if (const auto nodes = nodesAt(tree, condition.path); !nodes) return nodes.failures();
    auto choice = checkChoice(*wanted.aggregate, condition, tree);
    if (!choice) return choice;
  }
  if (wanted.order) {
    if (const auto nodes = nodesAt(tree, wanted.order->path); !nodes) return nodes.failures();
  }
  return Done{};
}

/// Hands on what is wanted: as it comes, or, when it is to be sorted, in order at the end. Of each
/// entity only what it is sorted by is kept until then.
Status forEachWanted(const Wanted& wanted, const Looking& at,
                     const std::function<void(const Row&)>& visit) {
  if (auto checked = checkPaths(wanted, at); !checked) return checked;
  std::vector<std::pair<Node, EntityId>> kept;
  Failures failures;
  std::size_t count = 0;
  at.state.each(wanted.aggregate->tag, [&](const RowPtr& row) {
    const auto tree = wholeRow(at.state.catalogue(), *row);
    const auto one = isWanted(wanted, tree, *row, at);
    if (!one) {
      failures = one.failures();
      return false;
    }
    if (!*one) return true;
    if (!wanted.order) {
      visit(*row);
      return ++count < wanted.limit;
    }
    auto key = sortKey(*wanted.order, tree, at.state);
    if (!key) {
      failures = key.failures();
      return false;
    }
    kept.emplace_back(std::move(*key), row->head.id);
    return true;
  });
  if (!failures.empty()) return failures;
  if (wanted.order) {
    std::ranges::stable_sort(kept, [&](const auto& a, const auto& b) {
      return sortsBefore(*wanted.order, a.first, b.first);
    });
  }
  for (const auto& one : kept) {
    if (++count > wanted.limit) break;
    visit(*at.state.row(one.second));
  }
  return Done{};
}

int printJson(const Wanted& wanted, const Looking& at) {
  const auto view = at.json();
  const auto done = forEachWanted(wanted, at, [&](const Row& row) {
    auto object = rowJson(at.state.catalogue(), row, view);
    if (at.possibly(row.head.id)) object["possibly"] = true;
    at.session.out() << boost::json::serialize(object) << '\n';
  });
  return done ? 0 : at.session.fail(done.failures());
}

int printTable(const Wanted& wanted, const Looking& at) {
  const auto view = at.view();
  std::vector<Table::Column> columns{{at.say("id"), false, false}};
  for (const auto& axis : wanted.aggregate->axes) {
    columns.push_back({words(axis.name, view), false, false});
  }
  columns.push_back({at.say("date"), true, false});
  columns.push_back({at.say("what"), true, false});
  if (at.past != nullptr) columns.push_back({"", false, false});
  Table table(std::move(columns));
  const auto done = forEachWanted(wanted, at, [&](const Row& row) {
    std::vector<Cell> cells{Cell{at.symbolOf(row.head.id), Style::bold}};
    for (const auto& [axis, state] : statesOf(at.state.catalogue(), row)) {
      cells.emplace_back(words(state, view));
    }
    cells.emplace_back(dateText(mainDateOf(row), view));
    cells.emplace_back(at.title(row));
    if (at.possibly(row.head.id)) cells.emplace_back(at.say("possibly"), Style::yellow);
    table.add(std::move(cells));
  });
  if (!done) return at.session.fail(done.failures());
  at.head();
  if (table.empty()) {
    at.session.say(msg("nothing of that kind is in the register"));
    return 0;
  }
  table.print(at.session.out(), at.session.terminal);
  return 0;
}

int run(Session& session, const Arguments& arguments) {
  const auto wanted = readWanted(session.catalogue(), arguments);
  if (!wanted) return session.fail(wanted.failures());
  return look(session, [&](const Looking& at) {
    return session.options.json ? printJson(*wanted, at) : printTable(*wanted, at);
  });
}

}  // namespace

Command listCommand() {
  Command out;
  out.name = "list";
  out.help = "List the entities of one kind";
  out.example = "list meeting --where dates=2006 --where invitations.state=accepted --sort dates";
  out.about =
      "A condition is a field, an operator and a value: = is, != is not, ~ contains, and < > <= >= "
      "for dates, amounts and numbers. All conditions must hold. A field inside a list is written "
      "with a dot: invitations.state. Beside its own fields every entity has id, its states, "
      "opened, changed, found, corrected and revision. A date is another one when it lies within "
      "it: dates=2006 is the whole year. With --json each line is one entity.";
  out.places = {Parameter{.name = "AGGREGATE",
                          .help = "what to list: meeting, mou, project ...",
                          .required = true,
                          .names = Names::aggregate}};
  out.options = {
      Parameter{.name = "where",
                .value = "CONDITION",
                .help = "only those for which it holds",
                .repeats = true,
                .names = Names::condition},
      Parameter{.name = "state",
                .value = "STATE",
                .help = "only those in this state",
                .names = Names::state},
      Parameter{.name = "sort",
                .value = "FIELD",
                .help = "in the order of this field; -FIELD: "
                        "the last first",
                .names = Names::field},
      Parameter{.name = "limit", .value = "N", .help = "at most so many"},
  };
  out.run = &run;
  return out;
}

}  // namespace consulta
