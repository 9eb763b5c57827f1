#include "cli/trail.h"

#include <algorithm>
#include <ostream>
#include <stdexcept>

#include "cli/node_json.h"
#include "cli/row_tree.h"
#include "cli/table.h"
#include "projections/describe.h"
#include "projections/trail.h"

namespace consulta {

namespace {

namespace json = boost::json;

/// Until when entries count.
std::int64_t uptoNs(const Looking& at) {
  return at.past == nullptr ? Timeline::the_end : at.past->moment().asOfNs;
}

Message linkText(const Looking& at, const TrailLink& link) {
  const auto from = arg("from", at.symbolOf(link.from));
  const auto to = arg("to", at.symbolOf(link.to));
  switch (link.relation) {
    case TrailRelation::heldFor:
      return msg("{to} was held, or is to be held, for {from}", to, from);
    case TrailRelation::recommended:
      return msg("{from} made the recommendation {to}", from, to);
    case TrailRelation::ledTo:
      return msg("{to} came of {from}", to, from);
    case TrailRelation::replacedBy:
      return msg("{to} took the place of {from}", to, from);
    case TrailRelation::resultOf:
      return msg("{to} is a result of {from}", to, from);
    case TrailRelation::contributesTo:
      return msg("{from} contributes to {to}", from, to);
    case TrailRelation::reportedIn:
      return msg("{to} reports on {from}", to, from);
    case TrailRelation::evidencedBy:
      return msg("{to} is evidence of {from}", to, from);
    case TrailRelation::answeredBy:
      return msg("{to} answers {from}", to, from);
    case TrailRelation::founded:
      return msg("a decision on {from} founded {to}", from, to);
    case TrailRelation::adopted:
      return msg("{to} was approved by {from}", to, from);
  }
  throw std::logic_error("a relation of a trail without words");
}

std::string milestoneText(const Looking& at, const TrailMilestone& one) {
  const auto view = at.view();
  std::string out;
  const auto add = [&](const std::string& text) { out += (out.empty() ? "" : ", ") + text; };
  for (const auto& [axis, state] : one.states) add(words(state, view));
  if (one.office) {
    add(at.session.speech()(msg("with {office}", arg("office", at.symbolOf(one.office)))));
  }
  if (!one.decision.empty()) {
    const auto blank = one.decision.find(' ');
    auto text = words(one.decision.substr(0, blank), view);
    if (blank != one.decision.npos) text += one.decision.substr(blank);
    add(at.session.speech()(msg("decision: {decision}", arg("decision", text))));
  }
  const auto date = dateText(one.date, view);
  return labelled(date.empty() ? at.say("unknown") : date, out, view.lang);
}

class TrailPrinter {
 public:
  explicit TrailPrinter(const Looking& at) : at_(at), view_(at.view()) {}

  void print(const std::string& heading, const std::string& nothing, const Trail& trail) {
    auto& out = at_.session.out();
    const auto& terminal = at_.session.terminal;
    out << '\n' << styled(Style::bold, heading, terminal.colour) << '\n';
    if (trail.nodes.empty()) {
      out << "  " << nothing << '\n';
      return;
    }
    Table table({{"", false, false}, {"", true, false}});
    for (const auto& node : trail.nodes) add(table, node, 0);
    table.print(out, terminal, 2);
    if (trail.cut) {
      out << at_.say("There is more; ask for the trail of one of those further on.") << '\n';
    }
  }

  void course(EntityId id) {
    Table table({{"", true, false}});
    for (const auto& one : milestonesOf(at_.state, id, uptoNs(at_))) {
      table.add({milestoneText(at_, one)});
    }
    table.print(at_.session.out(), at_.session.terminal, 2);
  }

 private:
  /// Deeper than this the place to its right would be too narrow to read.
  static constexpr std::size_t indent_max = 12;

  void add(Table& table, const TrailNode& node, std::size_t depth) {
    const auto row = at_.state.row(node.id);
    std::string text = words(at_.state.catalogue().aggregate(row->aggregate()).name, view_);
    if (const auto states = at_.states(*row); !states.empty()) text += ", " + states;
    if (const auto title = at_.title(*row); !title.empty()) {
      text = labelled(text, title, view_.lang);
    }
    if (at_.possibly(node.id)) text += " (" + at_.say("possibly") + ")";
    const auto symbol = std::string(std::min(2 * depth, indent_max), ' ') + at_.symbolOf(node.id);
    table.add({Cell{symbol, Style::bold}, text});
    auto link = at_.session.speech()(linkText(at_, node.link));
    if (const auto date = dateText(node.link.date, view_); !date.empty()) link += ", " + date;
    if (node.again) link += "; " + at_.say("shown elsewhere here");
    table.add({"", Cell{link, Style::dim}});
    if (!node.again) {
      for (const auto& one : milestonesOf(at_.state, node.id, uptoNs(at_))) {
        table.add({"", Cell{milestoneText(at_, one), Style::dim}});
      }
    }
    for (const auto& next : node.next) add(table, next, depth + 1);
  }

  const Looking& at_;
  ValueView view_;
};

json::array courseJson(const Looking& at, EntityId id) {
  const auto view = at.json();
  json::array out;
  for (const auto& one : milestonesOf(at.state, id, uptoNs(at))) {
    json::object milestone{{"position", one.at.value},
                           {"occurred", nodeJson(Node{one.date}, view)}};
    for (const auto& [axis, state] : one.states) milestone[axis] = state;
    if (one.office) milestone["office"] = at.state.nameOf(one.office);
    if (!one.decision.empty()) milestone["decision"] = one.decision;
    out.push_back(std::move(milestone));
  }
  return out;
}

/// What is the same of every entity on a trail.
json::object entityJson(const Looking& at, EntityId id) {
  const auto row = at.state.row(id);
  json::object out{{"id", at.state.nameOf(id)}};
  for (const auto& [axis, state] : statesOf(at.state.catalogue(), *row)) out[axis] = state;
  if (auto title = titleOf(*row); !title.empty()) out["title"] = nodeJson(title, at.json());
  if (at.possibly(id)) out["possibly"] = true;
  return out;
}

json::array nodesJson(const Looking& at, const std::vector<TrailNode>& nodes, const char* way) {
  json::array out;
  for (const auto& node : nodes) {
    auto one = entityJson(at, node.id);
    json::object link{{"from", at.state.nameOf(node.link.from)},
                      {"relation", described::enumName(node.link.relation)},
                      {"to", at.state.nameOf(node.link.to)}};
    if (!node.link.date.edtf.empty()) link["date"] = nodeJson(Node{node.link.date}, at.json());
    one["link"] = std::move(link);
    if (node.again) {
      one["again"] = true;
    } else {
      one["course"] = courseJson(at, node.id);
      if (!node.next.empty()) one[way] = nodesJson(at, node.next, way);
    }
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace

void printTrail(const Looking& at, EntityId id) {
  auto& out = at.session.out();
  at.head();
  const auto row = at.state.row(id);
  const auto name = styled(Style::bold, at.titledName(id), at.session.terminal.colour);
  const auto states = at.states(*row);
  out << (states.empty() ? name : labelled(name, states, at.session.lang()));
  out << '\n';
  TrailPrinter printer(at);
  printer.course(id);
  printer.print(at.say("Where it comes from"), at.say("nothing recorded"),
                trailOf(at.state, id, TrailWay::back));
  printer.print(at.say("What came of it"), at.say("nothing recorded"),
                trailOf(at.state, id, TrailWay::forward));
}

json::object trailJson(const Looking& at, EntityId id) {
  auto out = entityJson(at, id);
  out["course"] = courseJson(at, id);
  const auto add = [&](const char* name, TrailWay way) {
    const auto trail = trailOf(at.state, id, way);
    out[name] = nodesJson(at, trail.nodes, name);
    if (trail.cut) out["cut"] = true;
  };
  add("origins", TrailWay::back);
  add("consequences", TrailWay::forward);
  return out;
}

}  // namespace consulta
