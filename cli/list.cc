// consulta list AGGREGATE: many entities, chosen by conditions and put in order.
#include <algorithm>
#include <boost/json/serialize.hpp>
#include <limits>
#include <ostream>

#include "cli/filter.h"
#include "cli/looking.h"
#include "cli/looking_commands.h"
#include "cli/node_json.h"
#include "cli/row_tree.h"
#include "cli/table.h"
#include "events/values/distance.h"
#include "events/values/utf8.h"

namespace consulta {

namespace {

struct Wanted {
  const AggregateInfo* aggregate = nullptr;
  std::vector<Condition> conditions;
  std::string state;  // name of a state on any axis; empty: all
  std::optional<Order> order;
  std::size_t limit = std::numeric_limits<std::size_t>::max();
};

Result<std::string> readState(const AggregateInfo& aggregate, std::string_view written) {
  std::string wanted(trimmed(written));
  std::ranges::replace(wanted, ' ', '-');
  std::vector<std::string> names;
  for (const auto& axis : aggregate.axes) {
    for (const auto& state : axis.states) {
      if (foldLatin(state.name) == foldLatin(wanted)) return state.name;
      names.push_back(state.name);
    }
  }
  if (names.empty()) {
    return usage("list.state", msg("{aggregate} has no states; leave out --state",
                                   arg("aggregate", aggregate.name)));
  }
  const auto near = nearest(wanted, names);
  return usage("list.state",
               near ? msg("{aggregate} is never \"{written}\". Did you mean {near}?",
                          arg("aggregate", aggregate.name), arg("written", excerpt(written)),
                          arg("near", *near))
                    : msg("{aggregate} is never \"{written}\"; its states are: {all}",
                          arg("aggregate", aggregate.name), arg("written", excerpt(written)),
                          arg("all", joined(names))));
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

/// Whatever is wrong is found even when there is nothing to look through.
Status check(Wanted& wanted, const Looking& at) {
  const auto shape = wholeShape(*wanted.aggregate);
  Failures failures;
  const auto keep = [&](const auto& result) {
    if (!result) std::ranges::copy(result.failures(), std::back_inserter(failures));
  };
  for (auto& condition : wanted.conditions) {
    keep(checkCondition(condition, *wanted.aggregate, shape, at.state, at.session.today()));
  }
  if (wanted.order) keep(nodesAt(shape, wanted.order->path));
  if (!failures.empty()) return failures;
  return Done{};
}

/// Hands on what is wanted: as it comes, or, when it is to be sorted, in order at the end. Of each
/// entity only what it is sorted by is kept until then.
Status forEachWanted(const Wanted& wanted, const Looking& at,
                     const std::function<void(const Row&)>& visit) {
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
  const auto& listedBy = wanted.aggregate->listedBy;
  columns.push_back({words(listedBy, view), true, false});
  columns.push_back({at.say("what"), true, false});
  if (at.past != nullptr) columns.push_back({"", false, false});
  Table table(std::move(columns));
  at.head();
  bool none = true;
  const auto done = forEachWanted(wanted, at, [&](const Row& row) {
    std::vector<Cell> cells{Cell{at.symbolOf(row.head.id), Style::bold}};
    for (const auto& [axis, state] : statesOf(at.state.catalogue(), row)) {
      cells.emplace_back(words(state, view));
    }
    auto date = valueText(*wholeRow(at.state.catalogue(), row).member(listedBy), view);
    if (date.empty() && wanted.aggregate->isPlanned) date = at.say("unknown");
    cells.emplace_back(std::move(date));
    cells.emplace_back(at.title(row));
    if (at.possibly(row.head.id)) cells.emplace_back(at.say("possibly"), Style::yellow);
    table.add(std::move(cells));
    none = false;
    if (table.pageIsFull()) table.printPage(at.session.out(), at.session.terminal);
  });
  if (!done) return at.session.fail(done.failures());
  if (none) {
    at.session.say(msg("nothing of that kind is in the register"));
  } else if (!table.empty()) {
    table.printPage(at.session.out(), at.session.terminal);
  }
  return 0;
}

/// What a condition on such a field is compared with.
std::string kindOf(const Node& shape, const std::string& path, const AggregateInfo& aggregate,
                   const Speech& speech) {
  const auto* node = &shape;
  if (const auto* list = std::get_if<Node::List>(&shape.value); list != nullptr && !list->empty()) {
    node = &list->front();
    if (std::holds_alternative<ChoiceName>(node->value)) {
      std::vector<std::string> names;
      for (const auto& one : *list) names.push_back(std::get<ChoiceName>(one.value).name);
      return joined(names);
    }
  }
  if (std::holds_alternative<Flag>(node->value)) return speech(msg("yes or no"));
  if (std::holds_alternative<Number>(node->value)) return speech(msg("a whole number"));
  if (std::holds_alternative<EntityId>(node->value)) return speech(msg("an entity, by id or name"));
  if (std::holds_alternative<RowDate>(node->value)) return speech(msg("a date"));
  if (std::holds_alternative<RowDeadline>(node->value)) return speech(msg("a date or a session"));
  if (std::holds_alternative<RowZonedTime>(node->value)) return speech(msg("a date"));
  if (std::holds_alternative<RowMoney>(node->value)) return speech(msg("an amount: 1250.50 EUR"));
  if (std::holds_alternative<RowDecimal>(node->value)) return speech(msg("a number"));
  if (std::holds_alternative<SealedRef>(node->value))
    return speech(msg("personal: only whether it is there"));
  const auto list = codeListOf(aggregate, path.substr(path.rfind('.') + 1));
  if (list.empty()) return speech(msg("a text"));
  return speech(msg("{list}, by code or name", arg("list", list)));
}

/// After the help of the command: the fields of the kind that was written.
void printFields(Session& session, const Arguments& arguments) {
  const auto aggregate = readAggregate(session.catalogue(), arguments.at("AGGREGATE"));
  if (!aggregate) return;
  session.out() << '\n'
                << styled(Style::bold,
                          session.speech()(
                              msg("Fields of {aggregate}", arg("aggregate", (*aggregate)->name))),
                          session.terminal.colour)
                << '\n';
  Table table({{"", false, false}, {"", true, false}});
  const auto shape = wholeShape(**aggregate);
  for (const auto& [path, node] : fieldPaths(shape)) {
    table.add({path, kindOf(*node, path, **aggregate, session.speech())});
  }
  table.print(session.out(), session.terminal, 2);
}

int runList(Session& session, const Arguments& arguments) {
  auto wanted = readWanted(session.catalogue(), arguments);
  if (!wanted) return session.fail(wanted.failures());
  return look(session, [&](const Looking& at) {
    if (const auto checked = check(*wanted, at); !checked) {
      return session.fail(checked.failures());
    }
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
      "it: dates=2006 is the whole year. An entity is written by its id or its name, a code by "
      "itself or its name: country=Uruguay. A field without a value, as in place=, is one that was "
      "never stated. \"consulta list AGGREGATE --help\" lists the fields. With --json each line is "
      "one entity.";
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
  out.run = runList;
  out.details = &printFields;
  return out;
}

}  // namespace consulta
