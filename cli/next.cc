// consulta next ID: what may lawfully be entered now, and what stands in the way of the rest.
#include <algorithm>
#include <boost/json/serialize.hpp>
#include <ostream>
#include <utility>

#include "cli/looking.h"
#include "cli/looking_commands.h"
#include "cli/next_course.h"
#include "cli/next_cycle.h"
#include "cli/table.h"
#include "engine/rules/decide.h"

namespace consulta {

namespace {

namespace json = boost::json;

/// What can be typed for the act: its example, with this entity in place of the example's.
std::string commandLine(const Looking& at, const Row& row, const EventInfo& act) {
  auto rest = exampleHere(at, row, act);
  if (const auto blank = act.example.find(' '); rest.empty() && blank != std::string::npos) {
    rest = act.example.substr(blank);
  }
  const auto& aggregate = at.state.catalogue().aggregate(row.aggregate()).name;
  return "consulta " + aggregate + " " + act.verb + " " + at.symbolOf(row.head.id) + rest;
}

std::string sentence(const Looking& at, const Failures& failures) {
  std::string out;
  for (const auto& one : failures) {
    out += (out.empty() ? "" : "; ") + at.session.speech()(one.text);
  }
  return out;
}

json::object actJson(const Looking& at, const Row& row, const Possible& one) {
  json::object out;
  out["verb"] = one.act->verb;
  out["type"] = one.act->type;
  out["help"] = at.say(one.act->help);
  if (one.inTheWay.empty()) {
    json::array required;
    for (const auto& field : one.act->fields) {
      if (field.required) required.emplace_back(field.name);
    }
    out["required"] = std::move(required);
    out["example"] = commandLine(at, row, *one.act);
    return out;
  }
  json::array reasons;
  for (const auto& failure : one.inTheWay) {
    reasons.push_back(
        json::object{{"rule", failure.rule}, {"text", at.session.speech()(failure.text)}});
  }
  out["reasons"] = std::move(reasons);
  return out;
}

void printJson(const Looking& at, const Row& row, const std::vector<Possible>& acts) {
  json::array lawful;
  json::array inTheWay;
  for (const auto& one : acts) {
    auto object = actJson(at, row, one);
    (one.inTheWay.empty() ? lawful : inTheWay).push_back(std::move(object));
  }
  json::object out{{"id", at.state.nameOf(row.head.id)},
                   {"lawful", std::move(lawful)},
                   {"inTheWay", std::move(inTheWay)}};
  addCourseJson(at, row, out);
  addCycleJson(at, row, out);
  at.session.out() << json::serialize(out) << '\n';
}

/// The verbs that are lawful in other states only, by those states, in the order of the schema.
std::vector<std::pair<std::vector<Message>, std::string>> byState(
    const std::vector<Possible>& acts) {
  std::vector<std::pair<std::vector<Message>, std::string>> out;
  for (const auto& one : acts) {
    if (one.lawfulIn.empty()) continue;
    const auto known =
        std::ranges::find_if(out, [&](const auto& group) { return group.first == one.lawfulIn; });
    if (known == out.end()) {
      out.emplace_back(one.lawfulIn, one.act->verb);
    } else {
      known->second += ", " + one.act->verb;
    }
  }
  return out;
}

void printTables(const Looking& at, const Row& row, const std::vector<Possible>& acts) {
  auto& out = at.session.out();
  const auto& terminal = at.session.terminal;
  Table lawful({{"", false, false}, {"", true, false}});
  Table inTheWay({{"", false, false}, {"", true, false}});
  Table inOtherStates({{"", true, false}, {"", true, false}});
  for (const auto& [states, verbs] : byState(acts)) {
    inOtherStates.add(
        {Cell{at.session.speech()(msg("when it is {states}", Arg{"states", states})), Style::dim},
         verbs});
  }
  for (const auto& one : acts) {
    if (!one.lawfulIn.empty()) continue;
    if (!one.inTheWay.empty()) {
      inTheWay.add({Cell{one.act->verb, Style::dim}, sentence(at, one.inTheWay)});
      continue;
    }
    lawful.add({Cell{one.act->verb, Style::green}, at.say(one.act->help)});
    lawful.add({"", Cell{commandLine(at, row, *one.act), Style::dim}});
  }
  at.head();
  const auto name = styled(Style::bold, at.titledName(row.head.id), terminal.colour);
  const auto states = at.states(row);
  out << (states.empty() ? name : labelled(name, states, at.session.lang()));
  out << '\n';
  printCourse(at, row);
  if (!lawful.empty()) {
    out << '\n' << styled(Style::bold, at.say("What may be entered now"), terminal.colour) << '\n';
    lawful.print(out, terminal, 2);
  } else {
    out << '\n' << at.say("Nothing more can be entered; its life has ended.") << '\n';
  }
  if (!inTheWay.empty()) {
    out << '\n'
        << styled(Style::bold, at.say("What something stands in the way of"), terminal.colour)
        << '\n';
    inTheWay.print(out, terminal, 2);
  }
  printCycle(at, row);
  if (inOtherStates.empty()) return;
  out << '\n'
      << styled(Style::bold, at.say("What is lawful in other states"), terminal.colour) << '\n';
  inOtherStates.print(out, terminal, 2);
}

int runNext(Session& session, const Arguments& arguments) {
  return look(session, [&](const Looking& at) {
    const auto id = at.find(arguments.at("ID"));
    if (!id) return session.fail(id.failures());
    const auto row = at.state.row(*id);
    auto acts = possibleActs(at.state, *row, at.nowNs());
    std::erase_if(acts, [](const Possible& one) { return one.act->verb.empty(); });
    if (session.options.json) {
      printJson(at, *row, acts);
    } else {
      printTables(at, *row, acts);
    }
    return 0;
  });
}

}  // namespace

Command nextCommand() {
  Command out;
  out.name = "next";
  out.help = "Say what may be entered now, and what stands in the way of the rest";
  out.example = "next MTG-2006-001";
  out.about =
      "The command lines are examples: put your own values in place of those after the id. What "
      "depends on values (a party that has signed already) is checked when you enter it.";
  out.places = {Parameter{
      .name = "ID", .help = "symbol of the entity, or #POSITION", .required = true, .refs = {"*"}}};
  out.run = runNext;
  return out;
}

}  // namespace consulta
