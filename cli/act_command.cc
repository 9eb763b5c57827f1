// An act of the schema as a command: AGGREGATE VERB ID --field value.
#include <fmt/format.h>

#include <boost/json.hpp>
#include <istream>
#include <ostream>

#include "cli/commands.h"
#include "cli/entering.h"
#include "events/values/utf8.h"

namespace consulta {

namespace json = boost::json;

namespace {

std::string placeholder(const FieldInfo& field) {
  switch (field.kind) {
    case FieldKind::flag:
      return "";
    case FieldKind::integer:
    case FieldKind::decimal:
      return "NUMBER";
    case FieldKind::text:
      return field.symbol ? "SYMBOL" : field.code.empty() ? "TEXT" : "CODE";
    case FieldKind::texts:
      return "LANG:TEXT";
    case FieldKind::date:
      return "DATE";
    case FieldKind::money:
      return "\"AMOUNT CURRENCY\"";
    case FieldKind::zonedTime:
      return "\"TIME ZONE\"";
    case FieldKind::deadline:
      return "DATE|\"before SESSION\"";
    case FieldKind::sealed:
      return "TEXT";
    case FieldKind::choice:
      return "CHOICE";
    case FieldKind::ref:
      return "ID";
  }
  return "VALUE";
}

Parameter optionOf(const FieldInfo& field) {
  Parameter out;
  out.name = field.option;
  out.value = placeholder(field);
  out.help = field.help;
  out.required = field.required;
  out.repeats = field.list || field.kind == FieldKind::texts;
  for (const auto& choice : field.choices) {
    if (choice.name != "not-stated") out.choices.push_back(choice.name);
  }
  out.refs = field.refs;
  return out;
}

/// PREFIX-YEAR-NNN, the next that is free.
std::string proposedId(Session& session, const AggregateInfo& aggregate, const State& state) {
  const auto year = session.today().year;
  for (int number = 1;; ++number) {
    auto id = fmt::format("{}-{}-{:03}", aggregate.prefix, year, number);
    if (state.named(id, aggregate.tag).empty()) return id;
  }
}

/// One line from the terminal; nothing at its end.
std::optional<std::string> ask(Session& session, const std::string& question) {
  session.err() << question << ": " << std::flush;
  std::string line;
  if (!std::getline(session.in(), line)) return std::nullopt;
  return std::string(trimmed(line));
}

std::string question(Session& session, const FieldInfo& field) {
  auto out = field.option;
  if (!field.help.empty()) out += " (" + session.speech()(field.help) + ")";
  if (!field.choices.empty()) {
    std::string choices;
    for (const auto& choice : field.choices) {
      choices += (choices.empty() ? "" : ", ") + choice.name;
    }
    out += " [" + choices + "]";
  } else if (!placeholder(field).empty()) {
    out += " [" + placeholder(field) + "]";
  }
  return out;
}

/// Builds the entry of one act from what was written.
class ActEntry {
 public:
  ActEntry(Session& session, const AggregateInfo& aggregate, const EventInfo& act,
           const Arguments& arguments)
      : session_(session), aggregate_(aggregate), act_(act), arguments_(arguments) {}

  int run() {
    auto reg = session_.reg();
    if (!reg) return session_.fail(reg.failures());
    if (int code = takeId(**reg); code != 0) return code;
    takeFields();
    takeEnvelope();
    if (!failures_.empty()) return session_.fail(failures_);
    if (asked_ && !confirmed()) return static_cast<int>(Fault::refused);
    entry_["data"] = std::move(data_);
    return submitEntries(session_, {entry_});
  }

 private:
  int takeId(Register& reg) {
    entry_["type"] = act_.type;
    auto id = arguments_.get("ID");
    if (!id) {
      std::string proposed;
      reg.read([&](const State& state) { proposed = proposedId(session_, aggregate_, state); });
      if (session_.mayAsk()) {
        const auto answer = ask(session_, session_.speech()(msg("id [{id}]", arg("id", proposed))));
        id = answer && !answer->empty() ? *answer : proposed;
      } else {
        session_.say(msg("its id is {id}", arg("id", proposed)));
        id = proposed;
      }
    }
    if (id->find(':') == id->npos && !id->starts_with('#')) *id = aggregate_.name + ":" + *id;
    entry_["entity"] = *id;
    return 0;
  }

  void takeFields() {
    for (const auto& field : act_.fields) {
      auto written = arguments_.all(field.option);
      if (written.empty() && field.required && session_.mayAsk() &&
          field.kind != FieldKind::flag) {
        const auto answer = ask(session_, question(session_, field));
        if (!answer || answer->empty()) continue;  // refused below, with all that is missing
        written.push_back(*answer);
        asked_ = true;
      }
      if (written.empty()) continue;
      auto value = fieldValue(session_, field, written);
      if (value) {
        data_[field.name] = std::move(value).value();
      } else {
        for (auto& one : std::move(value).failures()) failures_.push_back(one);
      }
    }
  }

  void takeEnvelope() {
    auto occurred = occurredFromOptions(session_);
    if (occurred) {
      entry_["occurred"] = std::move(occurred).value();
    } else {
      for (auto& one : std::move(occurred).failures()) failures_.push_back(one);
    }
    if (const auto note = arguments_.get("note")) entry_["note"] = *note;
    takeList("source", "sources");
    takeList("ground", "grounds");
    if (!session_.options.expect) return;
    const auto& expect = *session_.options.expect;
    if (expect == "any" || expect == "none") {
      entry_["expect"] = expect;
      return;
    }
    auto revision = readNumber("--expect", expect, 1, 4'294'967'295);
    if (revision) {
      entry_["expect"] = *revision;
    } else {
      failures_.push_back(usage("option.expect", msg("--expect is any, none or a revision from 1")));
    }
  }

  void takeList(const std::string& option, const char* member) {
    if (!arguments_.has(option)) return;
    json::array all;
    for (const auto& one : arguments_.all(option)) all.emplace_back(one);
    entry_[member] = std::move(all);
  }

  bool confirmed() {
    if (session_.options.yes) return true;
    session_.err() << aggregate_.name << ' ' << act_.verb << ' '
                   << forTerminal(entry_["entity"].as_string()) << '\n';
    for (const auto& [name, value] : data_) {
      const std::string shown = value.is_string() ? std::string(value.as_string())
                                                  : json::serialize(value);
      session_.err() << "  " << kebab(name) << ": " << forTerminal(shown) << '\n';
    }
    const auto answer = ask(session_, session_.speech()("enter this? [y/n]"));
    if (answer && (*answer == "y" || *answer == "yes")) return true;
    session_.say(msg("nothing was entered"));
    return false;
  }

  Session& session_;
  const AggregateInfo& aggregate_;
  const EventInfo& act_;
  const Arguments& arguments_;
  json::object entry_;
  json::object data_;
  Failures failures_;
  bool asked_ = false;
};

}  // namespace

Command actCommand(const Catalogue&, const AggregateInfo& aggregate, const EventInfo& act) {
  Command out;
  out.name = aggregate.name + " " + act.verb;
  out.help = act.help;
  out.example = aggregate.name + " " + act.verb + " " + act.example;
  out.asks = true;
  out.places.push_back({.name = "ID",
                        .help = act.opens ? "the id it is to have; without one the next free is "
                                            "proposed"
                                          : "which " + aggregate.name,
                        .required = !act.opens,
                        .refs = act.opens ? std::vector<std::string>{}
                                          : std::vector<std::string>{aggregate.name}});
  for (const auto& field : act.fields) out.options.push_back(optionOf(field));
  out.options.push_back({.name = "note",
                         .value = "TEXT",
                         .help = "a remark; personal, like all free text that is not marked public"});
  out.options.push_back({.name = "source",
                         .value = "\"SYMBOL §PARAGRAPH\"",
                         .help = "where this stands",
                         .repeats = true});
  out.options.push_back({.name = "ground",
                         .value = "ID",
                         .help = "the document, decision or meeting it rests on",
                         .repeats = true,
                         .refs = {"*"}});
  out.run = [&aggregate, &act](Session& session, const Arguments& arguments) {
    return ActEntry(session, aggregate, act, arguments).run();
  };
  return out;
}

}  // namespace consulta
