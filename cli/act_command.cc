// An act of the schema as a command: AGGREGATE VERB ID --field value.
#include <algorithm>
#include <boost/json.hpp>
#include <utility>
#include <vector>

#include "cli/act_entry.h"
#include "cli/commands.h"
#include "cli/each.h"
#include "cli/entering.h"
#include "cli/field_option.h"
#include "cli/looking.h"
#include "cli/next_cycle.h"
#include "cli/questions.h"
#include "engine/rules/decide.h"

namespace consulta {

namespace json = boost::json;

namespace {

/// Builds the entry of one act from what was written.
class ActEntry {
 public:
  ActEntry(Session& session, const AggregateInfo& aggregate, const EventInfo& act,
           const Arguments& arguments)
      : session_(session),
        aggregate_(aggregate),
        act_(act),
        arguments_(arguments),
        questions_(session) {}

  int run() {
    auto reg = session_.reg();
    if (!reg) return session_.fail(reg.failures());
    entry_ = entryOfOptions(session_, act_, arguments_, failures_);
    takeOccurred(session_, entry_, failures_);
    if (session_.mayAsk()) {
      // What is wrong already is said before anybody is asked for more.
      checkGiven(**reg);
      if (!failures_.empty()) return session_.fail(failures_);
    }
    if (!takeId(**reg)) return questions_.cancelled();
    if (!failures_.empty()) return session_.fail(failures_);
    if (session_.mayAsk()) {
      if (!askForMissing() || !askForNeeded()) return questions_.cancelled();
      if (!failures_.empty()) return session_.fail(failures_);
    }
    const auto what =
        aggregate_.name + " " + act_.verb + " " + std::string(entry_["entity"].as_string());
    if (questions_.asked() && !questions_.confirmed(what, entry_)) return questions_.cancelled();
    reg = session_.reg();  // it is closed while a question waits
    if (!reg) return session_.fail(reg.failures());
    return submitEntries(session_, entries(**reg));
  }

 private:
  std::vector<json::object> entries(Register& reg) {
    std::vector<json::object> out;
    composeFrom(session_, reg, [&](const Looking& at) {
      out = withItsPlan(at, entry_);
      if (out.size() > 1 && !std::exchange(planIsSaid_, true)) sayItsPlan(at, out.front());
    });
    return out;
  }

  /// False when the input has ended.
  bool takeId(Register& reg) {
    auto id = arguments_.get("ID");
    if (!id && !act_.opens) {
      id = questions_.knownId(aggregate_);
    } else if (!id) {
      std::string proposed;
      composeFrom(session_, reg, [&](const Looking& at) {
        proposed = proposedId(session_, aggregate_, at.state);
      });
      if (session_.mayAsk()) {
        id = questions_.newId(aggregate_, proposed);
      } else {
        id = proposed;
      }
    }
    if (!id) return false;
    entry_["entity"] = act_.opens ? entityWritten(aggregate_, *id) : known(*id);
    return true;
  }

  /// An entity that is there; one that is not is wrong whatever else is said of it.
  std::string known(const std::string& written) {
    auto out = entityWritten(aggregate_, written);
    const auto reg = session_.reg();  // it is closed while a question waits
    if (!reg) {
      noted(reg.failures());
      return out;
    }
    composeFrom(session_, **reg, [&](const Looking& at) {
      const auto id = at.find(written, {aggregate_.name});
      if (id) {
        out = at.state.nameOf(*id);
      } else if (!mayBringItsPlan(entry_)) {
        noted(id.failures());
      }
    });
    return out;
  }

  void checkGiven(Register& reg) {
    for (const auto& [name, value] : data()) {
      const auto& field = *act_.field(name);
      const auto& given = value;  // clang 14 captures no structured binding
      Failures wrong;
      reg.read([&](const State& state) { wrong = faultsOf(session_, state, act_, field, given); });
      for (auto& one : wrong) {
        one.text = msg("--{field}: {why}", arg("field", field.option),
                       arg("why", reasonOf(session_.speech(), one)));
      }
      noted(wrong);
    }
  }

  /// What every such entry has. False when the input has ended.
  bool askForMissing() {
    for (const auto& field : act_.fields) {
      if (!field.required || field.kind == FieldKind::flag || data().contains(field.name)) continue;
      auto value = questions_.value(act_, field);
      if (!value) return false;
      data()[field.name] = std::move(*value);
    }
    return true;
  }

  /// What the rules ask for in this case: the fields that they name when they refuse the entry as
  /// it is. What they refuse beside that is said at once. False when the input has ended.
  bool askForNeeded() {
    while (true) {
      const auto reg = session_.reg();
      if (!reg) return noted(reg.failures());
      const auto lawful = sendEntries(session_, **reg, entries(**reg), true);
      if (lawful) return true;
      std::vector<const FieldInfo*> needed;
      for (const auto& one : lawful.failures()) {
        const auto* field = act_.field(one.field);
        const bool isMissing = field != nullptr && !data().contains(field->name);
        if (!isMissing) return noted(lawful.failures());
        if (std::ranges::find(needed, field) == needed.end()) needed.push_back(field);
      }
      for (const auto& one : lawful.failures()) session_.say(one.text);
      for (const auto* field : needed) {
        auto value = questions_.value(act_, *field, true);
        if (!value) return false;
        if (value->is_null()) return noted(lawful.failures());
        data()[field->name] = std::move(*value);
      }
    }
  }

  bool noted(const Failures& failures) {
    failures_.insert(failures_.end(), failures.begin(), failures.end());
    return true;
  }

  json::object& data() { return entry_["data"].as_object(); }

  Session& session_;
  const AggregateInfo& aggregate_;
  const EventInfo& act_;
  const Arguments& arguments_;
  json::object entry_;
  Failures failures_;
  bool planIsSaid_ = false;
  Questions questions_;
};

/// An act on any aggregate has one example for all of them: it gets an id of this one.
std::string exampleOf(const AggregateInfo& aggregate, const EventInfo& act) {
  if (!act.type.starts_with("common.")) return act.example;
  const auto blank = act.example.find(' ');
  return aggregate.prefix + "-2006-001" +
         (blank == act.example.npos ? "" : act.example.substr(blank));
}

}  // namespace

Command actCommand(const Catalogue&, const AggregateInfo& aggregate, const EventInfo& act) {
  Command out;
  out.name = aggregate.name + " " + act.verb;
  out.help = act.help;
  out.example = aggregate.name + " " + act.verb + " " + exampleOf(aggregate, act);
  out.asks = true;
  out.enters = true;
  out.places.push_back(
      {.name = "ID",
       .help = act.opens ? "the id it is to have; without one the next free is "
                           "proposed"
                         : "which " + aggregate.name,
       .required = !act.opens,
       .unless = "each",
       .refs = act.opens ? std::vector<std::string>{} : std::vector<std::string>{aggregate.name},
       .names = act.opens ? Names::newId : Names::nothing});
  for (const auto& field : act.fields) out.options.push_back(optionOf(field));
  out.options.push_back(
      {.name = "note",
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
  if (!act.opens && act.field("authority") == nullptr) out.options.push_back(authorityOption());
  addEachOptions(act, out);
  out.run = [&aggregate, &act](Session& session, const Arguments& arguments) {
    if (arguments.has("each")) return enterEach(session, aggregate, act, arguments);
    if (auto alone = checkEachAbsent(arguments); !alone) return session.fail(alone.failures());
    return ActEntry(session, aggregate, act, arguments).run();
  };
  return out;
}

}  // namespace consulta
