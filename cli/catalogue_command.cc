// consulta catalogue: everything that can be entered, as the schema says it.
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <ostream>

#include "cli/looking_commands.h"
#include "cli/session.h"
#include "events/values/utf8.h"
#include "projections/row_fields.h"

namespace consulta {

namespace {

namespace json = boost::json;

Message kindName(FieldKind kind) {
  switch (kind) {
    case FieldKind::flag:
      return msg("flag");
    case FieldKind::integer:
      return msg("number");
    case FieldKind::text:
      return msg("text");
    case FieldKind::texts:
      return msg("text in languages");
    case FieldKind::date:
      return msg("date");
    case FieldKind::money:
      return msg("amount");
    case FieldKind::decimal:
      return msg("decimal");
    case FieldKind::zonedTime:
      return msg("time of a place");
    case FieldKind::deadline:
      return msg("deadline");
    case FieldKind::sealed:
      return msg("personal text");
    case FieldKind::choice:
      return msg("choice");
    case FieldKind::ref:
      break;
  }
  return msg("entity");
}

std::string statesFrom(const AxisInfo& axis, const MoveInfo& move) {
  std::string out;
  for (const auto& state : axis.states) {
    if (move.from != 0 && move.lawfulIn(state.value)) out += (out.empty() ? "" : ", ") + state.name;
  }
  return out;
}

std::string toName(const AxisInfo& axis, const MoveInfo& move) {
  switch (move.to) {
    case MoveInfo::To::stays:
      return {};
    case MoveInfo::To::previous:
      return "the state before";
    case MoveInfo::To::computed:
      return "as the entry says";
    case MoveInfo::To::state:
      break;
  }
  return axis.states.at(move.state).name;
}

// --- JSON ---

json::array choicesJson(const std::vector<ChoiceInfo>& choices) {
  json::array out;
  for (const auto& one : choices) {
    json::object choice{{"name", one.name}};
    if (!one.help.empty()) choice["help"] = one.help;
    out.push_back(std::move(choice));
  }
  return out;
}

json::object fieldJson(const FieldInfo& field) {
  json::object out{{"name", field.name},
                   {"option", field.option},
                   {"kind", kindName(field.kind).id},
                   {"required", field.required},
                   {"nullable", !field.required},
                   {"personal", field.kind == FieldKind::sealed}};
  if (!field.help.empty()) out["help"] = field.help;
  if (field.list) out["list"] = true;
  if (field.alias) out["alias"] = true;
  if (field.isPublic) out["public"] = true;
  out["publishable"] = field.publishable;
  if (!field.code.empty()) out["code"] = field.code;
  if (!field.refs.empty()) out["refs"] = json::array(field.refs.begin(), field.refs.end());
  if (!field.choices.empty()) out["choices"] = choicesJson(field.choices);
  return out;
}

json::array rowFieldsJson(const std::vector<RowField>& fields) {
  json::array out;
  for (const auto& field : fields) {
    json::object one{{"name", field.name},
                     {"kind", field.members.empty() ? kindName(field.kind).id : "parts"},
                     {"nullable", field.nullable},
                     {"personal", field.personal()},
                     {"publishable", field.publishable}};
    if (field.list) one["list"] = true;
    if (!field.code.empty()) one["code"] = field.code;
    if (!field.refs.empty()) one["refs"] = json::array(field.refs.begin(), field.refs.end());
    json::array choices;
    for (const auto& name : field.choices) choices.push_back(json::object{{"name", name}});
    if (!choices.empty()) one["choices"] = std::move(choices);
    if (!field.members.empty()) one["fields"] = rowFieldsJson(field.members);
    out.push_back(std::move(one));
  }
  return out;
}

/// What `show --json`, `list --json` and `changes` print of an entity.
json::object rowInfoJson(const RowFields& rows, std::uint16_t aggregate) {
  return {{"publishable", rows.publishable(aggregate)},
          {"head", rowFieldsJson(rows.head(aggregate))},
          {"fields", rowFieldsJson(rows.own(aggregate))}};
}

json::object actJson(const AggregateInfo* aggregate, const EventInfo& act) {
  json::object out{{"name", act.name}, {"type", act.type}, {"help", act.help}};
  if (!act.verb.empty()) out["verb"] = act.verb;
  if (!act.example.empty()) out["example"] = act.example;
  if (act.opens) out["opens"] = true;
  if (act.found) out["found"] = true;
  json::array moves;
  for (const auto& move : act.moves) {
    if (aggregate == nullptr) break;
    const auto& axis = aggregate->axes.at(move.axis);
    json::object one{{"axis", axis.name}};
    json::array from;
    for (const auto& state : axis.states) {
      if (move.from != 0 && move.lawfulIn(state.value)) from.emplace_back(state.name);
    }
    if (!from.empty()) one["from"] = std::move(from);
    if (const auto to = toName(axis, move); !to.empty()) one["to"] = to;
    moves.push_back(std::move(one));
  }
  if (!moves.empty()) out["moves"] = std::move(moves);
  json::array fields;
  for (const auto& field : act.fields) fields.push_back(fieldJson(field));
  out["fields"] = std::move(fields);
  return out;
}

void printJson(const Catalogue& catalogue, std::ostream& out) {
  const RowFields rows(catalogue);
  json::array aggregates;
  for (const auto& aggregate : catalogue.aggregates()) {
    json::array axes;
    for (const auto& axis : aggregate.axes) {
      axes.push_back(json::object{{"name", axis.name}, {"states", choicesJson(axis.states)}});
    }
    json::array acts;
    for (const auto& act : aggregate.events) acts.push_back(actJson(&aggregate, act));
    aggregates.push_back(json::object{{"name", aggregate.name},
                                      {"plural", aggregate.plural},
                                      {"prefix", aggregate.prefix},
                                      {"help", aggregate.help},
                                      {"axes", std::move(axes)},
                                      {"acts", std::move(acts)},
                                      {"row", rowInfoJson(rows, aggregate.tag)}});
  }
  json::array common;
  common.push_back(actJson(nullptr, catalogue.corrigendum()));
  common.push_back(actJson(nullptr, catalogue.symbolGiven()));
  common.push_back(actJson(nullptr, catalogue.retraction()));
  common.push_back(actJson(nullptr, catalogue.deadlinesReleased()));
  common.push_back(actJson(nullptr, catalogue.deadlineMoved()));
  out << json::serialize(
             json::object{{"aggregates", std::move(aggregates)}, {"common", std::move(common)}})
      << '\n';
}

// --- Markdown ---

/// In a table a bar would end the cell.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

/// What is typed and what is recorded is the same in every language; the rest is said in the
/// reader's.
class MarkdownCatalogue {
 public:
  MarkdownCatalogue(const Catalogue& catalogue, const Speech& speech, std::ostream& out)
      : catalogue_(catalogue), speech_(speech), out_(out) {}

  void print() const {
    out_ << "# " << speech_(msg("What can be entered")) << '\n';
    for (const auto& aggregate : catalogue_.aggregates()) {
      out_ << "\n## " << aggregate.name << "\n\n" << speech_(aggregate.help) << ".\n";
      for (const auto& axis : aggregate.axes) {
        const auto states = arg("states", joined(axis.states, &ChoiceInfo::name));
        out_ << '\n'
             << (aggregate.axes.size() > 1
                     ? speech_(msg("States of {axis}: {states}.", arg("axis", axis.name), states))
                     : speech_(msg("States: {states}.", states)))
             << '\n';
      }
      for (const auto& act : aggregate.events) printAct(aggregate, act);
    }
    out_ << "\n## " << speech_(msg("Any entity")) << '\n';
    for (const auto* act : {&catalogue_.symbolGiven(), &catalogue_.deadlinesReleased()}) {
      out_ << "\n### " << act->verb << "\n\n";
      printAbout(*act);
      out_ << '\n';
      printFields(*act);
    }
  }

 private:
  void printAbout(const EventInfo& act) const {
    out_ << speech_(act.help) << ". "
         << speech_(msg("Recorded as {type}.", arg("type", "`" + act.type + "`")));
  }

  void printFields(const EventInfo& act) const {
    out_ << "\n| " << speech_(msg("Field")) << " | " << speech_(msg("Takes")) << " | "
         << speech_(msg("Required")) << " | |\n|---|---|---|---|\n";
    for (const auto& field : act.fields) printField(field);
  }

  void printField(const FieldInfo& field) const {
    auto kind = speech_(kindName(field.kind));
    if (!field.refs.empty()) {
      kind = field.refs.front() == "*" ? speech_(msg("any entity")) : joined(field.refs);
    }
    if (!field.code.empty()) kind = speech_(msg("code of {list}", arg("list", field.code)));
    if (field.list) kind = speech_(msg("list of: {kind}", arg("kind", kind)));
    auto help = speech_(field.help);
    if (!field.choices.empty())
      help += (help.empty() ? "" : ": ") + joined(field.choices, &ChoiceInfo::name);
    out_ << "| `--" << field.option << "` | " << cell(kind) << " | "
         << (field.required ? speech_(msg("yes")) : "") << " | " << cell(help) << " |\n";
  }

  void printMove(const AxisInfo& axis, const MoveInfo& move) const {
    const auto from = statesFrom(axis, move);
    const auto to = toText(axis, move);
    if (from.empty() && to.empty()) return;
    const auto name = arg("axis", axis.name);
    out_ << '\n'
         << (to.empty() ? speech_(msg("On the axis {axis}: from {from}.", name, arg("from", from)))
             : from.empty() ? speech_(msg("On the axis {axis}: to {to}.", name, arg("to", to)))
                            : speech_(msg("On the axis {axis}: from {from}, to {to}.", name,
                                          arg("from", from), arg("to", to))))
         << '\n';
  }

  [[nodiscard]] std::string toText(const AxisInfo& axis, const MoveInfo& move) const {
    if (move.to == MoveInfo::To::previous) return speech_(msg("the state before"));
    if (move.to == MoveInfo::To::computed) return speech_(msg("as the entry says"));
    return toName(axis, move);
  }

  void printAct(const AggregateInfo& aggregate, const EventInfo& act) const {
    out_ << "\n### " << aggregate.name << ' ' << (act.verb.empty() ? act.name : act.verb) << "\n\n";
    printAbout(act);
    if (act.verb.empty()) out_ << ' ' << speech_(msg("Entered by the register itself."));
    out_ << '\n';
    for (const auto& move : act.moves) printMove(aggregate.axes.at(move.axis), move);
    if (!act.fields.empty()) printFields(act);
    if (!act.verb.empty() && !act.example.empty()) {
      out_ << "\n    consulta " << aggregate.name << ' ' << act.verb << ' ' << act.example << '\n';
    }
  }

  const Catalogue& catalogue_;
  const Speech& speech_;
  std::ostream& out_;
};

int runCatalogue(Session& session, const Arguments& arguments) {
  const auto format = arguments.get("format").value_or(session.options.json ? "json" : "md");
  if (format == "json") {
    printJson(session.catalogue(), session.out());
    return 0;
  }
  if (format == "md") {
    MarkdownCatalogue(session.catalogue(), session.speech(), session.out()).print();
    return 0;
  }
  return session.fail(usage("catalogue.format", msg("--format {format}: write md or json",
                                                    arg("format", excerpt(format)))));
}

}  // namespace

Command catalogueCommand() {
  Command out;
  out.name = "catalogue";
  out.here = true;
  out.help = "Print everything that can be entered: acts, fields, states";
  out.about =
      "With --json also what there is of an entity (\"row\"), and of each field what it holds, "
      "whether it may be absent, whether it is personal, and whether it may be published.";
  out.example = "catalogue --format md";
  out.options = {Parameter{.name = "format",
                           .value = "FORMAT",
                           .help = "md for people, json for programs",
                           .choices = {"md", "json"}}};
  out.run = runCatalogue;
  return out;
}

}  // namespace consulta
