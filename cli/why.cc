// consulta why ID FIELD: the entries that set a field, each with what it was before and after.
#include <algorithm>
#include <boost/json/serialize.hpp>
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
  Node shownBefore;  // for people: of a list only what has become another
  Node shownAfter;

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

/// The first member of a list's element says which one it is: the party of an invitation.
const Node::Members* namedElement(const Node& element) {
  const auto* members = std::get_if<Node::Members>(&element.value);
  return members == nullptr || members->empty() ? nullptr : members;
}

/// The list whose elements the path goes on into, each as its name and the member that was asked
/// for, so that a value behind it says whose it is; else the value itself.
Node namedAt(const Catalogue& catalogue, const Row& row, const std::vector<std::string>& path,
             const Node& value) {
  if (path.size() != 2) return value;
  const auto tree = wholeRow(catalogue, row);
  const auto* outer = tree.member(path.front());
  const auto* list = outer == nullptr ? nullptr : std::get_if<Node::List>(&outer->value);
  if (list == nullptr) return value;
  Node::List out;
  for (const auto& element : *list) {
    const auto* members = namedElement(element);
    const auto* asked = element.member(path.back());
    if (members == nullptr || asked == nullptr) return value;
    Node::Members kept{members->front()};
    if (asked != &members->front().node) kept.push_back({path.back(), *asked});
    out.push_back(Node{std::move(kept)});
  }
  return Node{std::move(out)};
}

/// The elements that the other list has not; each counts once.
Node::List notIn(const Node::List& list, Node::List other) {
  Node::List out;
  for (const auto& one : list) {
    const auto same = std::ranges::find(other, one);
    if (same == other.end()) {
      out.push_back(one);
    } else {
      other.erase(same);
    }
  }
  return out;
}

/// Of an element its name and what is not so in the element of that name in the other list.
Node differing(const Node& element, const Node::List& other) {
  const auto* members = namedElement(element);
  if (members == nullptr) return element;
  const auto before = std::ranges::find_if(other, [&](const Node& one) {
    const auto* its = namedElement(one);
    return its != nullptr && its->front() == members->front();
  });
  if (before == other.end()) return element;
  Node::Members out{members->front()};
  for (auto member = members->begin() + 1; member != members->end(); ++member) {
    const auto* was = before->member(member->name);
    if (was == nullptr || !(*was == member->node)) out.push_back(*member);
  }
  return Node{std::move(out)};
}

/// Leaves of two lists what is only in one of them. Lists that differ in their order alone stay.
void keepDiffering(Node& before, Node& after) {
  const auto listOf = [](const Node& node) {
    const auto* list = std::get_if<Node::List>(&node.value);
    return list == nullptr ? Node::List{} : *list;
  };
  const auto isList = [](const Node& node) {
    return node.empty() || std::holds_alternative<Node::List>(node.value);
  };
  if (!isList(before) || !isList(after)) return;
  const auto gone = notIn(listOf(before), listOf(after));
  const auto come = notIn(listOf(after), listOf(before));
  if (gone.empty() && come.empty()) return;
  Node::List left;
  for (const auto& one : gone) left.push_back(differing(one, come));
  Node::List right;
  for (const auto& one : come) right.push_back(differing(one, gone));
  before = Node{std::move(left)};
  after = Node{std::move(right)};
}

/// What an entry said in turn: as it was recorded, then as each corrigendum of it says.
std::vector<std::pair<RecordPtr, FoldStep>> readings(const Timeline::Step& step) {
  auto plain = Timeline::plainStep(step.entry->get());
  plain.orderNs = step.orderNs;
  std::vector<std::pair<RecordPtr, FoldStep>> out{{step.entry, plain}};
  for (const auto& record : step.corrigenda) {
    const auto corrigendum = record->get().getEvent().getCorrigendum();
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
  std::vector<Change> out;
  auto then = newRow(row.aggregate());
  Node before;
  Node namedBefore;
  for (const auto& line : story) {
    std::unique_ptr<Row> next;
    for (const auto& [entry, says] : readings(line.step)) {
      next = then->clone();
      applyEntry(catalogue, *next, says);
      auto value = valueAt(catalogue, *next, path);
      auto after = value ? std::move(*value) : Node{};  // behind a list that was still empty
      auto namedAfter = namedAt(catalogue, *next, path, after);
      const bool silent = before.empty() && after.empty();
      if (!silent && !(before == after)) {
        out.push_back(Change{&line, entry, before, after, namedBefore, namedAfter});
        keepDiffering(out.back().shownBefore, out.back().shownAfter);
      }
      before = std::move(after);
      namedBefore = std::move(namedAfter);
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

void printTable(const Looking& at, const std::vector<Change>& changes, const std::string& field) {
  Table table({{at.say("date"), false, false},
               {at.say("entry"), false, true},
               {at.say("act"), true, false},
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
    auto act = change.corrects()
                   ? at.session.speech()(msg("correction of {position}",
                                             arg("position", change.line->step.position().value)))
                   : actWords(change.line->act, view);
    if (const auto reason = reasonLine(at, *change.entry); !reason.empty()) {
      act = labelled(act, reason, view.lang);
    }
    table.add({dateText(date, view), std::to_string(change.entry->position().value),
               Cell{act, Style::bold}, Cell{shown(change.shownBefore), Style::dim},
               shown(change.shownAfter), Cell{sourcesLine(at, change.entry->get()), Style::dim},
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

int runWhy(Session& session, const Arguments& arguments) {
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
      "A field inside a list is written with a dot: invitations.state. Of a list only what has "
      "become another is shown; --json has the whole. A value that was put right "
      "is there twice: as it was recorded, and as the correction says.";
  out.places = {
      Parameter{.name = "ID", .help = "symbol of the entity", .required = true, .refs = {"*"}},
      Parameter{.name = "FIELD",
                .help = "as \"consulta show\" names it, also state",
                .required = true,
                .names = Names::field},
  };
  out.run = runWhy;
  return out;
}

}  // namespace consulta
