// consulta why ID FIELD: the entries that set a field, each with what it was before and after.
#include <algorithm>
#include <boost/json/serialize.hpp>
#include <iterator>
#include <ostream>

#include "cli/event_node.h"
#include "cli/filter.h"
#include "cli/looking_commands.h"
#include "cli/node_json.h"
#include "cli/row_tree.h"
#include "cli/story.h"
#include "cli/table.h"
#include "events/entry.h"
#include "events/values/utf8.h"
#include "projections/rows.h"

namespace consulta {

namespace {

namespace json = boost::json;

/// One entry that made the value another one: an act, or the corrigendum that put it right.
struct Change {
  const StoryLine* line = nullptr;
  RecordPtr entry;
  Node before;
  Node after;

  [[nodiscard]] bool corrects() const { return entry->get().getEvent().isCorrigendum(); }
};

/// The value at the path; several, behind a list, as one list.
Result<Node> valueAt(const Catalogue& catalogue, const Row& row,
                     const std::vector<std::string>& path) {
  const auto tree = wholeRow(catalogue, row);
  if (path.size() == 1) {
    if (const auto* member = tree.member(path.front())) return *member;
  }
  const auto nodes = nodesAt(tree, path);
  if (!nodes) return nodes.failures();
  Node::List out;
  for (const auto* node : *nodes) out.push_back(*node);
  if (out.size() == 1) return out.front();
  return Node{std::move(out)};
}

/// What an entry said in turn: as it was recorded, then as each corrigendum of it says.
std::vector<std::pair<RecordPtr, FoldStep>> readings(const Timeline& timeline,
                                                     const Timeline::Step& step) {
  auto plain = Timeline::plainStep(step.entry->get());
  plain.orderNs = step.orderNs;
  std::vector<std::pair<RecordPtr, FoldStep>> out{{step.entry, plain}};
  for (const auto& record : timeline.records()) {
    if (!record->get().getEvent().isCorrigendum()) continue;
    const auto corrigendum = record->get().getEvent().getCorrigendum();
    if (Position(corrigendum.getCorrects()) != step.position()) continue;
    auto corrected = out.back().second;
    if (corrigendum.getFields().size() != 0) {
      corrected.event = corrigendum.getRight();
      corrected.valuesAt = record->position();
    }
    if (corrigendum.hasOccurred()) corrected.occurred = corrigendum.getOccurred();
    out.emplace_back(record, corrected);
  }
  return out;
}

/// Folds the entity step by step and keeps what made the value another one.
Result<std::vector<Change>> changesOf(const Looking& at, const Row& row,
                                      const std::vector<StoryLine>& story,
                                      const std::vector<std::string>& path) {
  const auto& catalogue = at.state.catalogue();
  // A name that does not exist is wrong whatever happened to the entity.
  if (auto checked = valueAt(catalogue, row, path); !checked) return checked.failures();
  const auto timeline = at.state.timeline(row.head.id);
  std::vector<Change> out;
  auto then = newRow(row.aggregate());
  Node before;
  for (const auto& line : story) {
    std::unique_ptr<Row> next;
    for (const auto& [entry, says] : readings(timeline, line.step)) {
      next = then->clone();
      applyEntry(catalogue, *next, says);
      auto value = valueAt(catalogue, *next, path);
      auto after = value ? std::move(*value) : Node{};  // behind a list that was still empty
      const bool silent = before.empty() && after.empty();
      if (!silent && !(before == after)) out.push_back(Change{&line, entry, before, after});
      before = std::move(after);
    }
    then = std::move(next);
  }
  return out;
}

schema::Date::Reader occurredOf(const Change& change) {
  return change.corrects() ? change.entry->get().getOccurred() : change.line->step.fold().occurred;
}

void printJson(const Looking& at, const Row& row, const std::string& field,
               const std::vector<Change>& changes) {
  const auto view = at.json();
  json::array list;
  for (const auto& change : changes) {
    const auto* act = actOf(at.state.catalogue(), change.entry->get().getEvent());
    json::object one{{"position", change.entry->position().value},
                     {"type", act == nullptr ? "unknown" : act->type},
                     {"occurred", occurredOf(change).getEdtf().cStr()},
                     {"before", nodeJson(change.before, view)},
                     {"after", nodeJson(change.after, view)}};
    if (change.corrects()) one["corrects"] = change.line->step.position().value;
    if (change.line->possibly) one["possibly"] = true;
    list.push_back(std::move(one));
  }
  at.session.out() << json::serialize(json::object{{"id", at.state.nameOf(row.head.id)},
                                                   {"field", field},
                                                   {"changes", std::move(list)}})
                   << '\n';
}

/// Of a list what the other one has not, for the rest has stayed; the whole where nothing is new.
Node without(const Node& list, const Node& other) {
  const auto* all = std::get_if<Node::List>(&list.value);
  const auto* others = std::get_if<Node::List>(&other.value);
  if (all == nullptr || others == nullptr) return list;
  Node::List out;
  std::ranges::copy_if(*all, std::back_inserter(out), [&](const Node& one) {
    return std::ranges::find(*others, one) == others->end();
  });
  // An item that has gone leaves nothing new; one that has only moved leaves the list itself.
  const bool moved = out.empty() && all->size() == others->size();
  return moved ? list : Node{std::move(out)};
}

void printTable(const Looking& at, const std::vector<Change>& changes, const std::string& field) {
  Table table({{at.say("date"), false, false},
               {at.say("entry"), false, true},
               {at.say("act"), false, false},
               {at.say("before"), true, false},
               {at.say("after"), true, false},
               {at.say("source"), false, false},
               {at.say("by"), true, false}});
  const auto view = at.view();
  const auto shown = [&](const Node& node) {
    const auto text = valueText(node, view, field);
    return text.empty() ? std::string("-") : text;
  };
  for (const auto& change : changes) {
    RowDate date;
    take(date, occurredOf(change));
    const auto act =
        change.corrects()
            ? at.session.speech()(msg("correction of {position}",
                                      arg("position", change.line->step.position().value)))
            : actWords(change.line->act, view);
    table.add({dateText(date, view), std::to_string(change.entry->position().value),
               Cell{act, Style::bold},
               Cell{shown(without(change.before, change.after)), Style::dim},
               shown(without(change.after, change.before)),
               Cell{sourcesLine(at, change.entry->get()), Style::dim},
               Cell{byLine(at, change.entry->get()), Style::dim}});
  }
  table.print(at.session.out(), at.session.terminal);
}

/// The field as show, diff and help write it: "signed on", "signatures[2]" and "signed-on" are
/// paths; a number in brackets is left out, since the whole list is told.
std::string pathOf(std::string_view written) {
  std::string out;
  bool inBrackets = false;
  for (const char c : written) {
    if (c == '[') inBrackets = true;
    if (!inBrackets) out += c == ' ' ? '-' : c;
    if (c == ']') inBrackets = false;
  }
  return out;
}

int run(Session& session, const Arguments& arguments) {
  const auto field = pathOf(arguments.at("FIELD"));
  const auto order = readOrder(field);  // a path like any other
  if (!order || order->descending) {
    return session.fail(usage("why.field", msg("\"{field}\" is no field; \"consulta show ID\" "
                                               "names those it has",
                                               arg("field", excerpt(arguments.at("FIELD"))))));
  }
  return look(session, [&](const Looking& at) {
    const auto id = at.find(arguments.at("ID"));
    if (!id) return session.fail(id.failures());
    const auto row = at.state.row(*id);
    const auto story = storyOf(at, *id);
    const auto changes = changesOf(at, *row, story, order->path);
    if (!changes) return session.fail(changes.failures());
    if (session.options.json) {
      printJson(at, *row, field, *changes);
      return 0;
    }
    at.head();
    if (changes->empty()) {
      session.say(msg("no entry of {entity} has stated {field}", arg("entity", at.symbolOf(*id)),
                      arg("field", field)));
      return 0;
    }
    printTable(at, *changes, field);
    return 0;
  });
}

}  // namespace

Command whyCommand() {
  Command out;
  out.name = "why";
  out.help = "Name the entries that set a field, with what it was before and after";
  out.example = "why MTG-2006-001 dates";
  out.about =
      "A field inside a list is written with a dot: invitations.state. A value that was put right "
      "is there twice: as it was recorded, and as the correction says. Of a list each line tells "
      "what has changed in it.";
  out.places = {
      Parameter{.name = "ID", .help = "symbol of the entity", .required = true, .refs = {"*"}},
      Parameter{.name = "FIELD",
                .help = "as \"consulta show\" names it, also state",
                .required = true,
                .names = Names::field},
  };
  out.run = &run;
  return out;
}

}  // namespace consulta
