// consulta show ID: everything the register knows of one entity, and what names it.
#include <boost/json/serialize.hpp>
#include <iterator>
#include <map>
#include <ostream>
#include <set>

#include "cli/attached.h"
#include "cli/looking.h"
#include "cli/looking_commands.h"
#include "cli/node_json.h"
#include "cli/row_tree.h"
#include "cli/table.h"
#include "cli/trail.h"

namespace consulta {

namespace {

namespace json = boost::json;

/// How many of those that name it are shown, of each aggregate.
constexpr std::size_t linked_shown_max = 20;

using Linked = std::map<std::uint16_t, std::vector<RowPtr>>;

/// Those that name it, by aggregate, oldest first.
Linked linked(const Looking& at, EntityId id) {
  Linked out;
  for (const auto one : at.state.linkedTo(id)) {
    if (one == id) continue;
    if (auto row = at.state.row(one)) out[row->aggregate()].push_back(std::move(row));
  }
  return out;
}

void addHead(Table& table, const Looking& at, const Row& row) {
  const auto view = at.view();
  for (const auto& [axis, state] : statesOf(at.state.catalogue(), row)) {
    table.add({Cell{words(axis, view), Style::dim}, Cell{words(state, view), Style::bold}});
  }
  std::string others;
  for (const auto& symbol : row.head.symbols) {
    if (symbol.text == row.head.name()) continue;
    others += (others.empty() ? "" : ", ") + symbol.text;
  }
  if (!others.empty()) table.add({Cell{at.say("also called"), Style::dim}, others});
  auto opened = dateText(row.head.opened, view);
  if (row.head.found) opened += (opened.empty() ? "" : ", ") + at.say("as found");
  table.add({Cell{at.say("first entry"), Style::dim}, opened});
  const auto changed = dateText(row.head.changed, view);
  if (row.head.revision > 1 && !changed.empty() && changed != opened) {
    table.add({Cell{at.say("last entry"), Style::dim}, changed});
  }
  if (row.head.corrected) {
    table.add({Cell{at.say("corrected"), Style::dim},
               at.say("yes; \"consulta history\" says what was known before")});
  }
}

void addFields(Table& table, const Looking& at, const Row& row) {
  const auto view = at.viewWithTitles();
  const auto tree = row.fields();
  for (const auto& member : std::get<Node::Members>(tree.value)) {
    if (member.node.empty()) continue;
    auto label = words(member.name, view);
    for (const auto& line : valueLines(member.node, view, member.name)) {
      table.add({Cell{label, Style::dim}, line});
      label.clear();
    }
  }
  for (const auto& note : row.head.notes) {
    table.add({Cell{words(note.field, view), Style::dim}, valueText(Node{note}, view, note.field)});
  }
}

/// Without the files that were shown already.
Linked linkedBeside(const Looking& at, EntityId id, const std::vector<AttachedFile>& files) {
  std::set<EntityId> shown;
  for (const auto& one : files) {
    shown.insert(one.file->head.id);
    for (const auto& translation : one.translations) shown.insert(translation->head.id);
  }
  auto out = linked(at, id);
  for (auto group = out.begin(); group != out.end();) {
    std::erase_if(group->second, [&](const RowPtr& row) { return shown.contains(row->head.id); });
    group = group->second.empty() ? out.erase(group) : std::next(group);
  }
  return out;
}

void printLinked(const Looking& at, EntityId id) {
  auto& out = at.session.out();
  const auto& terminal = at.session.terminal;
  const auto files = attachedTo(at, id);
  printAttached(at, files);
  const auto groups = linkedBeside(at, id, files);
  if (groups.empty()) return;
  out << '\n' << styled(Style::bold, at.say("What names it"), terminal.colour) << '\n';
  Table table({{"", false, false}, {"", false, false}, {"", false, false}, {"", true, false}});
  for (const auto& [aggregate, rows] : groups) {
    auto kind = words(at.state.catalogue().aggregate(aggregate).plural, at.view());
    std::size_t shown = 0;
    for (const auto& row : rows) {
      if (++shown > linked_shown_max) break;
      table.add(
          {Cell{kind, Style::dim}, at.symbolOf(row->head.id), at.states(*row), at.title(*row)});
      kind.clear();
    }
    if (rows.size() > linked_shown_max) {
      table.add({"", at.session.speech()(
                         msg("and {count} more", arg("count", rows.size() - linked_shown_max)))});
    }
  }
  table.print(out, terminal);
}

void printRow(const Looking& at, const Row& row) {
  auto& out = at.session.out();
  const auto& terminal = at.session.terminal;
  at.head();
  const auto id = row.head.id;
  const auto& aggregate = at.state.catalogue().aggregate(row.aggregate());
  out << words(aggregate.name, at.view()) << ' '
      << styled(Style::bold, at.symbolOf(id), terminal.colour);
  if (at.possibly(id)) {
    out << "  "
        << styled(Style::yellow, at.say("possibly: not all of it need have happened by then"),
                  terminal.colour);
  }
  out << '\n';
  Table table({{"", false, false}, {"", true, false}});
  addHead(table, at, row);
  addFields(table, at, row);
  if (const auto stored = isStoredHere(at, row)) {
    table.add({Cell{at.say("stored"), Style::dim},
               *stored ? at.say("yes; \"consulta file save\" gives it back")
                       : at.say("not here: the register knows its hash only")});
  }
  table.print(out, terminal);
  printLinked(at, id);
}

void printJson(const Looking& at, const Row& row) {
  auto object = rowJson(at.state.catalogue(), row, at.json());
  if (at.possibly(row.head.id)) object["possibly"] = true;
  json::object names;
  for (const auto& [aggregate, rows] : linked(at, row.head.id)) {
    json::array list;
    for (const auto& one : rows) list.emplace_back(at.state.nameOf(one->head.id));
    names[at.state.catalogue().aggregate(aggregate).name] = std::move(list);
  }
  object["namedBy"] = std::move(names);
  if (const auto stored = isStoredHere(at, row)) object["stored"] = *stored;
  if (auto files = attachedJson(at, attachedTo(at, row.head.id)); !files.empty()) {
    object["files"] = std::move(files);
  }
  at.session.out() << json::serialize(object) << '\n';
}

int runShow(Session& session, const Arguments& arguments) {
  return look(session, [&](const Looking& at) {
    const auto id = at.find(arguments.at("ID"));
    if (!id) return session.fail(id.failures());
    const auto row = at.state.row(*id);
    if (arguments.has("trail")) {
      if (session.options.json) {
        session.out() << json::serialize(trailJson(at, *id)) << '\n';
      } else {
        printTrail(at, *id);
      }
    } else if (session.options.json) {
      printJson(at, *row);
    } else {
      printRow(at, *row);
    }
    return 0;
  });
}

}  // namespace

Command showCommand() {
  Command out;
  out.name = "show";
  out.help = "Show one entity: its state, its fields, and what names it";
  out.example = "show MTG-2006-001\nshow REC-2006-001 --trail";
  out.about =
      "A symbol that two aggregates use is written in full: mandate:GC.11/Res.1. \"#17\" is the "
      "entity that entry 17 opened. With --as-of or --known-at it is shown as it stood, or as it "
      "was known, and \"possibly\" marks what may have happened only later. "
      "--trail follows a consultation to its meetings and recommendations, and these to the "
      "projects, programmes, results, documents and decisions that came of them; and any of these "
      "back to where it comes from. Each is shown with what links it, and since when it stands "
      "where.";
  out.places = {Parameter{
      .name = "ID", .help = "symbol of the entity, or #POSITION", .required = true, .refs = {"*"}}};
  out.options = {Parameter{.name = "trail", .help = "where it comes from, and what came of it"}};
  out.run = runShow;
  return out;
}

}  // namespace consulta
